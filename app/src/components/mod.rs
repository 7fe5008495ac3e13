//! The parts that screens are made of, one per file. Those without a condition work in the server's
//! pages as well.

pub mod chips;
pub mod deadline;
pub mod field;
pub mod icon;
pub mod notice;

#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod case_file;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod check;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod dialog;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod loading;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod matter_row;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod page;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod place;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod receipt;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod switch;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod toast;
