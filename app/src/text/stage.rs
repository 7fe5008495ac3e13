//! 办理阶段: once for officials, once for the petitioner.

use case_core::matter::{Stage, StageGroup};

/// The name of a stage, as officials know it.
#[must_use]
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Registered => "已登记",
        Stage::AwaitingSignature => "待签收",
        Stage::SignedFor => "已签收",
        Stage::Accepted => "已受理",
        Stage::Handling => "办理中",
        Stage::ClosureSubmitted => "待审核",
        Stage::Returned => "退回重办",
        Stage::Approved => "待送达",
        Stage::AwaitingReturnVisit => "待回访",
        Stage::Closed => "已办结",
        Stage::AwaitingMaterial => "待补充材料",
        Stage::Objected => "提出异议",
        Stage::Mediating => "调解中",
        Stage::Reviewing => "复查中",
        Stage::ReviewDecided => "复查意见待送达",
        Stage::Rechecking => "复核中",
        Stage::RecheckDecided => "复核意见待送达",
        Stage::Reopened => "已重开",
        Stage::Settled => "已化解",
        Stage::Archived => "已存档",
        Stage::NotAccepted => "不予受理",
        Stage::NoLongerAccepted => "不再受理",
        Stage::Directed => "已导入法定途径",
        Stage::AnsweredOnSpot => "已当场答复",
        Stage::Filed => "已存",
        Stage::Withdrawn => "已撤回",
    }
}

/// The name of a group of stages.
#[must_use]
pub fn group(group: StageGroup) -> &'static str {
    match group {
        StageGroup::ToRoute => "待分流",
        StageGroup::ToSign => "待签收",
        StageGroup::AtWork => "办理中",
        StageGroup::ToApprove => "待审核",
        StageGroup::ToDeliver => "待送达回访",
        StageGroup::UnderReview => "复查复核",
        StageGroup::Closed => "已办结",
        StageGroup::EndedOtherwise => "其他结束",
    }
}

/// What has happened when a stage was entered: a line of the time-line.
#[must_use]
pub fn entered(stage: Stage) -> &'static str {
    match stage {
        Stage::Registered => "登记",
        Stage::AwaitingSignature => "转送责任单位",
        Stage::SignedFor => "责任单位签收",
        Stage::Accepted => "正式受理",
        Stage::Handling => "开始办理",
        Stage::ClosureSubmitted => "结果报审核",
        Stage::Returned => "退回重办",
        Stage::Approved => "审核通过",
        Stage::AwaitingReturnVisit => "处理意见书送达",
        Stage::Closed => "办结",
        Stage::AwaitingMaterial => "请信访人补充材料",
        Stage::Objected => "责任单位提出异议",
        Stage::Mediating => "开始调解",
        Stage::Reviewing => "收到复查申请",
        Stage::ReviewDecided => "提出复查意见",
        Stage::Rechecking => "收到复核申请",
        Stage::RecheckDecided => "提出复核意见",
        Stage::Reopened => "重开，重新办理",
        Stage::Settled => "认定已化解",
        Stage::Archived => "存档",
        Stage::NotAccepted => "不予受理",
        Stage::NoLongerAccepted => "不再受理",
        Stage::Directed => "导入法定途径",
        Stage::AnsweredOnSpot => "当场答复",
        Stage::Filed => "存",
        Stage::Withdrawn => "信访人撤回",
    }
}

/// What comes next, for the official who opens the file.
#[must_use]
pub fn next(stage: Stage) -> &'static str {
    match stage {
        Stage::Registered => "等县信访局转送给责任单位。",
        Stage::AwaitingSignature => "等责任单位签收。",
        Stage::SignedFor => "等责任单位受理，并把受理告知书送到信访人手里。",
        Stage::Accepted => "等责任单位确定承办人。",
        Stage::Handling => "承办人正在办理，办好后报审核。",
        Stage::ClosureSubmitted => "等县信访局审核。",
        Stage::Returned => "承办人要按退回的理由重办，再报审核。",
        Stage::Approved => "等责任单位把处理意见书送到信访人手里。",
        Stage::AwaitingReturnVisit => "等没有参与办理的人上门回访。",
        Stage::Closed => "已经办结。",
        Stage::AwaitingMaterial => "等信访人补充材料，期限照算。",
        Stage::Objected => "等县信访局核实异议，期限照算。",
        Stage::Mediating => "正在调解，谈成谈不成都要登记。",
        Stage::Reviewing => "等复查机关提出意见。",
        Stage::ReviewDecided => "等复查意见送到信访人手里。",
        Stage::Rechecking => "等复核机关提出意见。",
        Stage::RecheckDecided => "等复核意见送到信访人手里。",
        Stage::Reopened => "等责任单位重新确定承办人。",
        Stage::Settled => "已经认定化解，材料齐全就可以存档。",
        Stage::Archived => "已经存档。",
        Stage::NotAccepted => "已经结束，还要书面告知信访人。存档前看看告知了没有。",
        Stage::NoLongerAccepted => "已经结束，要书面告知信访人，帮扶疏导照样要做。",
        Stage::Directed => "已经结束，要书面告知信访人去哪里、怎么办。",
        Stage::AnsweredOnSpot => "已经当场答复。",
        Stage::Filed => "已经存下备查。",
        Stage::Withdrawn => "信访人已经撤回。",
    }
}

/// Where the matter stands, in one sentence for the petitioner.
#[must_use]
pub fn to_petitioner(stage: Stage, unit: Option<&str>) -> String {
    let unit = unit.unwrap_or("负责的单位");
    match stage {
        Stage::Registered => "您反映的事已经登记，正在确定由哪个单位办。".to_owned(),
        Stage::AwaitingSignature => ["您反映的事已经转给", unit, "，正在等他们签收。"].concat(),
        Stage::SignedFor => [unit, "已经收到您反映的事，会书面告诉您是否受理。"].concat(),
        Stage::Accepted => [unit, "已经受理，正在安排人办。"].concat(),
        Stage::Handling => [unit, "正在办理。"].concat(),
        Stage::ClosureSubmitted => [unit, "已经拿出办理结果，信访局正在审核。"].concat(),
        Stage::Returned => ["信访局看了办理结果，认为还不行，已经退回", unit, "重办。"].concat(),
        Stage::Approved => ["办理结果已经审核通过，", unit, "会把处理意见书送到您手里。"].concat(),
        Stage::AwaitingReturnVisit => "处理意见书已经送达。信访局会派人上门，听您说办得怎么样。".to_owned(),
        Stage::Closed => "这件事已经办结。".to_owned(),
        Stage::AwaitingMaterial => "办您这件事还缺材料，请您补上。等材料的时候，期限照样算。".to_owned(),
        Stage::Objected => [unit, "说这件事不归他们办，信访局正在核实。"].concat(),
        Stage::Mediating => [unit, "正在组织双方调解。"].concat(),
        Stage::Reviewing => "上一级机关正在复查这件事的处理意见。".to_owned(),
        Stage::ReviewDecided => "上一级机关已经有了复查意见，会送到您手里。".to_owned(),
        Stage::Rechecking => "再上一级机关正在复核这件事。".to_owned(),
        Stage::RecheckDecided => "再上一级机关已经有了复核意见，会送到您手里。".to_owned(),
        Stage::Reopened => ["这件事已经重新打开，", unit, "要重新办理。"].concat(),
        Stage::Settled => "这件事已经办结，问题已经解决。".to_owned(),
        Stage::Archived => "这件事已经办完，材料已经存档。".to_owned(),
        Stage::NotAccepted => "这件事按规定不能在这里受理。".to_owned(),
        Stage::NoLongerAccepted => "这件事已经复核终结，按规定不再受理。".to_owned(),
        Stage::Directed => "这件事要走另外的法定途径办。".to_owned(),
        Stage::AnsweredOnSpot => "您反映的事已经当场答复。".to_owned(),
        Stage::Filed => "您反映的材料已经收下存好。".to_owned(),
        Stage::Withdrawn => "您已经撤回这件事，办理到此结束。".to_owned(),
    }
}

/// A step on the petitioner's time-line, done or to come.
#[must_use]
pub fn petitioner_step(stage: Stage) -> &'static str {
    match stage {
        Stage::Registered => "收到并登记",
        Stage::AwaitingSignature => "转给负责的单位",
        Stage::SignedFor => "单位签收",
        Stage::Accepted => "正式受理",
        Stage::Handling => "开始办理",
        Stage::ClosureSubmitted => "结果交信访局审核",
        Stage::Returned => "退回重办",
        Stage::Approved => "审核通过",
        Stage::AwaitingReturnVisit => "处理意见书送达",
        Stage::Closed => "办结",
        Stage::AwaitingMaterial => "请您补充材料",
        Stage::Objected => "单位说不归他们办",
        Stage::Mediating => "开始调解",
        Stage::Reviewing => "收到您的复查申请",
        Stage::ReviewDecided => "有了复查意见",
        Stage::Rechecking => "收到您的复核申请",
        Stage::RecheckDecided => "有了复核意见",
        Stage::Reopened => "重新打开，重新办理",
        Stage::Settled => "确认问题已经解决",
        Stage::Archived => "存档",
        Stage::NotAccepted => "不予受理",
        Stage::NoLongerAccepted => "不再受理",
        Stage::Directed => "转走法定途径",
        Stage::AnsweredOnSpot => "当场答复您",
        Stage::Filed => "材料存下",
        Stage::Withdrawn => "您撤回了这件事",
    }
}
