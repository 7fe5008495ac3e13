//! People met elsewhere than on a round: 开门接访, 专门约访, and the registering of what somebody
//! brings forward (spec 3.1, 3.5).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::attachment::{self, Attachment};
use super::record::RecordFault;
use super::visit::{RaisedMatter, ReportedItem};
use crate::id::{HouseholdId, MatterId};
use crate::place::DivisionCode;
use crate::text::{LongText, Paragraph, ShortText, Title};
use crate::time::Moment;

/// 接访类型.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceptionKind {
    /// 开门接访: whoever comes.
    #[default]
    OpenDoor,
    /// 专门约访: by appointment.
    Appointment,
    /// 下访: the leader goes down and receives there.
    GoingDown,
}

impl ReceptionKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::OpenDoor, Self::Appointment, Self::GoingDown];
}

/// 接访记录: a leader or official received somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// 类型. Another name in JSON, where the payload's own kind stands beside it.
    #[serde(default, rename = "form")]
    pub kind: ReceptionKind,
    /// 时间.
    pub at: Moment,
    /// 地点.
    pub place: Title,
    /// 来访人.
    pub visitor: ShortText,
    /// 人数: at least 1.
    pub people: u16,
    /// 联系方式.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ShortText>,
    /// 户, when the visitor is of a known household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// 关联信访件.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    /// 事由与详情.
    pub subject: Paragraph,
    /// 领导处理意见.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Paragraph>,
    /// 承办部门.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<ShortText>,
    /// 截止.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// 陪同人员.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub companions: Vec<ShortText>,
    /// 反映事项; those marked become matters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ReportedItem>,
    /// 照片、录音、签名.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl Reception {
    pub(super) fn check(&self) -> Result<(), RecordFault> {
        if self.people == 0 {
            return Err(RecordFault::NoPeople);
        }
        super::visit::check_items(&self.items)?;
        attachment::check(&self.attachments)
    }
}

/// 登记: a matter brought forward at the door, in the village or on the way, outside a household visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldIntake {
    /// When it was brought forward.
    pub at: Moment,
    /// 户, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// 问题属地, when it is another than the household's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<DivisionCode>,
    /// 住址 in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Title>,
    /// 投诉内容.
    pub content: LongText,
    /// What becomes of it: title, demands, petitioner, and the query code given at the door.
    pub matter: RaisedMatter,
    /// 照片、录音、签名.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl FieldIntake {
    pub(super) fn check(&self) -> Result<(), RecordFault> {
        if self.matter.demands.is_empty() {
            return Err(RecordFault::NoDemand { item: 0 });
        }
        attachment::check(&self.attachments)
    }
}
