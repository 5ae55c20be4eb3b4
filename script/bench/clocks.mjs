#!/usr/bin/env node
// The clocks of 50,000 cases in today's Chromium: states at an instant, the agenda built, ticks of a minute.
//   node script/bench/clocks.mjs [cases]
// Runs the engine's plain wasm library in an empty page; no part of the app is involved.
import { chromium } from "playwright-core";
import { buildWasm, machine } from "./lib/engine.mjs";

const CASES = Number(process.argv[2] ?? 50_000);
const BARS = { states: 150, tick: 5 };

/** Runs inside the page. Milliseconds of each round; the page's clock is fine enough for them. */
async function measure({ bytes, cases }) {
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)), {});
  const { exports } = instance;
  exports.ready();
  const now = Date.UTC(2026, 10, 20, 8, 59, 30) / 1000;
  const timed = (work) => {
    const begun = performance.now();
    const result = work();
    return { ms: performance.now() - begun, result };
  };
  const rounds = (count, work) => Array.from({ length: count }, (_, round) => timed(() => work(round)));
  const built = timed(() => exports.rows(cases, now));
  const states = rounds(30, () => exports.evaluate(now));
  const agenda = rounds(10, () => exports.agenda(now));
  // A whole working day, minute by minute.
  const ticks = rounds(600, (minute) => exports.tick(now + 60 * (minute + 1)));
  exports.agenda(now);
  const night = timed(() => exports.tick(now + 16 * 3_600));
  const memory = exports.memory.buffer.byteLength;
  return { clocks: built.result, built: built.ms, states, agenda, ticks, night: night.ms, memory };
}

const middle = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const ms = (list) => list.map((one) => one.ms);
function line(name, list, bar) {
  const worst = Math.max(...list);
  const verdict = bar === undefined ? "" : `  bar ${bar} ms: ${worst <= bar ? "met" : "MISSED"}`;
  console.log(`  ${name.padEnd(44)} median ${middle(list).toFixed(2).padStart(8)} ms, worst ${worst.toFixed(2).padStart(8)} ms${verdict}`);
  return bar === undefined || worst <= bar;
}

const bytes = buildWasm().toString("base64");
const browser = await chromium.launch({ executablePath: process.env.SHOUWEN_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  const found = await page.evaluate(measure, { bytes, cases: CASES });
  console.log(`${machine()}, Chromium ${browser.version()}`);
  console.log(`${CASES.toLocaleString("en")} open cases, ${found.clocks.toLocaleString("en")} clocks, ${Math.round(found.memory / 2 ** 20)} MiB (invented in ${Math.round(found.built)} ms)\n`);
  const well = [
    line("states of all clocks at an instant", ms(found.states), BARS.states),
    line("agenda built from nothing (on opening)", ms(found.agenda)),
    line("tick of a minute, 600 in a row", ms(found.ticks), BARS.tick),
    line("tick after a night (16 hours at once)", [found.night]),
  ];
  const moved = found.ticks.filter((tick) => tick.result === 1).length;
  console.log(`\n  ${moved} of 600 ticks moved something; ${found.states[0].result.toLocaleString("en")} clocks were overdue`);
  process.exitCode = well.every(Boolean) ? 0 : 1;
} finally {
  await browser.close();
}
