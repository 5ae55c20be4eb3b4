// Makes the delivered files from what Trunk has built: dist/shouwen.html (one file, for double-click) and
// dist/index.html with its service worker (the same page, for a web server). Called by Trunk's post_build hook.
// Must not download anything and must give the same bytes for the same input.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build, transformSync } from "esbuild";
import { asciiHtml, dense } from "./page/dense.mjs";

const SOURCE = process.env.TRUNK_SOURCE_DIR ?? process.cwd();
const STAGING = process.env.TRUNK_STAGING_DIR;
const RELEASE = process.env.TRUNK_PROFILE === "release";
const APP = "shouwen";
// Growth beyond these fails a release build (the variable is for measuring during development only): the rule packs, and
// everything else.
const PACKS_BUDGET = 150_000;
const BUDGET_BYTES = Number(process.env.SHOUWEN_BUDGET ?? 1_000_000);
// The packs stand between these in the wasm (crates/core/src/embedded/layout.rs).
const PACKS_MARKS = ["<shouwen-packs\n", "\nshouwen-packs>"];

// -Oz with exactly the features that rustc and wasm-bindgen use and that the oldest supported browsers know.
// Never --all-features: it writes imports that browsers refuse.
// Functions that stay apart, in the order of their names, stand beside functions that look alike: xz packs that tighter.
const WASM_OPT_FLAGS = [
  "-Oz",
  "--one-caller-inline-max-function-size=30",
  "--reorder-functions-by-name",
  "--enable-bulk-memory",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--enable-mutable-globals",
  "--enable-reference-types",
  "--enable-multivalue",
];

// What the page may do. {scripts} and {styles} become the hashes of the page's own inline scripts and styles.
const POLICY = {
  "default-src": "'none'",
  "script-src": "{scripts} 'wasm-unsafe-eval'",
  "style-src": "{styles}",
  "img-src": "data: blob:",
  "connect-src": "'none'",
  "form-action": "'none'",
  "base-uri": "'none'",
};
// The served form may also load its icons, its manifest and its service worker from its own server.
const SERVED_POLICY = { ...POLICY, "img-src": "'self' data: blob:", "manifest-src": "'self'", "worker-src": "'self'" };

class BuildError extends Error {}

async function main() {
  if (!STAGING) throw new BuildError("TRUNK_STAGING_DIR is not set: run `trunk build`, not this script");
  refuseSnippets();
  refuseForgottenStyles();
  const page = withoutTrunkLines(readFileSync(path.join(STAGING, "index.html"), "utf8").replaceAll("\r\n", "\n"));
  const raw = readFileSync(path.join(STAGING, `${APP}_bg.wasm`));
  const wasm = RELEASE ? optimised(raw) : raw;
  const { rest, styles } = withoutAppStyles(page);
  const cargo = { glue: await bundled("glue.js", "iife"), styles, wasm };
  const single = await singlePage(withoutServedLines(rest), cargo);
  const served = await servedPage(rest, cargo);
  write(`${APP}.html`, single);
  write("index.html", served);
  for (const name of [`${APP}.js`, `${APP}_bg.wasm`]) rmSync(path.join(STAGING, name));
  writeServiceWorker();
  report(raw, wasm, { single, served, packs: packsIn(cargo) });
}

/** What all packs add to the single file: its size less that without their bytes. */
function packsIn(cargo) {
  const [begin, end] = PACKS_MARKS.map((mark) => cargo.wasm.indexOf(mark));
  if (begin < 0 || end < begin) throw new BuildError("the packs were not found in the wasm: their marks have changed");
  const without = Buffer.concat([cargo.wasm.subarray(0, begin), cargo.wasm.subarray(end)]);
  return dense(xz(packed(cargo))).length - dense(xz(packed({ ...cargo, wasm: without }))).length;
}

/** The one file: everything in ASCII but the wasm, which is packed as tightly as a page can carry it. */
async function singlePage(page, cargo) {
  const marks = ["SHOUWEN-START-GOES-HERE", "SHOUWEN-WASM-GOES-HERE"];
  const utf8 = '<meta charset="utf-8">';
  if (!page.includes(utf8)) throw new BuildError(`index.html has no ${utf8}`);
  const start = await bundled("start.js", "iife", "unpack-single.js");
  const data = marks.map((mark, index) => {
    const attributes = index ? `id="shouwen-wasm" data-parts="${sizes(cargo)}"` : 'id="shouwen-start"';
    return `<script type="application/octet-stream" ${attributes}>${mark}</script>`;
  });
  const parts = { data: data.join("\n"), module: await bundled("first.js", "esm"), carried: [start, cargo.glue], styles: cargo.styles };
  const html = assemble(page.replace(utf8, '<meta charset="windows-1252">'), parts, { scripts: [], policy: POLICY });
  const [before, between, after] = asciiHtml(html).split(new RegExp(marks.join("|")));
  const filled = [before, dense(gzipSync(start, { level: 9 })), between, dense(xz(packed(cargo))), after];
  return Buffer.concat(filled.map((part) => (typeof part === "string" ? Buffer.from(part, "ascii") : part)));
}

/** The page for a web server, in UTF-8. */
async function servedPage(page, cargo) {
  const base64 = gzipSync(packed(cargo), { level: 9 }).toString("base64");
  const data = `<script type="application/octet-stream;base64" id="shouwen-wasm" data-parts="${sizes(cargo)}">${base64}</script>`;
  const parts = { data, module: await bundled("start.js", "esm", "unpack-served.js"), carried: [cargo.glue], styles: cargo.styles };
  return Buffer.from(assemble(page, parts, { scripts: [readShell("register.js")], policy: SERVED_POLICY }), "utf8");
}

/** What is packed together: wasm-bindgen's glue, the app's styles, the wasm; shell/start.js takes it apart again. */
function packed({ glue, styles, wasm }) {
  return Buffer.concat([Buffer.from(glue, "ascii"), Buffer.from(styles, "ascii"), wasm]);
}

const sizes = ({ glue, styles }) => `${glue.length} ${styles.length}`;

/** The page with the styles of its messages only, and the app's styles apart. */
function withoutAppStyles(page) {
  const blocks = [...page.matchAll(/<style[^>]*>([\s\S]*?)<\/style>\n?/g)];
  if (!blocks[0]?.[1].includes(".boot")) throw new BuildError("index.html must name style/boot.css before all other styles");
  const app = blocks.slice(1);
  const rest = app.reduce((text, block) => text.replace(block[0], ""), page);
  return { rest, styles: app.map((block) => minified(block[1])).join("") };
}

/** Glue that imports files next to it cannot live in one HTML file. */
function refuseSnippets() {
  if (existsSync(path.join(STAGING, "snippets"))) {
    throw new BuildError("wasm-bindgen wrote snippet files: a crate uses inline or module JavaScript, which one file cannot hold");
  }
}

/** A style sheet that index.html does not name would silently be missing from the page. */
function refuseForgottenStyles() {
  const index = readFileSync(path.join(SOURCE, "index.html"), "utf8");
  const forgotten = readdirSync(path.join(SOURCE, "style")).filter((f) => f.endsWith(".css") && !index.includes(`style/${f}"`));
  if (forgotten.length) throw new BuildError(`index.html does not include style/${forgotten.join(", style/")}: add the line`);
}

/** Trunk leaves its own line for the app in the page, because it was told not to place the scripts itself. */
function withoutTrunkLines(page) {
  return page.replace(/<link data-trunk[^>]*>\n?/g, "");
}

/** The lines between the `served` marks exist only in the page that comes from a server. */
function withoutServedLines(page) {
  return page.replace(/<!-- served:start -->[\s\S]*?<!-- served:end -->\n?/g, "");
}

/** A script of the shell with what it imports, as one minified ASCII text. */
async function bundled(entry, format, unpack = entry) {
  const shell = path.join(SOURCE, "shell");
  const result = await build({
    entryPoints: [path.join(shell, entry)],
    alias: { glue: path.join(STAGING, `${APP}.js`), unpack: path.join(shell, unpack) },
    nodePaths: [path.join(SOURCE, "node_modules")],
    bundle: true,
    write: false,
    minify: true,
    format,
    charset: "ascii",
    target: ["chrome109", "firefox115"],
    legalComments: "inline",
    define: { "import.meta.url": '""' },
    platform: "browser",
    logLevel: "warning",
  });
  return result.outputFiles[0].text;
}

function readShell(name) {
  return readFileSync(path.join(SOURCE, "shell", name), "utf8");
}

/** Tightest xz that the page's decompressor understands; the dictionary must hold the whole program. */
function xz(bytes) {
  return execFileSync("xz", ["--format=xz", "--check=crc32", "--lzma2=preset=9e,lc=4,pb=0,dict=8MiB", "--stdout"], {
    input: bytes,
    maxBuffer: 64 << 20,
  });
}

/** wasm-opt's result, kept under the digest of its input, because it is the slowest step of an unchanged build. */
function optimised(raw) {
  const key = createHash("sha256").update(raw).update(WASM_OPT_FLAGS.join(" ")).digest("hex").slice(0, 24);
  const cache = path.join(SOURCE, "target", "wasm-opt");
  const [input, output] = [path.join(cache, "input.wasm"), path.join(cache, `${key}.wasm`)];
  if (!existsSync(output)) {
    const tool = path.join(SOURCE, "node_modules", "binaryen", "bin", "wasm-opt");
    if (!existsSync(tool)) throw new BuildError("wasm-opt is missing: run script/bootstrap build");
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    writeFileSync(input, raw);
    execFileSync(process.execPath, [tool, input, "-o", output, ...WASM_OPT_FLAGS], { stdio: ["ignore", "inherit", "inherit"] });
    rmSync(input);
  }
  return readFileSync(output);
}

/** One whole page: styles and scripts in place, then the policy over what is really in it. */
function assemble(page, { data, module, carried, styles }, { scripts, policy }) {
  const app = [data, inline(module, ' type="module"'), ...scripts.map((text) => inline(text, ' type="module"'))].join("\n");
  // The first script must run in very old browsers: comments and blanks go, the syntax stays.
  const boot = transformSync(readShell("boot.js"), { minifyWhitespace: true, charset: "ascii" }).code.trim();
  let html = minifiedStyles(page);
  html = place(html, "<!-- build:boot -->", inline(boot, ""));
  html = place(html, "<!-- build:app -->", app);
  return place(html, "<!-- build:csp -->", policyTag(html, { carried, styles }, policy));
}

function minifiedStyles(html) {
  return html.replace(/<style[^>]*>([\s\S]*?)<\/style>/g, (_, css) => `<style>${minified(css)}</style>`);
}

function minified(css) {
  return transformSync(css, { loader: "css", minify: true, charset: "ascii", target: ["chrome109", "firefox115"] }).code.trim();
}

function place(html, mark, text) {
  const at = html.indexOf(mark);
  if (at < 0) throw new BuildError(`index.html has no ${mark}`);
  return html.slice(0, at) + text + html.slice(at + mark.length);
}

/** A script element whose text cannot end it, nor open a comment. */
function inline(text, attributes) {
  if (/<\/script|<!--/i.test(text)) throw new BuildError("an inline script contains </script or <!--, which would end it early");
  return `<script${attributes}>${text}</script>`;
}

/** Allows the scripts and styles that stand in the page, and those that it carries packed; nothing else. */
function policyTag(html, packed, policy) {
  const inside = (pattern) => [...html.matchAll(pattern)].map((found) => found[1]);
  const scripts = hashes([...inside(/<script(?: type="module")?>([\s\S]*?)<\/script>/g), ...packed.carried]);
  const styles = hashes([...inside(/<style[^>]*>([\s\S]*?)<\/style>/g), packed.styles]);
  const text = Object.entries(policy).map(([name, value]) => `${name} ${value}`).join("; ");
  const content = text.replace("{scripts}", scripts).replace("{styles}", styles);
  return `<meta http-equiv="Content-Security-Policy" content="${content}">`;
}

function hashes(texts) {
  return texts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`).join(" ");
}

/** Every file of the served form except the single file (it is for download) and the worker itself. */
function writeServiceWorker() {
  const files = listFiles(STAGING, "").filter((file) => file !== `${APP}.html`).sort();
  const digest = createHash("sha256");
  for (const file of files) digest.update(file).update(readFileSync(path.join(STAGING, file)));
  const version = digest.digest("hex").slice(0, 16);
  const template = readFileSync(path.join(SOURCE, "shell", "sw.js"), "utf8");
  write("sw.js", template.replace("__VERSION__", version).replace("__FILES__", JSON.stringify(files)));
}

function listFiles(root, below) {
  return readdirSync(path.join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below ? `${below}/${entry.name}` : entry.name;
    return entry.isDirectory() ? listFiles(root, name) : [name];
  });
}

function write(name, content) {
  writeFileSync(path.join(STAGING, name), content);
}

function report(raw, wasm, { single, served, packs }) {
  const kb = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;
  const rest = single.length - packs;
  console.log(`wasm ${kb(raw.length)}, optimised ${kb(wasm.length)}; index.html ${kb(served.length)}; shouwen.html ${kb(single.length)}: packs ${kb(packs)} of ${kb(PACKS_BUDGET)}, the rest ${kb(rest)} of ${kb(BUDGET_BYTES)}`);
  if (!RELEASE) return;
  if (packs > PACKS_BUDGET) throw new BuildError(`the packs add ${packs} bytes to shouwen.html, their budget is ${PACKS_BUDGET}`);
  if (rest > BUDGET_BYTES) throw new BuildError(`shouwen.html without packs is ${rest} bytes, the budget is ${BUDGET_BYTES}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`single-file: ${error.message}`);
  process.exitCode = 1;
}
