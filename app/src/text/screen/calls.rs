//! Words of 待电话告知 (registrars).

use case_core::notice::Occasion;
use case_core::time::Moment;
use chrono::NaiveDate;

use crate::format;

/// Heading and section.
pub const TITLE: &str = "待电话告知";
/// What it is.
pub const NOTE: &str = "这些人收不到短信，要打电话告诉。早八点到晚九点打。";
/// What to say, and what not.
pub const SAY: &str =
    "电话里只说：“您的信访事项有新的进展，请凭查询码查看，或者到信访局来。”接电话的不是本人，不说是什么事。";
/// None.
pub const EMPTY: &str = "没有要打的电话";
/// Beside it.
pub const EMPTY_NOTE: &str = "有新进展、又发不出短信的，会列在这里。";
/// Button.
pub const SHOW: &str = "查看电话";
/// Button.
pub const TOLD: &str = "已告知";
/// Button.
pub const MISSED: &str = "没打通";
/// Said after it.
pub const TOLD_DONE: &str = "记下了：已告知";
/// Said after it.
pub const MISSED_DONE: &str = "记下了：没打通，过后再打";
/// Beside the button that shows the number.
pub const SHOW_NOTE: &str = "看了会记下来是谁看的。";

/// What is new.
#[must_use]
pub fn occasion(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Registered => "已登记",
        Occasion::Accepted => "受理情况有了告知",
        Occasion::MaterialAsked => "要补充材料",
        Occasion::DayMoved => "办理期限改了",
        Occasion::Answered => "有了答复",
        Occasion::Visited => "走访要本人确认",
        Occasion::Closed => "办结了，请他评价",
        Occasion::Transferred => "已转给办理单位",
        Occasion::AnsweredOnSpot => "当场有了答复",
        Occasion::Filed => "不再往下办，已经存下",
        Occasion::Merged => "并到另一件里一起办",
        Occasion::Withdrawn => "撤回已经办好",
        Occasion::Reopened => "重新办理",
        Occasion::ReviewRequested => "复查、复核开始办理",
        Occasion::ReviewDecided => "复查、复核有了意见",
    }
}

/// 5月3日 周六 14:05 起 · 没打通 2 次，最近一次 今天 9:30.
#[must_use]
pub fn waits(since: Moment, tries: u32, tried_at: Option<Moment>, today: NaiveDate) -> String {
    let since = [&format::moment(since, today), " 起"].concat();
    match tried_at {
        Some(at) => [&since, " · 没打通 ", &tries.to_string(), " 次，最近一次 ", &format::moment(at, today)].concat(),
        None => since,
    }
}
