//! The program itself, as .make/wasm.sh calls it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::path::Path;
use std::process::{Command, Output};

fn bundle(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bundle")).args(args).output().unwrap()
}

fn project(dir: &Path) {
    std::fs::create_dir_all(dir.join("style")).unwrap();
    std::fs::create_dir_all(dir.join("public")).unwrap();
    std::fs::write(dir.join("style/main.css"), ".a{}").unwrap();
    std::fs::write(dir.join("style/public.css"), ".a{}").unwrap();
    std::fs::write(dir.join("public/boot.js"), "__APP_JS__ __APP_WASM__ __DESK_JS__ __DESK_WASM__").unwrap();
    // The smallest module there is: it has no `start`.
    std::fs::write(dir.join("empty.wasm"), b"\0asm\x01\0\0\0").unwrap();
}

#[test]
fn a_missing_or_unknown_argument_is_named() {
    for (args, word) in [
        (&["--wasm", "x"][..], "--root is missing"),
        (&["--dir", "x"], "unknown --dir"),
        (&["--out"], "--out without a value"),
    ] {
        let output = bundle(args);
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains(word));
    }
}

#[test]
fn a_module_without_start_leaves_the_old_site_alone() {
    let dir = tempfile::tempdir().unwrap();
    project(dir.path());
    std::fs::create_dir(dir.path().join("site")).unwrap();
    std::fs::write(dir.path().join("site/old"), "old").unwrap();
    let wasm = dir.path().join("empty.wasm");
    let output = bundle(&["--wasm", wasm.to_str().unwrap(), "--root", dir.path().to_str().unwrap(), "--out", "site"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("no exported `start`"), "{said}");
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
    assert_eq!(std::fs::read_to_string(dir.path().join("site/old")).unwrap(), "old");
}
