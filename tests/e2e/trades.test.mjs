// Desks of other trades: choosing rules, the questions and words that follow, numbers as the rule counts them.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { desk, fillIntake, go, ready, register, saved } from "./lib/desk.mjs";

const NOW = "2026-09-29T15:00:00+08:00";
const open = [];
after(() => Promise.all(open.map((one) => one.close())));

/** Nothing chosen; each box leaves the list of checked ones as it goes. */
async function uncheckAll(page) {
  const checked = page.locator(".picker-row input:checked");
  while (await checked.count()) await checked.first().uncheck();
}

/** A desk that has chosen these packs at the first start, found by this search. */
async function deskOf(packs, search, { campus = "城北", name = "周值班" } = {}) {
  const opened = await desk({ now: NOW });
  open.push(opened);
  const { page } = opened;
  await page.locator(".in-use > summary").click();
  await uncheckAll(page);
  await page.locator("#picker-search").fill(search);
  for (const pack of packs) await page.locator(`.picker-row input[value=${pack}]`).check();
  await page.locator("#picker-use").click();
  await page.waitForFunction(() => document.documentElement.dataset.ready !== "1").catch(() => {});
  await ready(page);
  await page.locator("#setup-campus").fill(campus);
  await page.locator("#setup-name").fill(name);
  await page.locator("#setup-start").click();
  await page.locator("#state-line").waitFor();
  return opened;
}

/** Labels of the questions that the intake asks. */
const questions = (page) => page.locator("#intake .card").first().locator("label[for], legend").allInnerTexts();

describe("a property manager's desk", () => {
  test("says owner and project, asks what its rule asks, counts ten minutes", async () => {
    const { page, errors } = await deskOf(["property-major"], "物业");
    await go(page, "#/today");
    await page.locator("#main", { hasText: "业主来了或来电" }).waitFor();
    await fillIntake(page, { text: "地下车库天天漏水，报修三回没人管，车被泡了", name: "林女士" });
    const asked = (await questions(page)).join(" ");
    assert.match(asked, /发生地点/);
    assert.doesNotMatch(asked, /最先问到谁|班级|老师/);
    await page.locator("#will-run li", { hasText: "今天 15:10" }).waitFor();
    await register(page);
    await saved(page);
    await page.locator("#main h1", { hasText: "城北-26-0001" }).waitFor();
    assert.deepEqual(errors ?? [], []);
  });

  test("keeps its choice, and a case keeps its rules when the desk changes to others", async () => {
    const { page } = open.at(-1);
    await page.reload();
    await ready(page);
    await go(page, "#/settings");
    await page.locator("#packs summary", { hasText: "重大投诉处理" }).click();
    await uncheckAll(page);
    assert.equal(await page.locator("#picker-use").isDisabled(), true, "a desk needs rules");
    await page.locator("#packs .picker-row input[value=wedding]").check();
    await page.locator("#picker-use").click();
    await page.locator("nav").waitFor();
    await ready(page);
    await go(page, "#/new");
    assert.match((await questions(page)).join(" "), /订单/);
    await go(page, "#/cases");
    await page.locator(".crow a, .crow", { hasText: "城北-26-0001" }).first().click();
    await page.locator("#main", { hasText: "发出投诉处理表" }).waitFor();
  });
});

test("numbers are counted as the rule counts them", async () => {
  const { page } = await deskOf(["pcb-maker"], "线路板");
  for (const number of ["260901", "260902"]) {
    await fillIntake(page, { text: "板子发到客户手里有 12 片开路，要求换货并写报告", name: "林经理" });
    await register(page);
    await saved(page);
    await page.locator("#main h1", { hasText: number }).waitFor();
  }
});

test("searching forgives, and teaches when nothing fits", async () => {
  const opened = await desk({ now: NOW });
  open.push(opened);
  const { page } = opened;
  await page.locator(".in-use > summary").click();
  const found = async (text) => {
    await page.locator("#picker-search").fill(text);
    return page.locator(".picker-row").count();
  };
  assert.ok((await found("")) >= 34);
  assert.ok((await found("药店 事故")) >= 1);
  assert.ok((await found("WEDDING")) >= 1);
  assert.equal(await found("火星"), 0);
  await page.locator(".picker-list", { hasText: "换一个词试试" }).waitFor();
});
