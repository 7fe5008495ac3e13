//! What is sealed. None of it shows in debug output: a stray log line must not tell it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, UnitId};
use crate::matter::Channel;
use crate::text::{LongText, Paragraph, ShortText};

macro_rules! hidden {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
hidden!(SealedContent, SealedPetitioner, AccusedPerson, Handover, SealedBody);

/// 检举控告的内容.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedContent {
    /// 信访形式.
    pub channel: Channel,
    /// 反映的内容.
    pub text: LongText,
    /// 被反映的单位.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accused_units: Vec<UnitId>,
    /// 被反映的人.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accused_persons: Vec<AccusedPerson>,
    /// 反映人; none: 匿名.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub petitioner: Option<SealedPetitioner>,
}

/// 实名反映人.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedPetitioner {
    /// 姓名.
    pub name: ShortText,
    /// 联系电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ShortText>,
    /// 住址.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Paragraph>,
}

/// 被反映人.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccusedPerson {
    /// 姓名.
    pub name: ShortText,
    /// 职务.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<ShortText>,
    /// 所在单位.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Accounts of officials of that name. The server fills it in: whoever registers need not know the
    /// accounts, and too many are better than one too few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<AccountId>,
}

/// 移送: the deed itself is done on paper or in person; here it is put on record.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// What the receiver is.
    pub organ: OrganKind,
    /// 接收机关, when it is a unit of this county.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// 接收机关, when it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ShortText>,
    /// 移送日期.
    pub on: NaiveDate,
}

/// 接收机关的性质 (Articles 22 and 30).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganKind {
    /// 纪检监察机关.
    Discipline,
    /// 组织(人事)部门.
    Organisation,
    /// 其他有权处理的机关、单位.
    Competent,
}

impl OrganKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Discipline, Self::Organisation, Self::Competent];
}

/// The words of one line of the journal. Stored sealed; frozen like everything that is stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum SealedBody {
    /// 登记.
    Register {
        /// What was reported.
        content: SealedContent,
    },
    /// 拆阅.
    Read {
        /// Why.
        reason: Paragraph,
    },
    /// 移送.
    HandOver {
        /// To whom.
        handover: Handover,
    },
    /// 办结.
    Close {
        /// What came of it.
        note: Paragraph,
    },
}
