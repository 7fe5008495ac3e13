#!/usr/bin/env bash
# Installs what is missing, and nothing that is there: .make/setup.sh PART...
#   rust      a Rust compiler and a C compiler (for the embedded SQLite)
#   wasm      the standard library for wasm32
#   browser   Chromium, Chinese fonts, Node, Python and the browser tests' packages
#   browsers  Firefox and WebKit (with a screen in memory), for the tests of the other browsers
#   postgres  PostgreSQL's programs, for the throw-away cluster of the tests
# Safe to call again: the second call only looks.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

apt_updated=no

# Installs Debian packages; the package list is refreshed once.
apt_install() {
    have apt-get || die "Not a Debian machine: please install what these packages hold: $*"
    say "installing $*"
    if [ $apt_updated = no ]; then
        as_root apt-get update -qq || say "the package lists could not all be refreshed; trying with those here"
        apt_updated=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$setup_log" 2>&1 \
        || { tail -n 30 "$setup_log" >&2; die "apt-get install $* failed"; }
}

setup_log=$(mktemp)
trap 'rm -f "$setup_log"' EXIT

# Newer than or the same as the workspace's rust-version?
rust_is_new_enough() {
    have cargo && have rustc || return 1
    local want have_version
    want=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    have_version=$(rustc --version | awk '{print $2}') || return 1
    [ "$(printf '%s\n%s\n' "$want" "$have_version" | sort -V | head -n 1)" = "$want" ]
}

part_rust() {
    have cc || apt_install gcc libc6-dev
    if ! rust_is_new_enough; then
        apt_install rustc-web cargo-web
        hash -r
        rust_is_new_enough || die "The Rust compiler found first ($(command -v rustc): $(rustc --version)) is too old; please run: rustup update stable"
    fi
    say "rust: $(rustc --version)"
}

part_wasm() {
    if own_wasm_std; then
        say "wasm: library of $(rustc --version)"
        return
    fi
    if debian_wasm_std && [ -n "$(wasm_linker)" ]; then
        say "wasm: library of Debian's $(/usr/bin/rustc --version)"
        return
    fi
    if have rustup && [ "${HUIYIN_WASM_FROM:-}" != debian ]; then
        say "wasm: rustup target add $WASM_TRIPLE"
        if timeout 300 rustup target add $WASM_TRIPLE >"$setup_log" 2>&1 && own_wasm_std; then
            say "wasm: library of $(rustc --version)"
            return
        fi
        say "rustup cannot download it here ($(grep -m 1 -i error "$setup_log" || echo 'no reason given'))"
    fi
    [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -d /usr/lib/rustlib/src/rust/library ] && have wasm-ld \
        || apt_install rustc-web cargo-web rust-web-src lld
    build_debian_wasm_std
}

# Builds the wasm standard library from Debian's source package with Debian's compiler, once.
# With LTO: otherwise the library holds no bitcode and the project's own LTO fails.
build_debian_wasm_std() {
    say "wasm: building the standard library from source, once (about a minute)"
    local work
    work=$(mktemp -d)
    mkdir -p "$work/src"
    printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$work/Cargo.toml"
    printf '#![no_std]\n' >"$work/src/lib.rs"
    if ! (
        cd "$work"
        env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET \
            RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_PROFILE_RELEASE_LTO=true CARGO_TARGET_DIR="$work/target" \
            /usr/bin/cargo build --release --target $WASM_TRIPLE -Zbuild-std=std,panic_abort
    ) >"$setup_log" 2>&1; then
        tail -n 30 "$setup_log" >&2
        rm -rf "$work"
        die "the wasm standard library could not be built"
    fi
    rm -f "$work"/target/$WASM_TRIPLE/release/deps/libempty-*
    /usr/bin/rustc -vV >"$work/built-by"
    # The stamp goes in last: a broken-off copy is not taken for a finished one.
    as_root rm -rf "$DEBIAN_WASM_LIB" "$DEBIAN_WASM_STAMP"
    as_root mkdir -p "$DEBIAN_WASM_LIB"
    printf 'unfinished\n' >"$work/unfinished"
    as_root cp "$work/unfinished" "$DEBIAN_WASM_STAMP"
    as_root cp "$work"/target/$WASM_TRIPLE/release/deps/lib*.rlib "$DEBIAN_WASM_LIB/"
    as_root cp "$work/built-by" "$DEBIAN_WASM_STAMP"
    rm -rf "$work"
    debian_wasm_std || die "the wasm standard library was built but is not found"
    say "wasm: library built for Debian's $(/usr/bin/rustc --version)"
}

part_browser() {
    local missing=()
    [ -x /usr/bin/chromium ] || missing+=(chromium)
    # Without a Chinese font every screenshot is empty boxes.
    fc-list :lang=zh-cn 2>/dev/null | grep -q . || missing+=(fonts-noto-cjk fontconfig)
    have node || missing+=(nodejs)
    have npm || missing+=(npm)
    # The tests count the server's records with it, past all of the server's own code.
    python3 -c 'import sqlite3' 2>/dev/null || missing+=(python3)
    [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
    node_is_new_enough || own_node
    # The lock file's packages, again only when it has changed.
    local stamp=end2end/node_modules/.installed-from
    if ! cmp -s end2end/package-lock.json "$stamp"; then
        say "browser: npm ci in end2end"
        (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund) >"$setup_log" 2>&1 \
            || { tail -n 30 "$setup_log" >&2; die "npm ci failed"; }
        cp end2end/package-lock.json "$stamp"
    fi
    say "browser: $(/usr/bin/chromium --version 2>/dev/null || echo chromium), node $(node --version)"
}

# The browsers that Playwright does not drive: as the distribution ships them.
part_browsers() {
    local missing=()
    have firefox-esr || missing+=(firefox-esr)
    have WebKitWebDriver || missing+=(webkit2gtk-driver)
    # The tests' own browser around the library (end2end/browsers/webkit-phone.py).
    /usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1"); gi.require_version("Gtk", "3.0")' 2>/dev/null \
        || missing+=(python3-gi gir1.2-webkit2-4.1)
    have Xvfb || missing+=(xvfb)
    # Makes the certificate of the tests' https, at each run anew.
    have openssl || missing+=(openssl)
    [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
    say "browsers: $(firefox-esr --version 2>/dev/null || echo firefox), $(dpkg-query -W -f 'WebKitGTK ${Version}' libwebkit2gtk-4.1-0 2>/dev/null || echo WebKitGTK)"
}

# Playwright wants Node 20; Debian 12 has 18.
node_is_new_enough() {
    [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ]
}

# A newer Node for the tests alone: npm carries the program itself as a package. lib.sh puts it first.
own_node() {
    local machine=x64
    [ "$(uname -m)" != aarch64 ] || machine=arm64
    say "browser: Node $(node --version) is too old for the tests, fetching 20 for them alone"
    mkdir -p "$OWN_NODE"
    (cd "$OWN_NODE" && echo '{}' >package.json && npm install --no-audit --no-fund --no-package-lock "node-linux-$machine@20" \
        && ln -sfn "node_modules/node-linux-$machine/bin" bin) >"$setup_log" 2>&1 \
        || { tail -n 30 "$setup_log" >&2; die "Node 20 could not be fetched"; }
    hash -r
    node_is_new_enough || die "Node 20 was fetched and does not run: $(node --version)"
}

part_postgres() {
    if [ -z "$(postgres_bin)" ]; then
        # Programs only: the package is kept from starting a database of the machine's own.
        local no_cluster=/etc/postgresql-common/createcluster.d/huiyin.conf
        as_root mkdir -p "$(dirname $no_cluster)"
        echo 'create_main_cluster = false' | as_root tee $no_cluster >/dev/null
        apt_install postgresql-15
        as_root rm -f $no_cluster
    fi
    say "postgres: $("$(postgres_bin)/postgres" --version)"
}

[ $# -gt 0 ] || set -- rust wasm
for part in "$@"; do
    case $part in
        rust | wasm | browser | browsers | postgres) "part_$part" ;;
        *) die "unknown part $part (rust, wasm, browser, browsers, postgres)" ;;
    esac
done
