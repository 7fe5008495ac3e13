//! Words of a matter's file, at the desk and before the supervisor.

use crate::format;
use chrono::NaiveDate;

/// 要什么.
pub const ASKED: &str = "要什么";
/// 到哪一步.
pub const STANDS: &str = "到哪一步";
/// 谁在办.
pub const ON_IT: &str = "谁在办";
/// 信访人.
pub const PETITIONER: &str = "信访人";
/// 住址.
pub const ADDRESS: &str = "住址";
/// 属地.
pub const PLACE: &str = "属地";
/// 怎么来的.
pub const CAME: &str = "怎么来的";
/// 编号.
pub const NUMBER: &str = "编号";
/// Nobody yet.
pub const NOBODY: &str = "还没有定";
/// Links to the phone.
pub const CALL: &str = "打电话";
/// The clocks.
pub const CLOCKS: &str = "期限";
/// Clocks that have ended.
pub const CLOCKS_ENDED: &str = "已经结束的期限";
/// 投诉内容.
pub const CONTENT: &str = "反映的内容";
/// The time-line.
pub const TIMELINE: &str = "经过";
/// The step where it stands.
pub const NOW: &str = "现在";
/// The journal.
pub const JOURNAL: &str = "全部记录";
/// Nobody in particular: an import.
pub const BY_SYSTEM: &str = "系统";
/// Promises.
pub const PROMISES: &str = "承诺";
/// What the petitioner was told.
pub const FEEDBACK: &str = "向信访人反馈";
/// Visits.
pub const VISITS: &str = "走访";
/// No visit yet.
pub const NO_VISITS: &str = "还没有上门走访的记录。";
/// Return visits.
pub const RETURN_VISITS: &str = "回访";
/// Does not count.
pub const NOT_COUNTING: &str = "不算数：回访人参与过办理，或者是办理单位的人，或者不是这一轮";
/// Denied.
pub const DENIED: &str = "信访人说没有来过。这次回访不算数，请另外派人去";
/// 拒访.
pub const REFUSED: &str = "拒绝接受回访";
/// What follows from it for the supervisor.
pub const REFUSED_NOTE: &str = "没有回答任何问题，不算满意，也不算已落实。";
/// The petitioner's side.
pub const PETITIONER_SAYS: &str = "信访人说";
/// The visitor's side.
pub const VISITOR_SAYS: &str = "回访人的判断";
/// The unit's side.
pub const UNIT_SAYS: &str = "承办单位写的";
/// No words of their own.
pub const NO_WORDS: &str = "没有记下原话。";
/// Q1.
pub const Q_OPINION: &str = "收到意见书";
/// Q3.
pub const Q_MET: &str = "见过承办人";
/// Q4.
pub const Q_PROMISE: &str = "承诺兑现";
/// Q5.
pub const Q_OFFICE: &str = "对信访局";
/// Q6.
pub const Q_UNIT: &str = "对责任单位";
/// Q8.
pub const Q_REVIEW: &str = "知道可以复查";
/// Q9.
pub const Q_HARDSHIP: &str = "生活困难";
/// Signature.
pub const Q_SIGNATURE: &str = "签字";
/// Respondent.
pub const Q_RESPONDENT: &str = "谁答的";
/// Yes or no.
#[must_use]
pub fn yes(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}
/// 查明.
pub const FINDING: &str = "查明";
/// 答复: support, explain or decline.
pub const STANDS_FOR: &str = "答复";
/// 依据.
pub const BASIS: &str = "依据";
/// 落实.
pub const PERFORMED: &str = "落实";
/// 处理意见书.
pub const OPINION: &str = "处理意见书";
/// 化解手段.
pub const MEASURES: &str = "化解手段";
/// 送达方案.
pub const DELIVERY_PLAN: &str = "送达方式";
/// 送达.
pub const DELIVERY: &str = "送达";
/// Who handed it in.
pub const SUBMITTED: &str = "报审";
/// The former system's reply.
pub const FORMER_REPLY: &str = "旧系统里的答复";
/// Records that did not fit.
pub const FLAGGED: &str = "对不上的记录";
/// Steps that are possible.
pub const ACTIONS: &str = "现在可以做";
/// None.
pub const NO_ACTIONS: &str = "现在没有要您做的事。";
/// Prints the receipt again.
pub const REPRINT: &str = "重打回执";
/// What it means.
pub const REPRINT_NOTE: &str = "会换一个新的查询码，原来的回执不能再查。";
/// The confirmation.
pub const REPRINT_ASK: &str = "换一个新的查询码，重打回执？";
/// Closed without a reason to go on.
pub const RETURNED_WHY: &str = "退回的理由";
/// 第 1 轮 · 4月30日 周三.
#[must_use]
pub fn round_on(round: u16, day: NaiveDate, today: NaiveDate) -> String {
    [&super::list::round(round), " · ", &format::day(day, today)].concat()
}
/// Beside each other: the former round.
pub const FORMER_ROUND: &str = "上一轮";
/// The present round.
pub const THIS_ROUND: &str = "这一轮";
/// Nothing changed between rounds.
pub const BESIDE: &str = "上一轮和这一轮";
/// 还缺 2 样.
#[must_use]
pub fn gaps(n: usize) -> String {
    ["先看这 ", &n.to_string(), " 处"].concat()
}
/// Nothing is missing.
pub const NO_GAPS: &str = "材料齐全，没有超期";
/// 受理日期 and channel: 5月3日 周六来访 · 城乡建设 · 初件.
#[must_use]
pub fn came(day: &str, channel: &str, category: &str, intake: &str) -> String {
    [day, " ", channel, " · ", category, " · ", intake].concat()
}
/// When it was sent back and until when it was due.
#[must_use]
pub fn returned_on(day: &str, due: &str) -> String {
    [day, " 退回，限 ", due, " 前重报"].concat()
}

/// The links to the parts of the file.
pub const JUMP: &str = "案卷各部分";
/// A part.
pub const JUMP_STATE: &str = "办到哪一步";
/// A part.
pub const JUMP_CLOCKS: &str = "期限";
/// A part.
pub const JUMP_VOICES: &str = "信访人的话和回访";
/// A part.
pub const JUMP_CLOSURE: &str = "办理结果";
/// A part.
pub const JUMP_HANDLING: &str = "反馈和走访";
/// A part.
pub const JUMP_BETWEEN: &str = "转办和批复";
/// A part.
pub const JUMP_OVERSIGHT: &str = "督办和包案";
/// A part.
pub const JUMP_NOTES: &str = "记事和材料";
/// A part.
pub const JUMP_CONTENT: &str = "反映的内容";
/// A part.
pub const JUMP_HISTORY: &str = "办理经过";
/// A part.
pub const JUMP_PAPERS: &str = "文书";
/// 重件回执, once more.
#[must_use]
pub fn reprint_repeat(on: &str) -> String {
    ["补打", on, "的重件回执"].concat()
}
