// What must not harm: strange files, strange words in forms, a disk that refuses, data of a newer build.
// Each time one clear message, nothing changed, nothing typed lost, and the desk goes on working.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { closeSync, openSync, ftruncateSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { freshProfile, openChromium, removeProfile } from "./lib/browsers.mjs";
import { choose, desk, download, exportAll, fillIntake, folder, go, importFiles, ready, readJson, register, saved } from "./lib/desk.mjs";

const NOW = "2026-11-20T10:00:00+08:00";
const EVIL = "<img src=x onerror=\"globalThis.harmed=1;alert(1)\">";
const CLASSES = [["form", "建议"], ["area", "服务"], ["answerability", "当场答复"]];

const files = folder();
const open = {};
let bundle; // text of a good file

/** Registers a small case with the name; gives its id. */
async function small(page, text, name) {
  await fillIntake(page, { text, name, classes: CLASSES });
  for (const id of await page.locator("#intake input[id$=-reason]").evaluateAll((list) => list.map((one) => one.id))) {
    await page.locator(`[id="${id}"]`).fill("按内容判断");
  }
  return register(page);
}

/** Numbers of rows in every object store of the real database. */
const counts = (page) =>
  page.evaluate(async () => {
    const done = (request) => new Promise((good, bad) => Object.assign(request, { onsuccess: () => good(request.result), onerror: () => bad(request.error) }));
    const db = await done(indexedDB.open("shouwen"));
    const rows = {};
    for (const name of ["events", "cases", "blobs", "quarantine", "config"]) rows[name] = await done(db.transaction(name).objectStore(name).count());
    db.close();
    return rows;
  });

/** Watches for anything that would show that a script of a file or a field ran. */
function watchHarm(page) {
  page.on("dialog", (dialog) => {
    open.dialogs = (open.dialogs ?? 0) + 1;
    dialog.dismiss();
  });
}
const harmless = async (page) => {
  assert.equal(await page.evaluate(() => globalThis.harmed), undefined);
  assert.equal(open.dialogs ?? 0, 0);
  assert.equal(await page.locator("#main img[src=x], #main script").count(), 0);
};

before(async () => {
  open.from = await desk({ campus: "城南校区", name: EVIL.slice(0, 40), now: NOW });
  open.to = await desk({ campus: "城北校区", name: "周老师", now: NOW });
  watchHarm(open.from.page);
  watchHarm(open.to.page);
  await small(open.from.page, `${EVIL} 三楼饮水机坏了一周。`, EVIL);
  bundle = readFileSync(await exportAll(open.from.page, files), "utf8");
  await small(open.to.page, "希望周日增设自习室。", "何先生");
  await saved(open.to.page);
});
after(async () => {
  for (const one of [open.from, open.to]) await one?.close();
});

/** The file with a change that its writer never made. */
const changed = (edit) => () => {
  const value = JSON.parse(bundle);
  edit(value);
  return JSON.stringify(value);
};

/** Canonical JSON: sorted keys, no blanks. */
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
};

/** A change by somebody who also computed the file's checksum anew. */
const sealed = (edit) => () => {
  const value = JSON.parse(bundle);
  edit(value);
  delete value.digest;
  value.digest = createHash("sha256").update(canonical(value)).digest("hex");
  return canonical(value);
};

/** The text with one character at `where` (share of the length) replaced by another of its kind. */
const oneByte = (where) => () => {
  let at = Math.floor(bundle.length * where);
  while (!/[0-9a-f]/.test(bundle[at])) at += 1;
  return bundle.slice(0, at) + (bundle[at] === "1" ? "2" : "1") + bundle.slice(at + 1);
};

const REFUSED = "没有导入|没有读取|读不下去|不是首问|空的|不完整|读不了|损坏|改动过";
const BAD_FILES = [
  ["empty", () => "", "文件是空的"],
  ["only blanks", () => " \n\t ", REFUSED],
  ["a byte order mark alone", () => "\ufeff", REFUSED],
  ["text", () => "投诉：饮水机坏了", REFUSED],
  ["a picture", () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0xff, 0xfe]), "不是首问导出的文件"],
  ["nested 100,000 deep", () => "[".repeat(100_000) + "]".repeat(100_000), "结构异常"],
  ["deep inside a bundle", () => bundle.replace('"header":', `"extra":${"[".repeat(200)}${"]".repeat(200)},"header":`), REFUSED + "|结构异常"],
  ["another program's JSON", () => '{"name":"x","version":"1.0.0"}', "不是首问导出的"],
  ["a list", () => "[1,2,3]", REFUSED],
  ["null", () => "null", REFUSED],
  ["a newer version", changed((value) => (value.version = 99)), "更新版本"],
  ["cut in the middle", () => bundle.slice(0, bundle.length / 2), "不完整|损坏"],
  ["cut before its last character", () => bundle.trimEnd().slice(0, -1), "不完整|损坏"],
  ["something after its end", () => `${bundle}{}`, REFUSED],
  ["one byte at the start", oneByte(0.02), REFUSED],
  ["one byte at a third", oneByte(0.33), REFUSED],
  ["one byte at two thirds", oneByte(0.66), REFUSED],
  ["one byte near the end", oneByte(0.93), REFUSED],
  ["without its events", changed((value) => delete value.events), REFUSED],
  ["events of a wrong kind", changed((value) => (value.events = { a: 1 })), REFUSED],
  ["an event twice", changed((value) => value.events.push(value.events[0])), REFUSED],
  ["an impossible date", () => bundle.replaceAll("2026-11-20T", "2026-13-45T"), REFUSED],
  ["a newer version, sealed", sealed((value) => (value.version = 99)), "更新版本"],
  ["an impossible date of export, sealed", sealed((value) => (value.header.created = "2026-13-45T99:00:00")), REFUSED],
  ["a kind nobody knows, sealed", sealed((value) => (value.header.kind = "magic")), REFUSED + "|更新版本"],
  ["half a character pair", () => bundle.replace("三楼", "\\ud800三楼"), REFUSED],
  ["a null character", () => bundle.replace("三楼", "\\u0000三楼"), REFUSED],
];

describe("import", () => {
  for (const [index, [name, make, words]] of BAD_FILES.entries()) {
    test(name, async () => {
      const { page } = open.to;
      const file = path.join(files, `bad-${index}.json`);
      writeFileSync(file, make());
      await refused(page, file, words);
    });
  }

  test("a file far too large is refused by its size", async () => {
    const file = path.join(files, "large.json");
    const handle = openSync(file, "w");
    ftruncateSync(handle, 300 * 1024 * 1024);
    closeSync(handle);
    await refused(open.to.page, file, "超过 \\d+ MB 的上限，没有读取");
  });

  async function refused(page, file, words) {
    const before = await counts(page);
    await go(page, "#/share");
    await page.locator("#import-files").setInputFiles(file);
    const box = page.locator(`#import [data-file="${path.basename(file)}"]`);
    await box.locator("[role=alert]").waitFor();
    assert.equal(await box.locator("[role=alert]").count(), 1);
    assert.match(await box.innerText(), new RegExp(words));
    assert.equal(await box.getByRole("button", { name: "确认导入" }).count(), 0);
    assert.deepEqual(await counts(page), before);
    await box.getByRole("button").last().click();
    await box.waitFor({ state: "detached" });
  }

  test("the test seals files as the app does", () => {
    assert.deepEqual(JSON.parse(sealed(() => {})()), JSON.parse(bundle));
  });

  test("a file with every entry twice and tags in its names is taken in once, as text", async () => {
    const { page } = open.to;
    const before = await counts(page);
    const file = path.join(files, "good.json");
    writeFileSync(file, sealed((value) => value.events.push(...value.events))());
    await importFiles(page, [file]);
    const after = await counts(page);
    assert.equal(after.events - before.events, JSON.parse(bundle).events.length);
    assert.equal(after.quarantine, before.quarantine);
    await go(page, "#/cases");
    await page.locator(".crow", { hasText: "城南-26-0001" }).waitFor();
    assert.ok((await page.locator("#main").innerText()).includes("<img src=x"));
    await page.locator(".crow", { hasText: "城南-26-0001" }).locator("a").click();
    await page.locator("#clocks").waitFor();
    assert.ok((await page.locator(".case").innerText()).includes(EVIL));
    await go(page, `${await page.evaluate(() => location.hash)}/print/file`);
    await page.locator(".paper").waitFor();
    assert.ok((await page.locator(".paper").innerText()).includes(EVIL));
    await go(page, "#/share");
    await harmless(page);
  });

  test("afterwards the desk still registers", async () => {
    const { page } = open.to;
    await small(page, "教室灯坏了两盏。", "钱女士");
    await saved(page);
  });
});

describe("forms", () => {
  /** Registering must be refused with the words; the form keeps what was typed. */
  async function notRegistered(page, words, kept = {}, focus = null) {
    const before = await counts(page);
    await page.keyboard.press("Control+Enter");
    const toast = page.locator(".toast.bad");
    await toast.waitFor();
    assert.match(await toast.innerText(), new RegExp(words));
    if (focus) assert.equal(await page.evaluate(() => document.activeElement.id), focus);
    await toast.getByRole("button").last().click();
    assert.equal(await page.evaluate(() => location.hash), "#/new");
    for (const [id, value] of Object.entries(kept)) assert.equal(await page.locator(`[id="${id}"]`).inputValue(), value);
    assert.deepEqual(await counts(page), before);
  }

  const clear = async (page) => {
    await go(page, "#/new");
    await page.getByRole("button", { name: "清空重填" }).click();
    assert.equal(await page.locator("#f-text").inputValue(), "");
  };

  test("nothing filled in", async () => {
    const { page } = open.to;
    await clear(page);
    await page.locator("#f-text").focus();
    await notRegistered(page, "必须填写");
  });

  test("a hundred thousand characters: refused, kept, still editable", async () => {
    const { page } = open.to;
    await clear(page);
    await fillIntake(page, { text: "", classes: [] });
    const long = "三楼的饮水机坏了没有人来修。".repeat(7_200);
    await page.locator("#f-text").evaluate((box, text) => {
      box.focus();
      document.execCommand("insertText", false, text);
    }, long);
    for (const [axis, label] of CLASSES) await choose(page, axis, label, "按内容判断");
    await page.locator("#f-text").focus();
    await notRegistered(page, "最多 \\d+ 字", { "f-text": long });
    await page.locator("#f-text").focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("完毕");
    assert.ok((await page.locator("#f-text").inputValue()).endsWith("没有人来修。完毕"));
    await page.waitForTimeout(600); // a draft is written 200 ms after the last key
    await page.reload();
    await ready(page);
    await page.locator("#f-text").waitFor();
    await page.waitForFunction(() => document.getElementById("f-text").value.endsWith("完毕"));
    await clear(page);
  });

  test("a time of receipt in the future is flagged and refused", async () => {
    const { page } = open.to;
    await clear(page);
    await fillIntake(page, { text: "灯坏了。", classes: CLASSES });
    await page.locator("#received").fill("2030-01-01T10:00");
    await page.locator("#received-problem", { hasText: "晚于现在" }).waitFor();
    await page.locator("#f-text").focus();
    await notRegistered(page, "晚于现在", { received: "2030-01-01T10:00", "f-text": "灯坏了。" });
  });

  test("a phone number of letters", async () => {
    const { page } = open.to;
    await clear(page);
    await fillIntake(page, { text: "灯坏了。", phone: "abc-def", classes: CLASSES });
    await page.locator("#f-text").focus();
    await notRegistered(page, "不像电话号码", { "f-phone": "abc-def", "f-text": "灯坏了。" }, "f-phone");
    assert.equal(await page.locator("#f-phone").getAttribute("aria-invalid"), "true");
    await page.locator("#f-phone").fill("13800001234");
    await register(page);
  });

  for (const text of ["😡😡👎🏽", "'; DROP TABLE events; -- {{7*7}} ${7*7} %s", `</textarea><script>globalThis.harmed=1</script>${EVIL}`, "ا\u202eلعربية\u200b e\u0301 𠮷野家"]) {
    test(`registered as it was typed: ${JSON.stringify(text).slice(0, 30)}`, async () => {
      const { page } = open.to;
      await clear(page);
      await small(page, text, text.slice(0, 20));
      await saved(page);
      assert.ok((await page.locator(".case").evaluate((one) => one.textContent)).includes(text));
      await go(page, "#/cases");
      await page.locator(".crow").first().waitFor();
      await harmless(page);
    });
  }
});

describe("storage", () => {
  test("a full disk: said plainly, nothing lost, saved once there is room", async () => {
    const one = await desk({ campus: "城东校区", name: "钱老师", now: NOW });
    const { page } = one;
    const form = { text: "三楼饮水机坏了一周。", name: "林女士", phone: "13800001234", classes: CLASSES };
    await fillIntake(page, form);
    await page.evaluate(() => {
      const store = IDBObjectStore.prototype;
      globalThis.room = { put: store.put, add: store.add };
      store.put = store.add = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    });
    await page.locator("#f-text").focus();
    await page.keyboard.press("Control+Enter");
    await page.locator(".toast.bad", { hasText: "没有写入" }).waitFor();
    await page.locator("#state-line", { hasText: "未能写入" }).waitFor();
    assert.equal(await page.evaluate(() => location.hash), "#/new");
    assert.equal(await page.locator("#f-text").inputValue(), form.text);
    assert.equal(await page.locator("#f-name").inputValue(), form.name);
    assert.equal(await page.locator("#f-phone").inputValue(), form.phone);
    assert.deepEqual((await counts(page)).events, 0);
    await page.evaluate(() => Object.assign(IDBObjectStore.prototype, globalThis.room));
    await register(page);
    await saved(page);
    assert.deepEqual(one.log.errors, []);
    await one.close();
  });

  test("no storage at all: its own screen", async () => {
    const init = "IDBFactory.prototype.open = () => { throw new DOMException('not here', 'SecurityError'); };";
    const one = await openChromium({ init, ready: false });
    await one.page.getByRole("heading", { name: "暂时不能使用" }).waitFor();
    assert.match(await one.page.locator("body").innerText(), /浏览器拒绝/);
    await one.close();
  });

  test("data of a newer build is left alone and can be had raw", async () => {
    const profile = freshProfile();
    const one = await openChromium({ profile });
    const { page } = one;
    page.setDefaultTimeout(10_000);
    const newer = () =>
      page.evaluate(
        () =>
          new Promise((good, bad) => {
            const request = indexedDB.open("shouwen", 99);
            request.onupgradeneeded = () => request.result.createObjectStore("future").put({ text: "来自将来" }, "k");
            request.onsuccess = () => good(request.result.close());
            request.onerror = () => bad(request.error);
          }),
      );
    await newer();
    // The open tab notices that it is outdated and stops.
    await page.getByRole("heading", { name: "暂时不能使用" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "暂时不能使用" }).waitFor();
    assert.match(await page.locator("body").innerText(), /更新版本的首问写入/);
    const raw = readJson(await download(page, () => page.getByRole("button", { name: "导出原始数据" }).click(), files));
    assert.equal(raw.version, 99);
    assert.equal(raw.stores.future[0].value.text, "来自将来");
    await page.getByRole("button", { name: "重试" }).click();
    await page.getByRole("heading", { name: "暂时不能使用" }).waitFor();
    await one.close();
    removeProfile(profile);
  });
});

test("nothing was logged as an error and nothing left the page", () => {
  for (const name of ["from", "to"]) {
    assert.deepEqual(open[name].log.errors, [], name);
    assert.deepEqual(open[name].log.requests, [], name);
  }
});
