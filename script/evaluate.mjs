// Counts how well the classification of a pack agrees with labelled messages; prints tables in Markdown.
// Must not print a message's text: real ones stay where they are.
//
//   node script/evaluate.mjs CLI MESSAGES.jsonl [--pack ID|FILE.json] [--set NAME] [--misses]
//
// A message is {"id","text","kind","area","form","severity","topics":[],"flags":[],"confidence","set"}; labels are
// the Chinese labels of the pack's classes, null where an axis does not apply. `script/evaluate` calls this.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Axis of the pack, key of the message. */
const SINGLE = [["nature", "kind"], ["area", "area"], ["form", "form"], ["severity", "severity"]];
const LISTS = ["topics", "flags"];
const NONE = "（未定）";

const ratio = (part, whole) => (whole ? part / whole : 0);
const precision = ({ hit, extra }) => ratio(hit, hit + extra);
const recall = ({ hit, missed }) => ratio(hit, hit + missed);
const f1 = ({ hit, extra, missed }) => ratio(2 * hit, 2 * hit + extra + missed);
const shown = (number) => number.toFixed(2);

const { files, options } = readArguments(process.argv.slice(2));
const [cli, path] = files;
if (!path) throw new Error("usage: node script/evaluate.mjs CLI MESSAGES.jsonl [--pack ID] [--set NAME] [--misses]");
const pack = options.pack ?? "train-hq";

const messages = readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line))
  .filter((message) => !options.set || message.set === options.set);
const answers = classify(messages);

report(`${pack} · all ${messages.length} messages`, () => true);
const low = messages.filter((message) => message.confidence === "low").length;
if (low) report(`${pack} · without the ${low} low-confidence messages`, (message) => message.confidence !== "low");
if (options.misses) misses();

function readArguments(args) {
  const files = [];
  const options = {};
  for (let at = 0; at < args.length; at += 1) {
    if (!args[at].startsWith("--")) files.push(args[at]);
    else if (args[at] === "--misses") options.misses = true;
    else options[args[at].slice(2)] = args[at += 1];
  }
  return { files, options };
}

/** One answer per message, in order. */
function classify(messages) {
  const input = messages.map(({ id, text }) => JSON.stringify({ id, text })).join("\n");
  const run = spawnSync(cli, ["classify", "--pack", pack], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${cli} ended with ${run.status}: ${run.stderr || run.stdout.slice(0, 400)}`);
  return run.stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

/** The labels that people gave and those that the program gave, each as a list. */
function labels(message, answer, axis, key) {
  if (LISTS.includes(axis)) return [message[axis], answer[axis]];
  const found = answer.axes[axis]?.label ?? null;
  return [message[key] === null ? [] : [message[key]], found === null ? [] : [found]];
}

function report(title, wanted) {
  const rows = messages.map((message, at) => [message, answers[at]]).filter(([message]) => wanted(message));
  console.log(`\n### ${title}\n`);
  console.log("| axis | macro P | macro R | macro-F1 | micro P | micro R | micro-F1 | exact |");
  console.log("|---|---|---|---|---|---|---|---|");
  const counted = axes().map(([axis, key]) => [axis, count(rows, axis, key)]);
  for (const [axis, result] of counted) console.log(summary(axis, result));
  for (const [axis, result] of counted) perLabel(axis, result);
  for (const [axis, key] of SINGLE) confusion(rows, axis, key);
  const grave = rows.filter(([, answer]) => answer.axes.nature?.class === "malicious").length;
  console.log(`\n"Malicious" suggested: ${grave}.`);
}

function axes() {
  return [...SINGLE, ...LISTS.map((axis) => [axis, axis])].filter(([axis]) =>
    LISTS.includes(axis) || answers.some((answer) => answer.axes[axis]));
}

function count(rows, axis, key) {
  const counts = new Map();
  const of = (label) => counts.get(label) ?? counts.set(label, { hit: 0, extra: 0, missed: 0 }).get(label);
  let exact = 0;
  for (const [message, answer] of rows) {
    const [want, got] = labels(message, answer, axis, key);
    for (const label of want) of(label)[got.includes(label) ? "hit" : "missed"] += 1;
    for (const label of got) if (!want.includes(label)) of(label).extra += 1;
    exact += want.length === got.length && want.every((label) => got.includes(label));
  }
  return { counts, exact, rows: rows.length };
}

/** Macro figures go over the labels that people gave; the others can only be wrong and count in the micro figures. */
function summary(axis, { counts, exact, rows }) {
  const given = [...counts.values()].filter(({ hit, missed }) => hit + missed);
  const macro = (figure) => shown(ratio(given.reduce((sum, one) => sum + figure(one), 0), given.length));
  const all = { hit: 0, extra: 0, missed: 0 };
  for (const one of counts.values()) for (const part of Object.keys(all)) all[part] += one[part];
  const micro = [precision, recall, f1].map((figure) => shown(figure(all)));
  return `| ${axis} | ${macro(precision)} | ${macro(recall)} | **${macro(f1)}** | ${micro[0]} | ${micro[1]} | **${micro[2]}** | ${exact}/${rows} |`;
}

function perLabel(axis, { counts }) {
  console.log(`\n${axis}: label, number, precision, recall, F1\n\n| label | n | P | R | F1 |\n|---|---|---|---|---|`);
  const order = [...counts].sort(([a, left], [b, right]) =>
    right.hit + right.missed - left.hit - left.missed || (a < b ? -1 : 1));
  for (const [label, one] of order) {
    console.log(`| ${label} | ${one.hit + one.missed} | ${shown(precision(one))} | ${shown(recall(one))} | ${shown(f1(one))} |`);
  }
}

/** Rows: as people labelled; columns: as the program said. */
function confusion(rows, axis, key) {
  const pairs = rows.map(([message, answer]) =>
    labels(message, answer, axis, key).map((labels) => labels[0] ?? NONE));
  const names = [...new Set(pairs.flat())].sort((a, b) => (a === NONE) - (b === NONE) || (a < b ? -1 : 1));
  console.log(`\n${axis}: labelled (down) and said (across)\n\n| | ${names.join(" | ")} |\n|---|${"---|".repeat(names.length)}`);
  for (const want of names) {
    const cells = names.map((got) => pairs.filter((pair) => pair[0] === want && pair[1] === got).length || "·");
    console.log(`| ${want} | ${cells.join(" | ")} |`);
  }
}

/** Ids and labels of what went wrong, never the text. */
function misses() {
  console.log("\n### Misses\n");
  messages.forEach((message, at) => {
    const wrong = axes().flatMap(([axis, key]) => {
      const [want, got] = labels(message, answers[at], axis, key);
      const missed = want.filter((label) => !got.includes(label)).map((label) => `-${label}`);
      const extra = got.filter((label) => !want.includes(label)).map((label) => `+${label}`);
      return missed.length + extra.length ? [`${axis} ${[...missed, ...extra].join(" ")}`] : [];
    });
    if (wrong.length) console.log(`- ${message.id} (${message.confidence}): ${wrong.join("; ")}`);
  });
}
