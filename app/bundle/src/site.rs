//! The site folder: which files it holds, under which names, and the list of them that the server reads.
//!
//! Everything below `pkg/` carries a hash of its content in its name and never changes; so it may be
//! cached for ever. The rest keeps its name. `manifest.json` says what is what:
//!
//! ```json
//! { "version": "…",                    hash over the address and content of everything in `precache`
//!   "precache": ["/w/", "/pkg/…", …],  what the service worker stores, the shell first
//!   "files": { "workbench.css": { "url": "/pkg/workbench.1a2b3c4d.css", "bytes": 1, "brotli": 1 }, … },
//!   "inputs": "…" }                    hash of what went in, so that a second run is quick
//! ```
//! `brotli` is null where no `.br` file lies beside the file. The shell `/w/` and `/sw.js` are the
//! server's: it renders the one, and fills `__VERSION__` and `__PRECACHE__` into the other.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::error::{BundleError, io, read_text};
use crate::js;
use crate::wasm::Glue;

/// The address of the page that every address of the workbench is answered with.
pub const SHELL: &str = "/w/";

/// The service worker, which the server fills and which has to keep its address.
const WORKER: &str = "sw.js";

/// Files of public/ that the workbench needs to start and to show its mark without a network.
const PRECACHED_PUBLIC: [&str; 2] = ["manifest.webmanifest", "icons/icon.svg"];

/// One file of the site.
pub struct File {
    /// Its address on the server.
    pub url: String,
    /// What is in it.
    pub content: Vec<u8>,
    /// The same, compressed; only for files that gain by it.
    pub brotli: Option<Vec<u8>>,
    /// Is it stored on the phone with the app?
    pub precached: bool,
}

impl File {
    fn new(url: String, content: Vec<u8>, precached: bool) -> Self {
        let brotli = worth_compressing(&url).then(|| compress(&content));
        Self { url, content, brotli, precached }
    }
}

/// The whole site, by logical name ("workbench.css", "icons/icon.svg").
#[derive(Default)]
pub struct Site {
    /// The files.
    pub files: BTreeMap<String, File>,
}

impl Site {
    /// Takes a file in under a name that carries its hash, and tells that address.
    fn add_hashed(&mut self, logical: &str, content: Vec<u8>, precached: bool) -> String {
        let (stem, extension) = logical.rsplit_once('.').unwrap_or((logical, ""));
        let url = format!("/pkg/{stem}.{}.{extension}", &hex(&content)[..8]);
        self.files.insert(logical.to_owned(), File::new(url.clone(), content, precached));
        url
    }

    /// The phone's bundle, which is stored for work without a network, the desk's, which is not, and
    /// boot.js with the names of their files filled in. Without a desk's bundle the phone's serves both.
    pub fn add_app(&mut self, phone: Glue, desk: Option<Glue>, boot: &Path) -> Result<(), BundleError> {
        let (js, wasm) = self.add_bundle("app", phone, true);
        let (desk_js, desk_wasm) = match desk {
            Some(desk) => self.add_bundle("desk", desk, false),
            None => (js.clone(), wasm.clone()),
        };
        let template = js::squeeze(boot, &read_text(boot)?)?;
        let values = [
            ("__APP_JS__", js.as_str()),
            ("__APP_WASM__", &wasm),
            ("__DESK_JS__", &desk_js),
            ("__DESK_WASM__", &desk_wasm),
        ];
        let filled = fill(boot, &template, &values)?;
        self.add_hashed("boot.js", filled.into_bytes(), true);
        Ok(())
    }

    /// One bundle's files; tells the addresses of its script and its module.
    fn add_bundle(&mut self, name: &str, glue: Glue, precached: bool) -> (String, String) {
        // The scripts that crates bring along are imported relative to the glue and to each other:
        // the hash goes into the name of their common folder.
        let together: Vec<u8> = glue.snippets.values().flatten().copied().collect();
        let folder = format!("snippets.{}/", &hex(&together)[..8]);
        for (snippet, content) in glue.snippets {
            let url = format!("/pkg/{}", snippet.replacen("snippets/", &folder, 1));
            // Both bundles mostly bring the same scripts; what the phone stores stays marked so.
            let logical = if precached { snippet } else { format!("{name}/{snippet}") };
            self.files.insert(logical, File::new(url, content, precached));
        }
        let js = glue.js.replace("./snippets/", &format!("./{folder}"));
        let js = self.add_hashed(&format!("{name}.js"), js.into_bytes(), precached);
        let wasm = self.add_hashed(&format!("{name}.wasm"), glue.wasm, precached);
        (js, wasm)
    }

    /// The officials' and the petitioners' style sheets.
    pub fn add_styles(&mut self, workbench: String, public: String) {
        self.add_hashed("workbench.css", workbench.into_bytes(), true);
        self.add_hashed("public.css", public.into_bytes(), false);
    }

    /// The files of public/: pages' scripts under a name with a hash, the worker and everything
    /// else as they are. boot.js is not among them: it goes out filled.
    pub fn add_public(&mut self, files: BTreeMap<String, Vec<u8>>) {
        for (name, content) in files {
            if name == "boot.js" || name.rsplit('/').next().is_some_and(|file| file.starts_with('.')) {
                continue;
            }
            if name != WORKER && name.ends_with(".js") {
                self.add_hashed(&name, content, false);
                continue;
            }
            let precached = PRECACHED_PUBLIC.contains(&name.as_str());
            self.files.insert(name.clone(), File::new(format!("/{name}"), content, precached));
        }
    }

    /// What the phone stores to start without a network, the shell first.
    pub fn precache(&self) -> Vec<&str> {
        let files = self.files.values().filter(|file| file.precached);
        std::iter::once(SHELL).chain(files.map(|file| file.url.as_str())).collect()
    }

    /// Changes exactly when something in the precache changes.
    pub fn version(&self) -> String {
        let mut hash = Sha256::new();
        for file in self.files.values().filter(|file| file.precached) {
            hash.update(format!("{} {}\n", file.url, hex(&file.content)));
        }
        hex_of(&hash.finalize())[..16].to_owned()
    }

    /// The list that the server reads at its start.
    pub fn manifest(&self, inputs: &str) -> Value {
        let files: serde_json::Map<String, Value> = self
            .files
            .iter()
            .map(|(name, file)| {
                let brotli = file.brotli.as_ref().map(Vec::len);
                (name.clone(), json!({ "url": file.url, "bytes": file.content.len(), "brotli": brotli }))
            })
            .collect();
        json!({ "version": self.version(), "precache": self.precache(), "files": files, "inputs": inputs })
    }

    /// Writes all files and the manifest below `folder`, which is made.
    pub fn write(&self, folder: &Path, inputs: &str) -> Result<(), BundleError> {
        for file in self.files.values() {
            let path = folder.join(file.url.trim_start_matches('/'));
            put(&path, &file.content)?;
            if let Some(brotli) = &file.brotli {
                put(&path.with_added_extension("br"), brotli)?;
            }
        }
        let manifest = format!("{:#}\n", self.manifest(inputs));
        put(&folder.join("manifest.json"), manifest.as_bytes())
    }
}

fn put(path: &Path, content: &[u8]) -> Result<(), BundleError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| io(folder, e))?;
    }
    std::fs::write(path, content).map_err(|e| io(path, e))
}

/// Puts values in the place of placeholders, each of which has to be there.
fn fill(path: &Path, template: &str, values: &[(&'static str, &str)]) -> Result<String, BundleError> {
    let mut text = template.to_owned();
    for (placeholder, value) in values {
        if !text.contains(placeholder) {
            return Err(BundleError::Placeholder { path: path.to_path_buf(), placeholder });
        }
        text = text.replace(placeholder, value);
    }
    Ok(text)
}

/// Text and wasm gain by compression. sw.js is not compressed here: the server fills it first.
fn worth_compressing(url: &str) -> bool {
    let extension = url.rsplit('.').next().unwrap_or_default();
    url.trim_start_matches('/') != WORKER
        && matches!(extension, "js" | "css" | "wasm" | "svg" | "json" | "webmanifest" | "html" | "txt" | "xml")
}

fn compress(content: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        // The largest window that browsers accept.
        lgwin: 24,
        // One block for the whole of it: 0.7 KB less for the app's module.
        lgblock: 24,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    // Between a slice and a vector no input or output can fail; a file without its .br would be
    // served as it is.
    let written = brotli::BrotliCompress(&mut &content[..], &mut out, &params);
    debug_assert!(written.is_ok());
    out
}

/// SHA-256 of the content, in hexadecimal.
pub fn hex(content: &[u8]) -> String {
    hex_of(&Sha256::digest(content))
}

fn hex_of(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    fn glue() -> Glue {
        Glue {
            js: "import './snippets/x-1234/inline0.js'; export function start() {}".to_owned(),
            wasm: b"\0asm".to_vec(),
            snippets: BTreeMap::from([("snippets/x-1234/inline0.js".to_owned(), b"1".to_vec())]),
        }
    }

    fn desk() -> Glue {
        Glue { js: "export function start() {} // desk".to_owned(), wasm: b"\0asm desk".to_vec(), ..glue() }
    }

    fn site(boot: &str) -> Result<Site, BundleError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("boot.js");
        std::fs::write(&path, boot).unwrap();
        let mut site = Site::default();
        site.add_public(BTreeMap::from([
            ("boot.js".to_owned(), boot.as_bytes().to_vec()),
            ("sw.js".to_owned(), b"__VERSION__".to_vec()),
            ("lookup.js".to_owned(), b"1;".to_vec()),
            ("icons/icon.svg".to_owned(), b"<svg/>".to_vec()),
            ("icons/icon-192.png".to_owned(), b"png".to_vec()),
            ("manifest.webmanifest".to_owned(), b"{}".to_vec()),
        ]));
        site.add_styles(".w{}".to_owned(), ".p{}".to_owned());
        site.add_app(glue(), Some(desk()), &path)?;
        Ok(site)
    }

    const BOOT: &str = "import('__APP_JS__'); fetch('__APP_WASM__'); import('__DESK_JS__'); fetch('__DESK_WASM__')";

    #[test]
    fn the_phone_stores_exactly_what_the_workbench_needs() {
        let site = site(BOOT).unwrap();
        let url = |name: &str| site.files[name].url.clone();
        assert_eq!(
            site.precache(),
            [
                "/w/",
                url("app.js").as_str(),
                url("app.wasm").as_str(),
                url("boot.js").as_str(),
                "/icons/icon.svg",
                "/manifest.webmanifest",
                url("snippets/x-1234/inline0.js").as_str(),
                url("workbench.css").as_str(),
            ]
        );
    }

    #[test]
    fn boot_names_the_files_of_its_own_build() {
        let site = site(BOOT).unwrap();
        let boot = String::from_utf8(site.files["boot.js"].content.clone()).unwrap();
        let url = |name: &str| site.files[name].url.clone();
        let (phone, desk) = ((url("app.js"), url("app.wasm")), (url("desk.js"), url("desk.wasm")));
        let expected = [phone, desk].map(|(js, wasm)| format!("import('{js}'); fetch('{wasm}')")).join("; ");
        assert_eq!(boot.trim_end(), expected);
        assert!(url("desk.wasm").starts_with("/pkg/desk.") && !site.files["desk.wasm"].precached);
        assert!(site.files["boot.js"].url.starts_with("/pkg/boot."));
    }

    #[test]
    fn scripts_of_crates_and_pages_carry_a_hash_and_are_found() {
        let site = site(BOOT).unwrap();
        let snippet = &site.files["snippets/x-1234/inline0.js"].url;
        let glue = String::from_utf8(site.files["app.js"].content.clone()).unwrap();
        assert!(snippet.starts_with("/pkg/snippets.") && snippet.ends_with("/x-1234/inline0.js"), "{snippet}");
        assert!(glue.contains(&snippet.replacen("/pkg/", "'./", 1)), "{glue}");
        assert!(site.files["lookup.js"].url.starts_with("/pkg/lookup."));
        assert_eq!(site.files["sw.js"].url, "/sw.js");
    }

    #[test]
    fn a_boot_script_without_its_placeholder_is_refused() {
        assert!(matches!(
            site("import('__APP_JS__')"),
            Err(BundleError::Placeholder { placeholder: "__APP_WASM__", .. })
        ));
    }

    #[test]
    fn the_version_follows_what_is_stored_and_nothing_else() {
        let first = site(BOOT).unwrap();
        let mut same = site(BOOT).unwrap();
        same.add_hashed("public.css", b".q{}".to_vec(), false);
        assert_eq!(first.version(), same.version());
        same.add_hashed("workbench.css", b".q{}".to_vec(), true);
        assert_ne!(first.version(), same.version());
    }

    #[test]
    fn text_lies_compressed_beside_itself_and_pictures_and_the_worker_do_not() {
        let dir = tempfile::tempdir().unwrap();
        let site = site(BOOT).unwrap();
        site.write(dir.path(), "x").unwrap();
        let there = |name: &str| dir.path().join(name).is_file();
        assert!(there("icons/icon.svg.br") && there("manifest.webmanifest.br"));
        assert!(there("sw.js") && !there("sw.js.br") && !there("icons/icon-192.png.br"));
        assert!(!there("boot.js"));
        let packed = std::fs::read(dir.path().join(format!("{}.br", &site.files["app.js"].url[1..]))).unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, site.files["app.js"].content);
    }

    #[test]
    fn the_manifest_has_what_the_server_reads() {
        let site = site(BOOT).unwrap();
        let manifest = site.manifest("in");
        assert_eq!(manifest["version"], site.version());
        assert_eq!(manifest["precache"][0], "/w/");
        assert_eq!(manifest["files"]["public.css"]["bytes"], 4);
        assert!(manifest["files"]["app.wasm"]["brotli"].is_u64());
        assert!(manifest["files"]["icons/icon-192.png"]["brotli"].is_null());
    }
}
