// Takes apart what the data script of this page carries (glue, styles, wasm, packed together) and starts the app.
// Must not fetch anything: the page's policy forbids every connection and allows just these texts, by their hashes.
import { unpacked } from "unpack";

async function start() {
  const packed = document.getElementById("shouwen-wasm");
  const sizes = packed.dataset.parts.split(" ").map(Number);
  const { heads, rest } = await split(unpacked(packed.textContent), sizes);
  packed.remove();
  const [glue, styles] = heads.map((bytes) => new TextDecoder().decode(bytes));
  insert("style", styles);
  insert("script", glue);
  await window.shouwenGlue({ module_or_path: new Response(rest, { headers: { "Content-Type": "application/wasm" } }) });
}

/** The first parts of a stream, of known sizes, and the rest as a stream, so that the wasm compiles while it unpacks. */
async function split(stream, sizes) {
  const reader = stream.getReader();
  let left = new Uint8Array(0);
  const heads = [];
  for (const size of sizes) {
    const head = new Uint8Array(size);
    for (let have = 0; have < size; ) {
      if (!left.length) {
        const { done, value } = await reader.read();
        if (done) throw new Error("文件不完整，请重新拷贝一份。The file is incomplete; copy it again.");
        left = value;
      }
      const take = left.subarray(0, size - have);
      head.set(take, have);
      have += take.length;
      left = left.subarray(take.length);
    }
    heads.push(head);
  }
  const rest = new ReadableStream({
    start: (out) => (left.length ? out.enqueue(left) : undefined),
    pull: (out) => reader.read().then(({ done, value }) => (done ? out.close() : out.enqueue(value))),
  });
  return { heads, rest };
}

function insert(kind, text) {
  const element = document.createElement(kind);
  element.textContent = text;
  document.head.append(element);
}

if (!window.shouwenBoot.old) {
  window.shouwenBoot.begin();
  start().then(window.shouwenBoot.started, window.shouwenBoot.fail);
}
