//! 信访件: a matter has one intake or more. The first makes the matter (初件, its registration form); each
//! that comes later about the same thing is linked to it (重件) and stands in its file as it came.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::registration::{Category, Channel, Demand, Intake, Petitioner, PurposeOfPetition, Registration};
use crate::code::{FormNumber, MatterNumber};
use crate::id::{AccountId, MatterId};
use crate::place::DivisionCode;
use crate::text::{LongText, Paragraph, ShortText, Title};
use crate::time::Moment;

/// 推选代表: the most representatives of a group that comes (Article 20).
pub const MAX_REPRESENTATIVES: usize = 5;

/// 匿名: what stands for the name where none was given. Nobody is recognised by it: neither in a look-up nor
/// as somebody who came before.
pub const ANONYMOUS: &str = "匿名";

/// 信访来源: from which level it was passed on to here (spec 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeSource {
    /// 国家.
    Country,
    /// 省.
    Province,
    /// 市.
    City,
    /// 县.
    County,
    /// 乡镇.
    Township,
}

impl IntakeSource {
    /// All of them, from the top.
    pub const ALL: [Self; 5] = [Self::Country, Self::Province, Self::City, Self::County, Self::Township];
}

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
    /// 信访来源; none where it came here by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<IntakeSource>,
    /// 涉及人数: whom it concerns, which can be many more than came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affected: Option<u32>,
    /// 联名: several put their names to it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub joint: bool,
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

/// What an intake lacks to be a matter of its own: of what comes again neither demands nor class are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnForm {
    /// 诉求.
    pub demands: Vec<Demand>,
    /// 信访目的.
    pub purpose: PurposeOfPetition,
    /// 内容分类.
    pub category: Category,
    /// 初件/重件.
    pub intake: Intake,
    /// 问题属地, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<DivisionCode>,
}

/// 撤销关联: it was about something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlinked {
    /// The matter of its own that it became.
    pub into: MatterId,
    /// Why.
    pub reason: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
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
    /// 撤销关联; it keeps its place, so that the others keep theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlinked: Option<Unlinked>,
}

impl LinkedIntake {
    /// Whether it belongs to the matter.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.unlinked.is_none()
    }

    /// The form of the matter that it becomes: what was said stands word for word, and the day is that of its own receipt.
    #[must_use]
    pub fn registration(&self, form: &OwnForm) -> Registration {
        let intake = &self.intake;
        Registration {
            title: intake.title.clone(),
            content: intake.content.clone(),
            demands: form.demands.clone(),
            purpose: form.purpose,
            category: form.category,
            channel: intake.channel,
            intake: form.intake,
            petitioner: intake.petitioner.clone(),
            place: form.place.clone(),
            household: None,
            received_on: intake.received_on,
            direct: false,
            received_by: None,
            particulars: intake.particulars.clone(),
        }
    }
}
