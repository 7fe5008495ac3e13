//! Words of the supervisor's review.

/// Heading.
pub const TITLE: &str = "办结审核";
/// The queue of closures.
pub const QUEUE: &str = "待审核";
/// The queue of matters after the return visit.
pub const TO_CLOSE: &str = "待办结";
/// Chooses the queue.
pub const QUEUES: &str = "看哪些";
/// The package.
pub const PACKAGE: &str = "办结材料";
/// Nothing waits.
pub const EMPTY: &str = "这里没有等着的事";
/// How things get here.
pub const EMPTY_NOTE: &str =
    "承办人报审核后，会出现在待审核里；同事报批的事，会出现在等着批里；回访以后，会出现在待办结里。";
/// Nothing is open.
pub const CHOOSE: &str = "请在左边选一件";
/// Back to the queue, on a narrow screen.
pub const BACK: &str = "回到列表";
/// Approves.
pub const APPROVE: &str = "同意";
/// Confirmation.
pub const APPROVE_ASK: &str = "同意这件事的办理结果？";
/// What follows.
pub const APPROVE_NOTE: &str = "同意后，责任单位把处理意见书送给信访人。";
/// Sends back.
pub const SEND_BACK: &str = "退回重办";
/// 转督办.
pub const SUPERVISE: &str = "转督办";
/// 约谈承办人.
pub const SUMMON: &str = "约谈承办人";
/// Reasons.
pub const REASONS: &str = "退回理由";
/// In words.
pub const WORDS: &str = "哪里不行，要怎么改";
/// Until when.
pub const DUE: &str = "限哪天前重报";
/// Closes.
pub const CLOSE: &str = "办结";
/// Confirmation.
pub const CLOSE_ASK: &str = "办结这件事？";
/// What follows.
pub const CLOSE_NOTE: &str = "办结后不再办理，信访人凭查询码能看到。";
/// Reasons missing.
pub const NO_REASON: &str = "还没有选退回理由，至少选一条。";
/// Nothing to decide for this person.
pub const NOTHING: &str = "这件事现在没有要您决定的。";
/// Several not shown.
#[must_use]
pub fn more(n: u64) -> String {
    ["还有 ", &n.to_string(), " 件没有列出，办完前面的会接上来。"].concat()
}
/// Opens the file, where it is decided.
pub const TO_FILE: &str = "打开这件事去批";
