// Reads back what script/page/dense.mjs wrote. Must not know what the bytes are.

// What the bytes 0x80 to 0x9F are as letters of windows-1252; all others are their own number.
const HIGH = "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

const BLOCK = 512; // as in script/page/dense.mjs

/** The bytes of a text. A page that was read in another encoding (a server said so) is an error. */
export function undense(text) {
  const byteOf = new Map([...HIGH].map((letter, index) => [letter.charCodeAt(0), 128 + index]));
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let key = 0;
  let left = 0; // letters of the block that are still to come
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at);
    if (code === 61) {
      code = text.charCodeAt(++at) - 64;
    } else if (code > 255) {
      code = byteOf.get(code);
      if (code === undefined) throw new Error("文件的编码被改变了：请从文件夹直接打开 shouwen.html。The file was read in a wrong encoding; open it from its folder.");
    }
    if (left-- === 0) {
      key = code;
      left = BLOCK;
    } else {
      bytes[length++] = code ^ key;
    }
  }
  return bytes.subarray(0, length);
}
