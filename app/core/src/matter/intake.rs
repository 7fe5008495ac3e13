//! 信访件: a matter has one intake or more. The first makes the matter (初件, its registration form); each
//! that comes later about the same thing is linked to it (重件) and stands in its file as it came.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::registration::{Channel, Petitioner};
use crate::code::{FormNumber, MatterNumber};
use crate::id::AccountId;
use crate::text::{LongText, ShortText, Title};
use crate::time::Moment;

/// 推选代表: the most representatives of a group that comes (Article 20).
pub const MAX_REPRESENTATIVES: usize = 5;

/// 匿名: what stands for the name where none was given. Nobody is recognised by it: neither in a look-up nor
/// as somebody who came before.
pub const ANONYMOUS: &str = "匿名";

/// The further columns of 信访登记表: who came along, and whether it is the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// 信访人数; none where only the petitioner came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u16>,
    /// 代表: at most [`MAX_REPRESENTATIVES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub representatives: Vec<ShortText>,
    /// 全国初次.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_in_country: Option<bool>,
    /// 本机构初次.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_here: Option<bool>,
    /// 公开意愿: the petitioner agrees that the matter and its answer are shown to everybody, without particulars.
    /// Not asked is not agreed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub publish: bool,
    /// 网上提交: the petitioner, or somebody for them, sent it over the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online: Option<OnlineFiling>,
    /// 纸表编号: the number that the paper form bears from which it was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_number: Option<FormNumber>,
}

/// 网上提交: what only an intake has that came over the network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlineFiling {
    /// 匿名: no name was given; the name on the form is [`ANONYMOUS`].
    #[serde(default, skip_serializing_if = "is_false")]
    pub anonymous: bool,
    /// 代填人, when the petitioner did not fill it in alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<Helper>,
}

/// 代填人: who filled it in for the petitioner, who heard or read all of it and said yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helper {
    /// 姓名.
    pub name: ShortText,
    /// 与信访人的关系: a child, a neighbour, an official of the village.
    pub relation: ShortText,
    /// 电话, when one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ShortText>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives references")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Particulars {
    /// Whether nothing stands in any column.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// 重件: what came again about a matter that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatIntake {
    /// 标题.
    pub title: Title,
    /// 内容, word for word.
    pub content: LongText,
    /// 信访形式.
    pub channel: Channel,
    /// Who brought it: not always the petitioner of the matter.
    pub petitioner: Petitioner,
    /// 信访日期.
    pub received_on: NaiveDate,
    /// The further columns.
    #[serde(default, skip_serializing_if = "Particulars::is_empty")]
    pub particulars: Particulars,
    /// 信访件编号, its own. The server gives it, whatever was sent; intakes linked at first have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<MatterNumber>,
}

/// 重件, as it was linked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedIntake {
    /// What came.
    pub intake: RepeatIntake,
    /// Who linked it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}
