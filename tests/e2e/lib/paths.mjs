// Where the built files are. Must not build anything: script/test does that first.
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** `SHOUWEN_DIST` names another folder when several builds stand side by side. */
export const DIST = process.env.SHOUWEN_DIST ?? path.join(ROOT, "dist");
export const SINGLE_FILE = path.join(DIST, "shouwen.html");

/** The file:// address of the delivered file. Throws one clear sentence when it has not been built. */
export function singleFileUrl() {
  if (!existsSync(SINGLE_FILE)) throw new Error("dist/shouwen.html is missing: run `script/test e2e` or `trunk build --release`");
  return pathToFileURL(SINGLE_FILE).href;
}
