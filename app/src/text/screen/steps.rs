//! Labels of the forms on the side paths of a matter, and the headings of the list of steps.

/// Headings of the list of steps, by their place: onward, telling, asking, other.
#[must_use]
pub fn group(at: usize) -> &'static str {
    match at {
        0 => "往下办",
        1 => "告知信访人",
        2 => "报批",
        _ => "其他",
    }
}
/// A number was not filled in.
#[must_use]
pub fn no_number(label: &str) -> String {
    [label, "要填一个数，最少是 1。"].concat()
}

/// 交办期限.
pub const REPORT_BY: &str = "交办的办结期限";
/// Help.
pub const REPORT_BY_HINT: &str = "填了就是交办，责任单位要按期报告办理结果；不填就是转送。";
/// 简易办理.
pub const SIMPLE: &str = "按简易办理吗";
/// Help.
pub const SIMPLE_HINT: &str = "事实清楚、责任明确的小事才用：责任单位三个工作日内决定受理，受理后十个工作日内办结。";
/// 异议理由.
pub const OBJECTION: &str = "为什么不归本单位办";
/// Help.
pub const OBJECTION_HINT: &str = "写明依据，能说清该归谁的也写上。";
/// Before the words of the unit.
pub const UNIT_SAID: &str = "责任单位说：";
/// What the petition office found.
pub const FOUND: &str = "核实的结果和理由";

/// 退回理由.
pub const RETURN_REASON: &str = "为什么退回";
/// The day.
pub const REDO_BY: &str = "哪天以前重新报审核";
/// 不再请协办.
pub const WHICH_HELPER: &str = "不再请哪个单位协办";
/// 收回.
pub const RECALL_REASON: &str = "为什么收回";
/// 复核意见 on paper.
pub const ON_PAPER: &str = "那件事在有这个系统以前就复核终结了的，不用选，把复核意见书上的三项填在下面。";
/// 复核机关.
pub const FINAL_ORGAN: &str = "复核机关";
/// 文号.
pub const FINAL_NUMBER: &str = "复核意见书的文号";
/// Its day.
pub const FINAL_DAY: &str = "复核意见书的日期";
/// 转交承办人.
pub const NEW_HANDLER: &str = "交给谁接着办";
/// 批示 with a signature.
pub const SIGNED_WITH: &str = "签发时要说的";
/// Who wrote it.
#[must_use]
pub fn drafted_by(who: &str) -> String {
    ["拟稿：", who].concat()
}
/// 发给谁.
pub const ADDRESSEE: &str = "发给哪个机关";
/// Help.
pub const ADDRESSEE_HINT: &str = "不填就是责任单位。";
/// 存在的问题.
pub const BREACH: &str = "存在的问题";
/// Help.
pub const BREACH_HINT: &str = "写明哪天、什么事没有按规定做。";
/// 要求.
pub const WANTED: &str = "要求怎么做";
/// 要求 of 约谈.
pub const SUMMON_WANTED: &str = "谈了什么，要求怎么改";
/// 建议.
pub const ADVISED: &str = "建议的内容";
/// Until when.
pub const ANSWERED_BY: &str = "哪天以前书面回复";
/// 建议的种类.
pub const ADVICE: &str = "哪一种建议";
/// Who is let in.
pub const OBSERVER: &str = "让谁查阅";
/// Until when.
pub const OBSERVES_UNTIL: &str = "看到哪天为止";
/// What for.
pub const OBSERVES_FOR: &str = "为什么要看";
/// Whose.
pub const OBSERVER_ENDS: &str = "终止谁的查阅";
/// Which of them.
pub const WHICH_OVERSIGHT: &str = "回复的是哪一项";
/// When.
pub const OVERSIGHT_ANSWERED_ON: &str = "回复日期";
/// The words.
pub const OVERSIGHT_ANSWER: &str = "回复的内容";
/// 采纳情况.
pub const ADOPTION: &str = "采纳情况";
/// Help.
pub const ADOPTION_HINT: &str = "建议的回复才选，督办、约谈的不选。";
/// When it was taken.
pub const TAKEN_ON: &str = "决定受理的日期";
/// When it was taken back.
pub const REVIEW_WITHDRAWN_ON: &str = "提出撤回申请的日期";

/// 协办单位.
pub const HELPER: &str = "协办单位";
/// What it is asked for.
pub const TASK: &str = "请他们做什么";
/// Help.
pub const TASK_HINT: &str = "一件一件写明白，他们照着反馈。";
/// Until when.
pub const ANSWER_BY: &str = "哪天以前反馈";
/// 协办反馈.
pub const HELPED: &str = "协办的情况";
/// Help.
pub const HELPED_HINT: &str = "牵头单位照着写处理意见。";
/// 听证 began.
pub const HEARD_FROM: &str = "听证从哪天开始";
/// 听证 ended.
pub const HEARD_UNTIL: &str = "听证到哪天结束";
/// What came of it.
pub const HEARD: &str = "听证的情况";
/// Help.
pub const HEARD_HINT: &str = "谁参加，争什么，听下来怎么看。";
/// 办结报告.
pub const REPORT: &str = "办理的结果";
/// Help.
pub const REPORT_HINT: &str = "写明怎么办的，结果怎样，信访人怎么说。";
/// 调解员.
pub const MEDIATOR: &str = "谁来调解";
/// Help.
pub const MEDIATOR_HINT: &str = "调解员的姓名，或者调解委员会的名称。";
/// The other side.
pub const OTHER_SIDE: &str = "对方是谁";
/// Consent.
pub const PETITIONER_CONSENTS: &str = "信访人同意调解吗";
/// Consent.
pub const OTHER_CONSENTS: &str = "对方同意调解吗";
/// 协议.
pub const AGREEMENT: &str = "协议的内容";
/// Help.
pub const AGREEMENT_HINT: &str = "没有谈成就不填。";
/// When.
pub const MEDIATED_ON: &str = "协议生效或者终止的日期";
/// What else.
pub const MEDIATION_NOTE: &str = "还要说明的";
/// Help.
pub const MEDIATION_NOTE_HINT: &str = "没有谈成的，写明原因。";
/// 司法确认.
pub const ASKED_COURT_ON: &str = "向法院申请的日期";
/// 卷号.
pub const VOLUME: &str = "卷号";
/// Pages.
pub const PAGES: &str = "页数";

/// Which promise.
pub const WHICH_PROMISE: &str = "兑现的是哪一项";
/// When.
pub const KEPT_ON: &str = "哪天做到的";
/// How.
pub const HOW_KEPT: &str = "怎么做到的";
/// 补充材料.
pub const WHAT_MISSING: &str = "还缺什么";
/// Help.
pub const WHAT_MISSING_HINT: &str = "信访人凭查询码能看到，写得让人一看就知道怎么补。";
/// What had been asked for.
pub const ASKED_FOR: &str = "请他补的：";
/// What came.
pub const WHAT_CAME: &str = "补来了什么";
/// Help.
pub const WHAT_CAME_HINT: &str = "不等了的，写明为什么。";
/// How it was told.
pub const HOW_TOLD: &str = "怎么告知的";
/// When.
pub const TOLD_ON: &str = "告知日期";
/// Which stamp.
pub const WHICH_STAMP: &str = "哪一个章";
/// When.
pub const STAMPED_ON: &str = "盖章日期";
/// 送达人.
pub const DELIVERER: &str = "送达人";
/// Help.
pub const DELIVERER_HINT: &str = "不填就是您自己。";

/// When it was asked for.
pub const ASKED_ON: &str = "收到申请的日期";
/// Why.
pub const ASKED_WHY: &str = "申请的理由";
/// In the petitioner's words.
pub const OWN_WORDS_HINT: &str = "照信访人自己的话写。";
/// 复查、复核机关.
pub const REVIEW_ORGAN: &str = "由哪个机关审查";
/// Help.
pub const REVIEW_ORGAN_HINT: &str = "复查是原办理机关的上一级，复核再上一级。";
/// 结论.
pub const OUTCOME: &str = "结论";
/// The opinion.
pub const OPINION: &str = "意见书内容";
/// Help.
pub const OPINION_HINT: &str = "查明的事实、依据和结论，信访人会拿到这份意见。";
/// 重新办理的期限.
pub const REDO_DUE: &str = "限哪天前重新办好";
/// Help.
pub const REDO_DUE_HINT: &str = "撤销、变更的要填，维持的不填。";
/// Veto.
pub const NOT_SETTLED: &str = "为什么不算化解";

/// Days more.
pub const DAYS: &str = "延长几天";
/// Help.
pub const DAYS_HINT: &str = "最多三十天，一件事只能延一次。";
/// Why.
pub const REASON: &str = "理由";
/// The petitioner reads it.
pub const TOLD_HINT: &str = "会照这段话告知信访人，请写得让人看得懂。";
/// 情形.
pub const GROUND: &str = "哪一种情形";
/// Where the petitioner is to go.
pub const WHERE_TO: &str = "请信访人找哪个机关";
/// Help.
pub const WHERE_TO_HINT: &str = "别处正在办的，写正在办的机关。";
/// The matter that ended.
pub const EARLIER: &str = "已经复核终结的那件事";
/// Which are listed.
pub const EARLIER_HINT: &str = "先列出同名信访人已经办结的事项；换了人来的，用编号、姓名或者标题另找。";
/// What it is looked for by.
pub const FIND_BY: &str = "按编号、姓名或标题找";
/// Looks.
pub const FIND: &str = "找";
/// Nothing was found.
pub const FOUND_NONE: &str = "没有找到已经办结的事项，请换个编号或者姓名再找。";
/// 途径.
pub const ROUTE: &str = "走第三十一条的哪一项";
/// The organ there.
pub const ROUTE_ORGAN: &str = "由哪个机关决定";
/// The last day there.
pub const LIMIT: &str = "那边的最后一天";
/// Help.
pub const LIMIT_HINT: &str = "法律法规写明期限的才填。";
/// Why and how.
pub const ROUTE_REASON: &str = "为什么走这条路，怎么去办";
/// The answer.
pub const ANSWER: &str = "答复的内容";
/// Help.
pub const ANSWER_HINT: &str = "批准后信访人凭查询码能看到。";
/// When.
pub const WITHDRAWN_ON: &str = "提出撤回的日期";
/// In the petitioner's words.
pub const WITHDRAWN_WHY: &str = "撤回的原话";
/// The new last day.
pub const NEW_DUE: &str = "限哪天前重新办好";
/// With an approval.
pub const RULING: &str = "批示";
/// With a refusal.
pub const REFUSAL: &str = "为什么不批准";

/// 报批中.
pub const PENDING: &str = "等着批";
/// 沈正 今天 14:05 报批.
#[must_use]
pub fn proposed_by(who: &str, when: &str) -> String {
    [who, " ", when, " 报批"].concat()
}
/// Who decides.
pub const DECIDED_BY_HEAD: &str = "由责任单位负责人批";
/// Who decides.
pub const DECIDED_BY_SUPERVISOR: &str = "由县信访局审核人员批";

/// Who decides.
pub const DECIDED_BY_LEADER: &str = "由县领导批";

/// Why it is an old case.
pub const OLD_CASE_GROUND: &str = "为什么列入积案";
/// 主要问题.
pub const PROBLEM: &str = "主要问题";
/// Help.
pub const PROBLEM_HINT: &str = "争的是什么，为什么一直没有化解。";
/// 包案领导.
pub const LEADER: &str = "包案领导";
/// Of the township that the leader answers for.
pub const LEADER_HINT: &str = "先列出挂点这个地方的领导，可以换别的。";
/// 联系人.
pub const CONTACT: &str = "责任单位联系人";
/// 化解方案.
pub const PLAN: &str = "化解方案";
/// Help.
pub const PLAN_HINT: &str = "谁做什么，哪天以前做完。";
/// 起.
pub const LED_SINCE: &str = "从哪天包案";
/// 止.
pub const LED_UNTIL: &str = "哪天以前化解";
/// 进展.
pub const PROGRESS: &str = "进展";
/// 延期.
pub const PROLONGED: &str = "要延期的，新的期限";
/// Help.
pub const PROLONGED_HINT: &str = "不延期就不填。延期的，在进展里写明原因。";
/// 包案领导意见.
pub const AGREES: &str = "同意这样办结、销号吗";
/// The words.
pub const LEADER_OPINION: &str = "包案领导意见";
/// 销号.
pub const SOLVED: &str = "怎样化解的";
/// Help.
pub const SOLVED_HINT: &str = "写明落实到了哪一步，信访人怎么说。";
/// 换人.
pub const NEW_LEADER: &str = "换成哪位领导";

/// 信访人的话.
pub const WHICH_VOICE: &str = "答复哪一句";
/// 答复.
pub const VOICE_ANSWER: &str = "怎么答复";
/// Help.
pub const VOICE_ANSWER_HINT: &str = "信访人会在查询页上看到，一字不改。说清楚查到了什么、谁去办、哪天以前。";

/// Leads to the papers of the file.
pub const TO_PAPERS: &str = "去出文书";
/// A paper that was made outside of the system.
pub const PAPER_NUMBER: &str = "系统外文书的文号";
/// When it is filled in.
pub const PAPER_HINT: &str = "文书是在系统外做的才填，照着纸上写。";
/// Its day.
pub const PAPER_ON: &str = "系统外文书的日期";
/// 保管期限.
pub const KEEP: &str = "保管期限";
