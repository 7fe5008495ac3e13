//! 记事、更正、材料 while they are being written down: one small form for the three.

use case_core::field::{About, Attachment, Correction, Evidence, Note, Payload};
use case_core::id::RecordId;
use case_core::time::Moment;
use serde::{Deserialize, Serialize};

use super::codes::Raises;
use super::read::{Name, Reader, Why, Wrong, moment_input};

/// A few words, perhaps with files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlainForm {
    /// When it happened.
    pub at: String,
    /// The words.
    pub text: String,
    /// The files.
    pub files: Vec<Attachment>,
}

impl Raises for PlainForm {}

impl PlainForm {
    /// A new one, begun now.
    #[must_use]
    pub fn begin(now: Moment) -> Self {
        Self { at: moment_input(now), ..Self::default() }
    }

    /// 记事, or what is wrong.
    ///
    /// # Errors
    /// What is wrong, at least one thing.
    pub fn note(&self, about: About, now: Moment) -> Result<Note, Vec<Wrong>> {
        let mut reader = Reader::new();
        let text = reader.text(Name::Text, &self.text);
        let at = reader.moment(Name::When, &self.at, now).unwrap_or(now);
        reader.finish(text.map(|text| Note { about, at, text, attachments: self.files.clone() }))
    }

    /// 材料, or what is wrong.
    ///
    /// # Errors
    /// What is wrong, at least one thing.
    pub fn evidence(&self, about: About, now: Moment) -> Result<Evidence, Vec<Wrong>> {
        let mut reader = Reader::new();
        let title = reader.text(Name::FileTitle, &self.text);
        if self.files.is_empty() {
            reader.note(Name::Files, Why::NoFile);
        }
        let at = reader.moment(Name::When, &self.at, now).unwrap_or(now);
        reader.finish(title.map(|title| Evidence { about, at, title, attachments: self.files.clone() }))
    }

    /// 更正, or what is wrong.
    ///
    /// # Errors
    /// What is wrong, at least one thing.
    pub fn correction(&self, corrects: RecordId, about: Option<About>) -> Result<Correction, Vec<Wrong>> {
        let mut reader = Reader::new();
        let text = reader.text(Name::Right, &self.text);
        reader.finish(text.map(|text| Correction { corrects, about, text }))
    }
}

/// About what a correction of this record is; `None` when the record names nothing that is known
/// anywhere (a reception of a stranger who asked for nothing): the correction then names the record only.
#[must_use]
pub fn about(payload: &Payload) -> Option<About> {
    match payload {
        Payload::Note(note) => Some(note.about),
        Payload::Correction(correction) => correction.about,
        Payload::Evidence(evidence) => Some(evidence.about),
        other => {
            let names = other.names();
            let raised = || super::codes::raised(other).first().map(|raised| raised.id);
            let matter = names.matter.map(About::Matter);
            matter.or(names.household.map(About::Household)).or_else(|| raised().map(About::Matter))
        }
    }
}
