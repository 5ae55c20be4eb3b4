#!/usr/bin/env node
// Classification of one text of 300 characters in wasm, with every pack that has rules, and what building the
// classifier costs. A text is classified on every pause in typing, so a pack has one millisecond.
//   node script/bench/classify.mjs [rounds]
import { buildWasm, machine } from "./lib/engine.mjs";

const ROUNDS = Number(process.argv[2] ?? 300);
const BAR_MS = 1;

const bytes = buildWasm("bench_classify");
const { exports } = (await WebAssembly.instantiate(bytes, {})).instance;
const middle = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

function timed(work) {
  const begun = performance.now();
  const result = work();
  return { ms: performance.now() - begun, result };
}

function measure(pack) {
  const name = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.name(pack), exports.name_length(pack)));
  const built = Math.min(...Array.from({ length: 3 }, () => timed(() => exports.build(pack)).ms));
  for (let round = 0; round < 50; round += 1) exports.classify(pack);
  const runs = Array.from({ length: ROUNDS }, () => timed(() => exports.classify(pack)));
  const list = runs.map((run) => run.ms);
  return { name, built, best: Math.min(...list), median: middle(list), worst: Math.max(...list), classes: runs[0].result };
}

const count = exports.packs();
const found = Array.from({ length: count }, (_, pack) => measure(pack)).sort((a, b) => b.median - a.median);
console.log(`${machine()}\n${count} packs, ${ROUNDS} rounds each, milliseconds\n`);
console.log(`  ${"pack".padEnd(26)} ${"best".padStart(8)} ${"median".padStart(8)} ${"worst".padStart(8)} ${"built in".padStart(9)}  classes`);
for (const { name, best, median, worst, built, classes } of found) {
  console.log(`  ${name.padEnd(26)} ${best.toFixed(3).padStart(8)} ${median.toFixed(3).padStart(8)} ${worst.toFixed(3).padStart(8)} ${built.toFixed(1).padStart(9)}  ${classes}`);
}
const slow = found.filter(({ median }) => median > BAR_MS).map(({ name }) => name);
console.log(slow.length ? `\n  bar ${BAR_MS} ms (median): MISSED by ${slow.join(", ")}` : `\n  bar ${BAR_MS} ms (median): met by all`);
process.exitCode = slow.length ? 1 : 0;
