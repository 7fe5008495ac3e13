//! Words of the file for all that lies beside the main path.

use case_core::matter::Ear;

/// Heading.
pub const BETWEEN: &str = "转办、告知和协办";
/// Heading.
pub const TURNS: &str = "批复、复查和结果";
/// The stamps of a letter.
pub const LETTER: &str = "来信当日四章";
/// A stamp that is not set.
pub const NO_STAMP: &str = "还没有盖";
/// 补充材料.
pub const MATERIAL: &str = "请信访人补充材料：";
/// What came.
pub const CAME: &str = "补来：";
/// Nothing came.
pub const NOT_CAME: &str = "还没有补来。";
/// 书面告知.
pub const NOTIFIED: &str = "书面告知信访人：";
/// A unit without a name.
pub const UNIT: &str = "责任单位";
/// 异议.
pub const OBJECTED: &str = "提出异议：";
/// Not decided.
pub const NO_VERDICT: &str = "还没有核实。";
/// What was found.
#[must_use]
pub fn verdict(agreed: bool) -> &'static str {
    if agreed { "异议成立：" } else { "异议不成立：" }
}
/// 交办.
#[must_use]
pub fn ordered(due: &str) -> String {
    ["交办，限 ", due, " 前报告办理结果"].concat()
}
/// 办结报告.
pub const REPORT: &str = "办结报告";
/// 协办.
#[must_use]
pub fn helps(unit: &str, due: &str, task: &str) -> String {
    ["请", unit, "协办，限 ", due, " 前反馈：", task].concat()
}
/// No answer.
pub const NO_ANSWER: &str = "还没有反馈。";
/// A helping unit that was let go.
pub const RELEASED: &str = "不再协办：";
/// The answer.
pub const ANSWERED: &str = "反馈：";
/// 收回.
#[must_use]
pub fn recalled(unit: &str) -> String {
    ["从", unit, "收回，另行转送"].concat()
}
/// 承继.
#[must_use]
pub fn succeeded(from: &str, to: &str) -> String {
    [from, "的事由", to, "接着办"].concat()
}
/// 批复.
#[must_use]
pub fn ruled(approved: bool) -> &'static str {
    if approved { "批准：" } else { "没有批准：" }
}
/// What was said with it.
pub const RULING: &str = "批示：";
/// 签发.
pub const SIGNED: &str = "处理意见书签发";
/// Not signed yet: what comes next.
pub const AWAITS_SIGNATURE: &str = "等责任单位负责人签发处理意见书。";
/// 转交.
#[must_use]
pub fn handed_over(from: &str, to: &str) -> String {
    ["承办人从", from, "换成", to].concat()
}
/// Heading.
pub const OLD_CASE: &str = "积案和包案";
/// 列入.
#[must_use]
pub fn listed(ground: &str) -> String {
    ["列入积案台账：", ground].concat()
}
/// 主要问题.
pub const PROBLEM: &str = "主要问题：";
/// 包案.
#[must_use]
pub fn led(who: &str, since: &str, until: &str, state: &str) -> String {
    [who, "包案，从 ", since, " 到 ", until, "，", state].concat()
}
/// 化解方案.
pub const PLAN: &str = "化解方案：";
/// 联系人.
pub const CONTACT: &str = "责任单位联系人：";
/// 进展.
pub const PROGRESS: &str = "进展：";
/// 延期.
#[must_use]
pub fn prolonged(until: &str) -> String {
    ["（延期到 ", until, "）"].concat()
}
/// 销号.
pub const STRUCK_OFF: &str = "销号";
/// Heading.
pub const OVERSIGHT: &str = "督办、约谈和建议";
/// Until when, and to whom.
#[must_use]
pub fn overseen(act: &str, to: &str, due: &str) -> String {
    [act, "，发给", to, "，限 ", due, " 前书面回复"].concat()
}
/// 存在的问题.
pub const BREACH: &str = "存在的问题：";
/// 要求.
pub const WANTED: &str = "要求：";
/// Not answered.
pub const NO_REPLY: &str = "还没有回复。";
/// Answered.
#[must_use]
pub fn replied(on: &str, adopted: &str) -> String {
    if adopted.is_empty() { [on, " 回复："].concat() } else { [on, " 回复，", adopted, "："].concat() }
}
/// 受理.
#[must_use]
pub fn taken(on: &str) -> String {
    [on, " 决定受理"].concat()
}
/// 撤回.
#[must_use]
pub fn review_withdrawn(on: &str) -> String {
    [on, " 信访人撤回申请："].concat()
}
/// 准许查阅.
#[must_use]
pub fn admitted(who: &str, until: &str) -> String {
    ["准许", who, "查阅到 ", until].concat()
}
/// 终止查阅.
#[must_use]
pub fn dismissed(when: &str) -> String {
    [when, " 终止查阅"].concat()
}
/// 延期.
#[must_use]
pub fn extended(from: &str, due: &str) -> String {
    ["延期，最后一天从 ", from, " 改为 ", due].concat()
}
/// 调解.
#[must_use]
pub fn mediated(mediator: &str, other: &str) -> String {
    ["调解，调解人", mediator, "，对方", other].concat()
}
/// Not over.
pub const STILL_MEDIATING: &str = "正在调解。";
/// 协议.
pub const AGREED: &str = "达成协议：";
/// None.
pub const NOT_AGREED: &str = "没有谈成";
/// 司法确认.
pub const CONFIRMED: &str = "双方向法院申请确认，";
/// 听证.
#[must_use]
pub fn heard(from: &str, until: &str) -> String {
    if from == until { ["听证，", from].concat() } else { ["听证，", from, "到", until].concat() }
}
/// 送达.
pub const DELIVERED: &str = "处理意见书送达";
/// Of an earlier round.
pub const ROUND_DELIVERED: &str = "那一轮的处理意见书送达：";
/// What the petitioner thinks of it.
pub const PETITIONER: &str = "，信访人";
/// 送达人.
pub const DELIVERER: &str = "，送达人";
/// 复查 or 复核.
#[must_use]
pub fn review(level: &str, on: &str, organ: &str) -> String {
    ["申请", level, "，", on, "，", organ, "审查"].concat()
}
/// Why.
pub const BECAUSE: &str = "理由：";
/// Not decided.
pub const NO_OPINION: &str = "还没有提出意见。";
/// 意见.
pub const OPINION: &str = "意见：";
/// Until when it is to be done again.
#[must_use]
pub fn redo(due: &str) -> String {
    ["，限 ", due, " 前重新办理"].concat()
}
/// 送达.
pub const OPINION_DELIVERED: &str = "意见送达：";
/// 重开.
#[must_use]
pub fn reopened(round: usize, ground: &str, due: &str) -> String {
    ["第 ", &round.to_string(), " 轮办结后重开：", ground, "，限 ", due, " 前"].concat()
}
/// 不再受理.
pub const ENDED_BEFORE: &str = "以前已经复核终结";
/// Opens it.
pub const EARLIER: &str = "看那件事";
/// 不认定化解.
pub const VETOED: &str = "不认定化解";
/// 存档.
#[must_use]
pub fn archived(volume: &str, pages: u16) -> String {
    ["存档，卷号", volume, "，共 ", &pages.to_string(), " 页"].concat()
}
/// 承诺兑现.
pub const KEPT: &str = "兑现：";
/// Not yet.
pub const NOT_KEPT: &str = "还没有登记兑现。";
/// 办理途径.
pub const ROUTE: &str = "办理途径";
/// 重件.
pub const REPEAT: &str = "重件：";
/// Heading: 信访件（2 件）.
#[must_use]
pub fn intakes(n: usize) -> String {
    ["信访件（", &n.to_string(), " 件）"].concat()
}
/// When it came, when and by whom it was linked.
#[must_use]
pub fn came_on(day: &str, linked: &str) -> String {
    [day, " 收到 · ", linked, " 并入"].concat()
}
/// 信访人数.
#[must_use]
pub fn people(n: u16) -> String {
    ["一共来了 ", &n.to_string(), " 人"].concat()
}
/// 代表.
pub const REPRESENTATIVES: &str = "代表：";
/// 全国初次.
pub const FIRST_IN_COUNTRY: &str = "全国初次信访";
/// 本机构初次.
pub const FIRST_HERE: &str = "本机构初次信访";

/// 信访人的话.
pub const VOICES: &str = "信访人用查询码说的话";
/// Before the words of an answer.
pub const VOICE_ANSWER: &str = "答复：";
/// Where a deed was the answer.
pub const ANSWERED_BY_DEED: &str = "已经照办。";
/// Who owes the answer.
#[must_use]
pub fn voice_waits(ear: Ear) -> &'static str {
    match ear {
        Ear::Supervisor => "还没有答复，由没有经办过的审核人员答复",
        Ear::Office => "还没有答复，由信访局或责任单位答复",
    }
}

/// 网上提交.
pub const FILED_ONLINE: &str = "网上提交";
/// 匿名.
pub const ANONYMOUS: &str = "不写姓名，只能凭查询码和口令查";

/// 代填人.
#[must_use]
pub fn helper(name: &str, relation: &str, phone: &str) -> String {
    let phone = if phone.is_empty() { String::new() } else { [" ", phone].concat() };
    ["代填人：", name, "（", relation, "）", &phone, "，本人已听读并确认"].concat()
}

/// 纸表编号.
#[must_use]
pub fn form_number(number: &str) -> String {
    ["纸表编号 ", number].concat()
}
