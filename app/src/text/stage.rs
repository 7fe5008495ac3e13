//! 办理阶段: once for officials, once for the petitioner.

use case_core::matter::Stage;

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
    }
}
