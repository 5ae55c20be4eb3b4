// The main job as a story: two campuses register, work and export; headquarters imports, resolves a conflict and
// answers; the campus takes the receipt in. With reloads in between, and a browser killed right after a click.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { freshProfile, openChromium, removeProfile } from "./lib/browsers.mjs";
import { desk, download, exportAll, fillIntake, folder, go, importFiles, openStep, readJson, ready, register, saved, setUp, step } from "./lib/desk.mjs";
import { singleFileUrl } from "./lib/paths.mjs";

const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const TEXT = "孩子一个月换了三个老师，上课经常迟到，找前台说过两次没人管，现在要求退费，剩余8000元。";
const CLASSES = [["form", "投诉"], ["area", "混合"], ["answerability", "需其他部门"], ["tier", "3日"]];
// Friday; the campus's day.
const NOW = "2026-11-20T10:00:00+08:00";

const files = folder();
const profiles = { north: freshProfile(), south: freshProfile(), hq: freshProfile() };
const open = {};

before(async () => {
  open.north = await desk({ profile: profiles.north, campus: "城北校区", name: "周老师", now: NOW });
  open.south = await desk({ profile: profiles.south, campus: "城南校区", name: "吴老师", now: NOW });
  open.hq = await desk({ profile: profiles.hq, workplace: "hq", campus: "总部", name: "郑主任", now: NOW });
});
after(async () => {
  for (const one of Object.values(open)) await one.close();
  for (const profile of Object.values(profiles)) removeProfile(profile);
});

const story = { id: null, first: null, south: null, receipt: null };

test("a half-filled registration survives a reload", async () => {
  const { page } = open.north;
  await fillIntake(page, { text: TEXT, name: "林女士", phone: "13800001234", classes: CLASSES });
  await page.waitForTimeout(600); // a draft is written 200 ms after the last key
  await page.reload();
  await ready(page);
  await go(page, "#/new");
  await page.locator(".banner", { hasText: "已恢复" }).waitFor();
  assert.equal(await page.locator("#f-text").inputValue(), TEXT);
  assert.equal(await page.locator("#f-phone").inputValue(), "13800001234");
  assert.ok(await page.locator("[data-axis=tier] label", { hasText: "3日" }).locator("input").isChecked());
});

test("suggestions come with their words, limits are shown before registering", async () => {
  const { page } = open.north;
  await page.locator("[data-axis=form]", { hasText: "推荐 9" }).waitFor();
  const limits = await page.locator("#will-run").innerText();
  assert.match(limits, /今天 24:00/);
  assert.match(limits, /11月22日 24:00/); // passing on within two days
  assert.match(limits, /11月23日 24:00/); // the tier of three days
});

test("registering by keyboard starts the clocks", async () => {
  const { page } = open.north;
  story.id = await register(page);
  const clock = (id) => page.locator(`#clocks [data-clock="${id}"]`).first().innerText();
  assert.match(await clock("D1"), /剩 1[34]时/); // 10:00 to 24:00
  assert.match(await clock("D2"), /2 天 · 今天 10:00 → 11月22日 24:00/);
  assert.match(await clock("D4"), /3 天 · 今天 10:00 → 11月23日 24:00/);
  await page.locator('#clocks [data-clock="D2"] summary').first().click();
  assert.match(await clock("D2"), /当日不计/);
  assert.match(await page.locator("#main h1").innerText(), /城北-26-0001/);
  await page.locator("mark").first().waitFor();
});

test("the same phone number is noticed", async () => {
  const { page } = open.north;
  await go(page, "#/new");
  await page.locator("#f-phone").fill("138 0000 1234");
  await page.locator("#similar", { hasText: "城北-26-0001" }).waitFor();
  await page.getByRole("button", { name: "清空重填" }).click();
});

test("a photo is attached, a web page is refused", async () => {
  const { page } = open.north;
  await go(page, `#/cases/${story.id}`);
  const input = page.locator("#file-input");
  await input.setInputFiles({ name: "现场.png", mimeType: "image/png", buffer: PHOTO });
  await page.locator("#files img").waitFor();
  await input.setInputFiles({ name: "x.png", mimeType: "image/png", buffer: Buffer.from("<!doctype html><script>alert(1)</script>") });
  await page.locator(".toast.bad", { hasText: "不是可接受的附件类型" }).waitFor();
  await page.locator(".toast.bad button").click();
});

test("a half-filled step survives a reload and then ends its clock", async () => {
  const { page } = open.north;
  const form = await openStep(page, "investigate");
  await form.locator('[id="s-investigate-f-investigation"]').fill("查了签到表：确有三次换人。");
  await page.waitForTimeout(600);
  await page.reload();
  await ready(page);
  const again = await openStep(page, "investigate");
  await page.waitForFunction(() => document.getElementById("s-investigate-f-investigation")?.value.startsWith("查了签到表"));
  await again.locator("button[type=submit]").click();
  await page.locator('#clocks [data-clock="D1"] .chip.ok').first().waitFor({ state: "attached" });
});

test("today's list records a step in one action", async () => {
  const { page } = open.north;
  await go(page, "#/today");
  await page.locator('[data-clock="D2"] button.primary').click();
  await page.locator("dialog [data-step-form]").waitFor();
  await page.locator("dialog button[type=submit]").click();
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.locator('[data-group] [data-clock="D2"]').waitFor({ state: "detached" });
});

test("an entry is withdrawn with a reason and brought back", async () => {
  const { page } = open.north;
  await go(page, `#/cases/${story.id}`);
  const line = page.locator("#timeline li", { hasText: "传递接收单" });
  for (const button of ["撤回", "恢复"]) {
    await line.getByRole("button", { name: button }).click();
    await page.locator("dialog textarea").fill("核对记录");
    await page.locator("dialog button[type=submit]").click();
    await page.locator("dialog").waitFor({ state: "detached" });
    if (button === "撤回") await line.locator(".chip", { hasText: "已撤回" }).waitFor();
    else await line.locator(".chip", { hasText: "已撤回" }).waitFor({ state: "detached" });
  }
});

test("an event written just before the browser is killed is there afterwards", async () => {
  const profile = freshProfile();
  const first = await desk({ profile, campus: "城东校区", name: "钱老师", now: NOW });
  await fillIntake(first.page, { text: "三楼饮水机坏了一周，没人修。", classes: [["form", "建议"], ["area", "服务"], ["answerability", "当场答复"]] });
  const id = await register(first.page);
  await first.page.locator("#note").fill("断电前的最后一条");
  await first.page.locator("#timeline form button").click();
  await first.page.locator("#timeline li", { hasText: "断电前的最后一条" }).waitFor();
  const session = await first.context.newCDPSession(first.page);
  await session.send("Browser.crash").catch(() => {});
  // A killed browser does not answer any more.
  await Promise.race([first.close().catch(() => {}), new Promise((done) => setTimeout(done, 3_000))]);
  const second = await openChromium({ profile });
  // Preferences are written lazily by the browser; the killed one may have lost the name, never an event.
  if (await second.page.locator("#setup-start").isVisible()) await setUp(second.page, { workplace: "campus", campus: "城东校区", name: "钱老师" });
  await go(second.page, `#/cases/${id}`);
  await second.page.locator("#timeline li", { hasText: "断电前的最后一条" }).waitFor();
  await second.close();
  removeProfile(profile);
});

test("two tabs stay in step", async () => {
  const { page, context } = open.north;
  const other = await context.newPage();
  await other.clock.setFixedTime(new Date(NOW));
  await other.goto(`${singleFileUrl()}#/cases/${story.id}`);
  await ready(other);
  await other.locator("#note").fill("第二个标签页写的");
  await other.locator("#timeline form button").click();
  await page.locator("#timeline li", { hasText: "第二个标签页写的" }).waitFor();
  await other.close();
});

test("both campuses export, headquarters imports with a preview", async () => {
  story.first = await exportAll(open.north.page, files);
  assert.match(path.basename(story.first), /城北/);
  const bundle = readJson(story.first);
  assert.equal(bundle.format, "shouwen-bundle");
  assert.equal(Object.keys(bundle.blobs ?? {}).length, 1);

  const south = open.south.page;
  await fillIntake(south, { text: "希望周日增设自习室。", name: "何先生", classes: [["form", "建议"], ["area", "服务"], ["answerability", "当场答复"]] });
  await register(south);
  story.south = await exportAll(south, files);

  const hq = open.hq.page;
  await go(hq, "#/share");
  await hq.locator("#import-files").setInputFiles(story.first);
  await hq.locator("#import", { hasText: "新增 1 件" }).waitFor();
  await hq.getByRole("button", { name: "确认导入" }).click();
  await hq.locator("[data-done]").waitFor();
  await importFiles(hq, [story.south]);
  await go(hq, "#/cases");
  await hq.getByText("城北-26-0001").first().waitFor();
  await hq.getByText("城南-26-0001").first().waitFor();
  await go(hq, `#/cases/${story.id}`);
  await hq.locator("#files img").waitFor();
  assert.match(await hq.locator("#timeline").innerText(), /断电前|第二个标签页写的/);
});

test("importing the same file again changes nothing", async () => {
  const { page } = open.hq;
  await go(page, "#/share");
  await page.locator("#import-files").setInputFiles(story.first);
  await page.locator("#import", { hasText: "没有新内容" }).waitFor();
});

test("a changed byte is refused and nothing is applied", async () => {
  const text = readFileSync(story.first, "utf8");
  const forged = path.join(files, "forged.json");
  writeFileSync(forged, text.replace("三个老师", "五个老师"));
  const { page } = open.hq;
  await go(page, "#/share");
  await page.locator("#import-files").setInputFiles(forged);
  await page.locator("#import", { hasText: "已拒绝，没有导入任何内容" }).waitFor();
  await go(page, `#/cases/${story.id}`);
  assert.match(await page.locator(".case").innerText(), /三个老师/);
});

test("both sides correct the same field: a conflict, resolved at headquarters", async () => {
  const correct = async (page, phone) => {
    await go(page, `#/cases/${story.id}`);
    await page.locator("#details h2 button").click();
    await page.locator('[id="e-f-phone"]').fill(phone);
    await page.locator("#details button[type=submit]").click();
    await page.locator("#details dd", { hasText: phone }).waitFor();
  };
  await correct(open.hq.page, "13800005678");
  await correct(open.north.page, "13800009999");
  const second = await exportAll(open.north.page, files);
  const { page } = open.hq;
  await importFiles(page, [second]);
  story.receipt = await download(page, () => page.locator("[data-receipt]").first().click(), files);
  await go(page, `#/cases/${story.id}`);
  const conflict = page.locator('[data-conflict="field:phone"]');
  await conflict.locator("li", { hasText: "13800009999" }).getByRole("button").click();
  await page.locator("dialog textarea").fill("已回拨核对");
  await page.locator("dialog button[type=submit]").click();
  await page.locator("#conflicts").waitFor({ state: "detached" });
  await page.locator("#details dd", { hasText: "13800009999" }).waitFor();
});

test("headquarters answers with a receipt and its decision, the campus takes both in", async () => {
  assert.equal(readJson(story.receipt).header.kind, "ack");
  const back = await exportAll(open.hq.page, files);
  const north = open.north.page;
  const words = await importFiles(north, [story.receipt]);
  assert.match(words, /对方已确认收到/);
  await importFiles(north, [back]);
  await go(north, `#/cases/${story.id}`);
  await north.locator("#timeline li", { hasText: "已回拨核对" }).waitFor();
  assert.equal(await north.locator("#conflicts").count(), 0);
});

test("headquarters' values travel to a campus as a rules file", async () => {
  const hq = open.hq.page;
  await go(hq, "#/settings");
  const years = hq.locator('[id="p-f-train-campus.retention_years"]');
  await hq.locator("#parameters details").evaluateAll((list) => list.forEach((one) => (one.open = true)));
  await years.fill("3");
  await hq.locator("#parameters-save").click();
  await hq.locator("#parameters [role=status]").first().waitFor();
  await go(hq, "#/share");
  await hq.locator("#rules-out summary").click();
  for (const box of await hq.locator("#rules-out details > label input, #rules-out details > .check input").all()) await box.check();
  const rules = await download(hq, () => hq.locator("#rules-save").click(), files);
  assert.equal(readJson(rules).header.kind, "config");
  const north = open.north.page;
  await importFiles(north, [rules]);
  await go(north, "#/settings");
  assert.equal(await north.locator('[id="p-f-train-campus.retention_years"]').inputValue(), "3");
});

test("a backup restored in an empty browser brings every case back", async () => {
  const fresh = await desk({ campus: "城北校区", name: "周老师", now: NOW });
  await importFiles(fresh.page, [story.first]);
  await go(fresh.page, `#/cases/${story.id}`);
  await fresh.page.locator("#files img").waitFor();
  assert.match(await fresh.page.locator("#main h1").innerText(), /城北-26-0001/);
  await fresh.close();
});

test("the case is worked to its end and closed", async () => {
  const { page } = open.north;
  await go(page, `#/cases/${story.id}`);
  await step(page, "coordinate", { fields: { coordination: "换回原老师，补两节课" } });
  await step(page, "feedback", { fields: { feedback_text: "已电话告知" } });
  await step(page, "implement", { fields: { implementation: "已补课" } });
  await step(page, "return_visit", { fields: { visit_text: "家长满意" } });
  await step(page, "report_visit", { fields: { visit_report: "已反馈" } });
  await page.getByRole("button", { name: "结案" }).click();
  await page.locator("dialog textarea").fill("换回原老师并补课，家长满意。");
  await page.locator("dialog button[type=submit]").click();
  await page.locator("h1 .chip.ok", { hasText: "已结案" }).waitFor();
  await saved(page);
});

test("the receipt form and the case file print on A4", async () => {
  const { page } = open.north;
  for (const form of ["train-campus-receipt", "file"]) {
    await go(page, `#/cases/${story.id}/print/${form}`);
    await page.locator(".paper").waitFor();
    assert.match(await page.locator(".paper").innerText(), /城北-26-0001/);
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.length > 5_000, `${form}: ${pdf.length} bytes`);
  }
});

test("nothing was logged as an error and nothing left the page", () => {
  for (const [name, one] of Object.entries(open)) {
    assert.deepEqual(one.log.errors, [], name);
    assert.deepEqual(one.log.requests, [], name);
  }
});
