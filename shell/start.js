// Unpacks the app's wasm from the data script of this page and starts it. `glue` is wasm-bindgen's output.
// Must not fetch anything: the page's policy forbids every connection.
import initialise from "glue";
import { unpacked } from "unpack";

async function start() {
  const packed = document.getElementById("shouwen-wasm");
  const stream = unpacked(packed.textContent);
  packed.remove();
  await initialise({ module_or_path: new Response(stream, { headers: { "Content-Type": "application/wasm" } }) });
}

if (!window.shouwenBoot.old) {
  window.shouwenBoot.begin();
  start().then(window.shouwenBoot.started, window.shouwenBoot.fail);
}
