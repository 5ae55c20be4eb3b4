// A tiny static server for one folder, on the loopback address only. Must not serve anything outside that folder.
// As a program: node script/serve.mjs FOLDER [PORT]
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".html": "text/html", // each page names its own encoding
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};

/** The file that an address names, or null when there is none inside `root`. */
async function resolveFile(root, url) {
  let name;
  try {
    name = decodeURIComponent(new URL(url, "http://loopback").pathname);
  } catch {
    return null;
  }
  if (name.includes("\0")) return null;
  const wanted = path.join(root, name.endsWith("/") ? `${name}index.html` : name);
  try {
    const file = await realpath(wanted); // a link that leads out of the folder counts as outside
    const inside = file.startsWith(root + path.sep);
    return inside && (await stat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}

/** Starts serving `folder` on 127.0.0.1; resolves with the listening http.Server. `port` 0 picks a free one. */
export async function serveFolder(folder, port = 0) {
  const root = await realpath(folder);
  const server = createServer(async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    const file = await resolveFile(root, request.url);
    if (!file) {
      response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("not found\n");
      return;
    }
    const type = TYPES[path.extname(file).toLowerCase()] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff" });
    if (request.method === "HEAD") response.end();
    else createReadStream(file).on("error", () => response.destroy()).pipe(response);
  });
  await new Promise((done, failed) => server.once("error", failed).listen(port, "127.0.0.1", done));
  return server;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder = "dist", port = "8080"] = process.argv.slice(2);
  try {
    const server = await serveFolder(folder, Number(port));
    console.log(`http://127.0.0.1:${server.address().port}/`);
  } catch (error) {
    const reason = error.code === "EADDRINUSE" ? `port ${port} is taken; choose another with --port N` : error.message;
    console.error(`serve: ${reason}`);
    process.exitCode = 1;
  }
}
