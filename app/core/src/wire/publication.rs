//! 公示: a matter and its answer on the public page, without particulars, if the petitioner agreed.
//!
//! ```text
//!             propose              check: yes
//!   nothing ──────────► proposed ─────────────► published
//!              ▲            │ check: no             │
//!              └──────── returned                   │
//!                           └────── withdraw ───────┴──► withdrawn
//! ```
//! It has a life of its own beside the matter's: nothing of it stands in the matter's journal, each step in the
//! audit chain. Who checks is another than who proposed (四眼). When the petitioner takes the consent back, it is
//! withdrawn in the same transaction.

use serde::{Deserialize, Serialize};

use crate::id::{MatterId, PublicationId};
use crate::mask::running::Piece;
use crate::text::{LongText, Paragraph, ShortText, Title};
use crate::time::Moment;

/// How a publication stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationState {
    /// 待核对.
    Proposed,
    /// 退回修改.
    Returned,
    /// 已公示.
    Published,
    /// 已撤下.
    Withdrawn,
}

impl PublicationState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Returned, Self::Published, Self::Withdrawn];

    /// As it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Returned => "returned",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From what is stored.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Why a matter cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hurdle {
    /// The petitioner has not agreed.
    NoConsent,
    /// The petitioner wants to stay unknown.
    Anonymous,
    /// No answer has been delivered yet.
    Unanswered,
}

/// What the public reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationText {
    /// 标题.
    pub title: Title,
    /// 反映的事.
    pub content: LongText,
    /// 答复.
    pub reply: LongText,
}

/// What is asked and answered, word for word, with marks where particulars were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedText {
    /// 标题.
    pub title: Vec<Piece>,
    /// 反映的事.
    pub content: Vec<Piece>,
    /// 答复.
    pub reply: Vec<Piece>,
}

/// 撤下请求: somebody says on the public page that this is theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plea {
    /// When.
    pub at: Moment,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Paragraph>,
    /// A phone to call back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ShortText>,
}

/// 公示件, as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Its address; tells nothing of the matter.
    pub id: PublicationId,
    /// Of which matter.
    pub matter: MatterId,
    /// How it stands.
    pub state: PublicationState,
    /// Counts what was changed: who checks names what was read.
    pub revision: u32,
    /// What the public reads.
    pub text: PublicationText,
    /// 答复单位.
    pub unit: ShortText,
    /// Month of the answer, 2026-03.
    pub month: ShortText,
    /// Who proposed it.
    pub proposed_by: ShortText,
    /// When.
    pub proposed_at: Moment,
    /// Who checked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_by: Option<ShortText>,
    /// Why it was sent back or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Paragraph>,
    /// Requests that wait for an answer, the first one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pleas: Vec<Plea>,
}

/// `GET /api/v1/matters/{id}/publication`: everything that proposing and checking need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationDesk {
    /// 公开意愿: whether the petitioner agrees.
    pub willing: bool,
    /// Why it cannot be published now; nothing of the texts is sent then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hurdle: Option<Hurdle>,
    /// 原文.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<MarkedText>,
    /// What the machine would publish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<PublicationText>,
    /// What there is already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<Publication>,
    /// Whether this person may propose it now.
    pub may_propose: bool,
    /// Whether this person may decide on the proposal now.
    pub may_check: bool,
}

/// `POST /api/v1/matters/{id}/publication`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposePublication {
    /// The revision that was on the screen; 0: there was none.
    pub seen: u32,
    /// What the public is to read.
    pub text: PublicationText,
}

/// `POST /api/v1/matters/{id}/publication/check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckPublication {
    /// The revision that was read.
    pub seen: u32,
    /// Whether it goes out.
    pub publish: bool,
    /// What is to be mended, when it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Paragraph>,
}

/// `POST /api/v1/matters/{id}/publication/withdraw`, and `…/keep` for requests that are not followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerPlea {
    /// Why.
    pub words: Paragraph,
}

/// `POST /api/v1/matters/{id}/publication/wish`: the petitioner agrees now, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationWish {
    /// Whether.
    pub willing: bool,
}

/// A line of the work list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationLine {
    /// Its address.
    pub id: PublicationId,
    /// Of which matter.
    pub matter: MatterId,
    /// 标题, as the public reads it.
    pub title: Title,
    /// How it stands.
    pub state: PublicationState,
    /// Since when.
    pub at: Moment,
    /// Requests that wait.
    pub pleas: u32,
}

/// `GET /api/v1/publications`: what waits first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationList {
    /// At most 200.
    pub lines: Vec<PublicationLine>,
    /// 公开回复率, below: matters whose petitioners agree, and that are answered (已办结).
    pub agreed: u32,
    /// Above: those of them that are published.
    pub published: u32,
}
