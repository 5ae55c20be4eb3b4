// Bytes as text in a page of the windows-1252 encoding: one letter a byte (base64 needs a third more).
// A few bytes cannot stand in a script element: NUL and CR (the parser changes them), "<" before "/" and "!" (it could
// end the element or open a comment) and the escape sign "=" itself; they become "=" and the byte + 64. Each block begins
// with a number that all its bytes are xored with, chosen so that hardly any has to be escaped.
// shell/dense.js reads it back.
const ESCAPE = 0x3d;
const BLOCK = 512; // as in shell/dense.js

/** The bytes in the page's form. */
export function dense(bytes) {
  const out = [];
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = bytes.subarray(at, at + BLOCK);
    let best = null;
    for (let key = 0; key < 256; key++) {
      const text = written(block, key);
      if (!best || text.length < best.length) best = text;
    }
    out.push(best);
  }
  return Buffer.concat(out);
}

/** The key and the block under it. */
function written(block, key) {
  const out = Buffer.alloc(2 * block.length + 2);
  let length = 0;
  const put = (byte, next) => {
    // Without a look at what follows the block, "<" at its end is escaped.
    const opens = byte === 0x3c && (next === undefined || next === 0x2f || next === 0x21);
    if (byte === 0x00 || byte === 0x0d || byte === ESCAPE || opens) {
      out[length++] = ESCAPE;
      out[length++] = (byte + 64) & 255;
    } else {
      out[length++] = byte;
    }
  };
  put(key, undefined);
  for (let at = 0; at < block.length; at++) {
    put(block[at] ^ key, at + 1 < block.length ? block[at + 1] ^ key : undefined);
  }
  return out.subarray(0, length);
}

/** HTML text with every letter beyond ASCII as a reference, so that it reads the same in any encoding. */
export function asciiHtml(text) {
  return [...text].map((letter) => (letter.codePointAt(0) < 128 ? letter : `&#${letter.codePointAt(0)};`)).join("");
}
