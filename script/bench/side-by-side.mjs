#!/usr/bin/env node
// Adds working days with this engine and with two well-known libraries, on the same queries: npm `chinese-days` in this
// very process against our wasm, PyPI `chinesecalendar` against our native build. Answers are compared one by one.
//   node script/bench/side-by-side.mjs [queries]
// The two libraries are fetched when this runs, into .tools/bench; they are no part of the project.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { buildNative, buildWasm, dateOf, machine, numberOf, ROOT, start } from "./lib/engine.mjs";

const NPM = "chinese-days@1.5.7";
const PYPI = "chinesecalendar==1.11.0";
const QUERIES = Number(process.argv[2] ?? 20_000);
const ROUNDS = 50;
const FOLDER = path.join(ROOT, ".tools/bench");

/** Dates of 2007 to 2026 and 1 to 30 working days, as long as the answer lies in 2026: what all three know. */
function queries() {
  const [first, last] = [numberOf("2007-01-01"), numberOf("2026-11-01")];
  let state = 20_261_121;
  const dice = (range) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * range);
  };
  return Array.from({ length: QUERIES }, () => {
    const day = first + dice(last - first);
    return { day, date: dateOf(day), n: 1 + dice(30) };
  });
}

function npmLibrary() {
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(path.join(FOLDER, "node_modules/chinese-days/package.json"))) {
    writeFileSync(path.join(FOLDER, "package.json"), '{ "private": true }\n');
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", "--save-exact", NPM], { cwd: FOLDER, stdio: "inherit" });
  }
  const require = createRequire(path.join(FOLDER, "package.json"));
  const library = require("chinese-days");
  return { ...(library.default ?? library), version: require("chinese-days/package.json").version };
}

function python() {
  const program = path.join(FOLDER, "venv/bin/python");
  if (!existsSync(program)) execFileSync("python3", ["-m", "venv", path.join(FOLDER, "venv")], { stdio: "inherit" });
  try {
    execFileSync(program, ["-c", "import chinese_calendar"], { stdio: "ignore" });
  } catch {
    execFileSync(program, ["-m", "pip", "install", "--quiet", PYPI], { stdio: "inherit" });
  }
  return program;
}

/**
 * Nanoseconds per query: the queries in pieces of a few milliseconds, each piece at its best of several rounds. Longer
 * pieces would measure what else the machine does meanwhile, and the slower side more than the faster.
 */
function best(asked, piece, rounds, ask) {
  let total = 0;
  for (let from = 0; from < asked.length; from += piece) {
    const list = asked.slice(from, from + piece);
    let fastest = Infinity;
    for (let round = 0; round < rounds; round += 1) {
      const begun = process.hrtime.bigint();
      ask(list);
      fastest = Math.min(fastest, Number(process.hrtime.bigint() - begun));
    }
    total += fastest;
  }
  return total / asked.length;
}

const perSecond = (ns) => Math.round(1e9 / ns).toLocaleString("en");
const line = (name, ns, times) => console.log(`  ${name.padEnd(52)} ${ns.toFixed(1).padStart(11)} ns  ${perSecond(ns).padStart(13)} a second${times ? `  ${Math.round(times).toLocaleString("en").padStart(9)} times` : ""}`);

/** Says how many answers differ, and shows the first few. */
function compare(name, asked, ours, theirs) {
  const differing = asked.filter((_, i) => ours[i] !== theirs[i]);
  console.log(`  ${name}: ${differing.length} of ${asked.length} answers differ`);
  for (const query of differing.slice(0, 5)) {
    const i = asked.indexOf(query);
    console.log(`    ${query.date} + ${query.n}: here ${ours[i]}, there ${theirs[i]}`);
  }
  return differing.length;
}

const asked = queries();
console.log(machine());
console.log(`${asked.length} queries: the n-th working day after a date of 2007 to 2026, n from 1 to 30\n`);

const { exports, byText } = await start(buildWasm());
const answers = asked.map(({ day, n }) => dateOf(exports.nth_working_day(day, n)));
let differing = asked.filter(({ day, date, n }, i) => byText(date, n) !== answers[i] || dateOf(exports.nth_working_date(day, n)) !== answers[i]).length;
if (differing > 0) throw new Error(`${differing} answers by text or date are not those by number`);

console.log("In this Node process:");
const library = npmLibrary();
const slow = asked.slice(0, Math.min(asked.length, 2_000));
const theirs = best(slow, 40, 8, (list) => { for (const { date, n } of list) library.findWorkday(n, date); });
line(`chinese-days ${library.version}, text to text`, theirs);
let sum = 0;
const byNumber = best(asked, 10_000, ROUNDS, (list) => { for (const { day, n } of list) sum += exports.nth_working_day(day, n); });
line("this engine (wasm), number to number", byNumber, theirs / byNumber);
const place = exports.buffer(asked.length * 2) / 4;
const fill = () => { const memory = new Int32Array(exports.memory.buffer); asked.forEach(({ day, n }, i) => { memory[place + i] = day; memory[place + asked.length + i] = n; }); };
const byDate = best(asked, 10_000, ROUNDS, (list) => { for (const { day, n } of list) sum += exports.nth_working_date(day, n); });
line("this engine (wasm), the same by way of dates", byDate, theirs / byDate);
let inside = Infinity;
for (let round = 0; round < 2 * ROUNDS; round += 1) {
  fill();
  const begun = process.hrtime.bigint();
  exports.nth_working_days(asked.length);
  inside = Math.min(inside, Number(process.hrtime.bigint() - begun) / asked.length);
}
line("this engine (wasm), one call for all (inside wasm)", inside, theirs / inside);
const withText = best(asked, 10_000, ROUNDS, (list) => { for (const { date, n } of list) byText(date, n); });
line("this engine (wasm), text to text (as a caller would)", withText, theirs / withText);
differing += compare("chinese-days", slow, answers, slow.map(({ date, n }) => library.findWorkday(n, date)));

console.log("\nNative:");
const program = python();
const script = `
import datetime, sys, time
import chinese_calendar as c
queries = [line.split() for line in sys.stdin]
queries = [(datetime.date.fromisoformat(date), int(n)) for date, n in queries]
one = datetime.timedelta(days=1)
def nth(date, n):
    while n:
        date += one
        n -= c.is_workday(date)
    return date
spent = 0
for at in range(0, len(queries), 10):
    fastest = None
    for round in range(5):
        begun = time.perf_counter_ns()
        for date, n in queries[at:at + 10]:
            nth(date, n)
        took = time.perf_counter_ns() - begun
        fastest = took if fastest is None else min(fastest, took)
    spent += fastest
answers = [nth(date, n) for date, n in queries]
print("\\n".join(str(answer) for answer in answers))
print(spent / len(queries), file=sys.stderr)
`;
function answered(file, args, input) {
  const shell = path.join(FOLDER, "stderr");
  const out = execFileSync("/bin/sh", ["-c", '"$0" "$@" 2>"$STDERR"', file, ...args], { input, encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, STDERR: shell } });
  const told = execFileSync("cat", [shell], { encoding: "utf8" }).trim().split(" ").map(Number);
  return { lines: out.trim().split("\n"), told };
}
const text = (list) => list.map(({ date, n }) => `${date} ${n}\n`).join("");
const there = answered(program, ["-c", script], text(slow));
const here = answered(buildNative(), [], text(asked));
line(`${PYPI.replace("==", " ")}, walking day by day`, there.told[0]);
line("this engine (native), date to date", here.told[0], there.told[0] / here.told[0]);
line("this engine (native), text to date", here.told[1], there.told[0] / here.told[1]);
console.log("  (that library has no addition of working days; the walk over its is_workday is written here)");
differing += compare("this engine native", asked, answers, here.lines);
differing += compare("chinesecalendar", slow, answers, there.lines);

console.log(`\nDisagreements in all: ${differing}${sum === 0 ? " " : ""}`);
console.log(`Bar: at least 1,000 times chinese-days, wasm in the same process: ${theirs / byNumber >= 1_000 ? "met" : "MISSED"} from number to number (${Math.round(theirs / byNumber)}), ${theirs / withText >= 1_000 ? "met" : "MISSED"} from text to text (${Math.round(theirs / withText)})`);
process.exit(differing === 0 ? 0 : 1);
