//! 期限: names, sources and states of the clocks.

use case_core::time::{Clock, ClockKind, ClockState, NEAR_DAYS};
use chrono::NaiveDate;

use crate::format;

/// The name of a clock, for officials.
#[must_use]
pub fn kind(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Transfer => "转送",
        ClockKind::Notice => "书面告知",
        ClockKind::Handling => "限期办结",
        ClockKind::Meet => "3天见面",
        ClockKind::Feedback => "7天反馈",
        ClockKind::Settle => "21天办结",
        ClockKind::Commitment => "承诺时间",
        ClockKind::Review => "审核",
        ClockKind::Rework => "退回重办",
        ClockKind::ReturnVisit => "回访",
    }
}

/// Where the length of a clock comes from.
#[must_use]
pub fn source(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Transfer => "《信访工作条例》第二十二条",
        ClockKind::Notice => "《信访工作条例》第二十三条",
        ClockKind::Handling => "《信访工作条例》第三十四条",
        ClockKind::Meet | ClockKind::Feedback | ClockKind::Settle => "本县对初次信访的承诺",
        ClockKind::Commitment => "办理单位当面答应的日子",
        ClockKind::Review => "本县规定，3个工作日内审核",
        ClockKind::Rework => "审核人员定的日子",
        ClockKind::ReturnVisit => "本县规定，送达后7天内回访",
    }
}

/// What the petitioner may expect by the last day.
#[must_use]
pub fn to_petitioner(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Transfer => "转给负责的单位",
        ClockKind::Notice => "书面告诉您是否受理",
        ClockKind::Handling => "给您书面答复",
        ClockKind::Meet => "有人来见您",
        ClockKind::Feedback => "告诉您办到哪一步",
        ClockKind::Settle => "争取办好",
        ClockKind::Commitment => "做到答应您的事",
        ClockKind::Review => "审核办理结果",
        ClockKind::Rework => "重新办好",
        ClockKind::ReturnVisit => "上门听您的意见",
    }
}

/// 还有 2 天, 今天到期, 已超期 3 天.
#[must_use]
pub fn state(state: ClockState) -> String {
    let days = |before: &str, days: i64, after: &str| [before, &days.to_string(), after].concat();
    match state {
        ClockState::Running { days_left: 0 } => "今天到期".to_owned(),
        ClockState::Running { days_left: 1 } => "明天到期".to_owned(),
        ClockState::Running { days_left } => days("还有 ", days_left, " 天"),
        ClockState::Overdue { days: over } => days("已超期 ", over, " 天"),
        ClockState::Met => "按时做到".to_owned(),
        ClockState::MetLate { days: over } => days("做到时超期 ", over, " 天"),
    }
}

/// The last day and how far off it is: 5月3日 周六 · 还有 2 天.
#[must_use]
pub fn due(clock: &Clock, today: NaiveDate) -> String {
    [&format::day(clock.due, today), " · ", &state(clock.state(today))].concat()
}

/// How urgent a clock is: it has a colour, and its words say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Time enough, or done in time.
    Calm,
    /// 快到期: three days or fewer are left.
    Near,
    /// 超期.
    Over,
}

/// The level of a state.
#[must_use]
pub fn level(state: ClockState) -> Level {
    match state {
        ClockState::Overdue { .. } | ClockState::MetLate { .. } => Level::Over,
        ClockState::Running { days_left } if days_left <= i64::from(NEAR_DAYS) => Level::Near,
        ClockState::Running { .. } | ClockState::Met => Level::Calm,
    }
}
