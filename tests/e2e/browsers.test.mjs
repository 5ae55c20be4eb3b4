// The oldest and the strictest browser: set up, register, see the clock, reload, still there.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { freshProfile, openChromium109, openFirefox, removeProfile } from "./lib/browsers.mjs";
import { singleFileUrl } from "./lib/paths.mjs";

const TEXT = "孩子一个月换了三个老师，上课经常迟到，找前台说过两次没人管。";

/** Steps that Playwright and Puppeteer both know: only what runs inside the page, and its keyboard. */
const inside = (page) => ({
  until: (what, arg) => ("waitForURL" in page ? page.waitForFunction(what, arg, { timeout: 15_000 }) : page.waitForFunction(what, { timeout: 15_000 }, arg)),
  click: (selector) => page.click(selector),
  type: async (selector, text) => {
    await page.focus(selector);
    await page.keyboard.type(text);
  },
  text: (selector) => page.evaluate((one) => document.querySelector(one)?.innerText ?? "", selector),
});

function story(name, openBrowser) {
  describe(name, () => {
    const profile = freshProfile();
    let open;
    let address;
    before(async () => {
      open = await openBrowser({ profile });
    });
    after(async () => {
      await open?.close();
      removeProfile(profile);
    });

    test("registers a case and shows its clock", async () => {
      const { page } = open;
      const { until, click, type, text } = inside(page);
      await click("input[name=workplace][value=campus]");
      await type("#setup-campus", "城北校区");
      await type("#setup-name", "周老师");
      await click("#setup-start");
      await until(() => document.getElementById("state-line") !== null);
      await page.evaluate(() => (location.hash = "#/new"));
      await until(() => document.getElementById("f-text") !== null);
      await type("#f-text", TEXT);
      await until(() => document.querySelector("[data-axis=form] label.suggested") !== null);
      await page.evaluate(() => {
        for (const axis of document.querySelectorAll("[data-axis]")) axis.querySelector("label.suggested input[type=radio]")?.click();
      });
      for (const axis of ["area", "answerability", "tier"]) {
        await page.evaluate((id) => {
          const box = document.querySelector(`[data-axis=${id}]`);
          if (box && !box.querySelector("input:checked")) box.querySelector("input[type=radio]")?.click();
        }, axis);
        await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
      }
      for (const id of await page.evaluate(() => [...document.querySelectorAll("#intake input[id$=-reason]")].map((one) => one.id))) {
        await type(`[id="${id}"]`, "按内容判断");
      }
      await page.keyboard.down("Control");
      await page.keyboard.press("Enter");
      await page.keyboard.up("Control");
      await until(() => location.hash.startsWith("#/cases/") && document.querySelector("#clocks [data-clock]") !== null);
      address = await page.evaluate(() => location.hash);
      assert.match(await text("#clocks"), /24:00|剩/);
      assert.match(await text("#main h1"), /城北-\d\d-0001/);
      assert.match(await text("#state-line"), /已写入本机/);
    });

    test("still has it after a reload", async () => {
      const { page } = open;
      const { until, text } = inside(page);
      await page.reload();
      await until(() => document.documentElement.dataset.ready === "1" && document.querySelector("#clocks [data-clock]") !== null);
      assert.equal(await page.evaluate(() => location.hash), address);
      assert.ok((await text(".case")).includes("换了三个老师"));
    });

    test("and after the browser was closed", async () => {
      await open.close();
      open = await openBrowser({ profile, url: `${singleFileUrl()}${address}` });
      const { until, text } = inside(open.page);
      await until(() => document.querySelector("#clocks [data-clock]") !== null);
      assert.match(await text("#main h1"), /城北-\d\d-0001/);
    });

    test("without an error, without the network", () => {
      assert.deepEqual(open.log.errors, []);
      assert.deepEqual(open.log.requests, []);
    });
  });
}

story("Chromium 109", openChromium109);
story("Firefox ESR, strict about file://", openFirefox);
