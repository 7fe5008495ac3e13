#!/usr/bin/env bash
# From a bare machine to the running server: http://127.0.0.1:3000, database data/huiyin.db.
# DEMO=0 starts without the demo county; HUIYIN_* and DATABASE_URL are those of the server (README.md).
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

.make/setup.sh rust wasm
# Together, so that what both need is built once.
say "building the server and the bundle tool (the first time takes several minutes)"
cargo build ${CARGO_FLAGS:-} --release -p huiyin -p bundle --bins
HUIYIN_BUNDLE=$TARGET/release/bundle .make/wasm.sh
mkdir -p -m 700 data
arguments=(serve)
[ "${DEMO:-1}" = 0 ] || arguments+=(--demo)
say "starting the server; stop it with Ctrl-C"
exec "$TARGET/release/huiyin" "${arguments[@]}"
