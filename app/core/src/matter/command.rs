//! Commands: decisions of the office. Each needs the network and names the version seen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::closure::{ClosurePackage, ReturnReason};
use crate::digest::Digest;
use crate::id::{AccountId, UnitId};
use crate::place::DivisionCode;
use crate::text::Paragraph;

/// 送达方式.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMode {
    /// 当面.
    InPerson,
    /// 邮寄.
    Post,
    /// 其他.
    Other,
}

impl DeliveryMode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Post, Self::Other];
}

/// 信访人意见 at delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PetitionerOpinion {
    /// 同意.
    Agrees,
    /// 不同意.
    Disagrees,
    /// 无明确意见.
    Unstated,
}

impl PetitionerOpinion {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Agrees, Self::Disagrees, Self::Unstated];
}

/// 送达回证.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// 送达方式.
    pub mode: DeliveryMode,
    /// 送达日期: the 30 days for 复查 run from it.
    pub on: NaiveDate,
    /// 签收 (true) or 拒收.
    pub signed: bool,
    /// 信访人意见.
    pub opinion: PetitionerOpinion,
}

/// What somebody at a desk decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// 转送: to the unit responsible; fixes the place when it was open (Article 22).
    Transfer {
        /// 去向机构.
        unit: UnitId,
        /// 问题属地, when it was not known or wrong.
        #[serde(default)]
        place: Option<DivisionCode>,
    },
    /// 签收.
    SignFor,
    /// 受理, with the 受理告知书 delivered (Article 23).
    Accept {
        /// 告知书送达日期.
        notice_delivered_on: NaiveDate,
    },
    /// 确定承办人, and begin.
    Assign {
        /// 承办人, an account of the unit.
        handler: AccountId,
    },
    /// 反馈: tell the petitioner how it stands.
    GiveFeedback {
        /// The words.
        text: Paragraph,
    },
    /// 承诺.
    Promise {
        /// The words.
        text: Paragraph,
        /// Until when.
        due: NaiveDate,
    },
    /// 报审: hand in the closure.
    SubmitClosure {
        /// 办结报审材料.
        package: ClosurePackage,
    },
    /// 退回.
    ReturnClosure {
        /// 退回理由, at least one.
        reasons: Vec<ReturnReason>,
        /// In words.
        text: Paragraph,
        /// Until when; not after the legal last day unless that has passed.
        due: NaiveDate,
    },
    /// 同意办结, naming exactly what was shown.
    ApproveClosure {
        /// [`super::Matter::closure_digest`] of what was on the screen.
        shown: Digest,
    },
    /// 送达处理意见书.
    Deliver(Delivery),
    /// 办结, after the return visit.
    Close,
}

crate::read_tagged!(Command by "command" {
    "transfer" => Transfer { unit: UnitId, #[serde(default)] place: Option<DivisionCode> },
    "sign_for" => SignFor,
    "accept" => Accept { notice_delivered_on: NaiveDate },
    "assign" => Assign { handler: AccountId },
    "give_feedback" => GiveFeedback { text: Paragraph },
    "promise" => Promise { text: Paragraph, due: NaiveDate },
    "submit_closure" => SubmitClosure { package: ClosurePackage },
    "return_closure" => ReturnClosure { reasons: Vec<ReturnReason>, text: Paragraph, due: NaiveDate },
    "approve_closure" => ApproveClosure { shown: Digest },
    "deliver" => Deliver(Delivery),
    "close" => Close,
});

/// A command without its content, for the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is documented at the command of the same name")]
pub enum CommandKind {
    Transfer,
    SignFor,
    Accept,
    Assign,
    GiveFeedback,
    Promise,
    SubmitClosure,
    ReturnClosure,
    ApproveClosure,
    Deliver,
    Close,
}

impl CommandKind {
    /// All of them in the order of the path.
    pub const ALL: [Self; 11] = [
        Self::Transfer,
        Self::SignFor,
        Self::Accept,
        Self::Assign,
        Self::GiveFeedback,
        Self::Promise,
        Self::SubmitClosure,
        Self::ReturnClosure,
        Self::ApproveClosure,
        Self::Deliver,
        Self::Close,
    ];
}

impl Command {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> CommandKind {
        match self {
            Self::Transfer { .. } => CommandKind::Transfer,
            Self::SignFor => CommandKind::SignFor,
            Self::Accept { .. } => CommandKind::Accept,
            Self::Assign { .. } => CommandKind::Assign,
            Self::GiveFeedback { .. } => CommandKind::GiveFeedback,
            Self::Promise { .. } => CommandKind::Promise,
            Self::SubmitClosure { .. } => CommandKind::SubmitClosure,
            Self::ReturnClosure { .. } => CommandKind::ReturnClosure,
            Self::ApproveClosure { .. } => CommandKind::ApproveClosure,
            Self::Deliver(_) => CommandKind::Deliver,
            Self::Close => CommandKind::Close,
        }
    }
}
