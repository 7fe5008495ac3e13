//! The petitioners' pages: rendered by the server, plain forms, no WASM; they work in the browser of
//! an old phone's chat app, without scripts and without pictures.
//!
//! Each page is a function from data to the text of a document. The script `lookup.js` adds comfort
//! only.

mod answer;
mod frame;
mod landing;
mod lookup;
mod message;
mod publications;
mod say;
mod sealed;
#[cfg(test)]
mod tests;
mod verify;

pub use answer::{Asked, Note, PaperLine, answer};
pub use frame::{Frame, Office};
pub use landing::landing;
pub use lookup::{Fault, Puzzle, lookup};
pub use message::{Message, message};
pub use publications::{PublicLine, PublicMatter, Removal, publication, publications, removal};
pub use say::{Saying, rating, say};
pub use sealed::sealed_answer;
pub use verify::{Proven, Verdict, verify};
