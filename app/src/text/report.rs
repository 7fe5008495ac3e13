//! Words of 台账与报告: titles, columns, indicators and how each is counted. The same on the screen, on paper and
//! in files.

use case_core::matter::Stage;
use case_core::report::{Rate, Result};
use chrono::{Datelike as _, NaiveDate};

use super::stage;
use crate::format;

/// 台账.
pub const LEDGER: &str = "信访事项台账（造册登记）";
/// 月研判清单.
pub const MONTHLY: &str = "信访形势月研判清单";
/// 领导实绩档案.
pub const LEADER: &str = "领导干部信访工作实绩档案";
/// 年度报告.
pub const ANNUAL: &str = "信访情况年度报告";

/// 遍访覆盖.
pub const COVERAGE: &str = "登门遍访覆盖情况";
/// Columns of the coverage, with their widths.
pub const COVERAGE_HEAD: [(&str, u16); 9] = [
    ("村（社区）", 20),
    ("应走访（户）", 10),
    ("见到（户）", 10),
    ("覆盖率", 10),
    ("不在家", 10),
    ("拒访", 10),
    ("空户", 10),
    ("已迁", 10),
    ("没有走到", 10),
];
/// How far it is with a household.
pub const MET: &str = "见到了";
/// How far it is with a household.
pub const NOT_CALLED: &str = "没有走到";
/// How it is counted.
pub const COVERAGE_NOTES: [&str; 3] = [
    "覆盖率＝期内登门见到本人或者家人的户 ÷ 花名册上的户；一户去几次都算一户。电话、微信不算登门。",
    "没有见到的按最后一次的结果分开数，不算覆盖，也不扣分。",
    "只看走没走到，不给村、不给人排名，没有指标。",
];

/// 积案和包案台账.
pub const OLD_CASES: &str = "积案和包案台账";

/// Columns of the ledger of old cases, with their widths in parts of the whole.
pub const OLD_HEAD: [(&str, u16); 11] = [
    ("序号", 4),
    ("信访件编号", 9),
    ("事项", 11),
    ("主要问题", 14),
    ("列入情形", 8),
    ("包案领导", 8),
    ("责任单位和联系人", 9),
    ("化解方案", 14),
    ("包案起止", 8),
    ("最近进展", 10),
    ("状态", 5),
];
/// The progress.
pub const OLD_PROGRESS_HEAD: [&str; 4] = ["台账里的（件）", "已销号（件）", "还在册（件）", "化解率"];
/// By leader: for the meeting that hears how it goes.
pub const BRIEFING_HEAD: [(&str, u16); 6] =
    [("包案领导", 14), ("事项", 26), ("责任单位", 14), ("来了多少天", 10), ("哪天以前化解", 14), ("最近一次动作", 22)];
/// Of an entry without a leader.
pub const NO_LEADER: &str = "还没有领导包案";
/// Of an entry about which nothing was noted.
pub const NO_PROGRESS: &str = "还没有记进展";
/// Of an entry that is struck off without a leader.
pub const SOLVED: &str = "已化解";
/// How it is made.
pub const OLD_NOTES: [&str; 3] = [
    "台账由联席办筛选列入，从列入到销号；化解率＝本年销号的 ÷ 本年在台账里的。",
    "有包案领导的，领导签了同意的意见才能销号。换过领导的，写现在的包案领导。",
    "这张表按事项列，不给领导和单位排名。",
];

/// Back to the page.
pub const BACK: &str = "回台账与报告";
/// Who answers for it, by hand.
pub const HANDS: &str = "制表人：　　　　　　　　审核人：　　　　　　　　（盖章）";

/// Columns of the ledger, with their widths in parts of the whole.
pub const LEDGER_HEAD: [(&str, u16); 12] = [
    ("序号", 4),
    ("信访件编号", 9),
    ("收到日期", 8),
    ("信访人", 6),
    ("主要诉求", 18),
    ("问题属地", 8),
    ("包案领导", 7),
    ("责任单位", 9),
    ("协办单位", 8),
    ("责任人", 6),
    ("办理期限", 8),
    ("办理阶段和结果", 9),
];
/// How the ledger is made.
pub const LEDGER_NOTES: [&str; 2] = [
    "信访人姓名按规定脱敏；正在经手的人看自己经手的事项，显示全名。空着的栏还没有确定，请手工填写或者先在案卷里办理。",
    "包案领导取自案卷里的包案登记，没有登记的取自最近一份包案责任书；办理期限是答复的最后一天，还没有受理的写“未受理”。",
];
/// Of an open matter without a day for the answer.
pub const NOT_ACCEPTED_YET: &str = "未受理";
/// The ledger's only part.
pub const LEDGER_PART: &str = "台账";

/// A list of matters: its columns with their widths.
pub const LIST_HEAD: [(&str, u16); 5] =
    [("序号", 6), ("信访件编号", 22), ("事项", 40), ("责任单位", 18), ("办理阶段", 14)];
/// A table of groups.
pub const GROUP_HEAD: [&str; 4] = ["收到（件）", "其中重件", "办结（件）", "超期未办"];
/// A table of rates.
pub const RATE_HEAD: [(&str, u16); 5] = [("指标", 25), ("分子", 8), ("分母", 8), ("比率", 12), ("怎么算", 47)];
/// A table of times.
pub const SPAN_HEAD: [&str; 4] = ["环节", "件数", "平均（天）", "中位（天）"];
/// What is timed.
pub const SPANS: [&str; 4] = ["登记到转送", "登记到受理", "登记到答复送达", "受理到办结"];
/// The state of answers.
pub const ANSWER_HEAD: [&str; 4] = ["按期答复", "超期答复", "未答复（没到期）", "超期未答复"];
/// The state of evaluations.
pub const RATING_HEAD: [&str; 6] = ["评价对象", "满意", "基本满意", "不满意", "未评价（没到期）", "超期未评价"];
/// Whom it is about.
pub const RATED: [&str; 2] = ["信访部门", "责任单位"];
/// What came in.
pub const TOTAL_HEAD: [&str; 5] = ["收到（件）", "其中初件", "其中重件", "涉及人次", "办结（件）"];

/// Headings of the parts of a month.
pub mod part {
    /// What came in.
    pub const TOTALS: &str = "总量";
    /// By 信访形式.
    pub const CHANNELS: &str = "信访形式";
    /// By 内容分类.
    pub const CATEGORIES: &str = "内容分类";
    /// By 责任单位.
    pub const UNITS: &str = "责任单位";
    /// By 乡镇.
    pub const TOWNS: &str = "问题属地";
    /// Answers.
    pub const ANSWERS: &str = "到期事项答复情况";
    /// Evaluations.
    pub const RATINGS: &str = "群众评价情况";
    /// Rates.
    pub const RATES: &str = "指标";
    /// Times.
    pub const SPANS: &str = "初次信访各环节用时";
    /// 重复信访.
    pub const AGAIN: &str = "重复信访清单";
    /// 超期.
    pub const OVERDUE: &str = "超期清单";
    /// 积案.
    pub const OLD: &str = "积案台账在册清单";
    /// What looks like one.
    pub const CANDIDATES: &str = "符合积案情形、还没有列入台账的";
    /// 销号.
    pub const STRUCK_OFF: &str = "本期销号清单";
    /// 遍访覆盖.
    pub const COVERAGE: &str = "遍访覆盖";
    /// 积案台账.
    pub const OLD_LEDGER: &str = "积案和包案台账";
    /// 化解进度.
    pub const OLD_PROGRESS: &str = "化解进度";
    /// 包案 by leader.
    pub const BRIEFING: &str = "包案领导手上的事项";
    /// 被投诉较多的机关、单位 (Article 41 (1)).
    pub const MOST: &str = "被投诉较多的机关、单位";
    /// 转送、交办、督办 (Article 41 (2)).
    pub const SENT: &str = "转送、交办、督办情况";
    /// 建议 (Article 41 (3)).
    pub const ADVICE: &str = "提出建议和被采纳情况";
    /// 建议意见.
    pub const SUGGESTIONS: &str = "群众建议意见";
    /// 其他应当报告的事项 (Article 41 (4)).
    pub const OTHER: &str = "其他应当报告的事项";
    /// 接访.
    pub const RECEPTIONS: &str = "接访、下访、约访";
    /// By month.
    pub const DAYS: &str = "每月接访天数";
    /// Home visits.
    pub const HOMES: &str = "登门走访、上门回访";
    /// 包案.
    pub const CONTRACTED: &str = "包案";
    /// What was brought to receptions.
    pub const BROUGHT: &str = "接访反映的事项";
}

/// 没有可以列出的。
pub const NOTHING: &str = "没有。";
/// Neither of a group.
pub const NO_UNIT: &str = "还没有转送";
/// Without a place.
pub const NO_PLACE: &str = "属地没有填";
/// The whole county.
pub const WHOLE_COUNTY: &str = "全县";
/// A group's first column.
pub const GROUP: [&str; 3] = ["内容分类", "责任单位", "乡镇"];
/// A channel's column.
pub const CHANNEL: [&str; 2] = ["信访形式", "收到（首次，件）"];
/// Instead of the particulars of a matter from which the reader stays away.
pub const RECUSED: &str = "按规定回避，不显示";
/// 被投诉较多: what is counted.
pub const MOST_NOTE: &str =
    "只数申诉求决类，最多列十个单位；件数相同的一并列出。依《信访工作条例》第四十一条第一项列出，不作考核排名。";
/// 转送、交办、督办.
pub const SENT_HEAD: [&str; 4] = ["转送（件）", "交办（件）", "督办、约谈（次）", "督办通知书（份）"];
/// 建议: how many, and what became of them.
pub const ADVICE_HEAD: [&str; 7] =
    ["种类", "出具建议书（份）", "提出（次）", "采纳", "部分采纳", "不采纳", "还没有回复"];
/// What became of advice is known from the written answers that were entered in the file.
pub const ADVICE_NOTE: &str = "提出的次数和采纳情况取自案卷里登记的建议和书面回复。";
/// 建议意见.
pub const SUGGESTION_HEAD: [&str; 2] = ["收到（件）", "已经答复或者结束（件）"];
/// 其他.
pub const OTHER_NOTE: &str = "手工填写。";
/// 接访.
pub const RECEPTION_HEAD: [&str; 6] = ["接访批次", "其中开门接访", "其中约访", "其中下访", "下访天数", "接待人次"];
/// 每月接访天数.
pub const DAYS_HEAD: [&str; 2] = ["月份", "接访天数"];
/// Home visits.
pub const HOMES_HEAD: [&str; 3] = ["登门走访（户次，见到人）", "其中户数", "上门回访（次）"];
/// What came of matters.
pub const DEEDS_HEAD: [&str; 5] = ["件数", "办结", "化解", "群众满意或者基本满意", "办结后又重复"];
/// How a leader's file is made.
pub const LEADER_NOTES: [&str; 3] = [
    "全部数字从本人的接访、走访、回访记录和包案登记、包案责任书数出来，不能手工改。别人代为接访的，不算本人。",
    "一天接访几批都算一天。登门走访只数见到人的；电话、微信不算上门。",
    "档案不设分数，不排名。",
];
/// How figures are counted.
pub const FIGURE_NOTES: [&str; 5] = [
    "指标的范围是最后一天落在统计期间的事项，按信访件编号去重；涉法涉诉的、存件的和人数不在1到9999的不算。",
    "超期没有办的留在分母里。没有评价的单独列，不当作满意。",
    "收到的件数按收到日期数，初件、重件各算一件；指标“重复信访率”也按收到日期。",
    "超期清单和积案清单按制表当天的情况。积案以台账为准；过了答复期限还没有答复，或者答复以后又来三次以上，还没有列入的，另列一张供筛选。",
    "点开数字就是名单。这张表只看事、看单位，不给个人排名。",
];

/// 统计期间：2026年3月1日至2026年3月31日
#[must_use]
pub fn period(from: NaiveDate, until: NaiveDate) -> String {
    ["统计期间：", &format::full_day(from), "至", &format::full_day(until)].concat()
}

/// With the place.
#[must_use]
pub fn period_in(place: &str, from: NaiveDate, until: NaiveDate) -> String {
    [place, "　", &period(from, until)].concat()
}

/// With the leader.
#[must_use]
pub fn period_of(name: &str, office: &str, from: NaiveDate, until: NaiveDate) -> String {
    [office, " ", name, "　", &period(from, until)].concat()
}

/// 制表.
#[must_use]
pub fn made(organ: &str, on: NaiveDate) -> String {
    ["制表单位：", organ, "　数据截至：", &format::full_day(on)].concat()
}

/// 2026年3月
#[must_use]
pub fn month(year: i32, month: u32) -> String {
    [&year.to_string(), "年", &month.to_string(), "月"].concat()
}

/// 2026-03-01, short enough for a column.
#[must_use]
pub fn short_day(day: NaiveDate) -> String {
    [&day.year().to_string(), ".", &day.month().to_string(), ".", &day.day().to_string()].concat()
}

/// 90.05%; a dash where there is nothing to divide by.
#[must_use]
pub fn percent(hundredths: Option<usize>) -> String {
    let Some(value) = hundredths else { return "—".to_owned() };
    let rest = value % 100;
    [(value / 100).to_string().as_str(), if rest < 10 { ".0" } else { "." }, &rest.to_string(), "%"].concat()
}

/// Tenths of a day: 3.8
#[must_use]
pub fn tenths(value: i64) -> String {
    [&(value / 10).to_string(), ".", &(value.abs() % 10).to_string()].concat()
}

/// How many were left out of the rates.
#[must_use]
pub fn left_out(count: usize) -> String {
    ["本期有", &count.to_string(), "件不计入指标。"].concat()
}

/// A part with as many rows as it says.
#[must_use]
pub fn counted(heading: &str, count: usize) -> String {
    [heading, "（", &count.to_string(), "件）"].concat()
}

/// 办理结果.
#[must_use]
pub fn result(now: Stage, result: Result) -> String {
    match result {
        Result::Open => stage::stage(now).to_owned(),
        Result::Ended(how) if how == now => stage::stage(now).to_owned(),
        Result::Ended(how) => [stage::stage(now), "：", stage::stage(how)].concat(),
        Result::Answered { support, explain, decline } => {
            let parts = [("支持", support), ("解释", explain), ("不支持", decline)];
            let said: Vec<String> = parts
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(word, count)| [word, &count.to_string(), "项"].concat())
                .collect();
            [stage::stage(now), "：", &said.join("、")].concat()
        }
    }
}

/// 指标, and how it is counted.
#[must_use]
pub fn rate(rate: Rate) -> (&'static str, &'static str) {
    match rate {
        Rate::OfficeAccepts => ("及时受理率（信访部门）", "登记后15日内转送、交办或者作出处理决定的 ÷ 本期到期的"),
        Rate::UnitAccepts => ("及时受理率（责任单位）", "登记后30日内受理或者作出决定的 ÷ 本期到期的"),
        Rate::Notified => ("按期受理告知率", "按期书面告知的 ÷ 本期应当告知的"),
        Rate::AnsweredInTime => ("按期答复率", "按期答复 ÷（按期答复＋超期答复＋未答复＋超期未答复）"),
        Rate::Contacted => ("初次信访办理联系率", "联系过信访人的初件 ÷ 本期到期的初件"),
        Rate::Met => ("3天见面率", "3天内见面的初件 ÷ 本期应当见面的初件"),
        Rate::Feedback => ("7天反馈率", "7天内反馈的初件 ÷ 本期应当反馈的初件"),
        Rate::Settled => ("21天办结率", "21天内办结的初件 ÷ 本期应当办结的初件"),
        Rate::LetterClosed => ("初信化解率（办结时）", "办结且信访人没有说没解决的初信 ÷ 期限在本期已满的初信"),
        Rate::LetterSettled => ("初信化解率（观察期后）", "观察期满没有重件、认定化解的初信 ÷ 期限在本期已满的初信"),
        Rate::VisitClosed => ("初访化解率（办结时）", "办结且信访人没有说没解决的初访 ÷ 期限在本期已满的初访"),
        Rate::VisitSettled => ("初访化解率（观察期后）", "观察期满没有重件、认定化解的初访 ÷ 期限在本期已满的初访"),
        Rate::Once => ("一次性化解率", "没有重件、没有复查就化解的初件 ÷ 本期到期且办结的初件"),
        Rate::Repeated => ("重复信访率", "重件 ÷ 本期收到的全部件"),
        Rate::Mediated => ("调结率", "达成协议的 ÷ 本期到期的调解"),
        Rate::OfficeRated => ("参评率（信访部门）", "已评价 ÷（已评价＋超期未评价）"),
        Rate::OfficeSatisfies => ("满意率（信访部门）", "（满意＋基本满意）÷ 已评价"),
        Rate::UnitRated => ("参评率（责任单位）", "已评价 ÷（已评价＋超期未评价）"),
        Rate::UnitSatisfies => ("满意率（责任单位）", "（满意＋基本满意）÷ 已评价"),
        Rate::Responded => ("响应率", "转送以后在规定天数里联系到信访人的 ÷ 本期应当联系的"),
        Rate::Solved => ("解决率", "信访人没有说没解决的 ÷ 本期办结的"),
        Rate::Published => ("公开回复率", "已经公示的 ÷ 本期答复的、信访人同意公开的"),
        Rate::OldCases => ("积案化解率", "本期销号的 ÷ 本期在积案台账里的"),
    }
}
