//! 审计: what is noted of every change that is no event of a matter.
//!
//! A matter has its own journal ([`crate::matter::Event`]); records from phones are chained through their
//! receipts. Everything else that changes something, or shows something that not everybody sees, is one
//! [`Deed`] in the one audit chain. [`Deed::MattersMoved`] ties the journals to it.

mod bearing;

pub use bearing::Bearing;

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::digest::Digest;
use crate::document::DocumentKind;
use crate::id::{
    AccountId, BookingId, DeviceId, DocumentId, MatterId, ReceptionId, RecordId, SealedReportId, TalkPointId, UnitId,
};
use crate::reception::{BookingState, SittingKey};
use crate::sealed::SealedStep;
use crate::text::Paragraph;
use crate::time::Moment;

/// Who does it, and when by the server's clock. Nobody: the command line or the server itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The account; none for the command line.
    pub by: Option<AccountId>,
    /// The server's clock.
    pub at: Moment,
}

impl Trace {
    /// An official's deed.
    #[must_use]
    pub fn by(account: AccountId, at: Moment) -> Self {
        Self { by: Some(account), at }
    }

    /// A deed from the command line, or of the server itself.
    #[must_use]
    pub fn system(at: Moment) -> Self {
        Self { by: None, at }
    }
}

/// What was done. Frozen: variants and fields are added, never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    /// The chain begins in a database that had matters already.
    Adopted {
        /// Their journals as they were found.
        matters: Vec<Moved>,
    },
    /// Journals of matters have grown.
    MattersMoved {
        /// Where they end now.
        matters: Vec<Moved>,
    },
    /// 登录.
    SignedIn {
        /// The browser, when it named itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<DeviceId>,
    },
    /// A sign-in with a wrong password.
    SignInFailed {
        /// The account that it was tried on; none when there is no such login. What was typed is not kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<AccountId>,
    },
    /// 新建账号.
    AccountMade {
        /// The account.
        account: AccountId,
        /// 账号.
        login: String,
        /// 角色.
        role: Role,
    },
    /// Another password.
    PasswordSet {
        /// Whose.
        account: AccountId,
    },
    /// An account may sign in, or no longer.
    AccountActive {
        /// Which.
        account: AccountId,
        /// Whether it may.
        active: bool,
    },
    /// Somebody who typed too many wrong passwords may try again.
    AccountUnlocked {
        /// Which.
        account: AccountId,
    },
    /// A unit was made or renamed.
    UnitSet {
        /// Which.
        unit: UnitId,
    },
    /// A device was shut out.
    DeviceRevoked {
        /// Whose.
        account: AccountId,
        /// Which.
        device: DeviceId,
    },
    /// A record that cannot be read was kept as a device handed it in before it was wiped.
    RecordKept {
        /// Whose.
        account: AccountId,
        /// From which device.
        device: DeviceId,
        /// The record.
        record: RecordId,
        /// SHA-256 of its bytes.
        digest: Digest,
    },
    /// A device was let in again.
    DeviceRestored {
        /// Whose.
        account: AccountId,
        /// Which.
        device: DeviceId,
    },
    /// An import began.
    ImportBegan {
        /// What is imported.
        kind: String,
        /// The file's name.
        name: String,
        /// SHA-256 of the file.
        digest: Digest,
    },
    /// An import ended.
    ImportEnded {
        /// SHA-256 of the file.
        digest: Digest,
        /// New.
        added: u32,
        /// Changed.
        updated: u32,
        /// Rows that could not go in.
        bad: u32,
        /// Whether it went through to its end.
        whole: bool,
    },
    /// A new query code was printed; the one before stopped.
    CodeReissued {
        /// Of which matter.
        matter: MatterId,
        /// The number of the issue.
        issue: u32,
    },
    /// Query codes were given to a phone ahead.
    CodesReserved {
        /// Which phone.
        device: DeviceId,
        /// The first number.
        from: u32,
        /// The last number.
        to: u32,
    },
    /// 查看完整信息: a matter's file was read with the petitioner's particulars.
    Unmasked {
        /// Which.
        matter: MatterId,
        /// What for.
        reason: UnmaskReason,
        /// In the official's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<Paragraph>,
    },
    /// 回避: for an official a matter does not exist any more.
    Recused {
        /// The matter.
        matter: MatterId,
        /// Who stays away.
        account: AccountId,
        /// Why.
        reason: Paragraph,
    },
    /// A declaration of 回避 was taken back.
    RecusalLifted {
        /// The matter.
        matter: MatterId,
        /// Who stayed away.
        account: AccountId,
    },
    /// 公示: a step in the life of a publication.
    Publication {
        /// Of which matter.
        matter: MatterId,
        /// Which step.
        step: PublicationStep,
        /// SHA-256 of what the public is to read, where there is something to read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<Digest>,
    },
    /// 节假日: days were put in.
    HolidaysSet {
        /// Of which year; none: the first table, of several.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        year: Option<i32>,
        /// How many.
        days: u32,
        /// SHA-256 of them.
        digest: Digest,
    },
    /// Something was set.
    SettingSet {
        /// What.
        name: String,
        /// To what.
        value: String,
    },
    /// 出具文书, or its next version in the place of the one before.
    DocumentIssued {
        /// The version.
        document: DocumentId,
        /// Of which matter.
        matter: MatterId,
        /// Its kind.
        kind: DocumentKind,
        /// 文号.
        number: String,
        /// From 1.
        version: u16,
        /// Of all that stands on it.
        digest: Digest,
        /// The version whose place it takes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<DocumentId>,
    },
    /// A document was opened to be printed, or its file was taken.
    DocumentTaken {
        /// The version.
        document: DocumentId,
        /// Of which matter.
        matter: MatterId,
        /// In which form.
        form: PaperForm,
    },
    /// 查看照片、录音、材料: a file of a record or of a petitioner was opened by somebody who reads the matter
    /// without particulars, and had said what for ([`Self::Unmasked`]).
    FileTaken {
        /// The matter that it was opened for; none: a record that fits no matter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        matter: Option<MatterId>,
        /// SHA-256 of the file.
        file: Digest,
    },
    /// 检举控告: a line was added to the journal of a report. What it says is sealed; here stands only where
    /// the journal ends now.
    SealedMoved {
        /// Which report.
        report: SealedReportId,
        /// What was done: reading it is a step too.
        step: SealedStep,
        /// How many lines its journal has.
        length: u32,
        /// The hash of the last.
        head: Digest,
    },
    /// Something was done to the key of an officer of the sealed channel.
    SealedKey {
        /// Whose key.
        account: AccountId,
        /// `init`, `add` or `passphrase`.
        what: String,
        /// How many lines the journal of the keys has.
        length: u32,
        /// The hash of the last.
        head: Digest,
    },
    /// 核验: everything that is chained was looked through.
    Verified {
        /// Entries of this chain that were looked at.
        entries: u64,
        /// Matters.
        matters: u64,
        /// Receipts, with their records.
        receipts: u64,
        /// What did not fit.
        faults: u64,
    },
    /// 接访安排: a rule was made, worded anew or ended.
    ReceptionRuleSet {
        /// Which.
        rule: ReceptionId,
        /// SHA-256 of it.
        digest: Digest,
    },
    /// One reception was called off, moved or given to another leader, or that was taken back.
    ReceptionChanged {
        /// Which.
        reception: SittingKey,
        /// 取消.
        off: bool,
        /// 改期.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<chrono::NaiveDate>,
        /// Why; none: taken back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Paragraph>,
    },
    /// 接访预约: somebody took a place. Not who.
    ReceptionBooked {
        /// The booking.
        booking: BookingId,
        /// With the query code of this matter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        matter: Option<MatterId>,
    },
    /// A booking was cancelled, or it was noted who came, to which matter it led, or that the person was told.
    ReceptionBookingSet {
        /// The booking.
        booking: BookingId,
        /// How it stands.
        state: BookingState,
        /// Whether the person was told of a change.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        told: bool,
        /// The matter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        matter: Option<MatterId>,
        /// The other reception, to which the person moved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<SittingKey>,
    },
    /// 说事点: made, changed or closed.
    TalkPointSet {
        /// Which.
        point: TalkPointId,
        /// 不再用.
        closed: bool,
    },
    /// 待电话告知: a clerk phoned a petitioner.
    PetitionerPhoned {
        /// About which matter.
        matter: MatterId,
        /// 已告知; otherwise 没打通.
        told: bool,
        /// Which try it was.
        tries: u32,
    },
    /// 不再给我发短信, by query code; or taken back.
    NoticesStopped {
        /// Of which matter.
        matter: MatterId,
        /// No messages from now on.
        stopped: bool,
    },
    /// 在这台手机上提醒我, by query code; or taken back, or a browser that takes no more.
    RemindersSet {
        /// Of which matter.
        matter: MatterId,
        /// How many browsers are reminded from now on.
        browsers: u32,
    },
    /// A copy of the database was written.
    BackedUp,
    /// A copy was put back.
    Restored {
        /// The name of the database from now on.
        lineage: String,
    },
}

/// 公示: what was done with a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationStep {
    /// The original was read beside the masked text.
    Read,
    /// The petitioner agrees.
    Agreed,
    /// The petitioner does not agree any more.
    Refused,
    /// 提请公示.
    Proposed,
    /// 退回修改.
    Returned,
    /// 核对公示.
    Published,
    /// 撤下.
    Withdrawn,
    /// Somebody asked on the public page to take it down.
    Pleaded,
    /// It stays in spite of such a request.
    Kept,
}

impl Deed {
    /// The matters that it is about.
    #[must_use]
    pub fn matters(&self) -> Vec<MatterId> {
        match self {
            Self::Adopted { matters } | Self::MattersMoved { matters } => {
                matters.iter().map(|moved| moved.id).collect()
            }
            Self::CodeReissued { matter, .. }
            | Self::Unmasked { matter, .. }
            | Self::Recused { matter, .. }
            | Self::RecusalLifted { matter, .. }
            | Self::PetitionerPhoned { matter, .. }
            | Self::NoticesStopped { matter, .. }
            | Self::RemindersSet { matter, .. }
            | Self::DocumentIssued { matter, .. }
            | Self::DocumentTaken { matter, .. }
            | Self::Publication { matter, .. } => vec![*matter],
            Self::ReceptionBooked { matter, .. }
            | Self::ReceptionBookingSet { matter, .. }
            | Self::FileTaken { matter, .. } => matter.iter().copied().collect(),
            _ => Vec::new(),
        }
    }

    /// A stable word for what was done: that of its JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Adopted { .. } => "adopted",
            Self::MattersMoved { .. } => "matters_moved",
            Self::SignedIn { .. } => "signed_in",
            Self::SignInFailed { .. } => "sign_in_failed",
            Self::AccountMade { .. } => "account_made",
            Self::PasswordSet { .. } => "password_set",
            Self::AccountActive { .. } => "account_active",
            Self::AccountUnlocked { .. } => "account_unlocked",
            Self::UnitSet { .. } => "unit_set",
            Self::DeviceRevoked { .. } => "device_revoked",
            Self::RecordKept { .. } => "record_kept",
            Self::DeviceRestored { .. } => "device_restored",
            Self::ImportBegan { .. } => "import_began",
            Self::ImportEnded { .. } => "import_ended",
            Self::CodeReissued { .. } => "code_reissued",
            Self::CodesReserved { .. } => "codes_reserved",
            Self::Unmasked { .. } => "unmasked",
            Self::Recused { .. } => "recused",
            Self::RecusalLifted { .. } => "recusal_lifted",
            Self::HolidaysSet { .. } => "holidays_set",
            Self::SettingSet { .. } => "setting_set",
            Self::DocumentIssued { .. } => "document_issued",
            Self::DocumentTaken { .. } => "document_taken",
            Self::FileTaken { .. } => "file_taken",
            Self::SealedMoved { .. } => "sealed_moved",
            Self::SealedKey { .. } => "sealed_key",
            Self::Publication { .. } => "publication",
            Self::Verified { .. } => "verified",
            Self::ReceptionRuleSet { .. } => "reception_rule_set",
            Self::ReceptionChanged { .. } => "reception_changed",
            Self::ReceptionBooked { .. } => "reception_booked",
            Self::ReceptionBookingSet { .. } => "reception_booking_set",
            Self::TalkPointSet { .. } => "talk_point_set",
            Self::PetitionerPhoned { .. } => "petitioner_phoned",
            Self::NoticesStopped { .. } => "notices_stopped",
            Self::RemindersSet { .. } => "reminders_set",
            Self::BackedUp => "backed_up",
            Self::Restored { .. } => "restored",
        }
    }
}

/// In which form a document was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperForm {
    /// The page to print.
    Page,
    /// The file (.docx).
    File,
}

/// What somebody needs a petitioner's particulars for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnmaskReason {
    /// 电话联系.
    Call,
    /// 上门走访.
    Visit,
    /// 送达文书.
    Deliver,
    /// 核对身份.
    Identify,
    /// 督查核实.
    Supervise,
    /// 其他, in own words.
    Other,
}

impl UnmaskReason {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Call, Self::Visit, Self::Deliver, Self::Identify, Self::Supervise, Self::Other];
}

/// Where the journal of a matter ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The matter.
    pub id: MatterId,
    /// How many entries its journal has.
    pub length: u32,
    /// The hash of the last.
    pub head: Digest,
    /// The issue of its query code, when one was given out with this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u32>,
    /// The clock of the device at which an official decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_at: Option<Moment>,
}
