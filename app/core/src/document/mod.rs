//! 文书: the papers of a matter, filled from what is known of it, and refused while a part that the law
//! asks for is missing.
//!
//! [`table`] says for each kind who may issue it, in whose name, under which word it is numbered and who
//! reads it. [`fill`] makes its [`Content`] out of a matter, the [`Facts`] around it and what the issuer
//! types; it answers with every [`Lack`] at once, so that a person mends a paper in one go. A part counts
//! as missing when it is empty, and also when nothing but a word for nothing (无, 略, 待定) stands in it.
//!
//! Number, version and proof are not known here: the store gives them when a paper is issued, and from
//! then on the content is never made again. A newer wording is a new version with a reason.
//!
//! The prose of papers stands in [`forms`] and nowhere else; names of kinds and parts as screens show them
//! stand in the app's texts. Phones need none of this: they know the names of kinds and parts only.

mod part;
pub mod table;

#[cfg(not(target_arch = "wasm32"))]
mod asks;
#[cfg(not(target_arch = "wasm32"))]
mod compose;
#[cfg(not(target_arch = "wasm32"))]
mod content;
#[cfg(not(target_arch = "wasm32"))]
pub mod forms;
#[cfg(not(target_arch = "wasm32"))]
mod proof;

pub use part::{Lack, Part, Shape, Why};
pub use table::{DocumentKind, Organ, Reader, document_number};

#[cfg(not(target_arch = "wasm32"))]
pub use asks::{Ask, asks, prefilled};
#[cfg(not(target_arch = "wasm32"))]
pub use compose::{CodeWords, EarlierDocument, Facts, fill, says_nothing};
#[cfg(not(target_arch = "wasm32"))]
pub use content::{Block, Content, Section, Signature};
#[cfg(not(target_arch = "wasm32"))]
pub use proof::{ProofCode, ProofCodeError};

#[cfg(test)]
mod tests;
