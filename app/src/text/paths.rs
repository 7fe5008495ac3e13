//! The side paths of a matter: 办理途径, what is proposed, 复查复核, 重开, 存档.

use case_core::matter::{
    Adoption, ArchiveGap, ContractState, FilingGround, NotAcceptGround, OldCaseGround, OversightAct, Proposal,
    ReopenGround, ReviewLevel, ReviewOutcome, Route,
};
use chrono::NaiveDate;

use crate::format;

/// 第三十一条的六种途径, for officials.
#[must_use]
pub fn route(route: Route) -> &'static str {
    match route {
        Route::Litigation => "一、诉讼、复议、检察、公安程序",
        Route::Arbitration => "二、仲裁",
        Route::PartyAppeal => "三、党员申诉、申请复审",
        Route::Administrative => "四、行政复议、裁决、确认、许可、处罚",
        Route::Protection => "五、查处违法行为、履行保护职责",
        Route::Petition => "六、信访程序",
    }
}

/// The same for the petitioner: what it is, in everyday words.
#[must_use]
pub fn route_to_petitioner(route: Route) -> &'static str {
    match route {
        Route::Litigation => "这件事要走打官司、复议或者公安、检察院的程序",
        Route::Arbitration => "这件事要走仲裁",
        Route::PartyAppeal => "这件事要走党员申诉或者复审的程序",
        Route::Administrative => "这件事要走行政复议、行政裁决这类程序",
        Route::Protection => "这件事由主管机关依职责查处或者答复",
        Route::Petition => "这件事按信访程序办",
    }
}

/// 不予受理的情形.
#[must_use]
pub fn not_accept_ground(ground: NotAcceptGround) -> &'static str {
    match ground {
        NotAcceptGround::AlreadyHandled => "同一件事别的机关正在办",
        NotAcceptGround::NotCompetent => "不归本机关管",
    }
}

/// 存的情形.
#[must_use]
pub fn filing_ground(ground: FilingGround) -> &'static str {
    match ground {
        FilingGround::NoIdentity => "没有可以联系的姓名、住址",
        FilingGround::NoContent => "没有可以办理的内容",
        FilingGround::Merged => "和另外一件是同一件事，已经并到那件里一起办",
    }
}

/// 重开的情形.
#[must_use]
pub fn reopen_ground(ground: ReopenGround) -> &'static str {
    match ground {
        ReopenGround::NewFacts => "有新的事实",
        ReopenGround::Dissatisfied => "回访不满意，诉求合理",
        ReopenGround::FalseClosure => "没有办到却报办结",
        ReopenGround::OrderedAnew => "责令重新办理",
        ReopenGround::AgreementBroken => "协议没有履行",
    }
}

/// 复查 or 复核.
#[must_use]
pub fn review_level(level: ReviewLevel) -> &'static str {
    match level {
        ReviewLevel::Review => "复查",
        ReviewLevel::Recheck => "复核",
    }
}

/// 列入积案台账的情形.
#[must_use]
pub fn old_case_ground(ground: OldCaseGround) -> &'static str {
    match ground {
        OldCaseGround::Overdue => "超过办理期限还没有化解",
        OldCaseGround::CameAgain => "答复以后又来三次以上",
        OldCaseGround::Superior => "上级交办的积案",
        OldCaseGround::Flagged => "联席办认定",
    }
}

/// 包案的状态.
#[must_use]
pub fn contract_state(state: ContractState) -> &'static str {
    match state {
        ContractState::Running => "化解中",
        ContractState::Prolonged => "延期",
        ContractState::Overdue => "已过期限",
        ContractState::Solved => "已化解",
        ContractState::HandedOver => "已换人",
    }
}

/// 包案领导意见, before its words.
#[must_use]
pub fn leader_agrees(agrees: bool) -> &'static str {
    if agrees { "包案领导意见，同意：" } else { "包案领导意见，不同意：" }
}

/// 包案领导意见.
#[must_use]
pub fn leader_agrees_short(agrees: bool) -> &'static str {
    if agrees { "同意" } else { "不同意" }
}

/// 督办, 约谈, 建议.
#[must_use]
pub fn oversight(act: OversightAct) -> &'static str {
    match act {
        OversightAct::Supervision => "督办",
        OversightAct::Interview => "约谈",
        OversightAct::Improvement => "改进工作的建议",
        OversightAct::Policy => "完善政策的建议",
        OversightAct::Accountability => "追究责任的建议",
    }
}

/// 采纳情况.
#[must_use]
pub fn adoption(adoption: Adoption) -> &'static str {
    match adoption {
        Adoption::Full => "采纳",
        Adoption::Partly => "部分采纳",
        Adoption::None => "不采纳",
    }
}

/// 复查、复核结论.
#[must_use]
pub fn review_outcome(outcome: ReviewOutcome) -> &'static str {
    match outcome {
        ReviewOutcome::Uphold => "维持",
        ReviewOutcome::Revoke => "撤销",
        ReviewOutcome::Change => "变更",
    }
}

/// What keeps a file out of the archive; the end of a sentence.
#[must_use]
pub fn archive_gap(gap: ArchiveGap) -> &'static str {
    match gap {
        ArchiveGap::NoPages => "还没有编页码",
        ArchiveGap::NoNotice => "还没有登记书面告知",
        ArchiveGap::NoAcceptance => "缺受理告知书",
        ArchiveGap::NoOpinion => "缺审核同意的处理意见书",
        ArchiveGap::NoDelivery => "缺送达回证",
        ArchiveGap::NoReturnVisit => "缺回访记录",
        ArchiveGap::NoReport => "缺办结报告",
        ArchiveGap::WindowOpen => "申请复查复核的时间或者观察期还没有过",
        ArchiveGap::PromiseOpen => "还有承诺没有登记兑现",
        ArchiveGap::VoiceOpen => "信访人说的话还没有答复",
        ArchiveGap::OldCaseOpen => "还在积案台账里，没有销号",
        ArchiveGap::OversightOpen => "还有督办、约谈或者建议没有登记回复",
    }
}

/// What is proposed, with its reason: for whoever decides, and for the journal.
#[must_use]
pub fn proposal(proposal: &Proposal, today: NaiveDate) -> String {
    let day = |date: NaiveDate| format::day(date, today);
    match proposal {
        Proposal::Extend { days, reason } => ["延期 ", &days.to_string(), " 天，理由：", reason.as_str()].concat(),
        Proposal::NotAccept { ground, organ, reason } => {
            ["不予受理，", not_accept_ground(*ground), "，请信访人找", organ.as_str(), "。", reason.as_str()].concat()
        }
        Proposal::NoLongerAccept { opinion: None, reason, .. } => ["不再受理：", reason.as_str()].concat(),
        Proposal::NoLongerAccept { opinion: Some(before), reason, .. } => [
            "不再受理，已有",
            before.organ.as_str(),
            "的复核意见（",
            before.number.as_str(),
            "，",
            &day(before.on),
            "）：",
            reason.as_str(),
        ]
        .concat(),
        Proposal::Direct { route: way, organ, limit, reason } => {
            let until = limit.map_or_else(String::new, |limit| ["，最晚 ", &day(limit)].concat());
            ["导入法定途径：", route(*way), "，由", organ.as_str(), "办理", &until, "。", reason.as_str()].concat()
        }
        Proposal::AnswerOnSpot { answer } => ["当场答复：", answer.as_str()].concat(),
        Proposal::File { ground, reason, .. } => ["存，", filing_ground(*ground), "。", reason.as_str()].concat(),
        Proposal::Withdraw { on, reason } => ["信访人 ", &day(*on), " 要求撤回：", reason.as_str()].concat(),
        Proposal::Leader { reason, .. } => ["更换包案领导。", reason.as_str()].concat(),
        Proposal::Reopen { ground, due, reason } => {
            ["重开，", reopen_ground(*ground), "，限 ", &day(*due), " 前。", reason.as_str()].concat()
        }
    }
}
