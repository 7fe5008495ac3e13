//! What the 审计管理员 reads: the audit chain and the records of the field as lists, without what stands in
//! matters; and the result of looking through everything.

use serde::{Deserialize, Serialize};

use crate::text::ShortText;
use crate::time::Moment;

/// 种类: entries that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditGroup {
    /// 信访件办理.
    Matters,
    /// 一线记录: records from phones, under the numbers of their receipts.
    Records,
    /// 查看完整信息.
    Unmasked,
    /// 文书.
    Documents,
    /// 查询码.
    Codes,
    /// 保密件.
    Sealed,
    /// 登录.
    SignIns,
    /// 账号、手机.
    Accounts,
    /// 回避.
    Recusals,
    /// 接访、说事点.
    Receptions,
    /// 导入、设置.
    Settings,
    /// 通知信访人.
    Notices,
    /// 备份、核验.
    Upkeep,
}

impl AuditGroup {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Matters,
        Self::Records,
        Self::Unmasked,
        Self::Documents,
        Self::Codes,
        Self::Sealed,
        Self::SignIns,
        Self::Accounts,
        Self::Recusals,
        Self::Receptions,
        Self::Settings,
        Self::Notices,
        Self::Upkeep,
    ];

    /// A stable word for addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Matters => "matters",
            Self::Records => "records",
            Self::Unmasked => "unmasked",
            Self::Documents => "documents",
            Self::Codes => "codes",
            Self::Sealed => "sealed",
            Self::SignIns => "sign_ins",
            Self::Accounts => "accounts",
            Self::Recusals => "recusals",
            Self::Receptions => "receptions",
            Self::Settings => "settings",
            Self::Notices => "notices",
            Self::Upkeep => "upkeep",
        }
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// The deeds of the audit chain that belong to it ([`crate::audit::Deed::code`]); none for records.
    #[must_use]
    pub fn deeds(self) -> &'static [&'static str] {
        match self {
            Self::Matters => &["matters_moved"],
            Self::Records => &[],
            Self::Unmasked => &["unmasked", "file_taken"],
            Self::Documents => &["document_issued", "document_taken", "publication"],
            Self::Codes => &["code_reissued", "codes_reserved"],
            Self::Sealed => &["sealed_moved", "sealed_key"],
            Self::SignIns => &["signed_in", "sign_in_failed"],
            Self::Accounts => &[
                "account_made",
                "password_set",
                "account_active",
                "account_unlocked",
                "unit_set",
                "device_revoked",
                "device_restored",
                "record_kept",
            ],
            Self::Recusals => &["recused", "recusal_lifted"],
            Self::Receptions => &[
                "reception_rule_set",
                "reception_changed",
                "reception_booked",
                "reception_booking_set",
                "talk_point_set",
            ],
            Self::Settings => &["import_began", "import_ended", "holidays_set", "setting_set"],
            Self::Notices => &["petitioner_phoned", "notices_stopped", "reminders_set"],
            Self::Upkeep => &["backed_up", "restored", "verified", "adopted"],
        }
    }
}

/// `GET /api/v1/audit?group=&from=&until=&person=&number=&before=`: a page, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// One page.
    pub lines: Vec<AuditLine>,
    /// Where the next page begins; none at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// An entry, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its place in its chain.
    pub sequence: i64,
    /// The server's clock.
    pub at: Moment,
    /// The phone's clock, where a phone did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_at: Option<Moment>,
    /// Who; none for the command line and the server itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ShortText>,
    /// What.
    pub what: String,
    /// Why, where a reason is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// 信访件编号 of the matters that it is about, the first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
}

/// `GET` and `POST /api/v1/audit/verification`: how looking through everything stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// It is going on.
    pub running: bool,
    /// What the last one found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<VerificationResult>,
}

/// What looking through everything found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationResult {
    /// When it ended.
    pub at: Moment,
    /// Entries of the audit chain.
    pub entries: u64,
    /// Matters.
    pub matters: u64,
    /// Receipts, with their records.
    pub receipts: u64,
    /// What did not fit.
    pub faults: u64,
    /// In words, while the server remembers them; the first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// It could not be gone through to the end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub failed: bool,
}
