// Two small servers for the tests: one that only notes what reaches it, one that serves dist/. Both on loopback.
import { createServer } from "node:http";
import { serveFolder } from "../../../script/serve.mjs";
import { DIST } from "./paths.mjs";

/** A server that answers everything politely and remembers it: `{ url, port, seen, close }`. */
export async function noteTaker() {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "Access-Control-Allow-Origin": "*", "Content-Type": "text/plain" });
    response.end("noted");
  });
  server.on("upgrade", (request, socket) => {
    seen.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  // Only bytes count: Chromium opens an empty connection for a form or frame before it asks the page's policy.
  server.on("clientError", (error, socket) => {
    if (socket.bytesRead > 0) seen.push(`BYTES ${socket.bytesRead}`);
    socket.destroy();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}`, port, seen, close: () => closeNow(server) };
}

/** dist/ on a free port (or `port`): `{ url, port, close }`. */
export async function serveDist(port = 0) {
  const server = await serveFolder(DIST, port);
  const actual = server.address().port;
  return { url: `http://127.0.0.1:${actual}`, port: actual, close: () => closeNow(server) };
}

function closeNow(server) {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
}
