# Shared by bootstrap, server and test: versions, paths, short messages. Sourced by bash; must not do anything by itself.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TOOLS="$ROOT/.tools"
TRUNK_VERSION="0.21.14"     # 0.22 needs a newer rustc than the one this project is built with
NEXTEST_VERSION="0.9.143"   # used only where no cargo-nextest is installed yet
NODE_MAJOR=20
STAMP="$TOOLS/built"        # digest of the last dist/shouwen.html that script/server or script/test built
TOOLCHAIN_FILE="$TOOLS/wasm-toolchain" # name of the Rust toolchain for wasm where the default one cannot do it

export PATH="$TOOLS/bin:$PATH"
export RUST_BACKTRACE="${RUST_BACKTRACE_IN_TESTS:-0}" # Trunk prints a page of its own backtrace for every compile error
cd "$ROOT"

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# The exact version of a crate in Cargo.lock: the command-line tool of wasm-bindgen must match it.
locked_version() {
  awk -v name="$1" '$1 == "name" && $3 == "\"" name "\"" { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# Runs a command with the toolchain that can compile for wasm (the default one unless bootstrap had to use another).
with_wasm() {
  if [ -s "$TOOLCHAIN_FILE" ]; then RUSTUP_TOOLCHAIN="$(cat "$TOOLCHAIN_FILE")" "$@"; else "$@"; fi
}

digest() { sha256sum "$1" | cut -d' ' -f1; }

# True when dist/shouwen.html is what the last build wrote and no source is newer than that build's start.
dist_is_fresh() {
  [ -s "$STAMP" ] && [ -e dist/shouwen.html ] || return 1
  [ "$(cat "$STAMP")" = "$(digest dist/shouwen.html)" ] || return 1
  local sources=(Cargo.toml Cargo.lock .cargo Trunk.toml index.html package-lock.json build.rs
    src crates packs public shell style script/single-file.mjs script/page)
  local present=() source
  for source in "${sources[@]}"; do [ -e "$source" ] && present+=("$source"); done
  [ -z "$(find "${present[@]}" -newer "$STAMP" -print -quit)" ]
}

# Builds dist/ (release). Nothing to do when nothing has changed.
build_dist() {
  if dist_is_fresh; then
    say "dist/ is up to date."
    return 0
  fi
  say "Building dist/ (a minute or more the first time, seconds afterwards)…"
  mkdir -p "$TOOLS"
  touch "$STAMP.new" # its time is the build's start, so that an edit during the build is not missed
  with_wasm trunk build --release || return 1
  touch -r "$STAMP.new" "$STAMP.time"
  digest dist/shouwen.html >"$STAMP"
  touch -r "$STAMP.time" "$STAMP"
  rm -f "$STAMP.new" "$STAMP.time"
}
