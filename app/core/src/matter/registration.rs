//! 信访登记表: what a matter begins with.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::intake::Particulars;
use crate::id::{HouseholdId, UnitId};
use crate::place::DivisionCode;
use crate::text::{LongText, Paragraph, ShortText, Title};
use crate::time::Moment;

/// 信访形式: how it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 来信.
    Letter,
    /// 来访.
    Visit,
    /// 网上.
    Online,
    /// 来电.
    Phone,
    /// 登门遍访时反映.
    HomeVisit,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Letter, Self::Visit, Self::Online, Self::Phone, Self::HomeVisit];
}

/// 信访目的 as the law divides it (Articles 29–31). 检举控告 has a sealed channel of its own and is
/// never a plain matter, so it is not offered here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurposeOfPetition {
    /// 建议意见.
    Suggestion,
    /// 申诉求决.
    Appeal,
}

impl PurposeOfPetition {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Appeal, Self::Suggestion];
}

/// 内容分类, first level (spec 3.7, seventeen classes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 农村农业.
    Agriculture,
    /// 国土资源.
    Land,
    /// 城乡建设.
    Construction,
    /// 劳动和社会保障.
    Labour,
    /// 卫生计生.
    Health,
    /// 教育文体.
    Education,
    /// 民政.
    CivilAffairs,
    /// 政法.
    Justice,
    /// 经济管理.
    Economy,
    /// 交通运输.
    Transport,
    /// 商贸旅游.
    Trade,
    /// 科技与信息产业.
    Technology,
    /// 环境保护.
    Environment,
    /// 党务政务.
    Government,
    /// 组织人事.
    Personnel,
    /// 纪检监察.
    Discipline,
    /// 其他.
    Other,
}

impl Category {
    /// All of them in the order of the table.
    pub const ALL: [Self; 17] = [
        Self::Agriculture,
        Self::Land,
        Self::Construction,
        Self::Labour,
        Self::Health,
        Self::Education,
        Self::CivilAffairs,
        Self::Justice,
        Self::Economy,
        Self::Transport,
        Self::Trade,
        Self::Technology,
        Self::Environment,
        Self::Government,
        Self::Personnel,
        Self::Discipline,
        Self::Other,
    ];
}

/// 主访人. The minimum (PIPL 6): no ID number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petitioner {
    /// 姓名(名称).
    pub name: ShortText,
    /// 手机号 or 固定电话, when one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ShortText>,
    /// 住址.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Title>,
}

impl Petitioner {
    /// The last four digits of the phone: the second factor of a look-up.
    #[must_use]
    pub fn phone_tail(&self) -> Option<String> {
        let digits: Vec<char> = self.phone.as_ref()?.as_str().chars().filter(char::is_ascii_digit).collect();
        (digits.len() >= 4).then(|| digits[digits.len() - 4..].iter().collect())
    }
}

/// 诉求: one thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Demand(pub Paragraph);

/// 初件 or 重件 (an intake that repeats an earlier one has none of the local clocks).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intake {
    /// 初件.
    First,
    /// 重件.
    Repeat,
}

/// 信访登记表: what is needed to register a matter (spec 3.1, Article 19).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// 标题.
    pub title: Title,
    /// 投诉内容: request, facts, reasons.
    pub content: LongText,
    /// 诉求: at least one.
    pub demands: Vec<Demand>,
    /// 信访目的.
    pub purpose: PurposeOfPetition,
    /// 内容分类.
    pub category: Category,
    /// 信访形式.
    pub channel: Channel,
    /// 初件/重件.
    pub intake: Intake,
    /// 主访人.
    pub petitioner: Petitioner,
    /// 问题属地, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<DivisionCode>,
    /// The household that it came from, when it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// 信访日期: the day of receipt; legal clocks run from it. Not in the future.
    pub received_on: NaiveDate,
    /// 直接收到: by an organ other than the petition office, which owes the petitioner a written word of
    /// its own within 15 days (Article 23, second paragraph).
    #[serde(default, skip_serializing_if = "is_false")]
    pub direct: bool,
    /// 收件单位: whose desk it came to, where that is a unit of its own and it came to it directly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_by: Option<UnitId>,
    /// The further columns: who came along, whether it is the first time.
    #[serde(default, skip_serializing_if = "Particulars::is_empty")]
    pub particulars: Particulars,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives references")]
fn is_false(value: &bool) -> bool {
    !value
}

/// A reply given before Huiyin, imported as it was. Whether it solved anything is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerReply {
    /// The words.
    pub text: LongText,
    /// When.
    pub at: Moment,
}
