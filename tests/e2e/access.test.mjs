// Every screen for everybody: axe finds nothing in light and dark, wide and narrow; nothing scrolls sideways on a phone;
// everything can be done with the keyboard; in English nothing of the frame is left in Chinese.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { desk, exportAll, fillIntake, folder, go, openStep, ready, register } from "./lib/desk.mjs";

const NOW = "2026-11-20T10:00:00+08:00";
const WIDE = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
const TEXT = "孩子一个月换了三个老师，上课经常迟到，找前台说过两次没人管，现在要求退费，剩余8000元。";

const files = folder();
const open = {};
const state = { address: null };

before(async () => {
  open.real = await desk({ now: NOW });
  open.demo = await desk({ now: NOW });
});
after(async () => {
  for (const one of Object.values(open)) await one.close();
});

/** Runs axe in both looks and both sizes, and looks for sideways scrolling on the phone. */
async function accessible(page) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const size of [WIDE, PHONE]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(size);
      await settled(page);
      found.push(...(await violations(page)).map((text) => `${colorScheme} ${size.width}: ${text}`));
    }
    if (colorScheme === "light") found.push(...(await sideways(page)).map((text) => `scrolls sideways: ${text}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(WIDE);
  assert.deepEqual(found, []);
}

const settled = (page) =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    // Colours change slowly; what does not come to its end by itself is brought there.
    for (const one of document.getAnimations()) {
      if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
    }
  });

/** Elements that stick out of the page to the right, when the page can be scrolled sideways. */
const sideways = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const out = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > wide + 1);
    const name = (one) => `${one.tagName.toLowerCase()}${one.id && `#${one.id}`}.${one.getAttribute("class") ?? ""}`;
    return [`${document.documentElement.scrollWidth} px`, ...out.slice(0, 6).map(name)];
  });

const openDetails = (page) =>
  page.evaluate(() => document.querySelectorAll("main details").forEach((one) => (one.open = true)));

/** The only place in a demonstration where two desks disagree. */
const conflictCase = async (page) => {
  await go(page, "#/share");
  await page.locator('#main a[href^="#/cases/"]').first().waitFor();
  return page.evaluate(() => document.querySelector('#main a[href^="#/cases/"]').getAttribute("href"));
};

describe("axe, and no sideways scrolling", () => {
  test("setup, also with its complaints", async () => {
    const { page } = open.real;
    await accessible(page);
    await page.locator("#setup-start").click();
    await page.locator("#setup-campus-problem", { hasText: "请填写" }).waitFor();
    await accessible(page);
    await page.locator("input[name=workplace][value=campus]").check();
    await page.locator("#setup-campus").fill("城北校区");
    await page.locator("#setup-name").fill("周老师");
    await page.locator("#setup-start").click();
    await page.locator("#state-line").waitFor();
  });

  for (const [name, hash] of [
    ["today", "#/today"],
    ["intake", "#/new"],
    ["register", "#/cases"],
    ["share", "#/share"],
    ["an unknown address", "#/nowhere"],
    ["an unknown case", "#/cases/none"],
  ]) {
    test(`${name}, empty`, async () => {
      await go(open.real.page, hash);
      await accessible(open.real.page);
    });
  }

  test("intake with text, suggestions and a refusal", async () => {
    const { page } = open.real;
    await fillIntake(page, { text: TEXT, phone: "abc" });
    await page.locator("[data-axis=form] label.suggested").waitFor();
    await openDetails(page);
    await page.keyboard.press("Control+Enter");
    await page.locator("#f-phone-problem", { hasText: "不像电话号码" }).waitFor();
    await accessible(page);
    await page.locator(".toast button").last().click();
  });

  test("a case, a step's form, a reason dialog", async () => {
    const { page } = open.real;
    await fillIntake(page, { text: TEXT, name: "林女士", phone: "13800001234", classes: [["form", "投诉"], ["area", "混合"], ["answerability", "需其他部门"], ["tier", "3日"]] });
    state.address = `#/cases/${await register(page)}`;
    await openDetails(page);
    await accessible(page);
    await openStep(page, "investigate");
    await accessible(page);
    await page.locator("#timeline").getByRole("button", { name: "撤回" }).first().click();
    await page.locator("dialog textarea").waitFor();
    await accessible(page);
    await page.keyboard.press("Escape");
  });

  test("a file that is refused", async () => {
    const { page } = open.real;
    const bad = path.join(files, "bad.json");
    writeFileSync(bad, "{");
    await go(page, "#/share");
    await page.locator("#import-files").setInputFiles(bad);
    await page.locator("#import [role=alert]").waitFor();
    await accessible(page);
  });

  test("the demonstration's today", async () => {
    const { page } = open.demo;
    await page.locator("#setup-demo").click();
    await page.locator("#demo-banner").waitFor({ timeout: 30_000 });
    await ready(page);
    await page.locator("[data-group]").first().waitFor();
    await accessible(page);
  });

  test("a full register", async () => {
    const { page } = open.demo;
    await go(page, "#/cases");
    await page.locator(".crow").first().waitFor();
    await openDetails(page);
    await accessible(page);
    await page.keyboard.press("/");
    await page.keyboard.type("没有这样的案件");
    await page.locator("#register-no-match").waitFor();
    await accessible(page);
    await page.locator("#register-no-match button").click();
  });

  test("a case in conflict", async () => {
    const { page } = open.demo;
    await go(page, await conflictCase(page));
    await page.locator("#conflicts").waitFor();
    await openDetails(page);
    await accessible(page);
  });

  test("the printed form and the case file", async () => {
    const { page } = open.demo;
    const address = await conflictCase(page);
    for (const form of ["train-campus-receipt", "file"]) {
      await go(page, `${address}/print/${form}`);
      await page.locator(".paper").waitFor();
      await accessible(page);
    }
  });

  test("share with a preview", async () => {
    const { page } = open.real;
    const file = await exportAll(open.demo.page, files);
    await accessible(open.demo.page);
    await go(page, "#/share");
    await page.locator("#import-files").setInputFiles(file);
    await page.locator("[data-preview]").waitFor();
    await openDetails(page);
    await accessible(page);
    await page.locator("#import").getByRole("button", { name: "取消" }).click();
  });

  for (const [name, hash, part] of [
    ["rules", "#/packs", ".shelf-row"],
    ["a booklet of rules", "#/packs/train-campus", ".booklet"],
    ["settings", "#/settings", "#about"],
    ["calculator", "#/calc?from=2026-12-28T10:00&n=5&pause=2026-12-29~2026-12-30", "#calc-due"],
  ]) {
    test(name, async () => {
      const { page } = open.demo;
      await go(page, hash);
      await page.locator(part).first().waitFor();
      await openDetails(page);
      await accessible(page);
    });
  }
});

describe("keyboard", () => {
  const focused = (page) =>
    page.evaluate(() => {
      const one = document.activeElement;
      return { id: one.id, text: one.textContent.trim().slice(0, 40), name: one.getAttribute("name"), value: one.getAttribute("value"), tag: one.tagName };
    });

  /** Presses Tab until `wanted` says yes; every stop on the way must show its focus. */
  async function tabTo(page, wanted, most = 80) {
    for (let press = 0; press < most; press += 1) {
      await page.keyboard.press("Tab");
      await visibleFocus(page);
      const now = await focused(page);
      if (wanted(now)) return now;
    }
    throw new Error(`not reached with Tab; now on ${JSON.stringify(await focused(page))}`);
  }

  /** The focused element, or what stands for it, has an outline. */
  async function visibleFocus(page) {
    const seen = await page.evaluate(() => {
      const outlined = (one) => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      };
      for (let one = document.activeElement, up = 0; one && up < 5; one = one.parentElement, up += 1) {
        if (one === document.body || outlined(one)) return true;
      }
      return document.activeElement.outerHTML.slice(0, 120);
    });
    assert.equal(seen, true, `no visible focus on ${seen}`);
  }

  const top = async (page, hash) => {
    await go(page, hash);
    await page.evaluate(() => {
      document.activeElement?.blur();
      getSelection().removeAllRanges();
    });
    await page.reload();
    await ready(page);
  };

  test("the skip link comes first and leads to the content", async () => {
    const { page } = open.real;
    await top(page, "#/today");
    await page.keyboard.press("Tab");
    assert.match((await focused(page)).text, /跳到主要内容/);
    await page.keyboard.press("Enter");
    assert.equal((await focused(page)).id, "main");
    assert.equal(new URL(page.url()).hash, "#/today");
  });

  test("a case is registered without a mouse", async () => {
    const { page } = open.real;
    await top(page, "#/today");
    await tabTo(page, (now) => now.tag === "A" && now.text.startsWith("登记"));
    await page.keyboard.press("Enter");
    await page.locator("#f-text").waitFor();
    if ((await focused(page)).id !== "f-text") await tabTo(page, (now) => now.id === "f-text");
    await page.keyboard.type("家长说空调坏了三天没人修。");
    await tabTo(page, (now) => now.id === "f-name");
    await page.keyboard.type("何先生");
    for (const axis of ["form", "area", "answerability"]) {
      await tabTo(page, (now) => now.name?.endsWith(`-${axis}`) && now.tag === "INPUT");
      await page.keyboard.press("Space");
    }
    const why = page.locator("#intake input[id$=-reason]:visible");
    for (const id of await why.evaluateAll((list) => list.map((one) => one.id))) {
      await page.keyboard.down("Shift");
      for (let press = 0; press < 80 && (await focused(page)).id !== id; press += 1) await page.keyboard.press("Tab");
      await page.keyboard.up("Shift");
      await page.keyboard.type("按内容判断");
    }
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(() => location.hash.startsWith("#/cases/"));
    await page.locator("#clocks").waitFor();
    assert.match(await page.locator("#main h1").innerText(), /城北-26-0002/);
  });

  test("Escape closes a dialog, and the focus returns to its button", async () => {
    const { page } = open.real;
    await top(page, state.address);
    await page.locator("#clocks").waitFor();
    const button = page.locator("#timeline").getByRole("button", { name: "撤回" }).first();
    for (const close of ["Escape", "取消"]) {
      await button.focus();
      const before = await page.evaluateHandle(() => document.activeElement);
      await page.keyboard.press("Enter");
      await page.locator("dialog textarea").waitFor();
      assert.equal((await focused(page)).id, "reason-text");
      if (close === "Escape") await page.keyboard.press("Escape");
      else {
        await tabTo(page, (now) => now.text === close, 10);
        await page.keyboard.press("Enter");
      }
      await page.locator("dialog").waitFor({ state: "detached" });
      // The page gives the focus back with the next frame.
      await page.waitForFunction((one) => document.activeElement === one, before, { timeout: 5_000 });
    }
  });

  test("\"/\" goes to the search of the register, and is typed in a field", async () => {
    const { page } = open.real;
    await top(page, "#/cases");
    await page.keyboard.press("/");
    assert.equal((await focused(page)).tag, "INPUT");
    await page.keyboard.type("a/b");
    assert.equal(await page.evaluate(() => document.activeElement.value), "a/b");
    await page.evaluate(() => document.activeElement.select());
    await page.keyboard.press("Delete");
  });

  test("Tab through every screen always shows where one is", async () => {
    const { page } = open.demo;
    for (const hash of ["#/today", "#/new", "#/cases", "#/share", "#/packs", "#/packs/train-campus", "#/settings", "#/calc", await conflictCase(page)]) {
      await top(page, hash);
      const seen = new Set();
      for (let press = 0; press < 40; press += 1) {
        await page.keyboard.press("Tab");
        await visibleFocus(page);
        seen.add(await page.evaluate(() => document.activeElement.outerHTML.slice(0, 300)));
      }
      assert.ok(seen.size > 8, `${hash}: only ${seen.size} stops`);
    }
  });
});

describe("English", () => {
  const HAN = /\p{Script=Han}/u;
  // Names of campuses and people, headings of clauses as the rule prints them, names of holidays, both languages at once.
  const GIVEN = [/^th: (总部|.+校区)$/, / · R\d+ /, /^name: 2027-01-01/, /^legend: 语言 Language$/];

  /** Visible texts of navigation, headings, buttons, labels and names for screen readers that have Chinese characters. */
  const chinese = (page) =>
    page.evaluate(() => {
      const parts = "nav a, main h1, main h2, main button, main label > span, main legend, main th, main summary, main .hint, #state-line span, .banner b, .empty p";
      const texts = [...document.querySelectorAll(parts)].filter((one) => one.offsetParent !== null && !one.closest("[lang]:not(html), .paper")).map((one) => {
        const copy = one.cloneNode(true);
        return `${one.tagName.toLowerCase()}: ${copy.textContent.trim()}`;
      });
      const named = [...document.querySelectorAll("[aria-label], [placeholder]")].filter((one) => !one.closest("[lang]:not(html)"));
      const names = named.flatMap((one) => [one.getAttribute("aria-label"), one.getAttribute("placeholder")].filter(Boolean).map((text) => `name: ${text}`));
      return [...texts, ...names];
    });

  test("the frame of every screen speaks English", async () => {
    const { page } = open.demo;
    await go(page, "#/settings");
    await page.locator("#look label", { hasText: "English" }).click();
    await page.waitForFunction(() => document.documentElement.lang === "en" && document.documentElement.dataset.ready === "1");
    const address = await conflictCase(page);
    const left = {};
    for (const hash of ["#/today", "#/new", "#/cases", address, `${address}/print/file`, "#/share", "#/packs", "#/packs/train-campus", "#/settings", "#/calc"]) {
      await go(page, hash);
      await page.locator("#main h1, .paper").first().waitFor();
      await settled(page);
      const found = (await chinese(page)).filter((text) => HAN.test(text) && !GIVEN.some((given) => given.test(text)));
      if (found.length) left[hash] = found;
    }
    assert.deepEqual(left, {});
  });
});

test("nothing was logged as an error and nothing left the page", () => {
  for (const [name, one] of Object.entries(open)) {
    assert.deepEqual(one.log.errors, [], name);
    assert.deepEqual(one.log.requests, [], name);
  }
});
