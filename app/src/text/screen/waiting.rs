//! Words of the page 待办: what waits for the joint conference and for the county's leaders.

use case_core::wire::waiting::WaitingKind;

/// Heading and section.
pub const TITLE: &str = "待办";
/// The links to the lists.
pub const JUMP: &str = "有事的清单";

/// What a list is called, and what is to be done about it.
#[must_use]
pub fn kind(kind: WaitingKind) -> (&'static str, &'static str) {
    match kind {
        WaitingKind::Disputes => ("单位之间有争议的", "责任单位说不归自己办。核实以后，同意或者不同意异议。"),
        WaitingKind::ToApprove => ("等您批的", "打开案卷，批准或者不批准。"),
        WaitingKind::LeaderOwes => ("等您签意见的", "您包案的事项，办理结果已经报上来。同意了，才能往下走。"),
        WaitingKind::Mine => ("您包案的", "一包到底，直到销号。"),
        WaitingKind::Unled => ("还没有领导包案的积案", "打开案卷，登记领导包案。"),
        WaitingKind::ToStrikeOff => ("办结了、还没有销号的积案", "核实问题化解了，再销号。"),
        WaitingKind::Overseen => ("督办、约谈、建议还没有回复的", "到期没有回复的，可以再督办、约谈。"),
        WaitingKind::Overdue => ("超期的", "哪一个期限过了，打开案卷能看到。"),
        WaitingKind::Near => ("三天内到期的", "早提醒，早办。"),
        WaitingKind::Unsolved => ("信访人说没解决的", "办结了，信访人还说没有解决。"),
        WaitingKind::Flagged => ("记录对不上的", "走访、回访的记录和案卷对不上，由县信访局审核人员核对。"),
    }
}

/// With its number.
#[must_use]
pub fn counted(name: &str, total: u64) -> String {
    [name, "（", &total.to_string(), "件）"].concat()
}

/// 再看 6 件.
#[must_use]
pub fn more(count: usize) -> String {
    ["再看 ", &count.to_string(), " 件"].concat()
}

/// Only the first are listed.
#[must_use]
pub fn cut(shown: u64) -> String {
    ["这里列出最急的 ", &shown.to_string(), " 件，其余的到“事项”里找。"].concat()
}

/// Where nothing waits.
#[must_use]
pub fn nothing(kinds: &[&str]) -> String {
    ["现在没有：", &kinds.join("；"), "。"].concat()
}
