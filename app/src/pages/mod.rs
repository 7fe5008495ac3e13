//! The screens, one a file.

#[cfg(feature = "ssr")]
pub mod paper;
#[cfg(feature = "ssr")]
pub mod public;
#[cfg(feature = "ssr")]
pub mod report;

#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod admin;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod field;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod office;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod review;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod session;
