// Accessibility check with axe-core. The page's policy refuses added scripts, so axe is evaluated by the debugger.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * The violations of the page as short texts ("color-contrast (serious): .tag — …"); empty when there is none.
 * `options` goes to axe.run, e.g. `{ rules: { region: { enabled: false } } }`.
 */
export async function violations(page, options = {}) {
  await page.evaluate(`${SOURCE}; undefined`);
  const found = await page.evaluate((wish) => globalThis.axe.run(document, { resultTypes: ["violations"], ...wish }), options);
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.target.join(" ")} — ${rule.help}`),
  );
}
