//! Every Chinese word that people read: from a typed code to plain prose, and nowhere else.
//!
//! No crate below this one knows a sentence; the server uses the same functions for its messages,
//! so the phone, the desk and a bare HTTP answer say the same thing. Sentences are short, say what
//! happened, what was kept and what to do, and hold no officialese and no foreign letters.

pub mod actor;
pub mod audit;
pub mod audit_list;
pub mod clock;
pub mod command;
pub mod document;
pub mod event;
pub mod field;
pub mod holidays;
pub mod import;
pub mod matter;
pub mod paths;
pub mod problem;
pub mod public;
pub mod publication;
pub mod record;
pub mod refusal;
#[cfg(not(target_arch = "wasm32"))]
pub mod report;
pub mod screen;
pub mod sealed;
pub mod stage;
#[cfg(test)]
mod tests;

use case_core::text::TextError;
pub use case_core::text::chinese_number;

/// 诉求一: the name of a demand by its place, from 0.
#[must_use]
pub fn demand_name(at: usize) -> String {
    ["诉求", &chinese_number(at + 1)].concat()
}

/// What is wrong with a text that was typed into the field called `label`.
#[must_use]
pub fn text_error(label: &str, error: TextError) -> String {
    match error {
        TextError::Empty => ["还没有写", label, "。"].concat(),
        TextError::TooLong { max } => [label, "太长，最多 ", &max.to_string(), " 个字，请删短一些。"].concat(),
    }
}
