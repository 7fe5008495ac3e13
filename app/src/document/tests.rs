#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;

/// As the bundler writes it.
const MANIFEST: &str = r#"{
  "version": "0123456789abcdef",
  "precache": ["/w/", "/pkg/boot.1.js"],
  "files": {
    "public.css": { "url": "/pkg/public.1.css", "bytes": 1, "brotli": 1 },
    "workbench.css": { "url": "/pkg/workbench.1.css", "bytes": 1, "brotli": 1 },
    "lookup.js": { "url": "/lookup.js", "bytes": 1, "brotli": 1 },
    "boot.js": { "url": "/pkg/boot.1.js", "bytes": 1, "brotli": 1 },
    "icons/icon.svg": { "url": "/icons/icon.svg", "bytes": 1, "brotli": 1 },
    "icons/apple-touch-icon.png": { "url": "/icons/apple-touch-icon.png", "bytes": 1, "brotli": null },
    "manifest.webmanifest": { "url": "/manifest.webmanifest", "bytes": 1, "brotli": 1 }
  },
  "inputs": "x"
}"#;

fn assets_of(manifest: &str) -> Result<Assets, AssetsError> {
    Assets::from_manifest(manifest, |url| {
        assert_eq!(url, "/pkg/public.1.css");
        Ok("p{color:#fff}".to_owned())
    })
}

#[test]
fn the_bundlers_list_is_read_and_a_gap_in_it_named() {
    let assets = assets_of(MANIFEST).unwrap();
    assert_eq!(assets.public_css, "p{color:#fff}");
    assert_eq!(assets.precache[0], "/w/");
    let without = MANIFEST.replace("\"lookup.js\"", "\"other.js\"");
    assert!(matches!(assets_of(&without), Err(AssetsError::Missing("lookup.js"))));
    assert!(matches!(assets_of("{"), Err(AssetsError::Unreadable(_))));
    let gone = Assets::from_manifest(MANIFEST, |_| Err(std::io::ErrorKind::NotFound.into()));
    assert!(matches!(gone, Err(AssetsError::Sheet(_))));
}

#[test]
fn the_shell_has_all_that_the_workbench_needs_and_nothing_inline() {
    let html = workbench_shell(&assets_of(MANIFEST).unwrap());
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"zh-CN\""), "{html}");
    for part in [
        r#"<div id="app""#,
        r#"id="boot-message""#,
        r#"<script type="module" src="/pkg/boot.1.js"></script>"#,
        r#"href="/pkg/workbench.1.css""#,
        r#"<link rel="manifest" href="/manifest.webmanifest""#,
        r#"name="viewport""#,
        r#"name="theme-color""#,
        "<noscript>",
        "正在打开……",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(!html.contains("<style") && !html.contains(" style=") && !html.contains(" onclick"));
    assert_eq!(html.matches("<script").count(), html.matches("src=").count());
}

#[test]
fn a_petitioners_page_brings_its_style_along_word_for_word() {
    let html = public_document("x", &assets_of(MANIFEST).unwrap(), false, ());
    assert!(html.contains("<style>p{color:#fff}</style>") && !html.contains("stylesheet"), "{html}");
}

#[test]
fn a_title_is_text() {
    let html = public_document("<b>", &assets_of(MANIFEST).unwrap(), false, view! { <p>{"<i>"}</p> });
    assert!(html.contains("&lt;b&gt;") && html.contains("&lt;i&gt;") && !html.contains("<i>"), "{html}");
}

#[test]
fn large_type_is_an_attribute_of_the_document() {
    let assets = assets_of(MANIFEST).unwrap();
    assert!(public_document("x", &assets, true, ()).contains(r#"data-type="large""#));
    assert!(!public_document("x", &assets, false, ()).contains("data-type"));
}
