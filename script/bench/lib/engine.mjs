// Builds the engine's plain wasm library (crates/core/examples/bench_wasm.rs) and wraps it for the benchmarks.
// Must not measure anything.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const TARGET = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target");
const DAY_MS = 86_400_000;

function cargo(args) {
  const named = path.join(ROOT, ".tools/wasm-toolchain");
  const toolchain = existsSync(named) ? { RUSTUP_TOOLCHAIN: readFileSync(named, "utf8").trim() } : {};
  execFileSync("cargo", args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...toolchain } });
}

/** A library's bytes, built with the project's release profile (the app's own: small, link-time optimised). */
export function buildWasm(example = "bench_wasm") {
  cargo(["build", "--quiet", "--release", "-p", "shouwen-core", "--example", example, "--target", "wasm32-unknown-unknown"]);
  return readFileSync(path.join(TARGET, `wasm32-unknown-unknown/release/examples/${example}.wasm`));
}

/** The native program that answers the same queries; built with the same profile. */
export function buildNative() {
  cargo(["build", "--quiet", "--release", "-p", "shouwen-core", "--example", "workdays"]);
  return path.join(TARGET, "release/examples/workdays");
}

export const numberOf = (date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
export const dateOf = (number) => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** `{ exports, byText }`: the functions as they are, and working-day addition from text to text. */
export async function start(bytes) {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const { exports } = instance;
  if (exports.ready() !== 1) throw new Error("the engine has no notices");
  const place = exports.text();
  let memory = new Uint8Array(exports.memory.buffer);
  const letters = new Array(10);
  function byText(date, n) {
    if (memory.length === 0) memory = new Uint8Array(exports.memory.buffer);
    for (let i = 0; i < 10; i += 1) memory[place + i] = date.charCodeAt(i);
    if (exports.nth_working_day_text(n) === 0) return null;
    for (let i = 0; i < 10; i += 1) letters[i] = memory[place + i];
    return String.fromCharCode.apply(null, letters);
  }
  return { exports, byText };
}

/** A line about the machine and the versions, for whoever reads the figures later. */
export function machine() {
  const cpus = os.cpus();
  const rust = execFileSync("rustc", ["--version"], { encoding: "utf8" }).trim();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const load = os.loadavg()[0].toFixed(1);
  return `${new Date().toISOString().slice(0, 10)}, ${cpus.length} x ${cpus[0].model.trim()}, ${memory} GiB, ${os.type()} ${os.release()}, Node ${process.versions.node}, ${rust}; load ${load}`;
}
