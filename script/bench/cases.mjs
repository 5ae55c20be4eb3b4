// Fills a profile with invented cases for the benchmarks: `--seed script/bench/cases.mjs` (2,000, or $SHOUWEN_CASES).
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { importFiles, setUp } from "../../tests/e2e/lib/desk.mjs";

export async function seed(page) {
  const count = process.env.SHOUWEN_CASES ?? "2000";
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "shouwen-bench-")), "cases.json");
  const cli = process.env.SHOUWEN_CLI?.split(" ") ?? ["cargo", "run", "--quiet", "-p", "shouwen-cli", "--"];
  execFileSync(cli[0], [...cli.slice(1), "demo", "--cases", count, "--seed", "1", "-o", file], { stdio: ["ignore", "ignore", "inherit"] });
  page.setDefaultTimeout(300_000);
  await setUp(page, { workplace: "hq", campus: "总部", name: "郑主任" });
  await importFiles(page, [file]);
}
