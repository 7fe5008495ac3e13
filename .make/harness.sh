#!/usr/bin/env bash
# Builds the engine's test page (app/offline/harness) into target/harness, for the browser tests that
# want the engine without screens. Never shipped; nothing of it lies in site/.
# HUIYIN_BUNDLE names a bundle tool that is built already; else it is built here.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

wasm_toolchain
say "building the engine's test page (wasm)"
CARGO_TARGET_DIR=$TARGET/wasm "${wasm_cargo[@]}" build ${CARGO_FLAGS:-} \
    -p offline_harness --lib --profile harness --target $WASM_TRIPLE

if [ -z "${HUIYIN_BUNDLE:-}" ]; then
    say "building the bundle tool"
    cargo build ${CARGO_FLAGS:-} -p bundle
    HUIYIN_BUNDLE=$TARGET/debug/bundle
fi

say "writing target/harness/"
exec "$HUIYIN_BUNDLE" --harness "$TARGET/wasm/$WASM_TRIPLE/harness/offline_harness.wasm" --out "$TARGET/harness"
