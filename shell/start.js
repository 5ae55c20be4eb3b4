// Unpacks the app's wasm from the data script of this page and starts it. Appended to wasm-bindgen's glue, whose
// initialiser is `initialise`. Must not fetch anything: the page's policy forbids every connection.
async function start() {
  const packed = document.getElementById("shouwen-wasm");
  const bytes = Uint8Array.from(atob(packed.textContent.trim()), (letter) => letter.charCodeAt(0));
  packed.remove();
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const response = new Response(unpacked, { headers: { "Content-Type": "application/wasm" } });
  await initialise({ module_or_path: response });
}

if (!window.shouwenBoot.old) {
  window.shouwenBoot.begin();
  start().then(window.shouwenBoot.started, window.shouwenBoot.fail);
}
