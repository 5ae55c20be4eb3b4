// Pausing, resuming and extending on the case page, by an invented pack that allows them: the effect is shown first,
// the cap resumes by itself, other roles are told who decides; with the built-in rules nothing of it is on the page.
// (2026-11-16 is a Monday; November and December 2026 have no holiday.)
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { desk, fillIntake, folder, go, importFiles, ready, register, saved } from "./lib/desk.mjs";
import { inventedFile } from "./lib/invented.mjs";

const START = "2026-11-16T10:00:00+08:00";
const files = folder();
let opened;
let page;
const clocks = () => page.locator("#clocks");
const clock = (id) => clocks().locator(`> [data-clock="${id}"]`);
const due = async (id) => / → (.+)$/.exec(await clock(id).locator("p.num").first().innerText())?.[1];
const effect = () => page.locator("dialog [data-effect]");

async function at(time) {
  await page.clock.setFixedTime(new Date(`${time}+08:00`));
  await page.reload();
  await ready(page);
  await clocks().waitFor();
}

async function be(role, back) {
  await go(page, "#/settings");
  await page.locator("#me-role").selectOption(role);
  await page.locator("#me-save").click();
  await page.locator("#person .ok-text").waitFor();
  await go(page, back);
}

async function accessible(name) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const size of [{ width: 1366, height: 768 }, { width: 390, height: 844 }]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(size);
      await page.evaluate(() => document.getAnimations().forEach((one) => one.finish()));
      found.push(...(await violations(page)).map((one) => `${colorScheme} ${size.width}: ${one}`));
      if (process.env.SHOUWEN_PICTURES) await page.screenshot({ path: `${process.env.SHOUWEN_PICTURES}/${name}-${colorScheme}-${size.width}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1366, height: 768 });
  assert.deepEqual(found, []);
}

async function newCase() {
  await fillIntake(page, { text: "要求退费。", name: "林女士", phone: "13800001234" });
  const id = await register(page);
  await saved(page);
  return `#/cases/${id}`;
}

/** The button of a clock: its own words, then the clock's name for screen readers. */
const button = (text, of) => clocks().getByRole("button", { name: new RegExp(`${text}.*${of}`) });
const open = (text, of) => button(text, of).click();
const confirm = (button) => page.locator("dialog").getByRole("button", { name: button }).click();

before(async () => {
  opened = await desk({ campus: "城北校区", name: "周老师", now: START });
  page = opened.page;
});
after(() => opened.close());

test("the built-in rules pause and extend nothing: no buttons", async () => {
  await fillIntake(page, { text: "要求退费。", name: "林女士", classes: [["form", "投诉"], ["area", "混合"], ["answerability", "需其他部门"], ["tier", "3日"]] });
  await register(page);
  assert.doesNotMatch(await clocks().innerText(), /中止|延长/);
});

describe("a pause", () => {
  let address;
  before(async () => {
    await importFiles(page, [inventedFile(files)]);
    await be("clerk", "#/today");
    address = await newCase();
  });

  test("is decided by the role that the rule names; others are told who", async () => {
    assert.equal(await due("reply"), "11月23日 24:00");
    assert.match(await clocks().innerText(), /中止由组长决定。[\s\S]*可由组长在到期前延长。/);
    assert.equal(await button("中止计时", "书面答复").count(), 0);
    assert.equal(await button("中止计时", "告知进展").count(), 1);
  });

  test("shows its effect, asks for ground and evidence, and moves the due time", async () => {
    await be("lead", address);
    await at("2026-11-17T10:00:00");
    await open("中止计时", "书面答复");
    await effect().getByText("书面答复：11月23日 24:00 → 11月27日 24:00").waitFor();
    assert.match(await page.locator("dialog").innerText(), /中止合计最多 4 个工作日[\s\S]*依据：X 2/);
    // A planned end counts before the cap.
    await page.locator("#pause-until").fill("2026-11-18T09:00");
    await effect().getByText("→ 明天").or(effect().getByText("11月24日 24:00")).first().waitFor();
    await page.locator("#pause-until").fill("");
    await page.locator("#pause-since").fill("2026-11-17T11:00");
    await effect().getByText("时间晚于现在").waitFor();
    await page.locator("#pause-since").fill("2026-11-17T10:00");
    await accessible("pause");
    await page.locator("#pause-reason").fill("送去鉴定");
    await page.locator("#pause-evidence").fill("委托书 3 号");
    await page.locator("dialog label", { hasText: "等待鉴定" }).click();
    await confirm("中止计时");
    await page.locator('[data-paused="reply"]').waitFor();
    assert.equal(await due("reply"), "11月27日 24:00");
    assert.match(await page.locator('[data-paused="reply"]').innerText(), /自 今天 10:00 起中止：等待鉴定；送去鉴定；凭据：委托书 3 号[\s\S]*最晚 11月21日 00:00 自动恢复计时/);
    assert.match(await page.locator("#timeline").innerText(), /中止 书面答复[\s\S]*事由：等待鉴定\s*凭据：委托书 3 号/);
    await accessible("paused");
  });

  test("stands apart on Today", async () => {
    await go(page, "#/today");
    await page.locator('[data-group=Paused] [data-clock="reply"]').waitFor();
    await go(page, address);
  });

  test("ends by hand", async () => {
    await at("2026-11-19T09:00:00");
    await open("恢复计时", "书面答复");
    await page.locator("dialog textarea").fill("鉴定已出");
    await confirm("恢复计时");
    await page.locator('[data-paused="reply"]').waitFor({ state: "detached" });
    assert.equal(await due("reply"), "11月25日 24:00");
  });

  test("of the whole case moves every clock that may be paused, and ends by itself at the cap", async () => {
    await at("2026-11-23T09:00:00");
    await open("中止计时", "书面答复");
    await page.locator("dialog label", { hasText: "本案所有可以中止的时限（2 项）" }).click();
    await effect().getByText("书面答复：11月25日 24:00 → 11月27日 24:00").waitFor();
    await effect().getByText("告知进展：11月26日 24:00；恢复计时后才能算出").or(effect().getByText("告知进展：原到期 11月26日 24:00")).first().waitFor();
    await page.locator("dialog label", { hasText: "当事人书面同意" }).click();
    await page.locator("#pause-reason").fill("家长要求缓办");
    await page.locator("#pause-evidence").fill("同意书");
    await confirm("中止计时");
    await page.locator('[data-paused="inform"]', { hasText: "没有预计恢复时间" }).waitFor();
    await page.locator('[data-paused="reply"]', { hasText: "最晚 11月25日 00:00" }).waitFor();
    await at("2026-11-25T09:00:00");
    assert.equal(await page.locator('[data-paused="reply"]').count(), 0, "two of four days were used before");
    assert.equal(await page.locator('[data-paused="inform"]').count(), 1);
    await open("恢复计时", "告知进展");
    await page.locator("dialog textarea").fill("家长回来了");
    await confirm("恢复计时");
    await page.locator('[data-paused="inform"]').waitFor({ state: "detached" });
    assert.equal(await due("inform"), "11月28日 24:00");
  });
});

describe("an extension", () => {
  let address;
  before(async () => {
    await page.clock.setFixedTime(new Date("2026-12-07T10:00:00+08:00"));
    await go(page, "#/today");
    await page.reload();
    await ready(page);
    address = await newCase();
  });

  test("shows its bound and effect; what the rule does not allow is refused in words", async () => {
    assert.equal(await due("reply"), "12月14日 24:00");
    assert.match(await clocks().innerText(), /可由校长在到期前延长。/);
    await open("延长期限", "书面答复");
    assert.match(await page.locator("dialog").innerText(), /最多允许延长 3 个工作日，即到 12月17日 24:00/);
    await page.locator("#extend-to").fill("2026-12-18");
    await effect().getByText("最多允许延到 2026-12-17 24:00").waitFor();
    await page.locator("#extend-to").fill("2026-12-14");
    await effect().getByText("要晚于现在的到期时间").waitFor();
    await page.locator("#extend-to").fill("2026-12-16");
    await effect().getByText("书面答复：12月14日 24:00 → 12月16日 24:00").waitFor();
    await accessible("extend");
    await page.locator("#extend-reason").fill("等待对方书面材料");
    await confirm("延长期限");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.locator("#timeline", { hasText: "等待对方书面材料" }).waitFor();
    assert.equal(await due("reply"), "12月16日 24:00");
  });

  test("is over once the limit has run out", async () => {
    await at("2026-12-17T09:00:00");
    assert.equal(await page.evaluate(() => location.hash), address);
    assert.match(await clocks().innerText(), /已到期，不能再延长。/);
    assert.equal(await button("延长期限", "").count(), 0);
    assert.equal(await button("中止计时", "书面答复").count(), 0);
  });
});
