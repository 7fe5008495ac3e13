//! The petitioners' pages: rendered by the server, plain forms, no WASM; they work in the browser of
//! an old phone's chat app, without scripts and without pictures.
//!
//! Each page is a function from data to the text of a document. The script `lookup.js` adds comfort
//! only.

mod answer;
mod blank;
mod filing;
pub(crate) mod frame;
mod landing;
mod lookup;
mod message;
mod notices;
mod publications;
pub mod reception;
pub(crate) mod say;
mod sealed;
#[cfg(test)]
mod tests;
mod verify;

pub use answer::{Alongside, Answer, Asked, Note, PaperLine, answer, answer_end, answer_top};
pub use blank::blank;
pub use filing::{Draft, FOR as FILING_FOR, Filed, OWN as FILING, READ_OUT, RECEIPT, Town, confirm, filed, filing};
pub use frame::{DRAW, Frame, Office};
pub use landing::landing;
pub use lookup::{Fault, Puzzle, Typed, lookup};
pub use message::{Message, message};
pub use notices::Telling;
pub use publications::{PublicLine, PublicMatter, Removal, publication, publications, removal};
pub use say::{Saying, rating, say};
pub use sealed::sealed_answer;
pub use verify::{Proven, Verdict, verify};
