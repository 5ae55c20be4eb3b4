// Measures opening: from the start of navigation on file:// until the app can be used (data-ready on <html>).
// Usage: node script/bench-open.mjs [--runs N] [--browser chromium|chromium109|firefox] [--seed MODULE]
// MODULE exports `async seed(page)`; it fills the profile once before the measured runs (e.g. with 5,000 cases).
// Must not be part of the tests: times depend on the machine.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { freshProfile, openChromium, openChromium109, openFirefox, removeProfile, waitReady } from "../tests/e2e/lib/browsers.mjs";
import { singleFileUrl } from "../tests/e2e/lib/paths.mjs";

const OPENERS = { chromium: openChromium, chromium109: openChromium109, firefox: openFirefox };

// Notes, on the page's own clock, when the mark appears; polling from outside would add its own delay.
const WATCH_READY = `new MutationObserver((_, watch) => {
  if (document.documentElement?.dataset.ready !== "1") return;
  window.benchReady = performance.now();
  watch.disconnect();
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });`;

async function main() {
  const { values } = parseArgs({
    options: { runs: { type: "string", default: "10" }, browser: { type: "string", default: "chromium" }, seed: { type: "string" } },
  });
  const open = OPENERS[values.browser];
  const runs = Number(values.runs);
  if (!open || !(runs >= 1)) throw new Error("usage: bench-open.mjs [--runs N] [--browser chromium|chromium109|firefox] [--seed MODULE]");
  const profile = freshProfile();
  try {
    if (values.seed) await seedProfile(open, profile, values.seed);
    const times = [];
    for (let run = 0; run < runs; run += 1) times.push(await openOnce(open, profile));
    print(values.browser, times);
  } finally {
    removeProfile(profile);
  }
}

async function seedProfile(open, profile, module) {
  const { seed } = await import(pathToFileURL(path.resolve(module)).href);
  const desk = await open({ profile });
  try {
    await seed(desk.page);
  } finally {
    await desk.close();
  }
}

/** One cold start of the browser, then one opening of the file; milliseconds from navigation start to ready. */
async function openOnce(open, profile) {
  const desk = await open({ profile, url: null, init: WATCH_READY });
  try {
    await desk.page.goto(singleFileUrl());
    await waitReady(desk.page);
    return await desk.page.evaluate(() => window.benchReady);
  } finally {
    await desk.close();
  }
}

function print(browser, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  const ms = (time) => `${time.toFixed(0)} ms`;
  console.log(`open (${browser}, ${times.length} runs): median ${ms(median)}, min ${ms(sorted[0])}, max ${ms(sorted.at(-1))}`);
}

await main();
