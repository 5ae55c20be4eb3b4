// Makes the delivered files from what Trunk has built: dist/shouwen.html (one file, for double-click) and
// dist/index.html with its service worker (the same page, for a web server). Called by Trunk's post_build hook.
// Must not download anything and must give the same bytes for the same input.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

const SOURCE = process.env.TRUNK_SOURCE_DIR ?? process.cwd();
const STAGING = process.env.TRUNK_STAGING_DIR;
const RELEASE = process.env.TRUNK_PROFILE === "release";
const APP = "shouwen";
// Growth beyond this fails a release build (the variable is for measuring during development only).
const BUDGET_BYTES = Number(process.env.SHOUWEN_BUDGET ?? 900_000);

// -Oz with exactly the features that rustc and wasm-bindgen use and that the oldest supported browsers know.
// Never --all-features: it writes imports that browsers refuse.
const WASM_OPT_FLAGS = [
  "-Oz",
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

function main() {
  if (!STAGING) throw new BuildError("TRUNK_STAGING_DIR is not set: run `trunk build`, not this script");
  refuseSnippets();
  refuseForgottenStyles();
  const page = withoutTrunkLines(readFileSync(path.join(STAGING, "index.html"), "utf8").replaceAll("\r\n", "\n"));
  const parts = { glue: readGlue(), wasm: packedWasm(), shell: shellScripts() };
  const single = assemble(withoutServedLines(page), parts, { scripts: [], policy: POLICY });
  const served = assemble(page, parts, { scripts: [parts.shell.register], policy: SERVED_POLICY });
  write(`${APP}.html`, single);
  write("index.html", served);
  for (const name of [`${APP}.js`, `${APP}_bg.wasm`]) rmSync(path.join(STAGING, name));
  writeServiceWorker();
  report(single, parts);
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

/** wasm-bindgen's glue, with its initialiser under the name that shell/start.js uses. */
function readGlue() {
  const glue = readFileSync(path.join(STAGING, `${APP}.js`), "utf8");
  const name = /export\s*\{[^}]*?(\w+) as default[^}]*\}/.exec(glue)?.[1] ?? /export default (\w+);/.exec(glue)?.[1];
  if (!name) throw new BuildError("the glue of this wasm-bindgen has no default export that this script knows");
  return `${glue}\nconst initialise = ${name};\n`;
}

function shellScripts() {
  const read = (name) => readFileSync(path.join(SOURCE, "shell", name), "utf8");
  return { boot: read("boot.js"), start: read("start.js"), register: read("register.js"), sw: read("sw.js") };
}

/** The app's wasm: optimised (release only), compressed, as base64. */
function packedWasm() {
  const raw = readFileSync(path.join(STAGING, `${APP}_bg.wasm`));
  const wasm = RELEASE ? optimised(raw) : raw;
  const gzip = gzipSync(wasm, { level: 9 });
  return { raw: raw.length, optimised: wasm.length, gzip: gzip.length, base64: gzip.toString("base64") };
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

/** One whole page: the scripts in place, then the policy over what is really in it. */
function assemble(page, { glue, wasm, shell }, { scripts, policy }) {
  const app = [
    `<script type="application/octet-stream;base64" id="shouwen-wasm">${wasm.base64}</script>`,
    inline(`${glue}${shell.start}`, ' type="module"'),
    ...scripts.map((text) => inline(text, ' type="module"')),
  ].join("\n");
  let html = place(page, "<!-- build:boot -->", inline(shell.boot, ""));
  html = place(html, "<!-- build:app -->", app);
  return place(html, "<!-- build:csp -->", policyTag(html, policy));
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

function policyTag(html, policy) {
  const scripts = hashes(html, /<script(?: type="module")?>([\s\S]*?)<\/script>/g);
  const styles = hashes(html, /<style[^>]*>([\s\S]*?)<\/style>/g);
  const text = Object.entries(policy).map(([name, value]) => `${name} ${value}`).join("; ");
  const content = text.replace("{scripts}", scripts).replace("{styles}", styles);
  return `<meta http-equiv="Content-Security-Policy" content="${content}">`;
}

function hashes(html, pattern) {
  const texts = [...html.matchAll(pattern)].map((found) => found[1]);
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

function write(name, text) {
  writeFileSync(path.join(STAGING, name), text);
}

function report(single, { glue, wasm }) {
  const size = statSync(path.join(STAGING, `${APP}.html`)).size;
  const kb = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;
  console.log(
    `shouwen.html ${kb(size)} of ${kb(BUDGET_BYTES)} (wasm ${kb(wasm.raw)}, optimised ${kb(wasm.optimised)}, ` +
      `gzip ${kb(wasm.gzip)}, glue ${kb(glue.length)}, base64 ${kb(wasm.base64.length)})`,
  );
  if (RELEASE && size > BUDGET_BYTES) throw new BuildError(`shouwen.html is ${size} bytes, the budget is ${BUDGET_BYTES}`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`single-file: ${error.message}`);
  process.exitCode = 1;
}
