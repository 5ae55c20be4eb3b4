// Prints one line per end-to-end test and the details of failures; leaves "N passed, N failed" in $SHOUWEN_COUNTS.
// Must not print that line itself: script/test does, as its last one.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { inspect } from "node:util";

export default async function* report(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const open = []; // names of the suites around the current test
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") yield data.message;
    if (type === "test:start") open.splice(data.nesting, open.length, data.name);
    if (data?.skip === "test name does not match pattern") continue; // not asked for
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (data.details?.type === "suite") {
      // A suite fails with its tests, which are reported already; only its own hooks are news.
      if (type === "test:fail" && data.details.error?.failureType === "hookFailed") yield* failure(title(data, open), data, counts);
    } else if (type === "test:fail") yield* failure(title(data, open), data, counts);
    else if (data.skip !== undefined) {
      counts.skipped += 1;
      yield `  skip  ${title(data, open)}${typeof data.skip === "string" ? `: ${data.skip}` : ""}\n`;
    } else {
      counts.passed += 1;
      yield `  ok    ${title(data, open)} (${Math.round(data.details.duration_ms)} ms)\n`;
    }
  }
  if (process.env.SHOUWEN_COUNTS) {
    writeFileSync(process.env.SHOUWEN_COUNTS, `${counts.passed} passed, ${counts.failed} failed\n`);
  }
}

function* failure(name, data, counts) {
  counts.failed += 1;
  yield `  FAIL  ${name}\n`;
  const cause = data.details.error?.cause ?? data.details.error;
  yield `${(cause?.stack ?? inspect(cause)).replace(/^/gm, "        ")}\n`;
}

function title(data, open) {
  const file = data.file ? `${path.basename(data.file, ".test.mjs")}: ` : "";
  return file + [...open.slice(0, data.nesting), data.name].join(" › ");
}
