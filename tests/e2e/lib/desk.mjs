// What a person does at the desk, as few calls: first start, registering, steps, files. Knows the screens' ids and words.
import { mkdtempSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { openChromium } from "./browsers.mjs";
import { singleFileUrl } from "./paths.mjs";

/** A folder for saved files. */
export const folder = () => mkdtempSync(path.join(os.tmpdir(), "shouwen-files-"));

/** Opens the file in a profile and answers the three questions. `now`: the page's clock, e.g. "2026-11-20T10:00:00+08:00". */
export async function desk({ profile = null, workplace = "campus", campus, name, now = null, ...options } = {}) {
  const opened = await openChromium({ profile, url: null, ...options });
  opened.page.setDefaultTimeout(10_000);
  if (now) await opened.page.clock.setFixedTime(new Date(now));
  await opened.page.goto(singleFileUrl());
  await ready(opened.page);
  if (campus) await setUp(opened.page, { workplace, campus, name });
  return opened;
}

export const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.ready === "1");

export async function setUp(page, { workplace, campus, name }) {
  await page.locator(`input[name=workplace][value=${workplace}]`).check();
  await page.locator("#setup-campus").fill(campus);
  await page.locator("#setup-name").fill(name);
  await page.locator("#setup-start").click();
  await page.locator("#state-line").waitFor();
}

/** Goes to a page by its address, as a link does. */
export async function go(page, hash) {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.waitForFunction((to) => location.hash === to, hash);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Waits until the state line says that everything is on disk. */
export const saved = (page) => page.locator("#state-line", { hasText: "已写入本机" }).waitFor();

/** Fills the intake form; `classes` are [axis, label] pairs to choose, `tierReason` goes with the tier. */
export async function fillIntake(page, { text, name, phone, classes = [], reason = "一个部门就能办" }) {
  await go(page, "#/new");
  await page.locator("#f-text").fill(text);
  if (name) await page.locator("#f-name").fill(name);
  if (phone) await page.locator("#f-phone").fill(phone);
  for (const [axis, label] of classes) await choose(page, axis, label, reason);
}

/** Chooses a class on an axis; gives the reason where one is asked for. */
export async function choose(page, axis, label, reason) {
  const box = page.locator(`[data-axis=${axis}]`);
  await box.locator("label", { hasText: label }).first().click();
  const why = box.locator(`input[id$=-${axis}-reason]`);
  if (await why.isVisible().catch(() => false)) await why.fill(reason);
}

/** Registers what is in the form; gives the case's id. */
export async function register(page) {
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(() => location.hash.startsWith("#/cases/"));
  await page.locator("#clocks").waitFor();
  return (await page.evaluate(() => location.hash)).replace("#/cases/", "");
}

/** Opens a step's form on the case page. */
export async function openStep(page, step) {
  await page.locator(`[data-step="${step}"] > div button`).click();
  return page.locator(`[data-step-form="${step}"]`);
}

/** Records a step with its fields (id → text) and, where there are several, its outcome's label. */
export async function step(page, id, { fields = {}, outcome = null, note = null } = {}) {
  const form = await openStep(page, id);
  if (outcome) await form.locator("label", { hasText: outcome }).click();
  for (const [field, value] of Object.entries(fields)) await form.locator(`[id="s-${id}-f-${field}"]`).fill(value);
  if (note) await form.locator(`[id="s-${id}-note"]`).fill(note);
  await form.locator("button[type=submit]").click();
  await form.waitFor({ state: "detached" });
}

/** Clicks something that saves a file; gives the file's path. */
export async function download(page, click, into) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  const to = path.join(into, file.suggestedFilename());
  await file.saveAs(to);
  return to;
}

/** Exports everything from the share page; gives the file's path. */
export async function exportAll(page, into) {
  await go(page, "#/share");
  return download(page, () => page.locator("#export-save").click(), into);
}

/** Chooses files for import and confirms; gives the text of what was done. */
export async function importFiles(page, files) {
  await go(page, "#/share");
  const before = await page.locator("[data-done]").count();
  for (const [index, file] of files.entries()) {
    await page.locator("#import-files").setInputFiles(file);
    await page.locator("#import").getByRole("button", { name: "确认导入" }).click();
    await page.locator("[data-done]").nth(before + index).waitFor();
  }
  return page.locator("#import").innerText();
}

export const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
