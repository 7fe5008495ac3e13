//! What can go wrong while bundling. The reader is a developer, so the texts are English.

use std::path::{Path, PathBuf};

/// A failed bundling, with the file that it failed on.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The command line could not be understood.
    #[error(
        "usage: bundle --wasm FILE [--desk FILE] --root PROJECT --out FOLDER, or bundle --harness FILE --out FOLDER ({0})"
    )]
    Usage(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// wasm-bindgen refused the module.
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),
    /// The module lacks the entry that boot.js calls.
    #[error(
        "the wasm module has no exported `start`: app/src/lib.rs needs `#[wasm_bindgen] pub fn start()` and feature csr"
    )]
    NoStart,
    /// A style sheet or a script that browsers would read differently from us.
    #[error("{path}: {reason}")]
    Style {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A template lacks a placeholder, so its file would go out unfilled.
    #[error("{path}: the placeholder {placeholder} is missing")]
    Placeholder {
        /// The template.
        path: PathBuf,
        /// The text that has to be in it.
        placeholder: &'static str,
    },
    /// Something weighs more than it may.
    #[error("too big for the phone line:{0}")]
    OverBar(String),
}

/// Reads a file; the error names it.
pub fn read(path: &Path) -> Result<Vec<u8>, BundleError> {
    std::fs::read(path).map_err(|source| io(path, source))
}

/// Reads a text file; the error names it.
pub fn read_text(path: &Path) -> Result<String, BundleError> {
    std::fs::read_to_string(path).map_err(|source| io(path, source))
}

/// An input or output error with its file.
pub fn io(path: &Path, source: std::io::Error) -> BundleError {
    BundleError::Io { path: path.to_path_buf(), source }
}
