// The rule bench: a limit is changed, checked, tried, replayed and published; new cases follow it, old ones keep their
// version until somebody upgrades them. Hostile files are refused and nothing is lost.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { desk, download, fillIntake, folder, go, readJson, ready, register } from "./lib/desk.mjs";
import { ROOT } from "./lib/paths.mjs";

const NOW = "2026-11-20T10:00:00+08:00"; // a Friday
const CLASSES = [["form", "投诉"], ["area", "服务"], ["answerability", "需其他部门"], ["tier", "3日"]];
const TEXT = "三楼饮水机坏了一周，找前台说过两次没人管。";

const files = folder();
const open = {};
const story = {};

before(async () => {
  open.desk = await desk({ campus: "城北校区", name: "周老师", now: NOW });
  await fillIntake(open.desk.page, { text: TEXT, name: "林女士", classes: CLASSES });
  story.old = await register(open.desk.page);
});
after(() => open.desk?.close());

const at = (pointer) => open.desk.page.locator(`[id="b${pointer}"]`);
const place = (name) => open.desk.page.locator(`[data-place="${name}"]`).click();
const kept = () => open.desk.page.locator("#bench-kept", { hasText: "草稿已存在本机" }).waitFor();
const entry = (pointer) => open.desk.page.locator(`[data-entry="${pointer}"]`);
const due = async (id, clock) => {
  await go(open.desk.page, `#/cases/${id}`);
  return open.desk.page.locator(`#clocks [data-clock="${clock}"]`).first().innerText();
};
/** Place of a clock in the draft's list. */
const clockAt = async (label) => {
  await place("clocks");
  return open.desk.page.locator(".bench-line", { hasText: label }).first().getAttribute("data-entry");
};

describe("a draft", () => {
  test("the empty bench says how to begin; the booklet leads here", async () => {
    const { page } = open.desk;
    await go(page, "#/bench");
    await page.locator("#bench-drafts", { hasText: "还没有草稿" }).waitFor();
    assert.deepEqual(await violations(page), []);
    await go(page, "#/packs/train-campus");
    await page.locator("#to-bench").click();
    await page.waitForFunction(() => location.hash === "#/bench/train-campus");
    await page.locator("#bench").waitFor();
    story.clock = await clockAt("3 日内协调办结并反馈");
    assert.match(await entry(story.clock).innerText(), /3 天 · /);
  });

  test("a number left out is found at its place, and nothing can be published", async () => {
    const { page } = open.desk;
    await entry(story.clock).click();
    const count = at(`${story.clock}/limit/count`);
    await count.fill("");
    await place("check");
    const problem = page.locator('#bench-problems [data-code="parse"]');
    await problem.filter({ hasText: "要填一个整数" }).waitFor();
    await place("publish");
    await page.locator("#main [role=alert]", { hasText: "不能发布" }).waitFor();
    assert.equal(await page.locator("#bench-publish").count(), 0);
    await place("check");
    await problem.locator("button").click();
    await page.waitForFunction((id) => document.activeElement.id === id, `b${story.clock}/limit/count`);
    await count.fill("2");
    await place("check");
    await page.locator("#bench-problems", { hasText: "没有发现问题" }).waitFor();
  });

  test("undo, redo, and a reload keeps the draft", async () => {
    const { page } = open.desk;
    const count = at(`${story.clock}/limit/count`);
    await page.locator("#bench-undo").click();
    await page.waitForFunction((id) => document.getElementById(id)?.value !== "2", `b${story.clock}/limit/count`);
    while (await page.locator("#bench-undo").isEnabled()) await page.locator("#bench-undo").click();
    assert.equal(await count.inputValue(), "3");
    while (await page.locator("#bench-redo").isEnabled()) await page.locator("#bench-redo").click();
    assert.equal(await count.inputValue(), "2");
    await kept();
    await page.reload();
    await ready(page);
    await page.locator("#bench").waitFor();
    await entry(story.clock).click();
    assert.equal(await count.inputValue(), "2");
    assert.match(await entry(story.clock).innerText(), /2 天 · /);
  });

  test("a deleted entry comes back", async () => {
    const { page } = open.desk;
    const lines = page.locator(".bench-line");
    const all = await lines.count();
    await entry(story.clock).click();
    await page.locator("#bench-delete").click();
    await page.locator(".bench-told", { hasText: "3 日内协调办结并反馈" }).waitFor();
    assert.equal(await lines.count(), all - 1);
    await page.waitForFunction(() => document.activeElement.id === "bench-undo");
    await page.keyboard.press("Enter");
    await page.waitForFunction((n) => document.querySelectorAll(".bench-line").length === n, all);
    await page.locator("#bench-add").click();
    assert.equal(await lines.count(), all + 1);
    await place("check");
    await page.locator('#bench-problems [data-code="empty_text"]').first().waitFor();
    await page.locator("#bench-undo").click();
    await place("check");
    await page.locator("#bench-problems", { hasText: "没有发现问题" }).waitFor();
  });

  test("a condition is built, said in a sentence, and found to be impossible", async () => {
    const { page } = open.desk;
    await place("clocks");
    await entry(story.clock).click();
    const cond = page.locator(".cond").first();
    assert.match(await page.locator(".cond-say").first().innerText(), /「答复方式」是「需其他部门」，并且「处理期」是「3日」/);
    await cond.getByRole("button", { name: "加条件" }).click();
    const last = at(`${story.clock}/when/all/2`);
    await page.waitForFunction((id) => document.activeElement.id === id, `b${story.clock}/when/all/2`);
    await last.selectOption("class");
    await at(`${story.clock}/when/all/2/class`).selectOption("tier/day7");
    await page.locator(".cond-say", { hasText: "「处理期」是「7日」" }).first().waitFor();
    await place("check");
    const never = page.locator('#bench-problems [data-code="never_holds"]');
    await never.waitFor();
    await never.locator("button").click();
    await cond.locator(".cond-test").nth(2).getByRole("button", { name: "取反" }).click();
    await page.locator(".cond-say", { hasText: "并非（「处理期」是「7日」）" }).first().waitFor();
    await cond.locator(".cond-test").nth(2).getByRole("button", { name: "去掉" }).click();
    await place("check");
    await page.locator("#bench-problems", { hasText: "没有发现问题" }).waitFor();
  });

  test("one search finds limits, words and rules alike", async () => {
    const { page } = open.desk;
    await page.locator("#bench-find").fill("退费");
    const hits = page.locator(".bench-list .chip");
    await hits.first().waitFor();
    const sections = new Set(await hits.allInnerTexts());
    assert.ok(sections.has("词表") && sections.has("类别"), [...sections].join());
    await page.locator(".bench-line", { hasText: "词表" }).first().click();
    await page.locator(".bench-form textarea.bench-words").waitFor();
    assert.match(await page.locator(".bench-form textarea.bench-words").inputValue(), /退费/);
  });

  test("words are tried; a complaint is compared with the version in force", async () => {
    const { page } = open.desk;
    await place("lexicons");
    await page.locator("#bench-search").fill("退费");
    await page.locator(".bench-line").first().click();
    await page.locator("textarea[placeholder]").fill("我要退费，前台不给退费");
    await page.locator(".bench-tested mark").first().waitFor();
    await place("try");
    await page.locator("#bench-try").fill(TEXT);
    const columns = page.locator(".bench-columns > .card");
    await columns.nth(1).waitFor();
    assert.match(await columns.nth(0).innerText(), /草稿/);
    assert.match(await columns.nth(1).innerText(), /现行第 1 版/);
    assert.match(await columns.nth(0).innerText(), /设施环境/);
    await page.locator(".bench-assume summary").click();
    await page.locator("#bench-assume-tier").selectOption("day3");
    await page.locator("#bench-assume-answerability").selectOption("departments");
    assert.match(await columns.nth(0).locator(".bench-differs").innerText(), /3 日内协调办结并反馈\s+2 天\s+11月22日 24:00/);
    assert.match(await columns.nth(1).locator(".bench-differs").innerText(), /3 天\s+11月23日 24:00/);
    assert.deepEqual(await violations(page), []);
  });
});

describe("for everybody", () => {
  test("axe finds nothing in any place, wide and narrow, light and dark; nothing scrolls sideways", async () => {
    const { page } = open.desk;
    const found = [];
    const look = async (where) => {
      for (const [colorScheme, width, height] of [["light", 1366, 768], ["dark", 1366, 768], ["light", 390, 844], ["dark", 390, 844]]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(150);
        found.push(...(await violations(page)).map((text) => `${where} ${colorScheme} ${width}: ${text}`));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) found.push(`${where} ${width}: ${wide} px too wide`);
      }
      await page.setViewportSize({ width: 1366, height: 768 });
      await page.emulateMedia({ colorScheme: "light" });
    };
    for (const list of ["", "sources", "clocks", "lexicons", "rules", "axes", "classes", "consequences", "parameters", "scripts", "readings"]) {
      await place(list);
      const lines = page.locator(".bench-line");
      if (list) await lines.nth(Math.min(5, (await lines.count()) - 1)).click();
      await look(list || "head");
    }
    for (const other of ["check", "try", "replay", "publish"]) {
      await place(other);
      await look(other);
    }
    assert.deepEqual(found, []);
  });

  test("a whole change by keyboard alone", async () => {
    const { page } = open.desk;
    await place("parameters");
    await page.locator("#bench-search").focus();
    await page.keyboard.type("保存年限");
    await page.locator(".bench-line").first().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.classList.contains("bench-fields"));
    await page.keyboard.press("Tab");
    await page.keyboard.press("End");
    await page.keyboard.type("（年）");
    await page.locator(".bench-line", { hasText: "案卷保存年限（年）" }).waitFor();
    await page.locator("#bench-undo").focus();
    await page.keyboard.press("Control+z");
    await page.locator(".bench-line", { hasText: "（年）" }).waitFor({ state: "detached" });
    assert.equal(await page.locator(".bench-line").count(), 1, "the search still holds");
  });

  test("headquarters has the bench in its menu; a campus reaches it from the rules", async () => {
    const { page } = open.desk;
    assert.equal(await page.locator('nav.nav a[href="#/bench"]').count(), 0);
    const hq = await desk({ workplace: "hq", campus: "总部", name: "郑主任", now: NOW });
    await hq.page.locator('nav.nav a[href="#/bench"]').click();
    await hq.page.locator("#bench-new").click();
    await hq.page.locator("h1", { hasText: "（副本）" }).waitFor();
    assert.match(await hq.page.evaluate(() => location.hash), /^#\/bench\/.+-2$/);
    await hq.close();
  });
});

describe("publishing", () => {
  test("replay shows the case that would change", async () => {
    const { page } = open.desk;
    await place("replay");
    await page.locator("#bench-replay").click();
    await page.locator("#bench-summary", { hasText: "回放了 1 个案件，1 个会有变化" }).waitFor();
    const row = page.locator(".bench-case").first();
    await row.locator("summary").click();
    assert.match(await row.innerText(), /3 日内协调办结并反馈[^]*11月23日 24:00[^]*11月22日 24:00/);
    assert.match(await due(story.old, "D4"), /11月23日 24:00/);
  });

  test("the differences are listed; version 2 comes into force with a file for others", async () => {
    const { page } = open.desk;
    await go(page, "#/bench/train-campus");
    await place("publish");
    const lines = await page.locator("#bench-changes li").allInnerTexts();
    assert.deepEqual(lines, ["时限「3 日内协调办结并反馈」：期限由「3 天」改为「2 天」"]);
    await page.locator("#bench-publish").click();
    await page.locator("#bench-published", { hasText: "第 2 版" }).waitFor();
    const file = readJson(await download(page, () => page.locator("#bench-bundle").click(), files));
    assert.deepEqual(file.packs.map((pack) => [pack.id, pack.version, pack.changes.zh]), [["train-campus", 2, lines[0]]]);
    await go(page, "#/bench");
    await page.locator("#bench-shelves", { hasText: "第 2 版" }).waitFor();
    await page.locator("#bench-drafts", { hasText: "还没有草稿" }).waitFor();
  });

  test("a new case follows it, the old one keeps its version", async () => {
    const { page } = open.desk;
    await fillIntake(page, { text: TEXT, name: "何先生", classes: CLASSES });
    story.fresh = await register(page);
    assert.match(await due(story.fresh, "D4"), /11月22日 24:00/);
    assert.equal(await page.locator("#upgrade-line").count(), 0);
    assert.match(await due(story.old, "D4"), /11月23日 24:00/);
    await page.locator("#upgrade-line", { hasText: "有新版制度（第 2 版）" }).waitFor();
  });

  test("upgrading shows its effect, wants a reason, and can be undone the same way", async () => {
    const { page } = open.desk;
    const move = async (version, reason) => {
      await page.locator("#upgrade-line button").click();
      await page.locator("#upgrade-version").selectOption(String(version));
      const effect = await page.locator("#upgrade-effect").innerText();
      await page.locator("#upgrade button[type=submit]").click();
      assert.equal(await page.locator("#upgrade").count(), 1, "a reason is wanted");
      await page.locator("#upgrade-reason").fill(reason);
      assert.deepEqual(await violations(page), []);
      await page.locator("#upgrade button[type=submit]").click();
      await page.locator("#upgrade").waitFor({ state: "detached" });
      return effect;
    };
    assert.match(await move(2, "按新版办理"), /11月23日 24:00[^]*11月22日 24:00/);
    await page.locator("#upgrade-line", { hasText: "已改按第 2 版" }).waitFor();
    assert.match(await due(story.old, "D4"), /11月22日 24:00/);
    assert.match(await move(1, "家长要求按原期限"), /11月22日 24:00[^]*11月23日 24:00/);
    await page.locator("#upgrade-line", { hasText: "有新版制度" }).waitFor();
    assert.match(await due(story.old, "D4"), /11月23日 24:00/);
    assert.match(await page.locator("#main").innerText(), /家长要求按原期限/);
  });

  test("going back is a new version with the old content", async () => {
    const { page } = open.desk;
    await go(page, "#/bench");
    await page.getByRole("button", { name: "用这一版的内容起草" }).click();
    await page.locator("#bench").waitFor();
    await place("publish");
    assert.match((await page.locator("#bench-changes li").allInnerTexts()).join(), /期限由「2 天」改为「3 天」/);
    await page.locator("#bench-discard").click();
    await page.locator("#bench-discard-yes").click();
    await page.waitForFunction(() => location.hash === "#/bench");
    await page.locator("#bench-drafts", { hasText: "还没有草稿" }).waitFor();
  });
});

describe("files", () => {
  const good = () => JSON.parse(readFileSync(path.join(ROOT, "packs/train-campus.json"), "utf8"));
  const changed = (edit) => () => {
    const pack = good();
    edit(pack);
    return JSON.stringify(pack);
  };
  const REFUSED = [
    ["no JSON", () => "制度：三日内答复", "没有采用[^]*不是制度文件"],
    ["a picture", () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0, 1]), "不是文本文件"],
    ["another program's JSON", () => '{"name":"x"}', "没有采用"],
    ["a newer format", changed((pack) => (pack.format = "shouwen-pack/9")), "shouwen-pack/9"],
    ["an impossible version", changed((pack) => (pack.version = 4e9)), "版本号"],
    ["itself as its parent", changed((pack) => (pack.extends = pack.id)), "绕了一圈"],
    ["limits in a circle", changed((pack) => { pack.clocks[3].not_after = ["D5"]; pack.clocks[4].not_after = ["D4"]; }), "「3 日内协调办结并反馈」 · 不得晚于[^]*绕了一圈"],
    ["ten thousand rules", changed((pack) => (pack.rules = Array.from({ length: 10_000 }, (_, n) => ({ id: `r${n}`, axis: "form", class: "complaint", points: 1, when: { repeats: 2 }, why: { zh: "重" }, clause: "R02 1" })))), "识别规则[^]*条目太多"],
    ["five megabytes of words", changed((pack) => (pack.lexicons[0].words = [`${"词".repeat(1_700_000)}`])), "超过 2 MB"],
    ["a script in a name", changed((pack) => (pack.clocks[0].label.zh = "<img src=x onerror=globalThis.harmed=1>")), "时限[^]*网页代码"],
    ["a dangling event", changed((pack) => (pack.clocks[0].stop = ["nowhere"])), "时限「调查情况并附在接收单上」 · 到哪件事为止[^]*没有「nowhere」这件事"],
    ["a limit without its unit", changed((pack) => delete pack.clocks[1].limit.unit), "时限「把接收单传到协同部门」 · 期限[^]*缺少「单位」"],
    ["deep nesting", () => `{"format":"shouwen-pack/1","x":${"[".repeat(5_000)}`, "没有采用"],
  ];
  for (const [index, [name, make, words]] of REFUSED.entries()) {
    test(name, async () => {
      const { page } = open.desk;
      await go(page, "#/bench");
      const file = path.join(files, `bad-${index}.json`);
      writeFileSync(file, make());
      await page.locator("#bench-file").setInputFiles(file);
      const box = page.locator("#bench-refused");
      await box.waitFor();
      assert.match(await box.innerText(), new RegExp(words));
      assert.equal(await page.evaluate(() => globalThis.harmed), undefined);
      assert.equal(await page.locator("#bench-drafts [data-draft]").count(), 0);
      await go(page, "#/packs");
      await go(page, "#/bench");
    });
  }

  test("a good file becomes a draft; the app goes on", async () => {
    const { page } = open.desk;
    const file = path.join(files, "good.json");
    writeFileSync(file, changed((pack) => { pack.id = "own-rules"; pack.title = { zh: "本校自定办法" }; })());
    await go(page, "#/bench");
    await page.locator("#bench-file").setInputFiles(file);
    await page.waitForFunction(() => location.hash === "#/bench/own-rules");
    await page.locator("h1", { hasText: "本校自定办法" }).waitFor();
    await go(page, "#/bench");
    await page.locator('[data-draft="own-rules"]').waitFor();
    assert.match(await due(story.old, "D4"), /11月23日 24:00/);
  });
});
