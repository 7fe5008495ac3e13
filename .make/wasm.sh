#!/usr/bin/env bash
# Builds the officials' app: the wasm module of crate `app`, then the site folder around it.
# The module is always the small one that phones get (profile "wasm"); so tests see what users see.
# HUIYIN_BUNDLE names a bundle tool that is built already; else it is built here.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

wasm_toolchain

# Two bundles of one crate: the one that starts first, which must stay small, and the full one. Both
# come out under the same name, so each is put aside.
BUILT=$TARGET/wasm/$WASM_TRIPLE/wasm
build_bundle() { # features, file
    CARGO_TARGET_DIR=$TARGET/wasm "${wasm_cargo[@]}" build ${CARGO_FLAGS:-} \
        -p app --lib --features "$1" --profile wasm --target $WASM_TRIPLE
    cp "$BUILT/app.wasm" "$BUILT/$2"
}
say "building the officials' app for the phone (wasm, smallest size; the first time takes some minutes)"
build_bundle csr phone.wasm
say "building the officials' app with all screens"
build_bundle desk desk.wasm

if [ -z "${HUIYIN_BUNDLE:-}" ]; then
    say "building the bundle tool"
    cargo build ${CARGO_FLAGS:-} -p bundle
    HUIYIN_BUNDLE=$TARGET/debug/bundle
fi

say "writing site/"
exec "$HUIYIN_BUNDLE" --wasm "$BUILT/phone.wasm" --desk "$BUILT/desk.wasm" --root "$ROOT" --out site
