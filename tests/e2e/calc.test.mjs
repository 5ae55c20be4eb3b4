// The calculator on file://: questions whose answers were counted by hand from the notices of 2026 and a paper calendar,
// bad input beside its field, the address as memory, keyboard only, English, phone, dark, paper.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { desk, go, ready, setUp } from "./lib/desk.mjs";

const NOW = "2026-11-20T10:30:00+08:00"; // a Friday
const HOURS = encodeURIComponent("9:00-12:00 14:00-18:00");
let open;

before(async () => {
  open = await desk({ now: NOW });
});
after(() => open?.close());

/** Asks by address; gives what the card shows. */
async function ask(query) {
  const { page } = open;
  await go(page, `#/calc?${query}`);
  // A question that changes only behind "?" redraws without a new page.
  await page.waitForFunction((wanted) => document.querySelector("#calc-from") && location.hash.includes(wanted), query.slice(0, 12));
  const text = async (id) => ((await page.locator(id).count()) ? (await page.locator(id).innerText()).replace(/\s+/g, " ").trim() : null);
  return { due: await text("#calc-due"), proof: await text("#calc-proof"), provisional: await text("#calc-provisional"), strip: await page.locator("#calc-result .strip li[title]").allInnerTexts() };
}

test("before anybody has said who they are, the calculator is one click away", async () => {
  const { page } = open;
  await page.locator("#setup-calc").click();
  await page.locator("#calc-due").waitFor();
  // The empty state: now and seven working days. 21, 22, 28, 29 November are weekends: 23–27 are days 1–5, 30 is 6.
  assert.match(await page.locator("#calc-due").innerText(), /2026年12月1日 星期二 24:00/);
  assert.equal(await page.locator("#calc-from").inputValue(), "2026-11-20 10:30");
  await go(page, "#/today");
  await setUp(page, { workplace: "campus", campus: "城北校区", name: "沈敏" });
  await page.locator(".nav a", { hasText: "期限计算" }).click();
  await page.locator("#calc-due").waitFor();
});

describe("questions with answers counted by hand", () => {
  for (const [what, query, due, proof] of [
    // 14 (make-up Saturday) 1; 24–27 2–5; 28 (make-up Saturday) 6; 1 March is a Sunday; 2 March 7.
    ["seven working days across the Spring Festival", "from=2026-02-13T10:00", "2026年3月2日 星期一 24:00", /从 2月14日（春节调休上班）数起，跳过 2月15–23日（春节），2月28日（春节调休上班）照计，跳过 3月1日（周末），第 7 个工作日是 3月2日（周一），到 24:00 止。/],
    // 30 September 1; 1–7 October holiday; 8, 9 2–3; 10 (make-up Saturday) 4; 12 5.
    ["five working days across the National Day", "from=2026-09-29T17:59&n=5", "2026年10月12日 星期一 24:00", /跳过 10月1–7日（国庆节），10月10日（国庆节调休上班）照计/],
    ["a weekend counts for nothing", "from=2026-11-20T10:00&n=3", "2026年11月25日 星期三 24:00", /跳过 11月21–22日（周末）/],
    ["Monday to Friday without holidays", "from=2026-02-13T10:00&cal=weekdays", "2026年2月24日 星期二 24:00", /第 7 个工作日是 2月24日/],
    ["natural days through everything", "from=2026-02-10&n=10&unit=natural_day", "2026年2月20日 星期五 24:00", /遇休息日也不顺延/],
    ["the same, rolled over the holiday", "from=2026-02-10&n=10&unit=natural_day&roll=1", "2026年2月24日 星期二 24:00", /正是休息日，越过 2月20–23日（春节），顺延到 2月24日/],
    ["a make-up Saturday is no rest day", "from=2026-02-10&n=4&unit=natural_day&roll=1", "2026年2月14日 星期六 24:00", /春节调休上班，不顺延/],
    ["a month from 31 January", "from=2026-01-31T10:00&n=1&unit=month", "2026年2月28日 星期六 24:00", /没有 31 日，取月末/],
    ["a month that ends on a holiday, rolled", "from=2026-09-01&n=1&unit=month&roll=1", "2026年10月8日 星期四 24:00", /越过 10月1–7日（国庆节）/],
    ["the next day", "from=2026-11-20T23:50&unit=next_day", "2026年11月21日 星期六 24:00", /次日是 11月21日/],
    ["48 hours on end", "from=2026-11-20T10:00&n=48&unit=hour", "2026年11月22日 星期日 10:00", /连续计 48 小时/],
    // Friday 16–18: 2 hours; Monday 9–12: 3 hours, 14–15: the sixth.
    ["working hours on split days over a weekend", `from=2026-11-20T16:00&n=6&unit=working_hour&cal=hours&hours=${HOURS}`, "2026年11月23日 星期一 15:00", /当日计 2时，11月21–22日（休息日）不计，还差 4时/],
    // 17–18: 1 hour; the make-up Saturday 9–12 and 14–18: 7 hours; then the holiday; 24 February 9–10.
    ["working hours on a make-up Saturday", `from=2026-02-13T17:00&n=9&unit=working_hour&cal=hours&hours=${HOURS}`, "2026年2月24日 星期二 10:00", /2月14日.*计 7时，2月15–23日（春节）不计/],
    ["until closing", `from=2026-11-20&n=2&close=1&cal=hours&hours=${HOURS}`, "2026年11月24日 星期二 18:00", /到下班（18:00）止/],
    // 24 and 25 February end while the clock stands still: 26, 27, 28 are days 2–4, 2 and 3 March 5–6, 4 March 7.
    ["a pause that costs two days", "from=2026-02-13T10:00&pause=2026-02-24T09:00~2026-02-26T09:00", "2026年3月4日 星期三 24:00", /中止，2 天不计/],
    ["a pause on rest days", "from=2026-02-13T10:00&pause=2026-02-16T09:00~2026-02-17T18:00", "2026年3月2日 星期一 24:00", /正值休息日，不影响/],
    // Backwards: 10 October (make-up Saturday) 1, 9 2, 8 3.
    ["three working days before 12 October", "way=before&from=2026-10-12T10:00&n=3", "2026年10月8日 星期四 24:00", /往前第 3 个工作日是 10月8日/],
    ["seven days before 12 October", "way=before&from=2026-10-12T10:00&n=7&unit=natural_day", "2026年10月5日 星期一 24:00", /往前第 7 天/],
    ["working days between two dates", "way=between&from=2026-02-13T10:00&to=2026-03-02T12:00", "7 工作日", /第 7 个工作日是 3月2日/],
    ["time between two moments", "way=between&from=2026-02-13T10:00&to=2026-02-13T12:30&unit=hour", "2时30分", /相隔 2时30分/],
  ]) {
    test(what, async () => {
      const shown = await ask(query);
      assert.ok(shown.due?.includes(due), `${shown.due}, not ${due}`);
      assert.match(shown.proof, proof);
      assert.equal(shown.provisional, null);
    });
  }

  test("into a year without a notice: provisional, and which days", async () => {
    const shown = await ask("from=2026-12-28T10:00&n=5");
    assert.match(shown.due, /2027年1月5日 星期二 24:00/);
    assert.equal(shown.provisional, "暂定");
    assert.match(shown.proof, /1月1–5日取决于 2027 年的放假通知/);
  });

  test("the strip has every day with its sign", async () => {
    const { strip } = await ask("from=2026-02-13T10:00");
    assert.equal(strip.length, 18);
    assert.equal(strip[0].replace(/\s/g, ""), "五13起");
    assert.equal(strip[1].replace(/\s/g, ""), "六14班1");
    assert.equal(strip[2].replace(/\s/g, ""), "日15春节");
    assert.equal(strip.at(-1).replace(/\s/g, ""), "一2到期");
    assert.equal(await open.page.locator("#calc-result .strip li[data-month]").count(), 2);
  });
});

test("what cannot be computed is said beside its field", async () => {
  const { page } = open;
  for (const [query, field, words] of [
    ["n=1000000000", "count", /1 到 3660/],
    ["n=", "count", /1 到 3660/],
    ["from=1999-12-31", "from", /2000 年到 2099 年/],
    ["from=2100-01-01", "from", /2000 年到 2099 年/],
    ["from=2026-02-30", "from", /没有这一天/],
    ["from=soon", "from", /看不懂这个时间/],
    ["from=2099-12-30&n=90", "count", /2000–2099 年之外/],
    ["way=between&from=2026-03-02&to=2026-03-01", "to", /早于开始时间/],
    ["from=2026-02-13&pause=2026-02-26~2026-02-24", "pause-0-to", /恢复早于开始/],
    ["unit=working_hour", "calendar", /自定上下班时间/],
    ["unit=working_hour&cal=hours&hours=18-9", "hours", /看不懂上下班时间/],
  ]) {
    await ask(query);
    const problem = page.locator(`#calc-${field}-problem`);
    assert.match(await problem.innerText(), words, query);
    assert.equal(await page.locator(`#calc-${field}`).getAttribute("aria-invalid"), "true", query);
    assert.equal(await page.locator("#calc-due").count(), 0, query);
  }
});

test("typed like on paper; the address remembers it, and a reload brings it back", async () => {
  const { page } = open;
  await go(page, "#/calc");
  await page.locator("#calc-from").fill("2月13日（周五）10点");
  assert.equal(await page.locator("[data-read=from]").innerText(), "2026年2月13日 星期五 10:00");
  await page.locator("#calc-unit").selectOption("natural_day");
  await page.locator("#calc-count").fill("１０");
  await page.locator("#calc-roll").check();
  assert.match(await page.locator("#calc-due").innerText(), /2026年2月24日/);
  await page.waitForFunction(() => location.hash.includes("from=2026-02-13T10:00") && location.hash.includes("roll=1"));
  const address = await page.evaluate(() => location.hash);
  await page.reload();
  await ready(page);
  assert.match(await page.locator("#calc-due").innerText(), /2026年2月24日/);
  assert.equal(await page.evaluate(() => location.hash), address);
  await page.locator(".nav a", { hasText: "期限计算" }).click();
  await page.waitForFunction(() => document.querySelector("#calc-count").value === "7");
  await page.locator("#calc-from").fill("昨天 15:00");
  assert.equal(await page.locator("[data-read=from]").innerText(), "2026年11月19日 星期四 15:00");
});

test("the sentence is copied", async () => {
  const { page, context } = open;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]).catch(() => {});
  await ask("from=2026-02-13T10:00");
  await page.locator("#calc-copy").click();
  await page.locator(".toast", { hasText: /已复制|Ctrl\+C/ }).waitFor();
});

test("with the keyboard alone: a question, a pause, the days of the strip", async () => {
  const { page } = open;
  await go(page, "#/calc?from=2026-02-13T10:00");
  await page.locator("#calc-from").focus();
  const at = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);
  const tabTo = async (wanted) => {
    for (let press = 0; press < 40 && (await at()) !== wanted; press += 1) await page.keyboard.press("Tab");
    assert.equal(await at(), wanted);
  };
  await tabTo("calc-count");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("3");
  await tabTo("calc-pause-add");
  await page.keyboard.press("Enter");
  await page.locator("#calc-pause-0-from").focus();
  await page.keyboard.type("2.24 9:00");
  await tabTo("calc-pause-0-to");
  await page.keyboard.type("2.25 9:00");
  // 14 is day 1; 24 stands still; 25 is day 2, 26 day 3.
  assert.match(await page.locator("#calc-due").innerText(), /2026年2月26日/);
  await tabTo("strip");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(".strip-say").innerText(), "2026年2月14日 星期六，第 1 个工作日，春节调休上班");
  await page.keyboard.press("ArrowLeft");
  assert.match(await page.locator(".strip-say").innerText(), /2026年2月13日 星期五，起算日/);
});

test("light and dark, wide and narrow: nothing to complain of, nothing sideways", async () => {
  const { page } = open;
  const found = [];
  for (const query of ["from=2026-12-28T10:00&n=5&pause=2026-12-29~2026-12-30", `from=2026-01-05&n=300&unit=working_hour&cal=hours&hours=${HOURS}`, "n=0"]) {
    await ask(query);
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1366, 390]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" }); // colours that still fade are not what a reader sees
        await page.setViewportSize({ width, height: 844 });
        found.push(...(await violations(page)).map((text) => `${query} ${colorScheme} ${width}: ${text}`));
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (sideways > 0) found.push(`${query} ${width}: ${sideways} px sideways`);
      }
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.deepEqual(found, []);
});

test("on paper: the answer alone, on one page", async () => {
  const { page } = open;
  await ask("from=2026-02-13T10:00&pause=2026-02-16T09:00~2026-02-17T18:00");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#calc-form").isVisible(), false);
  assert.equal(await page.locator(".nav").isVisible(), false);
  assert.match(await page.locator("#calc-result").innerText(), /首问 · 期限计算器 · 2026-11-20 10:30 打印/);
  const pdf = await page.pdf({ format: "A4" });
  await page.emulateMedia({ media: "screen" });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)?.length;
  assert.equal(pages, 1);
});

test("whoever leaves at once is not pulled back", async () => {
  const { page } = open;
  for (let wait = 0; wait <= 600; wait += 60) {
    await go(page, "#/calc");
    await page.locator("#calc-count").fill(String(wait + 1));
    await page.waitForTimeout(wait);
    await go(page, "#/cases");
    await page.waitForTimeout(50);
    assert.equal(new URL(page.url()).hash, "#/cases", `after ${wait} ms`);
  }
});

test("in English nothing of the frame is Chinese", async () => {
  const { page } = open;
  await go(page, "#/settings");
  await page.locator("#look label", { hasText: "English" }).click();
  await page.waitForFunction(() => document.documentElement.lang === "en" && document.documentElement.dataset.ready === "1");
  const shown = await ask("from=2026-11-20T10:00&n=3&pause=2026-11-21~2026-11-22");
  assert.match(shown.due, /Due Wed 2026-11-25 24:00/);
  assert.match(shown.proof, /skipping 11-21 to 11-22 \(weekend\), day 1 is 11-23, working day 3 is Wed 11-25, until 24:00/);
  const text = await page.locator("main").innerText();
  const chinese = text.split("\n").filter((line) => /\p{Script=Han}/u.test(line));
  assert.deepEqual(chinese, []);
});

test("nothing was logged as an error and nothing left the page", () => {
  assert.deepEqual(open.log.errors, []);
  assert.deepEqual(open.log.requests, []);
});
