//! 文书 of a matter: what was issued, what can be issued now, and what is missing for it.

use serde::{Deserialize, Serialize};

use crate::document::{DocumentKind, Lack, Part, Shape};
use crate::id::DocumentId;
use crate::text::{Paragraph, ShortText};
use crate::time::Moment;

/// `GET /api/v1/matters/{id}/documents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentShelf {
    /// Every version of every document, the oldest first.
    pub issued: Vec<IssuedDocument>,
    /// What the person may issue, possible now or not.
    pub possible: Vec<PossibleDocument>,
}

/// A document as it was issued. `POST /api/v1/matters/{id}/documents` answers with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedDocument {
    /// Identity of this version.
    pub id: DocumentId,
    /// Its kind.
    pub kind: DocumentKind,
    /// 文号; the same for all versions.
    pub number: String,
    /// From 1.
    pub version: u16,
    /// Whether a later version took its place.
    pub replaced: bool,
    /// When.
    pub issued_at: Moment,
    /// By whom.
    pub issued_by: ShortText,
    /// Why it took the place of the version before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Paragraph>,
    /// It shows particulars, and the reader has to say first what for (查看完整信息).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// A kind that the person may issue for this matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PossibleDocument {
    /// The kind.
    pub kind: DocumentKind,
    /// What the matter lacks for it; nothing that is typed can help. Empty: it can be issued.
    pub lacks: Vec<Lack>,
    /// The form.
    pub asks: Vec<DocumentAsk>,
    /// The document whose next version it would be, where there can be one only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<DocumentId>,
    /// It would show particulars, and the reader has to say first what for (查看完整信息). Until then no field
    /// holds any.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAsk {
    /// What for.
    pub part: Part,
    /// What is typed.
    pub shape: Shape,
    /// Whether it must be there.
    pub needed: bool,
    /// What it holds before anybody types.
    #[serde(default)]
    pub value: String,
    /// The answers of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// `POST /api/v1/matters/{id}/documents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueRequest {
    /// Made by the client: sent again, it issues once.
    pub id: DocumentId,
    /// The kind.
    pub kind: DocumentKind,
    /// What was typed.
    pub fields: Vec<DocumentField>,
    /// The document whose next version this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<DocumentId>,
    /// Why a version is replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Paragraph>,
}

/// What was typed for a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentField {
    /// Which.
    pub part: Part,
    /// As it was typed.
    pub value: String,
}
