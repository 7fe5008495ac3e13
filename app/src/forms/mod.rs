//! Half-filled forms of the field, and what they become.
//!
//! A form is plain data: texts as they were typed, choices as far as they were made. It is kept as a
//! draft at every keystroke, so every part may be missing ([`serde`]'s `default`). `finish` reads it
//! into a record; what stands against that names the field ([`Wrong`]), and the screen moves there.
//! Nothing here knows a screen: all of it is tested on any machine.

mod interview;
mod item;
mod read;
mod return_visit;
#[cfg(test)]
mod tests;
mod visit;

pub use interview::{AnswerForm, InterviewForm, Said};
pub use item::{ItemForm, RaiseForm};
pub use read::{Name, Spot, Why, Wrong, moment_input, read_moment};
pub use return_visit::{Received, ReturnForm};
pub use visit::VisitForm;
