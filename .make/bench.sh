#!/usr/bin/env bash
# Measures: what masking finds in running text, the domain rules, five years of a county, accepted visits and look-ups
# per second, what guessing query codes takes, a million hostile requests, the petitioners' pages in Lighthouse, and the
# offline engine in the browser. No tests; only `county` ends with 1 where a list is over its bar. `.make/bench.sh masking`, `rules`, `codes`, `county`,
# `server`, `fuzz`, `public` or `offline` measures only that.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
PARTS=${*:-masking rules codes county server fuzz public offline}
trap stop_postgres EXIT

for part in $PARTS; do
    case $part in
    masking)
        .make/setup.sh rust
        say "particulars found in running text: invented texts, then real ones where there are any"
        cargo test ${CARGO_FLAGS:-} -q -p case_core --test masking -- --nocapture
        cargo bench ${CARGO_FLAGS:-} -p case_core --bench masking
        ;;
    rules)
        .make/setup.sh rust
        say "the domain's rules"
        cargo bench ${CARGO_FLAGS:-} -p case_core --bench rules
        ;;
    codes)
        .make/setup.sh rust
        say "what an attacker needs to hit one of 1,000,000 live query codes, by the limits that hold"
        cargo test ${CARGO_FLAGS:-} -q -p huiyin --lib guard::odds -- --nocapture
        ;;
    county)
        .make/setup.sh rust
        say "what a receipt costs"
        cargo bench ${CARGO_FLAGS:-} -p case_store --bench durable
        say "five years of a county: loading, each list of the desk, the audit"
        cargo bench ${CARGO_FLAGS:-} -p huiyin --bench county
        ;;
    server)
        .make/setup.sh rust postgres
        start_postgres
        say "accepted visits and look-ups, on SQLite and on PostgreSQL"
        HUIYIN_TEST_POSTGRES=$POSTGRES_URL cargo bench ${CARGO_FLAGS:-} -p huiyin --bench throughput
        stop_postgres
        ;;
    fuzz)
        .make/setup.sh rust
        say "random, malformed and hostile requests: ${HUIYIN_FUZZ:-1000000}"
        cargo bench ${CARGO_FLAGS:-} -p huiyin --bench fuzz
        ;;
    public)
        .make/setup.sh rust wasm browser
        say "the server, as it is delivered"
        cargo build ${CARGO_FLAGS:-} --release -p huiyin
        .make/wasm.sh
        say "Lighthouse over the petitioners' pages"
        (cd end2end/lighthouse && npm install --no-package-lock --no-audit --no-fund --loglevel=error &&
            HUIYIN_BIN=$TARGET/release/huiyin HUIYIN_SITE=$ROOT/site node run.mjs)
        ;;
    offline)
        .make/setup.sh rust wasm browser
        say "the server, as it is delivered"
        cargo build ${CARGO_FLAGS:-} --release -p huiyin
        .make/wasm.sh
        .make/harness.sh
        say "the offline engine in the browser (five rounds over a slow line take their time)"
        (cd end2end && HUIYIN_BIN=$TARGET/release/huiyin HUIYIN_SITE=$ROOT/site npx playwright test -c bench)
        ;;
    *) die "nothing called $part is measured" ;;
    esac
done
