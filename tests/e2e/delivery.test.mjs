// The delivered files in the three browsers of the baseline: they open, they keep to themselves, and they say in plain
// words why they cannot start. Must not test what the app does: other files do that.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { openChromium, openChromium109, openFirefox, waitReady } from "./lib/browsers.mjs";
import { noteTaker, serveDist } from "./lib/loopback.mjs";
import { DIST, SINGLE_FILE } from "./lib/paths.mjs";

const BROWSERS = { "Chromium of today": openChromium, "Chromium 109": openChromium109, "Firefox ESR": openFirefox };

for (const [name, open] of Object.entries(BROWSERS)) {
  describe(name, () => {
    test("opens the file and shows the app, without an error or a request", async () => {
      const desk = await open();
      try {
        const seen = await desk.page.evaluate(() => ({
          app: document.querySelector("#app")?.textContent.trim().length ?? 0,
          loading: document.getElementById("boot") !== null,
          boxes: [...document.querySelectorAll(".boot-alert")].filter((box) => box.getClientRects().length).map((box) => box.id),
        }));
        assert.ok(seen.app > 0, "#app is empty");
        assert.deepEqual({ loading: seen.loading, boxes: seen.boxes }, { loading: false, boxes: [] });
        assert.deepEqual(desk.log, { errors: [], requests: [] });
      } finally {
        await desk.close();
      }
    });

    test("refuses every way out of the page", () => checkNothingLeaves(open));

    test("says so where the browser is too old", async () => {
      const desk = await open({ init: "delete window.DecompressionStream", ready: false });
      try {
        await checkBox(desk.page, "boot-old", /太旧[\s\S]*too old[\s\S]*DecompressionStream/);
        assert.equal(await desk.page.evaluate(() => document.querySelector("#app")), null);
      } finally {
        await desk.close();
      }
    });

    test("a panic covers the page with the fatal box and stops the app", async () => {
      const desk = await open();
      try {
        await desk.page.evaluate(() => console.error("panicked at src/example.rs:1:1:\nexample"));
        await checkBox(desk.page, "boot-failure", /已保存的数据不受影响[\s\S]*not affected[\s\S]*src\/example\.rs:1:1/);
        const inert = await desk.page.evaluate(() => document.querySelector("#app").closest("[inert]") !== null);
        assert.ok(inert, "the app behind the box still takes input");
        await Promise.all([desk.page.waitForNavigation(), desk.page.click("#boot-reload")]);
        await waitReady(desk.page);
      } finally {
        await desk.close();
      }
    });
  });
}

/** Tries all ways by which a page can send or load something, and counts what a listening server has noticed. */
async function checkNothingLeaves(open) {
  const listener = await noteTaker();
  const desk = await open();
  try {
    const ran = await desk.page.evaluate(attempts, listener.url);
    assert.deepEqual(ran, [], "these were not refused");
    assert.deepEqual(listener.seen, []);
  } finally {
    await desk.close();
    await listener.close();
  }
}

/** Runs in the page. Returns the names of the attempts that succeeded. */
async function attempts(url) {
  const ran = [];
  window.escaped = (name) => ran.push(name);
  const add = (tag, fields, root = document.body) => {
    const element = Object.assign(document.createElement(tag), fields);
    element.onload = () => tag !== "iframe" && ran.push(tag);
    root.append(element);
    return element;
  };
  const tries = {
    fetch: async () => { await fetch(`${url}/fetch`, { mode: "no-cors" }); ran.push("fetch"); },
    xhr: () => new Promise((done) => {
      const xhr = new XMLHttpRequest();
      xhr.onload = () => { ran.push("xhr"); done(); };
      xhr.onerror = done;
      xhr.open("GET", `${url}/xhr`);
      xhr.send();
    }),
    beacon: () => navigator.sendBeacon(`${url}/beacon`, "x"),
    socket: () => new Promise((done) => {
      const socket = new WebSocket(`${url.replace("http", "ws")}/socket`);
      socket.onopen = () => { ran.push("socket"); done(); };
      socket.onerror = done;
    }),
    events: () => { new EventSource(`${url}/events`).onopen = () => ran.push("events"); },
    worker: () => { new Worker(URL.createObjectURL(new Blob([`fetch("${url}/worker")`]))); },
    image: () => add("img", { src: `${url}/image.png` }),
    style: () => add("link", { rel: "stylesheet", href: `${url}/style.css` }, document.head),
    script: () => add("script", { src: `${url}/script.js` }),
    inline: () => add("script", { textContent: "window.escaped('inline script')" }),
    handler: () => { const b = document.createElement("b"); b.setAttribute("onclick", "window.escaped('handler')"); b.click(); },
    frame: () => add("iframe", { src: `${url}/frame` }),
    font: () => new FontFace("x", `url(${url}/font.woff)`).load().then(() => ran.push("font")),
    form: () => add("form", { action: `${url}/form`, method: "post" }).submit(),
    eval: () => { (0, eval)("window.escaped('eval')"); },
    function: () => { new Function("window.escaped('Function')")(); },
    timer: () => { setTimeout("window.escaped('timer string')", 0); },
  };
  // From a timer, because code called directly by a debugger is partly exempt from the policy.
  await new Promise((started) => setTimeout(started, 0));
  await new Promise((done) => setTimeout(async () => {
    for (const attempt of Object.values(tries)) {
      await Promise.race([(async () => attempt())().catch(() => {}), new Promise((late) => setTimeout(late, 1000))]);
    }
    setTimeout(done, 500);
  }, 0));
  return ran;
}

async function checkBox(page, id, text) {
  await page.waitForSelector(`#${id}`, { visible: true });
  const shown = await page.evaluate((box) => document.getElementById(box).innerText, id);
  assert.match(shown, text);
}

describe("a damaged copy", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "shouwen-damaged-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const whole = readFileSync(SINGLE_FILE, "latin1"); // byte for byte
  const behind = (mark) => whole.indexOf(mark) + mark.length;
  const dataOf = (id) => whole.indexOf(">", whole.indexOf(`id="${id}"`)) + 1;
  const data = dataOf("shouwen-wasm");
  const first = dataOf("shouwen-start");
  const code = behind('<script type="module">');
  const cases = {
    "cut inside the program": [whole.slice(0, data + 5000), /文件不完整/],
    "cut inside the last script": [whole.slice(0, whole.lastIndexOf("</script>") - 200), /文件不完整/],
    "altered script": [`${whole.slice(0, code)} ${whole.slice(code)}`, /文件不完整/],
    "altered start": [`${whole.slice(0, first + 3000)}AAAAAAAA${whole.slice(first + 3008)}`, /Error/],
    "altered program": [`${whole.slice(0, data + 3000)}AAAAAAAA${whole.slice(data + 3008)}`, /Error/],
  };
  for (const [name, [html, text]] of Object.entries(cases)) {
    test(`${name}: a plain message instead of a blank page`, async () => {
      const file = path.join(folder, "shouwen.html");
      writeFileSync(file, html, "latin1");
      const desk = await openChromium({ url: pathToFileURL(file).href, ready: false });
      try {
        await checkBox(desk.page, "boot-failure", text);
      } finally {
        await desk.close();
      }
    });
  }
});

describe("the single file", () => {
  test("refers to nothing outside itself and forbids every connection", () => {
    const html = readFileSync(SINGLE_FILE, "latin1");
    const markup = html.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<style[\s\S]*?<\/style>/g, "");
    assert.deepEqual([...markup.matchAll(/\s(?:src|href|action|srcset)="(?!data:|#)[^"]*"/g)].map((found) => found[0]), []);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)[1];
    for (const rule of ["default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"]) {
      assert.ok(policy.includes(rule), `${rule} is not in: ${policy}`);
    }
    assert.doesNotMatch(policy, /'unsafe-(inline|eval)'|https?:|\*/);
  });
});

describe("the served form", () => {
  test("opens from a static server, and again when that server is gone", async () => {
    const server = await serveDist();
    const desk = await openChromium({ url: `${server.url}/` });
    try {
      await desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
      await server.close();
      await desk.page.reload();
      await waitReady(desk.page);
      await desk.page.goto(`${server.url}/index.html`);
      await waitReady(desk.page);
      assert.deepEqual(desk.log.errors, []);
    } finally {
      await desk.close();
      await server.close().catch(() => {});
    }
  });

  test("the single file opens from the same server", async () => {
    const server = await serveDist();
    const desk = await openChromium({ url: `${server.url}/shouwen.html` });
    try {
      assert.deepEqual(desk.log.errors, []);
    } finally {
      await desk.close();
      await server.close();
    }
  });

  test("can be installed: the manifest names itself and icons that exist", () => {
    const manifest = JSON.parse(readFileSync(path.join(DIST, "manifest.webmanifest"), "utf8"));
    for (const field of ["name", "short_name", "start_url", "display", "icons"]) assert.ok(manifest[field], field);
    for (const icon of manifest.icons) assert.ok(readFileSync(path.join(DIST, icon.src)).length > 0, icon.src);
    assert.ok(manifest.icons.some((icon) => icon.sizes === "512x512" && icon.purpose === "maskable"));
  });

  test("the server gives nothing outside its folder", async () => {
    const server = await serveDist();
    try {
      const cases = {
        "/": 200,
        "/index.html?x=1": 200,
        "/missing.html": 404,
        "/../Cargo.toml": 404,
        "/%2e%2e/Cargo.toml": 404,
        "/..%2fCargo.toml": 404,
        "/%2e%2e%5cCargo.toml": 404,
        "/%00": 404,
        "/%zz": 404,
        "//etc/passwd": 404,
      };
      for (const [target, status] of Object.entries(cases)) assert.equal(await statusOf(server.port, target), status, target);
    } finally {
      await server.close();
    }
  });
});

/** The status for exactly this request target; fetch() would tidy the dots away. */
function statusOf(port, target) {
  return new Promise((done, failed) => {
    const ask = request({ host: "127.0.0.1", port, path: target }, (response) => {
      response.resume();
      done(response.statusCode);
    });
    ask.on("error", failed).end();
  });
}
