// Due times in ordinary calendar programs: what the app exports is read by a parser that is not ours and compared
// with what the screen says; what was met is taken away by the next file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import ICAL from "ical.js";
import { desk, download, fillIntake, folder, go, ready, register, step } from "./lib/desk.mjs";

const NOW = "2026-11-20T10:00:00+08:00";
const LATER = "2026-11-20T11:30:00+08:00";
const TEXT = "孩子一个月换了三个老师，现在要求退费，剩余8000元；签名：\\ 半角, 逗号;";
const CLASSES = [["form", "投诉"], ["area", "混合"], ["answerability", "需其他部门"], ["tier", "3日"]];
const PERSONAL = ["林女士", "13800001234", "换了三个老师", "8000"];

const files = folder();
const story = { open: null, id: null, first: null, second: null };

before(async () => {
  story.open = await desk({ campus: "城北校区", name: "周老师", now: NOW });
});
after(async () => story.open?.close());

/** The file as others read it: entries by UID. Throws when it is not a calendar. */
function read(file) {
  const raw = readFileSync(file, "utf8");
  const root = new ICAL.Component(ICAL.parse(raw));
  const events = new Map();
  for (const one of root.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(one);
    assert.ok(!events.has(event.uid), `twice: ${event.uid}`);
    events.set(event.uid, {
      clock: event.uid.split(".")[1],
      status: one.getFirstPropertyValue("status"),
      sequence: event.sequence,
      stamp: one.getFirstPropertyValue("dtstamp").toJSDate(),
      title: event.summary,
      text: event.description,
      end: event.endDate.toJSDate(),
      zone: event.endDate.zone.tzid,
      rings: one
        .getAllSubcomponents("valarm")
        .map((alarm) => new Date(event.startDate.toJSDate().getTime() + alarm.getFirstPropertyValue("trigger").toSeconds() * 1000)),
    });
  }
  return { raw, root, events };
}

const at = (text) => new Date(`${text}+08:00`).getTime();

/** The same instant in the words of the case page. */
function onScreen(instant) {
  const civil = new Date(instant.getTime() + 8 * 3_600_000);
  const [date, time] = civil.toISOString().split("T");
  const [, month, day] = date.split("-").map(Number);
  const clock = time.startsWith("23:59:59") ? "24:00" : time.slice(0, 5);
  return `${date === "2026-11-20" ? "今天" : date === "2026-11-21" ? "明天" : `${month}月${day}日`} ${clock}`;
}

/** Clocks of the case page that still run: id → due time in the words of the screen. */
const running = (page) =>
  page.locator("#clocks > [data-clock]").evaluateAll((clocks) =>
    Object.fromEntries(
      clocks
        .map((clock) => [clock.dataset.clock, / → (.+)$/.exec(clock.querySelector("p.num")?.textContent ?? "")?.[1]])
        .filter(([, due]) => due),
    ),
  );

async function exportCase(page) {
  const box = page.locator("[data-calendar=case]");
  if (!(await box.getByRole("button").isVisible())) await box.locator("summary").click();
  return download(page, () => box.getByRole("button").click(), files);
}

async function exportDesk(page, name) {
  await go(page, "#/today");
  const box = page.locator("[data-calendar=desk]");
  if (!(await box.getByRole("button", { name }).isVisible())) await box.locator("summary").click();
  return download(page, () => box.getByRole("button", { name }).click(), files);
}

const byClock = (events, clock) => [...events.values()].filter((one) => one.clock === clock);
const open = (events) => [...events.values()].filter((one) => one.status !== "CANCELLED");

test("a case's file holds every due time of the screen, with alarms", async () => {
  const { page } = story.open;
  await fillIntake(page, { text: TEXT, name: "林女士", phone: "13800001234", classes: CLASSES });
  story.id = await register(page);
  const shown = await running(page);
  assert.ok(Object.keys(shown).length >= 3, JSON.stringify(shown));
  const file = await exportCase(page);
  assert.match(path.basename(file), /^首问-城北校区-2026-11-20-1000-案件日历\.ics$/);
  story.first = read(file);
  const { root, events } = story.first;
  assert.equal(root.getFirstPropertyValue("method"), "PUBLISH");
  assert.equal(root.getFirstPropertyValue("version"), "2.0");
  assert.deepEqual(
    Object.fromEntries(open(events).map((one) => [one.clock, onScreen(one.end)])),
    shown,
  );
  const [tier] = byClock(events, "D4");
  assert.equal(tier.end.getTime(), at("2026-11-23T23:59:59"));
  assert.equal(tier.zone, "UTC");
  assert.match(tier.title, /城北-26-0001/);
  assert.match(tier.text, /2026-11-23 24:00/);
  for (const one of open(events)) {
    assert.ok(one.rings.length > 0, `${one.clock} never rings`);
    for (const ring of one.rings) assert.ok(ring.getTime() > at("2026-11-20T10:00:00") && ring <= one.end, `${one.clock} ${ring}`);
  }
  // The last working day in the morning, after a weekend on which nothing rings.
  assert.equal(tier.rings.at(-1).getTime(), at("2026-11-23T09:00:00"));
  assert.ok(tier.rings.every((ring) => ring.getTime() < at("2026-11-21T00:00:00") || ring.getTime() >= at("2026-11-23T00:00:00")));
});

test("the text is as the format asks, and names nobody who complained", () => {
  const { raw } = story.first;
  assert.ok(raw.endsWith("END:VCALENDAR\r\n"));
  for (const line of raw.split("\r\n")) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.ok(!/[\r\n]/.test(line), line);
  }
  const unfolded = raw.replaceAll("\r\n ", "");
  for (const word of PERSONAL) assert.ok(!unfolded.includes(word), word);
});

test("later exports name the same entries; what was done is cancelled", async () => {
  const { page } = story.open;
  await page.clock.setFixedTime(new Date(LATER));
  const again = read(await exportCase(page));
  assert.deepEqual([...again.events.keys()].sort(), [...story.first.events.keys()].sort());
  for (const [uid, one] of again.events) {
    const old = story.first.events.get(uid);
    assert.ok(one.stamp > old.stamp);
    assert.deepEqual([one.status, one.sequence, one.end], [old.status, old.sequence, old.end]);
  }

  await step(page, "investigate", { fields: { investigation: "查了签到表：确有三次换人。" } });
  await page.locator('#clocks [data-clock="D1"] .chip.ok').first().waitFor({ state: "attached" });
  story.second = read(await exportCase(page));
  const [before, now] = [story.first, story.second].map((file) => byClock(file.events, "D1"));
  assert.equal(now.length, 1);
  assert.deepEqual([before[0].status, now[0].status], ["CONFIRMED", "CANCELLED"]);
  assert.ok(now[0].sequence > before[0].sequence);
  assert.equal(now[0].rings.length, 0);
  assert.match(now[0].title, /^\[已完成/);
  assert.deepEqual([...story.first.events.keys()].filter((uid) => !story.second.events.has(uid)), []);
  for (const one of open(story.second.events)) assert.ok(one.sequence > before[0].sequence, one.clock);
});

test("another reading of the log gives the same identifiers", async () => {
  const { page } = story.open;
  await page.reload();
  await ready(page);
  await go(page, `#/cases/${story.id}`);
  await page.locator("#clocks").waitFor();
  const again = read(await exportCase(page));
  assert.equal(again.raw, story.second.raw);
});

test("the desk's files: mine, and all", async () => {
  const { page } = story.open;
  await fillIntake(page, { text: "希望周日增设自习室。", name: "何先生", classes: [["form", "建议"], ["area", "服务"], ["answerability", "当场答复"]] });
  const second = await register(page);
  const all = read(await exportDesk(page, "保存全部时限"));
  const mine = read(await exportDesk(page, "保存我的时限"));
  await page.locator(".toast", { hasText: "我的日历.ics" }).waitFor();
  const cases = (file) => new Set([...file.events.keys()].map((uid) => uid.split(".")[0]));
  assert.ok(cases(all).has(story.id));
  // Whoever registered a case has all of it in the own calendar.
  assert.deepEqual(new Set(mine.events.keys()), new Set(all.events.keys()));
  for (const uid of open(story.second.events).map((one) => one.clock)) assert.equal(byClock(all.events, uid).filter((one) => one.status !== "CANCELLED").length >= 1, true, uid);
  await go(page, `#/cases/${second}`);
  await page.locator("#clocks").waitFor();
  const shown = Object.keys(await running(page)).length;
  assert.equal([...all.events].filter(([uid, one]) => uid.startsWith(second) && one.status !== "CANCELLED").length, shown);
});
