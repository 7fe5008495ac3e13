//! 接访: words that more than one page has.

use case_core::reception::{BookingState, RuleFault};

/// How a booking stands.
#[must_use]
pub fn state(state: BookingState) -> &'static str {
    match state {
        BookingState::Booked => "已预约",
        BookingState::Cancelled => "已取消",
        BookingState::Attended => "来了",
        BookingState::Absent => "没来",
        BookingState::Invited => "约访，等本人答复",
        BookingState::Declined => "约访，本人不来",
    }
}

/// What is wrong with a rule, and what to do.
#[must_use]
pub fn fault(fault: RuleFault) -> &'static str {
    match fault {
        RuleFault::NoLeader => "还没有写接访领导。每行写一位：姓名，职务，分管工作。",
        RuleFault::TooManyLeaders => "一条安排里最多三十位领导，请分成两条。",
        RuleFault::NoSuchDay => "没有这样的日子。每月写 1 到 31 日，每周选周一到周日。",
        RuleFault::Times => "结束时间要晚于开始时间。",
        RuleFault::Slots => "人数和时间对不上：最多六十人，每人至少要有 5 分钟。",
        RuleFault::Days => "最后一天早于第一天，请改一下。",
    }
}
