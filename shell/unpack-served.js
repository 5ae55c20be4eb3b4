// The served form's packing: gzip as base64, which survives whatever encoding a web server announces.

/** The wasm as a stream. */
export function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
}
