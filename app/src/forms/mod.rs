//! Half-filled forms of the field, and what they become.
//!
//! A form is plain data: texts as they were typed, choices as far as they were made. It is kept as a
//! draft at every keystroke, so every part may be missing ([`serde`]'s `default`). `finish` reads it
//! into a record; what stands against that names the field ([`Wrong`]), and the screen moves there.
//! Nothing here knows a screen: all of it is tested on any machine.

mod codes;
mod encounter;
mod interview;
mod item;
#[cfg(test)]
mod more_tests;
mod plain;
mod read;
mod return_visit;
mod roster;
#[cfg(test)]
mod tests;
mod visit;

pub use codes::{Codes, Raises, Told, raised, told};
pub use encounter::{CONTENT_LEAST, IntakeForm, ReceptionForm};
pub use interview::{AnswerForm, InterviewForm, Said};
pub use item::{ItemForm, RaiseForm};
pub use plain::{PlainForm, about};
pub use read::{Name, Spot, Why, Wrong, moment_input, read_moment};
pub use return_visit::{Received, ReturnForm};
pub use roster::{MemberForm, RosterForm, clashing, settle, with_own};
pub use visit::VisitForm;
