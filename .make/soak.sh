#!/usr/bin/env bash
# The long form of the fault suite: 100,000 submissions from several phones (Chromium) against the real
# server, in a storm on the line, while phones and server are killed. Ends with what was submitted, what
# is on the server, what was lost and doubled, and the seconds. SOAK=n for another number, SEED=n for
# the dice of an earlier run. `make test` runs the short form (300).
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
.make/setup.sh rust wasm browser

export SOAK=${SOAK:-100000}
# A server as it is deployed: the debug build would be most of the time.
if [ -z "${HUIYIN_BIN:-}" ]; then
    say "building the server (release)"
    cargo build ${CARGO_FLAGS:-} --release -p huiyin
    export HUIYIN_BIN=$TARGET/release/huiyin
fi
[ -e "${HUIYIN_SITE:-$ROOT/site}/manifest.json" ] || .make/wasm.sh
[ -n "${HUIYIN_HARNESS:-}" ] || .make/harness.sh
say "$SOAK submissions"
cd end2end
exec npx playwright test --reporter=line offline/soak
