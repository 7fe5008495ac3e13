#!/usr/bin/env bash
# All tests, from a bare machine. Steps share one target folder and one set of features, so that
# nothing is built twice. The last line is `N passed, N failed`; a step that ran no test has failed.
#
# Each step writes to target/test-logs/NAME.log; of a failed one the end is printed.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export CARGO_TERM_COLOR=never NO_COLOR=1
LOGS=$TARGET/test-logs
rm -rf "$LOGS"
mkdir -p "$LOGS"
PASSED=0
FAILED=0

finish() {
    local code=$?
    trap - EXIT
    stop_postgres
    # Broken off (a bug here, or Ctrl-C) is not passed.
    [ -n "${DONE:-}" ] || FAILED=$((FAILED + 1))
    [ "$FAILED" -gt 0 ] && [ $code = 0 ] && code=1
    echo "$PASSED passed, $FAILED failed"
    exit $code
}
trap finish EXIT
trap 'exit 130' INT TERM

# Runs a command into its log; every half minute a line tells what it is doing.
logged() {
    local log=$LOGS/$1.log pid waited=0
    shift
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    while kill -0 $pid 2>/dev/null; do
        sleep 1
        waited=$((waited + 1))
        [ $((waited % 30)) != 0 ] || say "  … $(tail -n 1 "$log" | cut -c 1-100)"
    done
    wait $pid
}

passed() {
    PASSED=$((PASSED + $1))
}

# A failed step: counts, and shows the end of its log.
failed() {
    local count=$1 name=$2
    FAILED=$((FAILED + count))
    echo "✗ $name"
    { grep -nE '^(error|warning|failures:|---- |test .* FAILED|thread .* panicked)' "$LOGS/$name.log" | head -n 40 || true; echo …; tail -n "${3:-60}" "$LOGS/$name.log"; } | cut -c 1-300
}

# A step that is one check.
check() {
    local name=$1
    say "$name"
    if logged "$@"; then
        passed 1
    else
        failed 1 "$name"
        return 1
    fi
}

# Adds up the `test result:` lines of a log.
count_rust() {
    local name=$1 code=$2 good bad
    good=$(sed -nE 's/^test result: .* ([0-9]+) passed; .*/\1/p' "$LOGS/$name.log" | paste -sd+ | bc_sum)
    bad=$(sed -nE 's/^test result: .* ([0-9]+) failed; .*/\1/p' "$LOGS/$name.log" | paste -sd+ | bc_sum)
    say "  $good passed, $bad failed"
    passed "$good"
    if [ "$bad" -gt 0 ]; then
        failed "$bad" "$name" 120
    elif [ "$code" != 0 ] || [ "$good" = 0 ]; then
        failed 1 "$name" 120
    fi
}

bc_sum() {
    local line
    read -r line || line=0
    echo $((${line:-0}))
}

# The server's and the store's integration tests, as "FOLDER PROGRAM" lines.
database_tests() {
    sed -nE '/"kind":\["test"\]/s#.*"manifest_path":"([^"]*/server(/store)?)/Cargo.toml".*"test":true.*"executable":"([^"]+)".*#\1 \3#p' \
        "$LOGS/artifacts.json"
}

# The same programs again, this time on PostgreSQL; cargo is not asked, so nothing is built. The
# store's tests name their database themselves, the server's take the one of the run.
on_postgres() {
    local folder program code=0
    while read -r folder program; do
        echo "Running $program"
        (cd "$folder" && CARGO_MANIFEST_DIR=$folder HUIYIN_TEST_POSTGRES=$POSTGRES_URL "$program" --skip on_sqlite --skip in_memory) || code=1
    done < <(database_tests)
    return $code
}

connections() {
    grep -c 'connection authorized' "$POSTGRES_DIR/data/server.log" 2>/dev/null || true
}

# Playwright's own report says how many; a test that passed only at its second try is told.
count_playwright() {
    local code=$1 report=$LOGS/browser.json numbers good bad flaky skipped
    numbers=$(node -e '
        const { stats } = JSON.parse(require("fs").readFileSync(process.argv[1]));
        console.log(stats.expected + stats.flaky, stats.unexpected, stats.flaky, stats.skipped);' "$report" 2>/dev/null) || numbers="0 0 0 0"
    read -r good bad flaky skipped <<<"$numbers"
    say "  $good passed, $bad failed, $flaky at the second try only, $skipped left out"
    passed "$good"
    if [ "$bad" -gt 0 ]; then
        failed "$bad" browser 150
    elif [ "$code" != 0 ] || [ "$good" = 0 ]; then
        failed 1 browser 150
    fi
}

.make/setup.sh rust wasm browser browsers postgres

# 1. Form and lints.
if cargo fmt --version >/dev/null 2>&1; then
    check format cargo fmt --all --check || true
else
    say "format: left out, no rustfmt here"
fi
if cargo clippy --version >/dev/null 2>&1; then
    check clippy cargo clippy ${CARGO_FLAGS:-} --workspace --all-targets -- -D warnings || true
else
    say "clippy: left out, it is not installed here"
fi

# 2. Unit, property and server tests, on SQLite.
say "building the tests (the first time takes several minutes)"
build_tests() {
    cargo test ${CARGO_FLAGS:-} --workspace --no-run --message-format=json-render-diagnostics >"$LOGS/artifacts.json"
}
if logged build build_tests; then
    say "tests, on SQLite"
    code=0
    logged tests env -u HUIYIN_TEST_POSTGRES -u DATABASE_URL cargo test ${CARGO_FLAGS:-} --workspace --no-fail-fast -- --skip on_postgres || code=$?
    count_rust tests $code

    # 3. The server's and the store's tests, on PostgreSQL.
    say "the same server and store tests, on PostgreSQL"
    if start_postgres; then
        code=0
        logged postgres on_postgres || code=$?
        count_rust postgres $code
        # Tests that quietly went to SQLite again would prove nothing.
        if [ "$(connections)" -lt 3 ]; then
            echo "the tests hardly connected to PostgreSQL ($(connections) connections)" >>"$LOGS/postgres.log"
            failed 1 postgres 5
        fi
    else
        echo "PostgreSQL did not start" >>"$LOGS/postgres.log"
        failed 1 postgres
    fi
    stop_postgres
else
    failed 1 build
fi

# 4. The officials' app, as phones get it. The bar on its size is in the bundle tool.
say "the officials' app (wasm)"
code=0
# The tool has just been built with the tests; without it (they did not build) it is built here.
if [ -x "$TARGET/debug/bundle" ]; then export HUIYIN_BUNDLE=$TARGET/debug/bundle; fi
logged bundle .make/wasm.sh || code=$?
if [ $code = 0 ]; then
    passed 1
    sed -n '/^file .*bytes/,$p' "$LOGS/bundle.log"
else
    failed 1 bundle
fi
if grep -q '^warning: ' "$LOGS/bundle.log"; then
    failed 1 bundle 1
fi

# The engine without screens, for the tests that break its line and its phone. Its tests fail without
# it, so a failure here stops nothing.
check harness .make/harness.sh || true

# 5. The browsers, against the server that the tests have built.
export HUIYIN_BIN=$TARGET/debug/huiyin HUIYIN_SITE=$ROOT/site
if [ $code = 0 ] && logged server cargo build ${CARGO_FLAGS:-} --workspace --bins; then
    say "tests in the browser"
    code=0
    in_browser() {
        cd end2end
        PLAYWRIGHT_JSON_OUTPUT_NAME=$LOGS/browser.json PLAYWRIGHT_JSON_OUTPUT_FILE=$LOGS/browser.json \
            npx playwright test --reporter=list,json
    }
    logged browser in_browser || code=$?
    count_playwright $code
else
    echo "no app or no server: the browser tests could not run" >"$LOGS/browser.log"
    failed 1 browser
fi

DONE=yes
exit 0
