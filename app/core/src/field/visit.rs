//! 登门遍访: a visit to a household (spec 3.2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::attachment::{self, Attachment};
use super::interview::Interview;
use super::record::{MAX_ITEMS, RecordFault};
use crate::code::QueryCode;
use crate::id::{HouseholdId, MatterId};
use crate::matter::{Category, Demand};
use crate::text::{Paragraph, ShortText, Title};
use crate::time::Moment;

/// 方式.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitMode {
    /// 走访.
    #[default]
    AtHome,
    /// 接待.
    Reception,
    /// 电话.
    Phone,
    /// 微信.
    Chat,
    /// 视频.
    Video,
    /// 其他.
    Other,
}

impl VisitMode {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::AtHome, Self::Reception, Self::Phone, Self::Chat, Self::Video, Self::Other];

    /// Whether people stood before each other (3天见面 is met only so, never by a call).
    #[must_use]
    pub fn in_person(self) -> bool {
        matches!(self, Self::AtHome | Self::Reception)
    }
}

/// 结果.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitResult {
    /// 见到本人.
    MetPerson,
    /// 见到家人.
    MetFamily,
    /// 不在家.
    NotAtHome,
    /// 拒访.
    Refused,
    /// 空户.
    Empty,
    /// 已迁.
    Moved,
}

impl VisitResult {
    /// All of them in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::MetPerson, Self::MetFamily, Self::NotAtHome, Self::Refused, Self::Empty, Self::Moved];

    /// Whether somebody of the household was met (coverage counts these).
    #[must_use]
    pub fn met(self) -> bool {
        matches!(self, Self::MetPerson | Self::MetFamily)
    }
}

/// 四下基层 purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 信访接待.
    Reception,
    /// 现场办公.
    OnSiteWork,
    /// 调查研究.
    Research,
    /// 宣传政策.
    Policy,
}

impl Purpose {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Reception, Self::OnSiteWork, Self::Research, Self::Policy];
}

/// Who was spoken to, by relation to the head of the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpokeWith {
    /// 户主.
    Head,
    /// 配偶.
    Spouse,
    /// 子女.
    Child,
    /// 父母.
    Parent,
    /// 其他家人.
    OtherFamily,
    /// 邻居.
    Neighbour,
}

impl SpokeWith {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Head, Self::Spouse, Self::Child, Self::Parent, Self::OtherFamily, Self::Neighbour];
}

/// 反映事项 by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// 矛盾纠纷.
    Dispute,
    /// 群众诉求.
    Demand,
    /// 意见建议.
    Suggestion,
    /// 其他.
    Other,
}

impl ItemKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Demand, Self::Dispute, Self::Suggestion, Self::Other];
}

/// 紧急度.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 一般.
    #[default]
    Normal,
    /// 紧急.
    Urgent,
}

impl Urgency {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Normal, Self::Urgent];
}

/// What makes a reported item a new matter. The id is made on the phone, so that the record can be
/// sent twice and the matter still exists once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RaisedMatter {
    /// The matter to be.
    pub id: MatterId,
    /// 标题.
    pub title: Title,
    /// 诉求: at least one.
    pub demands: Vec<Demand>,
    /// 内容分类.
    pub category: Category,
    /// 信访人.
    pub petitioner: ShortText,
    /// 联系电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ShortText>,
    /// 五必问, when they were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interview: Option<Interview>,
    /// 查询码 given at the door, out of the phone's reserve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<QueryCode>,
}

/// 反映事项.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedItem {
    /// Of which kind.
    pub kind: ItemKind,
    /// 摘要.
    pub summary: Paragraph,
    /// 紧急度.
    #[serde(default)]
    pub urgency: Urgency,
    /// 当场解决.
    #[serde(default)]
    pub solved_on_spot: bool,
    /// 承诺时间.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<NaiveDate>,
    /// → matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raise: Option<RaisedMatter>,
}

/// 登门遍访. Only `household`, `started` and `result` are required; all else may stay empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdVisit {
    /// 户.
    pub household: HouseholdId,
    /// 走访活动, when the visit belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<ShortText>,
    /// An open matter that the visit was about, when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    /// 入户时间. Any hour.
    pub started: Moment,
    /// 离开时间.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Moment>,
    /// 同行人员 (two are recommended, none is forced).
    #[serde(default)]
    pub companions: Vec<ShortText>,
    /// 方式.
    #[serde(default)]
    pub mode: VisitMode,
    /// 结果.
    pub result: VisitResult,
    /// Who was spoken to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spoke_with: Option<SpokeWith>,
    /// 四下.
    #[serde(default)]
    pub purposes: Vec<Purpose>,
    /// 反映事项.
    #[serde(default)]
    pub items: Vec<ReportedItem>,
    /// 困难与帮扶需要.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardship: Option<Paragraph>,
    /// 政策宣传.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_topics: Option<Paragraph>,
    /// 隐患.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazards: Option<Paragraph>,
    /// 备注.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Paragraph>,
    /// 地点, when it was not the household's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Title>,
    /// A single optional point (latitude, longitude in millionths of a degree), never a track.
    /// Whole numbers, so that its JSON, and with it the record's digest, is the same everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<(i32, i32)>,
    /// 告知与同意: the purpose was read aloud.
    #[serde(default)]
    pub notice_given: bool,
    /// 下次走访.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_visit: Option<NaiveDate>,
    /// 照片、录音: optional always.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// Checks reported items.
pub(super) fn check_items(items: &[ReportedItem]) -> Result<(), RecordFault> {
    if items.len() > MAX_ITEMS {
        return Err(RecordFault::TooManyItems { max: u16::try_from(MAX_ITEMS).unwrap_or(u16::MAX) });
    }
    for (at, item) in items.iter().enumerate() {
        if item.raise.as_ref().is_some_and(|raise| raise.demands.is_empty()) {
            return Err(RecordFault::NoDemand { item: u16::try_from(at).unwrap_or(u16::MAX) });
        }
    }
    Ok(())
}

impl HouseholdVisit {
    pub(super) fn check(&self) -> Result<(), RecordFault> {
        if self.ended.is_some_and(|ended| ended < self.started) {
            return Err(RecordFault::EndsBeforeStart);
        }
        if self.point.is_some_and(|(lat, lon)| lat.unsigned_abs() > 90_000_000 || lon.unsigned_abs() > 180_000_000) {
            return Err(RecordFault::BadPoint);
        }
        check_items(&self.items)?;
        attachment::check(&self.attachments)
    }
}
