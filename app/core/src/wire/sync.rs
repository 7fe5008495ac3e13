//! Sync: records up ([`PushRequest`]), work area down ([`PullRequest`]).
//!
//! - `POST /api/v1/sync/push`: up to [`MAX_PUSH`] records in the order in which they were made. Each
//!   has its own transaction and its own [`Outcome`]; one that cannot be read is set aside with its
//!   reason and does not stop the others. Sending again is always safe: the answer is the same.
//! - `POST /api/v1/sync/pull`: what changed in the official's area since the cursor, and what left
//!   it. The cursor is opaque; without one everything comes, page by page. When the server answers
//!   `reset`, the phone forgets its work area (never its records) before it takes the page.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::code::MatterNumber;
use crate::digest::Digest;
use crate::field::{Flag, RecordFault};
use crate::id::{AccountId, DeviceId, HouseholdId, MatterId, RecordId};
use crate::matter::{Commitment, Demand, Stage};
use crate::place::DivisionCode;
use crate::text::{Paragraph, ShortText, Title};
use crate::time::{Clock, Moment};

/// The most records of one push.
pub const MAX_PUSH: usize = 50;

/// Records on their way up. Kept as raw JSON here, so that one bad record is one bad outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PushRequest {
    /// [`super::PROTOCOL`] of the phone.
    pub protocol: u16,
    /// The browser that sends.
    pub device: DeviceId,
    /// In the order in which they were made.
    pub records: Vec<serde_json::Value>,
}

/// The answer to a push: one outcome per record, in the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PushResponse {
    /// The server's clock.
    pub server_time: Moment,
    /// One per record.
    pub outcomes: Vec<Outcome>,
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is on the server for good, now or since an earlier try.
    Stored {
        /// The proof.
        receipt: Receipt,
    },
    /// The server cannot make a record of it. The phone keeps it and says why.
    SetAside {
        /// Its id, when it could be read.
        id: Option<RecordId>,
        /// Why.
        reason: SetAside,
    },
    /// Could not be stored just now (ours); send it again later.
    TryLater {
        /// Its id.
        id: RecordId,
    },
}

/// The proof that a record is on the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The record.
    pub id: RecordId,
    /// Its place in the order in which the server took records in.
    pub sequence: i64,
    /// The server's clock when it was taken in.
    pub received_at: Moment,
    /// [`crate::field::Record::digest`] of what was stored: the phone compares it with its own.
    pub digest: Digest,
    /// What does not fit; the supervisor sees it.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// Matters that it raised.
    #[serde(default)]
    pub raised: Vec<Raised>,
}

/// A matter that a record raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// The matter.
    pub matter: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// 查询码, in groups of four: for the petitioner.
    pub query_code: String,
}

/// Why a record was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum SetAside {
    /// It is not the JSON of a record.
    Unreadable {
        /// Where, for those who mend it.
        detail: String,
    },
    /// It is one, but lacks something.
    Incomplete {
        /// What.
        fault: RecordFault,
    },
    /// Another record has the same id and other content.
    IdTaken,
    /// Larger than a record may be.
    TooLarge,
}

/// `POST /api/v1/sync/pull`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    /// [`super::PROTOCOL`] of the phone.
    pub protocol: u16,
    /// From the last page; none at the first.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// A page of the work area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PullResponse {
    /// The phone's work area is no longer valid (other area, other official): forget it first.
    #[serde(default)]
    pub reset: bool,
    /// New or changed.
    pub items: Vec<WorkItem>,
    /// No longer in the area, or ended.
    pub gone: Vec<ItemRef>,
    /// For the next pull.
    pub cursor: String,
    /// Whether another page follows at once.
    pub more: bool,
    /// The server's clock.
    pub server_time: Moment,
}

/// What the phone holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum WorkItem {
    /// 户.
    Household(HouseholdCard),
    /// 信访事项.
    Matter(Box<MatterCard>),
}

/// Names a [`WorkItem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "item", content = "id", rename_all = "snake_case")]
pub enum ItemRef {
    /// 户.
    Household(HouseholdId),
    /// 信访事项.
    Matter(MatterId),
}

impl WorkItem {
    /// Its name.
    #[must_use]
    pub fn reference(&self) -> ItemRef {
        match self {
            Self::Household(card) => ItemRef::Household(card.id),
            Self::Matter(card) => ItemRef::Matter(card.id),
        }
    }
}

/// A household as the phone needs it. No ID numbers, no bank cards: they are not collected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdCard {
    /// Identity.
    pub id: HouseholdId,
    /// 村(社区).
    pub division: DivisionCode,
    /// Town, village and group in words.
    pub address: Title,
    /// 户主.
    pub head: ShortText,
    /// 联系电话.
    #[serde(default)]
    pub phone: Option<ShortText>,
    /// 家庭成员.
    #[serde(default)]
    pub members: Vec<Member>,
    /// 备注 (五保户…).
    #[serde(default)]
    pub remark: Option<Paragraph>,
    /// What it is found by ([`crate::search`]).
    pub keys: String,
    /// 上次走访.
    #[serde(default)]
    pub last_visit: Option<NaiveDate>,
    /// 下次走访, as agreed.
    #[serde(default)]
    pub next_visit: Option<NaiveDate>,
}

/// 家庭成员: the minimum for a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// 姓名.
    pub name: ShortText,
    /// 与户主关系.
    #[serde(default)]
    pub relation: Option<ShortText>,
    /// 出生年.
    #[serde(default)]
    pub birth_year: Option<i32>,
    /// 联系电话.
    #[serde(default)]
    pub phone: Option<ShortText>,
}

/// A matter as the phone needs it: enough for a visit and a return visit without signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterCard {
    /// Identity.
    pub id: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// 标题.
    pub title: Title,
    /// 投诉内容, the first 500 characters.
    pub excerpt: Paragraph,
    /// 办理阶段.
    pub stage: Stage,
    /// 诉求.
    pub demands: Vec<Demand>,
    /// 信访人.
    pub petitioner: ShortText,
    /// 联系电话.
    #[serde(default)]
    pub phone: Option<ShortText>,
    /// 住址.
    #[serde(default)]
    pub address: Option<Title>,
    /// 户.
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// 责任单位.
    #[serde(default)]
    pub unit: Option<ShortText>,
    /// Whether the official took part in handling (and so may not make the return visit).
    pub handled_by: Vec<AccountId>,
    /// The round of a return visit.
    pub round: u16,
    /// All clocks.
    pub clocks: Vec<Clock>,
    /// What was promised.
    pub commitments: Vec<Commitment>,
    /// 处理意见书, once delivered: what the return visit asks about (first 500 characters).
    #[serde(default)]
    pub opinion: Option<Paragraph>,
    /// What it is found by.
    pub keys: String,
}
