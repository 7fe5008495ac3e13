//! What the audit chain says of all else that is chained: where each journal ended when it last grew, and what
//! each document was when it was issued. What is there now must reach as far, and be the same up to there.

use std::collections::BTreeMap;

use case_core::audit::Deed;
use case_core::digest::Digest;
use case_core::id::{DocumentId, MatterId, SealedReportId};

/// An entry of a journal, and its hash.
pub(crate) type Known = (u32, Digest);

/// What was told so far; a later word replaces an earlier one.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Of matters.
    pub(crate) journals: BTreeMap<MatterId, Known>,
    /// Of the sealed channel's reports.
    pub(crate) sealed: BTreeMap<SealedReportId, Known>,
    /// Of the journal of the sealed channel's keys.
    pub(crate) keys: Option<Known>,
    /// The digest of each document.
    pub(crate) documents: BTreeMap<DocumentId, Digest>,
}

impl Told {
    /// Takes in what an entry says.
    pub(crate) fn hear(&mut self, deed: Deed) {
        match deed {
            Deed::Adopted { matters } | Deed::MattersMoved { matters } => {
                self.journals.extend(matters.into_iter().map(|moved| (moved.id, (moved.length, moved.head))));
            }
            Deed::SealedMoved { report, length, head, .. } => {
                self.sealed.insert(report, (length, head));
            }
            Deed::SealedKey { length, head, .. } => self.keys = Some((length, head)),
            Deed::DocumentIssued { document, digest, .. } => {
                self.documents.insert(document, digest);
            }
            _ => {}
        }
    }
}
