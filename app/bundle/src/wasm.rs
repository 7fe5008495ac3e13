//! From the compiler's wasm module to the two files a browser can load.

use std::collections::BTreeMap;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use crate::error::{BundleError, io, read, read_text};
use crate::js;

/// The browser's half of the app.
pub struct Glue {
    /// The JavaScript module that loads the wasm.
    pub js: String,
    /// The wasm without names and debug sections.
    pub wasm: Vec<u8>,
    /// Scripts that crates bring along; `js` imports them by these relative paths.
    pub snippets: BTreeMap<String, Vec<u8>>,
}

/// Runs wasm-bindgen (target web) on the module at `wasm`; `scratch` is an empty folder.
pub fn bind(wasm: &Path, scratch: &Path) -> Result<Glue, BundleError> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name("app")
        .typescript(false)
        .debug(false)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // boot.js names the wasm file: its name carries a hash.
        .omit_default_module_path(true);
    let refused = |error: &dyn std::fmt::Display| BundleError::Bindgen(error.to_string());
    let bindgen = bindgen.web(true).map_err(|e| refused(&e))?;
    bindgen.generate_output().and_then(|mut output| output.emit(scratch)).map_err(|e| refused(&format!("{e:#}")))?;

    let path = scratch.join("app.js");
    let js = js::squeeze(&path, &read_text(&path)?)?;
    if !exports_start(&js) {
        return Err(BundleError::NoStart);
    }
    let mut snippets = BTreeMap::new();
    collect(scratch, &scratch.join("snippets"), &mut snippets)?;
    let (js, wasm) = js::shorten(&js, &read(&scratch.join("app_bg.wasm"))?);
    Ok(Glue { js, wasm, snippets })
}

/// The engine's test page: the files stay as wasm-bindgen makes them, so that a stack trace names its
/// functions.
pub fn bind_harness(wasm: &Path, out: &Path) -> Result<(), BundleError> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("harness").typescript(false).keep_debug(false);
    let refused = |error: &dyn std::fmt::Display| BundleError::Bindgen(error.to_string());
    let bindgen = bindgen.web(true).map_err(|e| refused(&e))?;
    std::fs::create_dir_all(out).map_err(|e| io(out, e))?;
    bindgen.generate_output().and_then(|mut output| output.emit(out)).map_err(|e| refused(&format!("{e:#}")))
}

/// Does the module export the function that boot.js calls?
fn exports_start(js: &str) -> bool {
    js.contains("export function start(")
}

/// All files below `folder`, named relative to `base`.
pub fn collect(base: &Path, folder: &Path, into: &mut BTreeMap<String, Vec<u8>>) -> Result<(), BundleError> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(|e| io(folder, e))? {
        let path = entry.map_err(|e| io(folder, e))?.path();
        if path.is_dir() {
            collect(base, &path, into)?;
        } else if let Ok(name) = path.strip_prefix(base) {
            into.insert(name.to_string_lossy().replace('\\', "/"), read(&path)?);
        }
    }
    Ok(())
}
