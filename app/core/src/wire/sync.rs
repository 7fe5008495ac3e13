//! Sync: records up ([`PushRequest`]), work area down ([`PullRequest`]), and the comparing of what both
//! sides hold ([`CompareRequest`]).
//!
//! - `POST /api/v1/sync/push`: up to [`MAX_PUSH`] records in the order in which they were made. Each
//!   has its own transaction and its own [`Outcome`]; one that cannot be read is set aside with its
//!   reason and does not stop the others. Sending again is always safe: the answer is the same. One
//!   signature covers the receipts of the whole answer ([`super::receipt`]).
//! - `POST /api/v1/sync/sealed`: the same, for records that only the server can open. It needs no
//!   session: the proof of who sends lies in the envelope.
//! - `POST /api/v1/sync/compare`: which of the records that a phone believes delivered the server does
//!   not have (after a restored backup), or has with other content.
//! - `POST /api/v1/sync/codes`: the phone's reserve of query codes.
//! - `POST /api/v1/sync/pull`: what changed in the official's area since the cursor, and what left
//!   it. The cursor is opaque; without one everything comes, page by page. When the server answers
//!   `reset`, the phone forgets its work area (never its records) before it takes the page.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::bytes::Bytes;
use crate::code::{MatterNumber, QueryCode};
use crate::digest::Digest;
use crate::field::{Flag, RecordFault};
use crate::id::{AccountId, DeviceId, HouseholdId, MatterId, RecordId};
use crate::matter::{Commitment, Demand, Stage};
use crate::place::DivisionCode;
use crate::text::{Paragraph, ShortText, Title};
use crate::time::{Clock, Moment};

/// The most records of one push: on a slow line each round trip costs as much as many records.
pub const MAX_PUSH: usize = 500;
/// The most bytes of one push before it is compressed, unless a single record has more.
pub const MAX_PUSH_BYTES: usize = 1024 * 1024;
/// The most records of one comparison.
pub const MAX_COMPARE: usize = 1_000;
/// A phone's reserve is filled up to so many unused query codes.
pub const CODE_RESERVE: usize = 20;

/// Records on their way up. Kept as raw JSON here, so that one bad record is one bad outcome, and
/// that what is stored and confirmed is what was sent, byte for byte.
#[derive(Debug, Serialize, Deserialize)]
pub struct PushRequest {
    /// [`super::PROTOCOL`] of the phone.
    pub protocol: u16,
    /// The browser that sends.
    pub device: DeviceId,
    /// The last record of a batch that was sent before this one and is not answered yet. The server waits
    /// for it, so that requests that overtake each other do not overtake in the order of the records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<RecordId>,
    /// In the order in which they were made.
    pub records: Vec<Box<RawValue>>,
}

/// Sealed records on their way up.
#[derive(Debug, Serialize, Deserialize)]
pub struct SealedRequest {
    /// [`super::PROTOCOL`] of the phone.
    pub protocol: u16,
    /// The browser that sends; the envelopes were made in it.
    pub device: DeviceId,
    /// In the order in which they were made.
    pub envelopes: Vec<Envelope>,
    /// The phone is to be wiped, and these were set aside: what cannot become a record is kept as it is
    /// ([`Outcome::Kept`]).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep: bool,
}

/// A record that only the server can open.
///
/// The blob is an ephemeral P-256 public key (65 bytes, uncompressed), a nonce (12 bytes) and the
/// AES-256-GCM ciphertext with its tag; the key is HKDF-SHA256 of the shared x coordinate, with the
/// ephemeral public key as salt and [`SEALED_INFO`] as info. Inside is the JSON of [`Opened`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Whose record it is.
    pub account: AccountId,
    /// The record.
    pub id: RecordId,
    /// Sealed.
    pub blob: Bytes,
}

/// The HKDF info of an [`Envelope`].
pub const SEALED_INFO: &[u8] = b"huiyin sealed 1";

/// What is inside an [`Envelope`].
#[derive(Serialize, Deserialize)]
pub struct Opened {
    /// [`super::session::PhoneKeys::device_token`]: nobody but this official's phone knows it.
    pub token: Bytes,
    /// The record.
    pub record: Box<RawValue>,
}

/// The answer to a push: one outcome per record, in the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PushResponse {
    /// The server's clock.
    pub server_time: Moment,
    /// One per record.
    pub outcomes: Vec<Outcome>,
    /// The server's signature over all the receipts of this answer, in their order
    /// ([`super::receipt::signed_text`]); empty when nothing was stored.
    pub signature: Bytes,
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is on the server for good, now or since an earlier try. Id, digest and files are not
    /// repeated: the phone takes its own, and the signature tells whether the server means the same.
    Stored(Stored),
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
    /// The server cannot make a record of it, and keeps its envelope for good: the phone may be wiped. Only where
    /// that was asked for ([`SealedRequest::keep`]). In the signature it stands with
    /// [`super::receipt::kept_leaf`].
    Kept {
        /// Its id.
        id: RecordId,
    },
}

crate::read_tagged!(Outcome by "outcome" {
    "stored" => Stored(Stored),
    "set_aside" => SetAside { id: Option<RecordId>, reason: SetAside },
    "try_later" => TryLater { id: RecordId },
    "kept" => Kept { id: RecordId },
});

/// What the server adds to a record that it has stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Its place in the order in which the server took records in.
    #[serde(rename = "n")]
    pub sequence: i64,
    /// The server's clock when it was taken in.
    #[serde(rename = "at")]
    pub received_at: Moment,
    /// What does not fit; the supervisor sees it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// Matters that it raised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raised: Vec<Raised>,
}

/// A matter that a record raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// The matter.
    pub matter: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// 查询码, in groups of four: for the petitioner. Not in the answer to a sealed push, which
    /// whoever holds the phone could read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query_code: Option<String>,
}

/// `POST /api/v1/sync/compare`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareRequest {
    /// [`super::PROTOCOL`] of the phone.
    pub protocol: u16,
    /// The browser that asks.
    pub device: DeviceId,
    /// Records that the phone holds as delivered, with its own digests; at most [`MAX_COMPARE`].
    pub held: Vec<(RecordId, Digest)>,
}

/// What the server finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareResponse {
    /// Which database answers.
    pub lineage: String,
    /// The server's clock.
    pub server_time: Moment,
    /// Not here: send them again.
    pub missing: Vec<RecordId>,
    /// Here, but with other content.
    pub different: Vec<RecordId>,
    /// Files of these records that have not arrived whole, by the name of the upload.
    pub files_missing: Vec<Digest>,
    /// How many records of this official the server took in during the last 30 days, from any device.
    pub yours: u32,
}

/// `POST /api/v1/sync/codes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesRequest {
    /// [`super::PROTOCOL`] of the phone.
    pub protocol: u16,
    /// The browser that asks.
    pub device: DeviceId,
    /// The phone was wiped: it no longer knows which of the codes up to this number it handed out, so none of them
    /// may come again. 0: it was never wiped.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub beyond: u32,
}

/// Takes a reference because serde does.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The phone's reserve: all codes that were issued to this official on this device and not used yet,
/// filled up to [`CODE_RESERVE`]. Asking again gives the same ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesResponse {
    /// Unused codes.
    pub codes: Vec<QueryCode>,
    /// The highest number among them: what the phone keeps through a wipe ([`CodesRequest::beyond`]).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub upto: u32,
}

/// How far the upload of a file has come: the answer to asking and to each piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Bytes of the encrypted file that the server has, from its beginning.
    pub have: u32,
    /// How it stands.
    pub state: UploadState,
}

/// How an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadState {
    /// More is to come.
    Partial,
    /// All of it is there, and it is what the record says.
    Complete,
    /// All of it came, twice, and it is not what the record says.
    Refused,
    /// The phone said that it no longer has it.
    Lost,
}

/// The most bytes of one piece of a file.
pub const MAX_PIECE: usize = 512 * 1024;

/// Why a record was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
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

crate::read_tagged!(SetAside by "reason" {
    "unreadable" => Unreadable { detail: String },
    "incomplete" => Incomplete { fault: RecordFault },
    "id_taken" => IdTaken,
    "too_large" => TooLarge,
});

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
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum WorkItem {
    /// 户.
    Household(HouseholdCard),
    /// 信访事项.
    Matter(Box<MatterCard>),
}

crate::read_tagged!(WorkItem by "item" {
    "household" => Household(HouseholdCard),
    "matter" => Matter(Box<MatterCard>),
});

/// Names a [`WorkItem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "item", content = "id", rename_all = "snake_case")]
pub enum ItemRef {
    /// 户.
    Household(HouseholdId),
    /// 信访事项.
    Matter(MatterId),
}

crate::read_tagged!(ItemRef by "item" with "id" {
    "household" => Household(HouseholdId),
    "matter" => Matter(MatterId),
});

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
    /// 办理阶段, as the first builds of the phone name it ([`Stage::on_phones`]): they know no other
    /// words. [`Self::now`] is the stage itself.
    pub stage: Stage,
    /// The stage's own word, where the first builds have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_word: Option<ShortText>,
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

impl MatterCard {
    /// 办理阶段. A word that this build does not know yet is the nearest that it knows.
    #[must_use]
    pub fn now(&self) -> Stage {
        self.stage_word.as_ref().and_then(|word| Stage::from_code(word.as_str())).unwrap_or(self.stage)
    }
}
