//! The office screens: lists, the file of a matter, registration, commands, imports.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::sync::UploadState;
use crate::alike::Likeness;
use crate::audit::UnmaskReason;
use crate::code::MatterNumber;
use crate::digest::Digest;
use crate::field::{AttachmentKind, Flag, Media, Payload, RecordKind};
use crate::id::{AccountId, CommandId, HouseholdId, ImportId, MatterId, RecordId, UnitId, VoiceId};
use crate::matter::{Command, CommandKind, Event, Gap, Matter, OutsidePaper, OwedPaper, Registration, Stage};
use crate::place::DivisionCode;
use crate::public::SentFile;
use crate::text::{Paragraph, ShortText, Title};
use crate::time::{Clock, Moment};

/// `GET /api/v1/matters?stage=&q=&page=`: a page of the matters that the person may see, the
/// nearest deadline first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatterList {
    /// One page.
    pub rows: Vec<MatterRow>,
    /// How many there are in all.
    pub total: u64,
    /// From 0.
    pub page: u32,
    /// Rows of a full page.
    pub page_size: u32,
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatterRow {
    /// Identity.
    pub id: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// 标题.
    pub title: Title,
    /// 信访人.
    pub petitioner: ShortText,
    /// 办理阶段.
    pub stage: Stage,
    /// 责任单位.
    pub unit: Option<ShortText>,
    /// The clock that is due first.
    pub nearest: Option<Clock>,
    /// The present round.
    pub round: u16,
    /// The petitioner said, by the code or in a return visit that counts, that it is not solved.
    pub said_unsolved: bool,
    /// The petitioner said something that waits for an answer.
    #[serde(default, skip_serializing_if = "is_false")]
    pub voiced: bool,
    /// 网上提交: nobody at a desk has written it down.
    #[serde(default, skip_serializing_if = "is_false")]
    pub online: bool,
}

/// `GET /api/v1/matters/{id}`: the file of a matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatterFile {
    /// The state.
    pub matter: Matter,
    /// 责任单位.
    pub unit: Option<Unit>,
    /// The other units that appear in it: those that help, those that objected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Unit>,
    /// 问题属地 in words.
    pub place_name: Option<Title>,
    /// Names of the accounts that appear in it.
    pub names: Vec<Named>,
    /// What the person could do now.
    pub permitted: Vec<CommandKind>,
    /// What the petitioner said that the person may answer now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answerable: Vec<VoiceId>,
    /// What is missing, said first.
    pub gaps: Vec<Gap>,
    /// What an approval must name; only while a closure awaits one.
    pub closure_digest: Option<Digest>,
    /// The journal, oldest first.
    pub journal: Vec<JournalEntry>,
    /// Records about it that did not fit.
    pub flagged: Vec<FlaggedRecord>,
    /// Records about it that have files, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<RecordFiles>,
    /// 信访人的材料: files that the petitioner sent, in the order in which they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<SentFile>,
    /// The server's clock.
    pub server_time: Moment,
    /// 还缺的文书: for each step that the person could take, the paper that it hangs on and that is not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owed: Vec<OwedPaper>,
    /// Whether the petitioners' particulars are left out; `POST /api/v1/matters/{id}/unmask` gives them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub masked: bool,
    /// 回避: who stays away from it. Only the supervisor is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recusals: Vec<Recusal>,
    /// 简易办理 is in use here: whoever sends the matter on may choose it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub simple_in_use: bool,
}

/// 回避: an official for whom the matter does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recusal {
    /// Who.
    pub account: AccountId,
    /// 姓名.
    pub name: ShortText,
    /// Who declared it.
    pub by: ShortText,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: Paragraph,
}

/// `POST /api/v1/matters/{id}/recusal` for oneself, `POST /api/v1/matters/{id}/recusals/{account}` by the
/// supervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalRequest {
    /// Why.
    pub reason: Paragraph,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// `POST /api/v1/matters/{id}/unmask`: the file with the petitioners' particulars, this once. Noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnmaskRequest {
    /// What for.
    pub reason: UnmaskReason,
    /// In own words; needed with [`UnmaskReason::Other`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Paragraph>,
}

/// An account and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The account.
    pub account: AccountId,
    /// 姓名.
    pub name: ShortText,
    /// 职务.
    pub office: ShortText,
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// From 1.
    pub sequence: u32,
    /// The server's clock.
    pub at: Moment,
    /// Who; none for an import.
    pub by: Option<ShortText>,
    /// What.
    pub event: Event,
}

/// A record that did not fit, before the supervisor. `GET /api/v1/flagged` lists the latest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlaggedRecord {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// Who made it.
    pub by: ShortText,
    /// When it was taken in.
    pub received_at: Moment,
    /// Why it does not fit. A lost file is among them for as long as it is lost.
    pub flags: Vec<Flag>,
    /// The matter that it names, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    /// 标题 of that matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// What it says, where no file of a matter shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Said>,
    /// What the record says that it corrects, where no file of a matter shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Said>,
}

/// The words of a record that stands in no file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Its kind.
    pub kind: RecordKind,
    /// 来访人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<ShortText>,
    /// In words.
    pub text: Paragraph,
}

impl Said {
    /// The words of a record, if it has any of its own.
    #[must_use]
    pub fn by(payload: &Payload) -> Option<Self> {
        let (who, text) = match payload {
            Payload::HouseholdVisit(visit) => (None, visit.note.clone()),
            Payload::Reception(reception) => (Some(reception.visitor.clone()), Some(reception.subject.clone())),
            Payload::Note(note) => (None, Some(note.text.clone())),
            Payload::Correction(correction) => (None, Some(correction.text.clone())),
            Payload::ReturnVisit(_) | Payload::Intake(_) | Payload::Evidence(_) | Payload::RosterEdit(_) => {
                (None, None)
            }
        };
        text.map(|text| Self { kind: payload.kind(), who, text })
    }
}

/// The files of one record, complete or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordFiles {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// Who made it.
    pub by: ShortText,
    /// When it was taken in.
    pub received_at: Moment,
    /// As the record lists them.
    pub files: Vec<FileLine>,
}

/// 附件 of a record, as desks see it. `GET /api/v1/attachments/{digest}/file` has its bytes once it is
/// complete; the name of its upload and its key are not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    /// SHA-256 of the file.
    pub digest: Digest,
    /// What it shows.
    pub kind: AttachmentKind,
    /// Its type: what the record says, and once it is there what its bytes show.
    pub media: Media,
    /// Its size.
    pub bytes: u32,
    /// Whether it is there.
    pub state: UploadState,
}

/// `POST /api/v1/matters/{id}/commands`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandRequest {
    /// One sending; the same id is answered the same way again.
    pub id: CommandId,
    /// [`Matter::version`] that the person saw.
    pub seen: u32,
    /// The decision.
    pub command: Command,
    /// 系统外文书: the paper that the step hangs on, where it was made outside of the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<OutsidePaper>,
    /// The clock of the device on which it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_at: Option<Moment>,
}

impl CommandRequest {
    /// Without a paper from outside and without a device's clock.
    #[must_use]
    pub fn new(id: CommandId, seen: u32, command: Command) -> Self {
        Self { id, seen, command, paper: None, device_at: None }
    }
}

/// The answer to a command that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandDone {
    /// The matter's version now.
    pub version: u32,
    /// The stage now.
    pub stage: Stage,
    /// The place of the 重件 that was linked, from 0: `GET /api/v1/matters/{id}/intakes/{place}/receipt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake: Option<u16>,
}

/// `POST /api/v1/matters`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRequest {
    /// Made by the client; sending again registers once.
    pub id: MatterId,
    /// 信访登记表.
    pub registration: Registration,
}

/// `POST /api/v1/matters/alike`: what has been typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeRequest {
    /// 姓名.
    #[serde(default)]
    pub name: String,
    /// 电话.
    #[serde(default)]
    pub phone: String,
    /// 住址.
    #[serde(default)]
    pub address: String,
    /// 标题、内容、诉求.
    #[serde(default)]
    pub text: String,
    /// 属地.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<DivisionCode>,
    /// The household, when it came from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
}

/// A matter that looks like it, the most alike first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlikeMatter {
    /// As lists show it.
    pub row: MatterRow,
    /// [`Matter::version`], for linking.
    pub version: u32,
    /// 信访日期.
    pub received_on: NaiveDate,
    /// How many intakes it has.
    pub intakes: u16,
    /// Why.
    pub reasons: Vec<Likeness>,
    /// Whether a repeated intake can be linked to it now.
    pub linkable: bool,
}

/// 收件回执: shown and printed once. `POST /api/v1/matters/{id}/receipt` prints it again with a new
/// code; the old one stops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedReceipt {
    /// The matter.
    pub matter: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// 标题.
    pub title: Title,
    /// 信访人.
    pub petitioner: ShortText,
    /// 查询码, in groups of four.
    pub query_code: String,
    /// The QR code as SVG text; it opens the look-up page with the code in the fragment.
    pub qr_svg: String,
    /// The address of the look-up page, in words.
    pub lookup_url: String,
    /// 登记时间.
    pub registered_at: Moment,
    /// 登记人 (三亮).
    pub received_by: Named,
    /// 登记机构 and how to reach it.
    pub office_name: String,
    /// Its phone.
    pub office_phone: String,
    /// 重件: the number of the matter that it was linked to. Its slip has no query code of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_to: Option<MatterNumber>,
    /// 口令: the second answer where no name was given; it stands on no other paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    /// No phone was left either: the second answer is the word, or the name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_phone: bool,
}

/// 责任单位. `GET /api/v1/units`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Identity.
    pub id: UnitId,
    /// 名称.
    pub name: ShortText,
    /// 联系电话.
    pub phone: ShortText,
}

/// 区划. `GET /api/v1/divisions?under=`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// 区划代码.
    pub code: DivisionCode,
    /// 名称.
    pub name: Title,
}

/// `GET /api/v1/imports/{id}`: how an import stands, and what it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProgress {
    /// Identity.
    pub id: ImportId,
    /// Rows (or households) that were read.
    pub total: u32,
    /// Of these done.
    pub done: u32,
    /// New.
    pub added: u32,
    /// Already there, unchanged.
    pub unchanged: u32,
    /// Already there, now with new values.
    pub updated: u32,
    /// Rows that could not go in.
    pub bad: u32,
    /// The first 200 of these with row number and reason in words.
    pub problems: Vec<ImportProblem>,
    /// What else should be known, in words.
    pub notes: Vec<String>,
    /// Whether it has ended.
    pub finished: bool,
    /// Why the file as a whole could not be read, in words.
    pub failed: Option<String>,
}

/// A row that could not go in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblem {
    /// As the person sees it in the file.
    pub row: u32,
    /// In words.
    pub reason: String,
}
