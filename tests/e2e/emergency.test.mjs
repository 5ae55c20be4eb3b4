// A plan beside an ordinary case: added with a reason, activated with a group, two meetings, visitors, ended by its
// checklist, summed up, printed, taken away. And the desk's recurring duties, also of a plan under which no case runs.
// (2026-11-20 is a Friday; November 2026 has no holiday.)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { desk, download, exportAll, fillIntake, folder, go, openStep, ready, register, saved, step } from "./lib/desk.mjs";

const PLAN = "emerg-important";
const files = folder();
let opened;
let page;
let id;
const card = () => page.locator(`.plan[data-plan="${PLAN}"]`);
const clock = (name) => page.locator(`#clocks [data-clock="${PLAN}:${name}"]`);

async function at(time) {
  await page.clock.setFixedTime(new Date(`${time}+08:00`));
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
}

async function look(name) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const size of [{ width: 1366, height: 768 }, { width: 390, height: 844 }]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(size);
      found.push(...(await violations(page)).map((one) => `${colorScheme} ${size.width}: ${one}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`scrolls sideways by ${wide} px at ${size.width}`);
      if (process.env.SHOUWEN_PICTURES) await page.screenshot({ path: `${process.env.SHOUWEN_PICTURES}/${name}-${colorScheme}-${size.width}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1366, height: 768 });
  assert.deepEqual(found, []);
}

const does = (name, wish) => step(page, `${PLAN}:${name}`, wish);

before(async () => {
  opened = await desk({ campus: "城北校区", name: "周老师", now: "2026-11-20T10:00:00+08:00" });
  page = opened.page;
  await fillIntake(page, {
    text: "孩子一个月换了三个老师，找前台说过两次没人管，现在要求退费8000元，已经联系了电视台。", name: "林女士", phone: "13800001234",
    classes: [["form", "投诉"], ["area", "混合"], ["answerability", "需其他部门"], ["tier", "3日"]],
  });
  id = await register(page);
  await saved(page);
});
after(() => opened.close());

describe("a plan on a case", () => {
  test("is chosen with a search and added with a reason", async () => {
    await at("2026-11-20T11:00:00");
    await page.locator("#use-plan").getByRole("button", { name: "启用应急预案" }).click();
    const box = page.locator("dialog[open]");
    assert.ok((await box.locator(".picker-row").count()) > 3);
    await box.locator("#plan-search").fill("重要投诉应急");
    await box.locator(`input[value="${PLAN}"]`).check();
    await box.getByText("总经理担任，统一决定。").waitFor();
    assert.match(await box.innerText(), /启动条件[\s\S]*判断为重要，即启动[\s\S]*终止条件/);
    await look("choose");
    await box.getByRole("button", { name: "加用这份预案" }).click();
    assert.equal(await card().count(), 0, "nothing happens without a reason");
    await box.locator("#plan-why").fill("电视台要来，可能扩大");
    await box.getByRole("button", { name: "加用这份预案" }).click();
    await card().waitFor();
    assert.match(await card().innerText(), /重要投诉应急预案[\s\S]*未启动/);
  });

  test("its clocks run from when it was added, the ordinary ones as before", async () => {
    assert.match(await clock("D1").innerText(), /今天 11:00 → 今天 12:00/);
    assert.match(await page.locator('#clocks [data-clock="D2"]').first().innerText(), /2 天 · 今天 10:00 → 11月22日 24:00/);
    await clock("D1").locator("summary").first().click();
    assert.match(await clock("D1").innerText(), /今天 11:00 加用应急预案，从那时起算/);
    await go(page, "#/today");
    await page.locator(`[data-clock="${PLAN}:D1"]`, { hasText: "记录并报处理小组" }).waitFor();
    await go(page, `#/cases/${id}`);
  });

  test("its class is its own question", async () => {
    await card().waitFor();
    await page.locator(`[data-axis="${PLAN}:em_importance"]`).first().waitFor();
    assert.match(await page.locator("#kinds").innerText(), /处理期：[\s\S]*重要程度/);
  });

  test("is activated with a name for each part", async () => {
    await at("2026-11-20T11:20:00");
    await card().locator(`[data-step]`, { hasText: "记录并报小组" }).waitFor();
    assert.equal(await page.locator(`#steps [data-step^="${PLAN}"]`).count(), 0, "each step stands in one place");
    await does("em_report", { outcome: "已报小组" });
    await openStep(page, `${PLAN}:em_activate`);
    const form = page.locator(`[data-step-form="${PLAN}:em_activate"]`);
    await form.locator("label", { hasText: "启动" }).first().click();
    await form.getByLabel("组长（总经理）").fill("郑总");
    await form.getByLabel("调查核实小组").fill("吴老师");
    await look("activate");
    await form.locator("button[type=submit]").click();
    await card().getByText("进行中").waitFor();
    await at("2026-11-20T13:20:00");
    await card().getByText("已 2时").waitFor();
    assert.match(await card().innerText(), /郑总 总经理担任[\s\S]*吴老师 查证据[\s\S]*未定人/);
    assert.match(await page.locator("#timeline").innerText(), /谁担任什么：[^\n]*组长（总经理）：郑总/);
  });

  test("each meeting keeps its own minutes", async () => {
    await does("em_meeting", { fields: { em_present: "郑总、吴老师", em_decisions: "先退费再查", em_todo: "吴老师 周一前查清" } });
    const form = await openStep(page, `${PLAN}:em_meeting`);
    assert.equal(await form.locator(`[id="s-${PLAN}:em_meeting-f-em_decisions"]`).inputValue(), "");
    await form.getByRole("button", { name: "取消" }).click();
    await at("2026-11-21T09:00:00");
    await does("em_meeting", { fields: { em_present: "郑总、吴老师", em_decisions: "电视台由办公室接待", em_todo: "" } });
    await card().locator("ol.log", { hasText: "电视台由办公室接待" }).waitFor();
    const log = await card().locator("ol.log").innerText();
    assert.match(log, /到会的人：郑总、吴老师[\s\S]*先退费再查[\s\S]*到会的人：郑总、吴老师[\s\S]*电视台由办公室接待/);
  });

  test("visitors are received by the lawful steps", async () => {
    const form = await openStep(page, `${PLAN}:em_visitors`);
    await form.locator("label", { hasText: "媒体采访" }).click();
    await form.getByLabel("来访单位").fill("本市电视台");
    await form.getByLabel("已核对证件").check();
    await form.locator("button[type=submit]").click();
    await card().getByText("本市电视台").waitFor();
  });

  test("ends only when every line is ticked or explained", async () => {
    await at("2026-11-23T16:00:00");
    const form = await openStep(page, `${PLAN}:em_end`);
    const send = () => form.locator("button[type=submit]").click();
    await send();
    await form.getByText("请逐条勾选").waitFor();
    await form.getByLabel("处理方案已经落实").check();
    await form.getByLabel("已把结果告诉投诉人，并听了对方的意见").check();
    await send();
    await form.getByText("请逐条勾选").waitFor();
    await form.locator(".why-not").fill("另一位家长的投诉已另案处理");
    await send();
    await form.getByText("写明终止的理由").waitFor();
    await look("ending");
    await form.locator(`[id="s-${PLAN}:em_end-note"]`).fill("家长收到退款并认可");
    await send();
    await card().getByText("今天 16:00 已终止").waitFor();
    const log = await card().locator("ol.log").innerText();
    assert.match(log, /☑ 处理方案已经落实[\s\S]*☐ 没有新的同类投诉[^\n]*：另一位家长的投诉已另案处理\s*家长收到退款并认可/);
  });

  test("is summed up and printed on a sheet of its own", async () => {
    await does("em_summary", { fields: { em_summary: "换老师没有提前说", em_lessons: "换老师前三天告知家长" } });
    await look("ended");
    await card().getByRole("link", { name: "打印应急记录" }).click();
    const paper = page.locator("#paper");
    await paper.waitFor();
    const text = await paper.innerText();
    for (const part of ["应急记录", "郑总", "启动：2026-11-20 11:20", "终止：2026-11-23 16:00", "先退费再查", "电视台由办公室接待", "本市电视台", "☐ 没有新的同类投诉", "换老师前三天告知家长"]) {
      assert.ok(text.includes(part), part);
    }
    await look("printed");
    await go(page, `#/cases/${id}/print/file`);
    assert.match(await paper.innerText(), /重要投诉应急预案[\s\S]*组长（总经理）：郑总/);
    await go(page, `#/cases/${id}`);
  });

  test("names of the group do not leave in a masked file", async () => {
    await go(page, "#/share");
    await page.locator("#export-masked").check();
    const file = await download(page, () => page.locator("#export-save").click(), files);
    const text = readFileSync(file, "utf8");
    for (const name of ["郑总", "吴老师", "林女士"]) assert.ok(!text.includes(name), name);
    await page.locator("#export-masked").uncheck();
    const full = await exportAll(page, files);
    assert.ok(readFileSync(full, "utf8").includes("郑总"));
  });

  test("is taken away: what is finished stays, and undoing brings it back", async () => {
    await go(page, `#/cases/${id}`);
    await card().getByRole("button", { name: "不再用这份预案" }).click();
    await page.locator("dialog[open] textarea").fill("处理完毕");
    await page.locator("dialog[open] button[type=submit]").click();
    await card().getByText("已不用").waitFor();
    assert.equal(await page.locator(`[data-step^="${PLAN}"]`).count(), 0);
    assert.equal(await page.locator(`[data-axis="${PLAN}:em_importance"]`).count(), 0);
    assert.match(await page.locator("#clocks").innerText(), /已结束的时限/);
    await page.reload();
    await ready(page);
    assert.match(await card().locator("ol.log").innerText(), /先退费再查/);
    await page.locator("#timeline li", { hasText: "改用制度" }).last().getByRole("button", { name: "撤回" }).click();
    await page.locator("dialog[open] textarea").fill("还要用");
    await page.locator("dialog[open] button[type=submit]").click();
    // The plan had ended and all is done: its steps are there again, folded.
    await page.locator(`[data-step="${PLAN}:em_meeting"]`).waitFor({ state: "attached" });
  });
});

describe("recurring duties", () => {
  const duty = (name) => page.locator(`#duties [data-duty="${name}"]`);

  test("those of chosen packs and plans stand on a page of their own", async () => {
    await go(page, "#/settings");
    await page.locator("#packs summary").first().click();
    for (const [pack, words] of [["property-major", "物业 重大"], [PLAN, "重要投诉应急"]]) {
      await page.locator("#picker-search").fill(words);
      await page.locator(`.picker-row input[value="${pack}"]`).check();
    }
    await page.locator("#picker-use").click();
    await page.waitForFunction(() => location.hash === "#/today" && document.documentElement.dataset.ready === "1");
    await page.locator("#duties").waitFor();
    await page.locator("#duties").getByRole("link", { name: "全部事项与记录" }).click();
    await page.locator("#duty-year").waitFor();
    assert.match(await duty("D12").innerText(), /按计划走访业主[\s\S]*本周（11月23日–11月29日）/);
    assert.match(await duty("D3").innerText(), /向小组报告进展[\s\S]*请在设置里填写/);
    assert.match(await duty("D15").innerText(), /请在设置里填写/);
  });

  test("what was done this week is listed with its note, and shown done", async () => {
    await duty("D12").getByRole("button", { name: "记为已做" }).click();
    await page.locator("#duty-note").fill("走访 3 号楼十二户");
    await page.locator("dialog[open] button[type=submit]").click();
    await duty("D12").getByText("已做：周老师，今天 16:00").waitFor();
    await page.locator("#duty-records", { hasText: "走访 3 号楼十二户" }).waitFor();
    assert.match(await page.locator("#duty-year").innerText(), /48周 ✓[\s\S]*49周 ·/);
    await at("2026-12-08T09:00:00");
    await page.reload();
    await ready(page);
    await duty("D12").getByText("上周（11月30日–12月6日）没有记录").waitFor();
    assert.match(await page.locator("#duty-year").innerText(), /47周 ·[\s\S]*48周 ✓[\s\S]*49周 –[\s\S]*50周 ○/);
    await look("duties");
  });

  test("go into the calendar file, with the same name each time", async () => {
    await go(page, "#/today");
    await page.locator('[data-calendar="desk"] summary').click();
    const save = async () => readFileSync(await download(page, () => page.getByRole("button", { name: "保存全部时限" }).click(), files), "utf8").replaceAll("\r\n ", "");
    const uids = (text) => [...text.matchAll(/UID:(duty\.[^\r\n]*)/g)].map((found) => found[1]);
    const first = await save();
    assert.equal(uids(first).length, 1);
    assert.match(uids(first)[0], /^duty\.[0-9a-f]{12}\.property-major\.D12\.2026-W50@shouwen$/);
    assert.deepEqual(uids(await save()), uids(first));
  });
});

test("the rules' own plan is activated from the same button, with its group, and names itself before the case is closed", async () => {
  // Preferences are texts, written as JSON.
  await page.evaluate(() => localStorage.setItem("shouwen.packs", JSON.stringify(JSON.stringify(["property-major"]))));
  await page.reload();
  await ready(page);
  await fillIntake(page, { text: "地下车库进水，十几辆车被淹，业主堵住了出口。", name: "罗先生", phone: "13800001234" });
  await register(page);
  await page.locator("#use-plan").getByRole("button", { name: "启用应急预案" }).click();
  const box = page.locator("dialog[open]");
  await box.locator(".picker-row", { hasText: "本案制度自带" }).locator("input").check();
  await box.getByText("统一指挥，听从安排").waitFor();
  await box.locator("label", { hasText: "启动" }).filter({ hasNotText: "不" }).last().click();
  await box.getByLabel("组长、总指挥").fill("钱经理");
  await box.locator("button[type=submit]").click();
  const own = page.locator('.plan[data-plan="property-major"]');
  await own.getByText("进行中").waitFor();
  assert.match(await own.innerText(), /钱经理 调配人员物资/);
  await page.getByRole("button", { name: "结案" }).click();
  await page.locator("dialog[open]").getByText("还没有终止").waitFor();
});
