// A holiday notice on its way into force, in every form, with due times before and after; and how it is undone.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { desk, fillIntake, folder, go, register, saved } from "./lib/desk.mjs";

// The last working day of the year: what is due in working days reaches into the next.
const NOW = "2026-12-31T10:00:00+08:00";
const files = folder();
// A class whose plan is due after five working days.
const CLASSES = [["nature", "问题型"]];

// An invented notice for 2027: its New Year's holiday ends later than the law alone would have it.
const FESTIVALS = [
  ["元旦", ["01-01", "01-02", "01-03", "01-04"], ["01-09"]],
  ["春节", ["02-05", "02-06", "02-07", "02-08", "02-09", "02-10", "02-11"], ["02-14"]],
  ["清明节", ["04-03", "04-04", "04-05"], []],
  ["劳动节", ["05-01", "05-02", "05-03", "05-04", "05-05"], ["05-08"]],
  ["端午节", ["06-09", "06-10"], ["06-13"]],
  ["中秋节", ["09-15"], []],
  ["国庆节", ["10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07"], ["09-26", "10-09"]],
];
const rows = FESTIVALS.flatMap(([name, off, work]) => [
  ...off.map((day) => ({ name, date: `2027-${day}`, isOffDay: true })),
  ...work.map((day) => ({ name, date: `2027-${day}`, isOffDay: false })),
]);
const compact = (date) => date.replaceAll("-", "");
const chinese = (day) => `${Number(day.slice(0, 2))}月${Number(day.slice(3))}日`;
const FORMS = {
  "own.json": JSON.stringify({
    format: "shouwen-calendar/1", id: "x", title: { zh: "例", en: "x" },
    notices: [{ year: 2027, sources: ["虚构"], days: rows.map((row) => [row.date, row.name, row.isOffDay]) }],
  }),
  "public.json": JSON.stringify({ year: 2027, papers: [], days: rows }),
  "keyed.json": JSON.stringify({
    code: 0,
    holiday: Object.fromEntries(rows.map((row) => [row.date.slice(5), { holiday: row.isOffDay, name: row.name, wage: 3, date: row.date }])),
  }),
  "calendar.ics": [
    "BEGIN:VCALENDAR", "VERSION:2.0",
    ...rows.flatMap((row) => [
      "BEGIN:VEVENT", `DTSTART;VALUE=DATE:${compact(row.date)}`, `SUMMARY:${row.name}（${row.isOffDay ? "休" : "班"}）`, "END:VEVENT",
    ]),
    "END:VCALENDAR", "",
  ].join("\r\n"),
  "notice.txt": `某处关于2027年部分节假日安排的通知\n${FESTIVALS.map(([name, off, work], index) => {
    const span = off.length > 1 ? `${chinese(off[0])}至${chinese(off.at(-1))}` : chinese(off[0]);
    const shifts = work.length ? `${work.map(chinese).join("、")}上班。` : "";
    return `${"一二三四五六七"[index]}、${name}：${span}放假调休，共${off.length}天。${shifts}`;
  }).join("\n")}`,
};
for (const [name, text] of Object.entries(FORMS)) writeFileSync(path.join(files, name), text);

let opened;
let page;
const card = () => page.locator("#holidays");
const year = (number) => card().locator(`[data-year="${number}"]`);
const preview = () => page.locator("#notice-preview");
const choose = (name) => page.locator("#notice-file").setInputFiles(path.join(files, name));
const ready = () => page.locator("#notice-adopt:enabled").waitFor();

async function paste(text, number = "") {
  await page.locator("#notice-lines").fill(text);
  await page.locator("#notice-year").fill(number);
  await page.locator("#notice-look").click();
}

async function adopt() {
  await ready();
  await page.locator("#notice-adopt").click();
  await card().getByText("✓").waitFor();
}

async function goBack() {
  await go(page, "#/settings");
  await year(2027).getByRole("button", { name: "换回上一份" }).click();
  await adopt();
}

describe("a holiday notice", () => {
  before(async () => {
    opened = await desk({ workplace: "hq", campus: "总部", name: "测试员", now: NOW });
    page = opened.page;
    await fillIntake(page, { text: "编的：年底买的课包没有开课，要求退费。", name: "甲", phone: "13800000000", classes: CLASSES });
    await register(page);
    await saved(page);
    await go(page, "#/settings");
  });
  after(() => opened.close());

  test("without one the year is provisional, and the screen says by what it counts", async () => {
    await card().locator("[data-missing-year='2027']", { hasText: "暂定" }).waitFor();
    const text = await year(2027).innerText();
    assert.match(text, /暂定：按法定节日推算/);
    await year(2027).locator("summary").click();
    assert.match(await year(2027).innerText(), /春节[\s\S]*2月5日–2月8日 放假/);
    assert.match(await year(2026).innerText(), /已有通知/);
  });

  for (const name of Object.keys(FORMS)) {
    test(`${name}: recognised, shown with its effect, put in force, undone`, async () => {
      await choose(name);
      await preview().getByText("2027 年：新的通知，放假 29 天，调休上班 6 天").waitFor();
      await ready();
      const effect = await page.locator("#notice-effect").innerText();
      assert.match(effect, /到期时间有变化/);
      assert.match(effect, /1月8日 24:00[\s\S]*1月9日 24:00/);
      // Nothing is in force before it is confirmed.
      assert.match(await year(2027).innerText(), /暂定/);
      await adopt();
      assert.match(await year(2027).innerText(), /已有通知/);
      assert.equal(await card().locator("[data-missing-year='2027']").count(), 0);
      assert.match(await card().innerText(), /到期时间有变化/);
      await goBack();
      assert.match(await year(2027).innerText(), /暂定：按法定节日推算/);
    });
  }

  test("a partial one counts for its own dates and leaves the rest provisional", async () => {
    await paste("元旦：1月1日至4日放假，共4天。1月9日（星期六）上班。", "2027");
    await preview().getByText("不完整：").waitFor();
    assert.match(await page.locator("#notice-remarks").innerText(), /没有找到中秋节的放假日（9月15日）/);
    await adopt();
    assert.match(await year(2027).innerText(), /不完整/);
    await card().locator("[data-missing-year='2027']", { hasText: "不完整" }).waitFor();
    // The whole one replaces it; going back brings the partial one again.
    await choose("public.json");
    await preview().getByText("替换本机已有的通知").waitFor();
    await adopt();
    await goBack();
    assert.match(await year(2027).innerText(), /不完整/);
  });

  test("a text that contradicts itself is not ticked", async () => {
    await paste("2028年放假安排\n元旦：1月1日（星期一）放假，共3天。");
    await preview().getByText("没有替您勾选").waitFor();
    assert.match(await page.locator("#notice-remarks").innerText(), /写的是周一，日历上是周六[\s\S]*写明共 3 天，列出的是 1 天/);
    assert.ok(await page.locator("#notice-adopt").isDisabled());
    await preview().getByRole("button", { name: "取消" }).click();
    assert.equal(await preview().count(), 0);
  });

  test("what cannot be read is refused with its place, and nothing changes", async () => {
    const was = await year(2026).innerText();
    for (const [text, words] of [
      ["今天下雨。", /没有认出任何放假/],
      ["2027-01-01 元旦 放假\n一月二日休息", /第 2 行/],
      ["元旦：1月1日放假。", /没有写是哪一年/],
      ["2027年放假安排\n元旦：1月1日至3日放假。\n1月2日上班。", /互相矛盾[\s\S]*第 3 行/],
      ["{\"year\":2027,\"days\":[{\"date\":\"2027-13-01\",\"name\":\"元旦\",\"isOffDay\":true}]}", /2027-13-01[\s\S]*days\[0\]/],
      ["BEGIN:VCALENDAR\nBEGIN:VEVENT", /缺了后面一段/],
    ]) {
      await paste(text);
      await page.locator("#notice-said[role=alert]", { hasText: "没有采用任何内容" }).waitFor();
      assert.match(await page.locator("#notice-said").innerText(), words, text);
      assert.equal(await preview().count(), 0);
    }
    writeFileSync(path.join(files, "photo.json"), Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
    await choose("photo.json");
    await page.locator("#notice-said", { hasText: "不是文字文件" }).waitFor();
    assert.equal(await year(2026).innerText(), was);
  });

  test("the import of the exchange page takes holiday data as well", async () => {
    await go(page, "#/share");
    await page.locator("#import-files").setInputFiles(path.join(files, "keyed.json"));
    await page.locator("#import", { hasText: "2027 年放假通知" }).waitFor();
    assert.deepEqual(opened.log?.errors ?? [], []);
  });
});
