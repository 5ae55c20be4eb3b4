// The ladder on Today: one digest however long nobody was here, nothing on rest days, what is told stays told; one
// notification a tick; recurring duties; a clock that was set back. By an invented pack that comes in as a file.
// (2026-11-16 is a Monday; November and December 2026 have no holiday.)
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { desk, fillIntake, folder, go, importFiles, ready, register, saved, step } from "./lib/desk.mjs";
import { inventedFile } from "./lib/invented.mjs";

const START = "2026-11-16T10:00:00+08:00";
const files = folder();
const NOTIFICATIONS = `
  window.shown = [];
  const Real = window.Notification;
  window.Notification = class extends Real {
    constructor(title, options) { super(title, options); window.shown.push({ title, body: options.body, tag: options.tag }); window.latest = this; }
  };`;

let opened;
let page;
let id;
const card = () => page.locator("#reminders");
const group = (who) => card().locator(`[data-tell="${who}"]`);
const duty = (name) => page.locator(`[data-duty="${name}"]`);

/** The page's clock goes on, and the page looks at it. */
async function at(time) {
  await page.clock.setFixedTime(new Date(`${time}+08:00`));
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function be(role) {
  await go(page, "#/settings");
  await page.locator("#me-role").selectOption(role);
  await page.locator("#me-save").click();
  await page.locator("#person .ok-text").waitFor();
  await go(page, "#/today");
}

async function accessible() {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const size of [{ width: 1366, height: 768 }, { width: 390, height: 844 }]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(size);
      await page.evaluate(() => document.getAnimations().forEach((one) => one.finish()));
      found.push(...(await violations(page)).map((one) => `${colorScheme} ${size.width}: ${one}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`scrolls sideways by ${wide} px at ${size.width}`);
      if (process.env.SHOUWEN_PICTURES) await page.screenshot({ path: `${process.env.SHOUWEN_PICTURES}/today-${colorScheme}-${size.width}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1366, height: 768 });
  assert.deepEqual(found, []);
}

before(async () => {
  opened = await desk({ campus: "城北校区", name: "周老师", now: START, init: NOTIFICATIONS, permissions: ["notifications", "clipboard-read", "clipboard-write"] });
  page = opened.page;
  await importFiles(page, [inventedFile(files)]);
  await be("clerk");
  await fillIntake(page, { text: "换了三个老师，要求退费8000元。", name: "林女士", phone: "13800001234" });
  id = await register(page);
  await saved(page);
  await go(page, "#/today");
});
after(() => opened.close());

describe("the digest", () => {
  test("says nothing before a level is reached", async () => {
    await at("2026-11-19T17:59:00");
    assert.equal(await card().count(), 0);
  });

  test("a level that falls into the night is told before the desk closes", async () => {
    await at("2026-11-19T18:00:00");
    await card().waitFor();
    assert.match(await card().innerText(), /到了该提醒的时候\s*1[\s\S]*提醒我[\s\S]*书面答复[\s\S]*应于 11月23日 24:00[\s\S]*时限过半/);
    assert.match(await card().innerText(), /本程序的约定/);
  });

  test("every date of the list says why, with its days", async () => {
    const line = page.locator("[data-group] .row", { hasText: "书面答复" }).first();
    await line.getByRole("button", { name: "为什么" }).click();
    const box = page.locator("dialog[open]");
    await box.waitFor();
    assert.match(await box.innerText(), /书面答复[\s\S]*起算，当日不计[\s\S]*第 \d+ 个工作日是 11月23日（周一），到 24:00 止/);
    assert.ok((await box.locator(".strip li").count()) > 3);
    await box.getByRole("button", { name: "关闭" }).click();
    assert.equal(await page.locator("dialog[open]").count(), 0);
  });

  test("what is told stays away, also after a reload", async () => {
    await group("").getByRole("button", { name: "知道了" }).click();
    await card().waitFor({ state: "detached" });
    await page.reload();
    await ready(page);
    await page.locator("[data-group]").first().waitFor();
    assert.equal(await card().count(), 0);
  });

  test("nothing on rest days", async () => {
    for (const time of ["2026-11-21T10:00:00", "2026-11-22T10:00:00"]) {
      await at(time);
      assert.equal(await card().count(), 0);
    }
  });

  test("the next level comes on the next working day, for me and for others", async () => {
    await at("2026-11-23T09:00:00");
    await card().waitFor();
    assert.match(await group("").innerText(), /最后一个工作日 · 同时转告：组长/);
  });

  test("after two weeks away it is one card; a jumped level is heard by its people too", async () => {
    await at("2026-12-01T10:00:00");
    await group("组长").waitFor();
    assert.equal(await page.locator("#reminders").count(), 1);
    assert.equal(await group("").locator("li").count(), 1);
    assert.match(await group("").innerText(), /书面答复\s*已于 11月23日 24:00 到期[\s\S]*请上级过问 · 同时转告：组长、总部/);
    assert.match(await group("组长").innerText(), /告知进展[\s\S]*还有两天要告知进展（X 3）/);
    await accessible();
  });

  test("its text for a chat holds nothing about the person", async () => {
    await group("").getByRole("button", { name: "复制" }).click();
    await page.locator(".toast", { hasText: "已复制" }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /到了该提醒的时候（2026-12-01 10:00）\n1\. \S+ 书面答复：已于 11月23日 24:00 到期。请上级过问/);
    for (const private_ of ["林女士", "13800001234", "三个老师", "8000"]) assert.ok(!text.includes(private_), private_);
  });

  test("who else works here sees what is theirs", async () => {
    await be("lead");
    await card().waitFor();
    assert.equal(await group("").locator("li").count(), 2);
    await be("clerk");
    await group("组长").waitFor();
  });

  test("telling one group leaves the other; both stay told", async () => {
    await group("").getByRole("button", { name: "知道了" }).click();
    await group("").waitFor({ state: "detached" });
    await group("组长").getByRole("button", { name: "已告知" }).click();
    await card().waitFor({ state: "detached" });
    await at("2026-12-08T10:00:00");
    await page.reload();
    await ready(page);
    await page.locator("[data-group]").first().waitFor();
    assert.equal(await card().count(), 0);
  });

  test("many lines are counted, not listed", async () => {
    await at("2026-12-08T10:00:00");
    for (let count = 0; count < 11; count += 1) {
      await fillIntake(page, { text: `第 ${count} 件`, name: "甲", phone: "13800001234" });
      await register(page);
    }
    await at("2026-12-30T10:00:00");
    await go(page, "#/today");
    await card().waitFor();
    assert.equal(await card().locator("li").count(), 5);
    assert.match(await card().innerText(), /到了该提醒的时候\s*22[\s\S]*另有 \d+ 项/);
    for (const button of await card().getByRole("button", { name: /知道了|已告知/ }).all()) assert.ok(await button.isEnabled());
    await group("").getByRole("button", { name: "知道了" }).click();
    await group("").waitFor({ state: "detached" });
    await group("组长").getByRole("button", { name: "已告知" }).click();
    await card().waitFor({ state: "detached" });
  });
});

describe("notifications", () => {
  test("are off until switched on, and say so", async () => {
    await go(page, "#/settings");
    const box = page.locator("#notifications");
    assert.match(await box.innerText(), /未打开/);
    assert.deepEqual(await page.evaluate(() => window.shown), []);
    await page.locator("#notify-switch").click();
    await box.getByText("已打开：浏览器允许本页通知").waitFor();
  });

  test("one for everything that was reached, without anything personal; a click leads to Today", async () => {
    for (const name of ["乙一", "乙二"]) {
      await fillIntake(page, { text: "新的一件", name, phone: "13800001234" });
      await register(page);
    }
    await go(page, "#/settings");
    await at("2027-01-20T10:00:00");
    await page.waitForFunction(() => window.shown.length > 0);
    assert.deepEqual(await page.evaluate(() => window.shown), [{ title: "4 项时限到了提醒时间", body: "点这里打开首问的“今日”。", tag: "shouwen" }]);
    await at("2027-01-20T10:05:00");
    assert.equal(await page.evaluate(() => window.shown.length), 1);
    await page.evaluate(() => window.latest.onclick(new Event("click")));
    assert.equal(await page.evaluate(() => location.hash), "#/today");
  });

  test("nothing that is told is announced again", async () => {
    await group("").getByRole("button", { name: "知道了" }).click();
    await group("").waitFor({ state: "detached" });
    await at("2027-01-25T10:00:00");
    assert.equal(await page.evaluate(() => window.shown.length), 1);
  });
});

test("a blocked action says which step comes first", async () => {
  await go(page, "#/today");
  await page.locator('[data-clock="reply"] .act button').first().click();
  await page.locator(".toast", { hasText: "「答复家长」还不能记录，先做：现场核查。" }).waitFor();
  assert.match(await page.evaluate(() => location.hash), /#\/cases\//);
});

test("a clock that was set back is noticed", async () => {
  await go(page, `#/cases/${id}`);
  await step(page, "inspect");
  await saved(page);
  await go(page, "#/today");
  assert.equal(await page.locator("#device-time").count(), 0);
  await at("2027-01-25T09:00:00");
  await page.locator("#device-time", { hasText: "早 1时" }).waitFor();
  await at("2027-01-20T10:00:00");
  await page.locator("#device-time", { hasText: "有 1 个案件的记录写在一天以后" }).waitFor();
  await accessible();
  await at("2027-01-25T10:30:00");
  await page.locator("#device-time").waitFor({ state: "detached" });
});

describe("recurring duties", () => {
  before(async () => {
    await page.clock.setFixedTime(new Date("2027-02-03T10:00:00+08:00"));
    await page.reload();
    await ready(page);
    await page.locator("#duties").waitFor();
  });

  async function record(name, button, note) {
    await duty(name).getByRole("button", { name: button }).click();
    await page.locator("#duty-note").fill(note);
    await page.locator("dialog button[type=submit]").click();
  }

  test("stand with their term, the missing value leads to the settings", async () => {
    assert.ok(await page.locator("#duties details").evaluate((one) => one.open), "the week ends on Sunday");
    assert.match(await duty("weekly").innerText(), /本周（2月1日–2月7日） · 应于 2月7日 24:00 前/);
    assert.match(await duty("monthly").innerText(), /2月 · 应于 2月28日 24:00 前/);
    assert.match(await duty("yearly").innerText(), /2027年 · 应于 12月31日 24:00 前/);
    assert.match(await duty("standing").innerText(), /没有固定日期/);
    assert.equal(await duty("standing").getByRole("button").count(), 0);
    assert.equal(await duty("period").locator("a").getAttribute("href"), "#/settings");
    await accessible();
  });

  test("are recorded once, by whom and when, and undone", async () => {
    await record("weekly", "记为已做", "纪要已发群");
    await duty("weekly").getByText("本周（2月1日–2月7日）已做：周老师，今天 10:00").waitFor();
    assert.equal(await duty("weekly").getByRole("button", { name: "记为已做" }).count(), 0);
    await page.reload();
    await ready(page);
    await page.locator("#duties").waitFor();
    await page.locator("#duties summary").click(); // nothing is near any more: folded
    await duty("weekly").getByRole("button", { name: "撤回" }).click();
    await page.locator("dialog textarea").fill("记错了");
    await page.locator("dialog button[type=submit]").click();
    await duty("weekly").getByRole("button", { name: "记为已做" }).waitFor();
    await record("weekly", "记为已做", "");
    await duty("weekly").getByText("已做：").waitFor();
  });

  test("a term without a record is named and can be recorded late", async () => {
    await page.clock.setFixedTime(new Date("2027-02-17T10:00:00+08:00"));
    await page.reload();
    await ready(page);
    await duty("weekly").getByText("上周（2月8日–2月14日）没有记录").waitFor();
    await record("weekly", "补记上周", "晚了");
    await duty("weekly").getByText("没有记录").waitFor({ state: "detached" });
    await duty("weekly").getByRole("button", { name: "记为已做" }).waitFor();
  });
});
