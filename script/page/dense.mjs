// Bytes as text in a page of the windows-1252 encoding: one letter a byte (base64 needs a third more).
// Four bytes cannot stand in a script element: NUL and CR (the parser changes them), "<" (it could end the element)
// and the escape sign "=" itself; they become "=" and the byte + 64. shell/dense.js reads it back.
const ESCAPE = 0x3d;
const ESCAPED = new Set([0x00, 0x0d, 0x3c, ESCAPE]);

/** The bytes in the page's form. */
export function dense(bytes) {
  const out = Buffer.alloc(bytes.length * 2);
  let length = 0;
  for (const byte of bytes) {
    if (ESCAPED.has(byte)) {
      out[length++] = ESCAPE;
      out[length++] = (byte + 64) & 255;
    } else {
      out[length++] = byte;
    }
  }
  return out.subarray(0, length);
}

/** HTML text with every letter beyond ASCII as a reference, so that it reads the same in any encoding. */
export function asciiHtml(text) {
  return [...text].map((letter) => (letter.codePointAt(0) < 128 ? letter : `&#${letter.codePointAt(0)};`)).join("");
}
