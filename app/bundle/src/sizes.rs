//! What the two audiences have to download, and how much it may be. 1 KB is 1,000 bytes here.

use std::fmt::Write;

use serde_json::Value;

use crate::error::BundleError;

/// All that the officials' app downloads to be able to start without a network.
// What counts most against it is what each type brings along: its reader and writer of JSON (ours are in
// app/core/src/json, made for this), its views, its futures. A type more is some hundred bytes each time.
const APP_LIMIT_KB: f64 = 450.0;
/// The look-up page's style sheet; the page itself comes on top and is measured in the browser.
const PUBLIC_CSS_LIMIT_KB: f64 = 24.0;

/// The sizes in a manifest, as a table to print and as a verdict.
pub struct Report {
    /// The table.
    pub table: String,
    over: String,
}

impl Report {
    /// Adds up the sizes of a site's manifest.
    pub fn of(manifest: &Value) -> Self {
        let stored: Vec<&str> =
            manifest["precache"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut table = format!("{:<46} {:>10} {:>10}\n", "file", "bytes", "brotli");
        let mut total = 0;
        let mut public = 0;
        for (name, file) in manifest["files"].as_object().into_iter().flatten() {
            let bytes = file["bytes"].as_u64().unwrap_or_default();
            let wire = file["brotli"].as_u64().unwrap_or(bytes);
            let url = file["url"].as_str().unwrap_or_default();
            if name == "public.css" {
                public = wire;
            } else if stored.contains(&url) {
                total += wire;
            } else {
                continue;
            }
            let _ = writeln!(table, "{url:<46} {bytes:>10} {wire:>10}");
        }
        let (total, public) = (kilo(total), kilo(public));
        let _ = writeln!(
            table,
            "official's app, all it downloads to start offline: {total:.1} KB brotli (limit {APP_LIMIT_KB})"
        );
        let _ = writeln!(
            table,
            "look-up page, its style sheet: {public:.1} KB brotli (limit {PUBLIC_CSS_LIMIT_KB}), no wasm"
        );
        let mut over = String::new();
        if total > APP_LIMIT_KB {
            let _ = write!(over, " the official's app ({total:.1} KB)");
        }
        if public > PUBLIC_CSS_LIMIT_KB {
            let _ = write!(over, " the look-up page's style sheet ({public:.1} KB)");
        }
        Self { table, over }
    }

    /// An error when a bar is broken.
    pub fn verdict(&self) -> Result<(), BundleError> {
        if self.over.is_empty() { Ok(()) } else { Err(BundleError::OverBar(self.over.clone())) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn kilo(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;
    use serde_json::json;

    fn manifest(wasm: u64, css: u64) -> Value {
        json!({ "precache": ["/w/", "/pkg/app.wasm", "/icons/icon.png"], "files": {
            "app.wasm": { "url": "/pkg/app.wasm", "bytes": 9_000_000, "brotli": wasm },
            "icons/icon.png": { "url": "/icons/icon.png", "bytes": 1_000, "brotli": null },
            "icons/other.png": { "url": "/icons/other.png", "bytes": 800_000, "brotli": null },
            "public.css": { "url": "/pkg/public.css", "bytes": 90_000, "brotli": css } } })
    }

    #[test]
    fn only_what_is_stored_counts_and_as_it_travels() {
        let report = Report::of(&manifest(449_000, 4_000));
        assert!(report.table.contains("start offline: 450.0 KB"), "{}", report.table);
        assert!(report.verdict().is_ok());
    }

    #[test]
    fn a_byte_more_is_too_much() {
        assert!(Report::of(&manifest(449_001, 4_000)).verdict().is_err());
        assert!(Report::of(&manifest(1, 24_001)).verdict().is_err());
    }
}
