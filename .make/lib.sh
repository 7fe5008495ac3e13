# Shared by the scripts of this folder; sourced, never run. Bash 4 or later.
# shellcheck shell=bash

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

# Where cargo writes. Set from outside (a folder kept between runs) or the usual one.
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
case $TARGET in /*) ;; *) TARGET=$ROOT/$TARGET ;; esac
export CARGO_TARGET_DIR=$TARGET

WASM_TRIPLE=wasm32-unknown-unknown
# Debian's own toolchain, the fall-back when rustup cannot download the wasm library.
DEBIAN_WASM_LIB=/usr/lib/rustlib/$WASM_TRIPLE/lib
DEBIAN_WASM_STAMP=/usr/lib/rustlib/$WASM_TRIPLE/built-by

# A Node for the browser tests, where the machine's own is too old (setup.sh). Empty elsewhere.
OWN_NODE=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/huiyin-node
PATH=$OWN_NODE/bin:$PATH

STARTED=$SECONDS

# One line of progress, with the minutes and seconds since the script began.
say() {
    local t=$((SECONDS - STARTED))
    printf '▸ %02d:%02d %s\n' $((t / 60)) $((t % 60)) "$*"
}

die() {
    printf '✗ %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root, or says which command the reader has to run.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        die "This needs root once. Please run:  sudo $*"
    fi
}

# Does the compiler that a plain `cargo` uses have the wasm library?
# HUIYIN_WASM_FROM=debian takes the fall-back where both ways are open, so that it can be tried.
own_wasm_std() {
    have rustc && [ "${HUIYIN_WASM_FROM:-}" != debian ] || return 1
    local lib
    lib=$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$WASM_TRIPLE/lib
    compgen -G "$lib/libstd-*.rlib" >/dev/null || return 1
    # Debian's compiler with a library that we built: only when it is of the same build.
    [ "$(readlink -f "$lib")" != "$(readlink -f "$DEBIAN_WASM_LIB")" ] || debian_wasm_std
}

# Is Debian's wasm library there, and made by the compiler that is installed now?
debian_wasm_std() {
    [ -x /usr/bin/rustc ] && compgen -G "$DEBIAN_WASM_LIB/libstd-*.rlib" >/dev/null || return 1
    # Without a stamp it came as a package, which keeps in step by itself.
    [ ! -e "$DEBIAN_WASM_STAMP" ] || /usr/bin/rustc -vV | cmp -s - "$DEBIAN_WASM_STAMP"
}

# The linker for wasm modules: rustup's own where there is one, else Debian's.
wasm_linker() {
    local found
    if have rustup; then
        found=$(compgen -G "$(rustc --print sysroot)/lib/rustlib/*/bin/rust-lld" | head -n 1 || true)
        if [ -n "$found" ]; then
            echo "$found"
            return
        fi
    fi
    command -v wasm-ld || true
}

# Sets wasm_cargo: the cargo that builds for wasm here, with what it needs to be told.
wasm_toolchain() {
    if own_wasm_std; then
        wasm_cargo=(cargo)
    elif debian_wasm_std; then
        local linker
        linker=$(wasm_linker)
        [ -n "$linker" ] || die "no linker for wasm; please run: .make/setup.sh wasm"
        wasm_cargo=(env RUSTC=/usr/bin/rustc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$linker" /usr/bin/cargo)
    else
        die "no standard library for $WASM_TRIPLE; please run: .make/setup.sh wasm"
    fi
}

# The folder with initdb and pg_ctl, the newest version there is.
postgres_bin() {
    local initdb
    initdb=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || true)
    [ -n "$initdb" ] || initdb=$(command -v initdb || true)
    [ -z "$initdb" ] || dirname "$initdb"
}

# A throw-away PostgreSQL: own folder, own port on 127.0.0.1, gone with stop_postgres. Sets
# POSTGRES_URL. Durable writes stay on, as in production: the bench is to be honest.
POSTGRES_URL=
POSTGRES_DIR=
start_postgres() {
    local bin port user=postgres as=()
    bin=$(postgres_bin)
    [ -n "$bin" ] || die "no PostgreSQL; please run: .make/setup.sh postgres"
    POSTGRES_DIR=$(mktemp -d /tmp/huiyin-postgres.XXXXXX)
    if [ "$(id -u)" = 0 ]; then
        # PostgreSQL refuses to run as root.
        chown postgres "$POSTGRES_DIR"
        as=(runuser -u postgres --)
    fi
    POSTGRES_AS=("${as[@]}")
    (cd "$POSTGRES_DIR" && "${as[@]}" "$bin/initdb" -D "$POSTGRES_DIR/data" -U $user -A trust -E UTF8 \
        --locale=C.UTF-8 >"$POSTGRES_DIR.log" 2>&1) || { cat "$POSTGRES_DIR.log" >&2; return 1; }
    # A port that is free now can be taken a moment later: then another one is tried.
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        if (cd "$POSTGRES_DIR" && "${as[@]}" "$bin/pg_ctl" -D "$POSTGRES_DIR/data" -w -t 60 -l "$POSTGRES_DIR/data/server.log" \
            -o "-h 127.0.0.1 -p $port -k $POSTGRES_DIR -c max_connections=200 -c log_connections=on" start >>"$POSTGRES_DIR.log" 2>&1); then
            POSTGRES_URL=postgres://$user@127.0.0.1:$port/postgres
            return 0
        fi
    done
    cat "$POSTGRES_DIR.log" >&2
    return 1
}

stop_postgres() {
    [ -n "$POSTGRES_DIR" ] || return 0
    (cd "$POSTGRES_DIR" && "${POSTGRES_AS[@]}" "$(postgres_bin)/pg_ctl" -D "$POSTGRES_DIR/data" -m immediate stop) >/dev/null 2>&1 || true
    rm -rf "$POSTGRES_DIR" "$POSTGRES_DIR.log"
    POSTGRES_DIR=
}
