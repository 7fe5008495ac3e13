//! Commands: what they are called on buttons and in dialogs.

use case_core::matter::{CommandKind, DeliveryMode, PetitionerOpinion};

/// The word on the button.
#[must_use]
pub fn name(kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Transfer => "转送",
        CommandKind::SignFor => "签收",
        CommandKind::Accept => "受理",
        CommandKind::Assign => "确定承办人",
        CommandKind::GiveFeedback => "向信访人反馈",
        CommandKind::Promise => "记下承诺",
        CommandKind::SubmitClosure => "报审核",
        CommandKind::ReturnClosure => "退回重办",
        CommandKind::ApproveClosure => "同意",
        CommandKind::Deliver => "登记送达",
        CommandKind::Close => "办结",
    }
}

/// What the step means, below its button.
#[must_use]
pub fn explain(kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Transfer => "交给责任单位，15 天的书面告知期限从今天算起。",
        CommandKind::SignFor => "确认本单位已经收到。",
        CommandKind::Accept => "受理告知书送到后登记，60 天的办理期限从今天算起。",
        CommandKind::Assign => "定下由谁来办，从此算开始办理。",
        CommandKind::GiveFeedback => "告诉信访人办到哪一步，信访人凭查询码也能看到。",
        CommandKind::Promise => "答应信访人的事和日子，到期会提醒。",
        CommandKind::SubmitClosure => "逐项写明查明的事实和答复，交县信访局审核。",
        CommandKind::ReturnClosure => "写明理由和期限，退给承办人重办。",
        CommandKind::ApproveClosure => "同意这份办理结果，责任单位可以送达。",
        CommandKind::Deliver => "处理意见书送到信访人手里后登记。",
        CommandKind::Close => "回访以后，这件事到此办结。",
    }
}

/// What is said after it was done.
#[must_use]
pub fn done(kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Transfer => "已转送。",
        CommandKind::SignFor => "已签收。",
        CommandKind::Accept => "已受理。",
        CommandKind::Assign => "已确定承办人。",
        CommandKind::GiveFeedback => "反馈已记下。",
        CommandKind::Promise => "承诺已记下。",
        CommandKind::SubmitClosure => "已报审核。",
        CommandKind::ReturnClosure => "已退回。",
        CommandKind::ApproveClosure => "已同意。",
        CommandKind::Deliver => "送达已登记。",
        CommandKind::Close => "已办结。",
    }
}

/// 送达方式.
#[must_use]
pub fn delivery_mode(mode: DeliveryMode) -> &'static str {
    match mode {
        DeliveryMode::InPerson => "当面",
        DeliveryMode::Post => "邮寄",
        DeliveryMode::Other => "其他",
    }
}

/// 信访人意见.
#[must_use]
pub fn petitioner_opinion(opinion: PetitionerOpinion) -> &'static str {
    match opinion {
        PetitionerOpinion::Agrees => "同意",
        PetitionerOpinion::Disagrees => "不同意",
        PetitionerOpinion::Unstated => "没有明确意见",
    }
}

/// 签收 or 拒收.
#[must_use]
pub fn signed(signed: bool) -> &'static str {
    if signed { "签收" } else { "拒收" }
}
