// The single file's packing: xz (a third smaller than gzip) as dense text.
import xz from "xz-decompress";

/** The wasm as a stream. */
export function unpacked(text) {
  return new xz.XzReadableStream(new Blob([window.shouwenUndense(text)]).stream());
}
