// Starts the three browsers of the baseline on the delivered file: each with a fresh profile, without a network.
// Must not know anything about the app beyond <html data-ready>, the mark it sets when it can be used.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { singleFileUrl } from "./paths.mjs";

const CHROMIUM = process.env.SHOUWEN_CHROMIUM ?? "/usr/bin/chromium";
const FIREFOX = process.env.SHOUWEN_FIREFOX ?? "/usr/bin/firefox-esr";

// Every name but the loopback address is unknown, so nothing can leave the machine even where a test looks for leaks.
const NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1";
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  NO_NETWORK,
];

// remote.prefs.recommended must be off: the recommended set relaxes file:// and makes such tests falsely green.
const FIREFOX_PREFS = {
  "remote.prefs.recommended": false,
  "security.fileuri.strict_origin_policy": true,
  "network.dns.disabled": true,
  "app.update.disabledForTesting": true,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.tabs.warnOnClose": false,
};

/** A new empty profile folder; give it to two launches in turn to test that data survives a restart. */
export function freshProfile() {
  return mkdtempSync(path.join(os.tmpdir(), "shouwen-e2e-"));
}

export function removeProfile(profile) {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Playwright on today's Chromium. `options`: `profile` (kept when given, else fresh and removed on close), `url` (default:
 * the single file; `null` opens nothing), `init` (script text run before the page's own), `ready` (wait for data-ready,
 * default true), and any option of Playwright's launchPersistentContext (viewport, colorScheme, locale…).
 * Returns `{ context, page, log, profile, close }`.
 */
export async function openChromium(options = {}) {
  const { chromium } = await import("playwright-core");
  const { profile = null, url = singleFileUrl(), init = null, ready = true, args = [], ...rest } = options;
  const folder = profile ?? freshProfile();
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    headless: true,
    args: [...CHROMIUM_FLAGS, ...args],
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    ...rest,
  });
  const log = newLog();
  context.on("page", (page) => watchPage(page, log));
  context.pages().forEach((page) => watchPage(page, log));
  if (init) await context.addInitScript({ content: init });
  const page = context.pages()[0] ?? (await context.newPage());
  if (url) await page.goto(url);
  if (url && ready) await waitReady(page);
  const close = async () => {
    await context.close();
    if (!profile) removeProfile(folder);
  };
  return { context, page, log, profile: folder, close };
}

/** Playwright on Chromium 109, the last for Windows 7. Same options and result as openChromium. */
export async function openChromium109(options = {}) {
  const { default: packed } = await import("@sparticuz/chromium");
  const executablePath = await packed.executablePath();
  const args = ["--no-zygote", "--use-gl=angle", "--use-angle=swiftshader", ...(options.args ?? [])];
  return openChromium({ executablePath, ...options, args });
}

/**
 * Puppeteer (WebDriver BiDi) on Firefox ESR with its strict policy for file://. Options: `profile`, `url`, `init`, `ready`,
 * `viewport` as above. Returns `{ browser, page, log, profile, close }` with Puppeteer's page.
 */
export async function openFirefox(options = {}) {
  if (!existsSync(FIREFOX)) throw new Error(`Firefox ESR is not at ${FIREFOX}: run script/bootstrap test`);
  const { default: puppeteer } = await import("puppeteer-core");
  const { profile = null, url = singleFileUrl(), init = null, ready = true, viewport = { width: 1280, height: 800 } } = options;
  const folder = profile ?? freshProfile();
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    extraPrefsFirefox: FIREFOX_PREFS,
    userDataDir: folder,
    defaultViewport: viewport,
  });
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  const log = newLog();
  watchPage(page, log);
  if (init) await page.evaluateOnNewDocument(init);
  if (url) await page.goto(url);
  if (url && ready) await waitReady(page);
  const close = async () => {
    await browser.close();
    if (!profile) removeProfile(folder);
  };
  return { browser, page, log, profile: folder, close };
}

/** Waits until the app says that it can be used; a fatal box of the page ends the wait with its text. */
export async function waitReady(page, timeout = 30_000) {
  const settled = () => document.documentElement.dataset.ready === "1" || document.documentElement.dataset.failed === "1";
  if ("waitForURL" in page) await page.waitForFunction(settled, null, { timeout });
  else await page.waitForFunction(settled, { timeout });
  const failure = await page.evaluate(() =>
    document.documentElement.dataset.failed === "1" ? document.getElementById("boot-failure-detail")?.textContent : null,
  );
  if (failure !== null) throw new Error(`the page shows its fatal box: ${failure}`);
}

function newLog() {
  return { errors: [], requests: [] };
}

/** Notes console errors, uncaught errors and every request that is not the file itself. */
function watchPage(page, log) {
  page.on("console", (message) => {
    if (message.type() === "error") log.errors.push(message.text());
  });
  page.on("pageerror", (error) => log.errors.push(String(error)));
  page.on("request", (request) => {
    if (!/^(file|data|blob|about):/.test(request.url())) log.requests.push(request.url());
  });
}
