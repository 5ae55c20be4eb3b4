// Takes the pictures of README.md from dist/shouwen.html: the demonstration's invented cases, at one fixed moment.
// Usage: node script/screenshots.mjs [NAME…]  (default: all). Must not show a real person's data.
// Date fields follow the browser's own language: where Chromium has no Chinese parts installed they are in English.
import { mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { desk, exportAll, fillIntake, folder, go, ready, register } from "../tests/e2e/lib/desk.mjs";
import { ROOT } from "../tests/e2e/lib/paths.mjs";

const IMAGES = path.join(ROOT, "docs", "images");
// A Friday morning; the same moment gives the same invented cases.
const NOW = "2026-11-20T10:20:00+08:00";
const WIDE = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
const TEXT = "孩子一个月换了三个老师，上课经常迟到，找前台说过两次没人管，现在要求退费，剩余8000元。";
const MAX_BYTES = 250_000;
const MAX_TOTAL = 1_200_000;

/** Every picture: how the desk is opened, and what is done before the picture is taken. */
const SHOTS = {
  today: { act: (page) => go(page, "#/today") },
  intake: { act: writeDown },
  case: { act: openCase },
  import: { workplace: "hq", act: previewImport },
  packs: { act: openRules },
  phone: { viewport: PHONE, deviceScaleFactor: 1.5, act: (page) => go(page, "#/today") },
  dark: { colorScheme: "dark", act: openCase },
};

async function main() {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !SHOTS[name]);
  if (unknown.length) throw new Error(`no picture is called ${unknown.join(", ")}; there are: ${Object.keys(SHOTS).join(" ")}`);
  mkdirSync(IMAGES, { recursive: true });
  let total = 0;
  for (const name of wanted.length ? wanted : Object.keys(SHOTS)) total += await take(name, SHOTS[name]);
  console.log(`${total} bytes in all`);
  if (total > MAX_TOTAL) throw new Error(`the pictures are larger than ${MAX_TOTAL} bytes together`);
}

/** Takes one picture; gives its size in bytes. */
async function take(name, { act, workplace, ...look }) {
  const opened = await demonstration(workplace, look);
  try {
    await act(opened.page);
    await opened.page.evaluate(() => document.fonts.ready);
    await opened.page.waitForTimeout(300); // pages fade in
    const file = path.join(IMAGES, `${name}.png`);
    await opened.page.screenshot({ path: file, caret: "hide" });
    if (opened.log.errors.length) throw new Error(`${name}: the page logged ${opened.log.errors.join("; ")}`);
    const { size } = statSync(file);
    console.log(`${name}.png ${size} bytes`);
    if (size > MAX_BYTES) throw new Error(`${name}.png is larger than ${MAX_BYTES} bytes`);
    return size;
  } finally {
    await opened.close();
  }
}

/** The app in its demonstration, at a campus or at headquarters. */
async function demonstration(workplace = "campus", look = {}) {
  const opened = await desk({ now: NOW, viewport: WIDE, ...look });
  const { page } = opened;
  await page.locator(`input[name=workplace][value=${workplace}]`).check();
  await page.locator("#setup-demo").click();
  await page.locator("#demo-banner").waitFor();
  await ready(page);
  return opened;
}

/** A half-filled registration, with what the program suggests. */
async function writeDown(page) {
  await fillIntake(page, { text: TEXT, name: "林女士", phone: "13800001234" });
  await page.locator("[data-axis=form] summary").first().waitFor();
  await page.evaluate(() => document.activeElement.blur());
}

/** The time limits of a rule book. */
async function openRules(page) {
  await go(page, "#/packs/train-campus");
  await page.locator(".booklet-nav button", { hasText: "时限" }).first().click();
}

/** The first case of today's list, with the reckoning of its first clock unfolded. */
async function openCase(page) {
  await go(page, "#/today");
  const href = await page.locator("#main [data-group] a[href^='#/cases/']").first().getAttribute("href");
  await go(page, href);
  await page.locator("#clocks [data-clock] summary").first().click();
}

/** What headquarters sees before it takes a campus's file in. */
async function previewImport(page) {
  const files = folder();
  const campus = await demonstration("campus");
  try {
    await writeDown(campus.page);
    for (const [axis, label] of [["form", "投诉"], ["area", "混合"], ["answerability", "需其他部门"], ["tier", "3日"]]) {
      await campus.page.locator(`[data-axis=${axis}]`).locator("label", { hasText: label }).first().click();
      const why = campus.page.locator(`[data-axis=${axis}] input[id$=-${axis}-reason]`);
      if (await why.isVisible()) await why.fill("一个部门就能办");
    }
    await register(campus.page);
    const file = await exportAll(campus.page, files);
    await go(page, "#/share");
    await page.locator("#import-files").setInputFiles(file);
    await page.getByRole("button", { name: "确认导入" }).waitFor();
    await page.locator("#import").evaluate((card) => card.scrollIntoView());
  } finally {
    await campus.close();
    rmSync(files, { recursive: true, force: true });
  }
}

await main();
