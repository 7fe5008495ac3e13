//! Words of the pages 接访 and 说事点 at the desk.

use case_core::reception::{Leader, MinuteOfDay, Recurrence, RuleParts, Sitting, Told};
use chrono::NaiveDate;

use crate::format;

/// Heading and section.
pub const TITLE: &str = "接访";
/// What it is.
pub const NOTE: &str =
    "领导哪天在哪里接待群众。写好安排，日子自动排出来，遇节假日顺延；群众在网页上看到，也在那里预约。";
/// The way to the other page.
pub const TO_POINTS: &str = "说事点";
/// The public page.
pub const TO_PUBLIC: &str = "群众看到的日程";
/// Back from a printed list.
pub const BACK: &str = "回接访";

/// Heading: whom to tell.
pub const TO_TELL: &str = "要打电话告知的人";
/// Beside one who must be told.
pub const MUST_BE_TOLD: &str = "要打电话告知";
/// What to do.
pub const TO_TELL_NOTE: &str =
    "下面的人要打电话告诉：请他来接访，或者他预约以后，接访取消了、改了。告诉了本人，再点“已告知”。";
/// The person was told.
pub const TOLD: &str = "已告知";
/// Done.
pub const TOLD_DONE: &str = "已记下：本人知道了";
/// What the person thinks.
pub const TOLD_BEFORE: &str = "本人以为";
/// An invited person whom nobody has told yet.
pub const INVITED_UNTOLD: &str = "请他来接访，本人还不知道";
/// How it is.
pub const STANDS_NOW: &str = "现在";
/// Not held.
pub const NOT_HELD: &str = "不接访了";
/// No number.
pub const NO_PHONE: &str = "没有留电话";

/// Heading of the calendar.
pub const CALENDAR: &str = "日程";
/// Nothing is planned.
pub const NO_SITTINGS: &str = "近两个月没有接访。请在下面写一条安排。";
/// Columns.
pub const COLUMNS: [&str; 6] = ["日期", "时间", "接访领导", "地点", "预约", "操作"];
/// Opens the list of who comes.
pub const OPEN: &str = "名单";
/// Opens the form of a change.
pub const CHANGE: &str = "调整";
/// Called off.
pub const OFF: &str = "已取消";
/// Moved by holidays.
pub const BY_HOLIDAY: &str = "节假日顺延";

/// The form of a change.
pub const CHANGE_TITLE: &str = "调整这一次接访";
/// What is done.
pub const WHAT: &str = "怎么调整";
/// Choices.
pub const WHATS: [&str; 4] = ["取消这一次", "改到另一天", "换人接访", "恢复原来的安排"];
/// Another day.
pub const NEW_DAY: &str = "改到哪天";
/// Another leader.
pub const NEW_LEADER: &str = "换成谁";
/// How to write it.
pub const LEADER_HINT: &str = "姓名，职务，分管工作，中间用逗号隔开";
/// Why.
pub const REASON: &str = "原因";
/// Who reads it.
pub const REASON_HINT: &str = "会写在公开日程上，预约的人也看得到";
/// Saves it.
pub const SAVE: &str = "保存";
/// Saved.
pub const SAVED: &str = "已保存";
/// Missing.
pub const CHOOSE_WHAT: &str = "请选怎么调整。";
/// Missing.
pub const NO_DAY: &str = "请选改到哪天。";
/// Missing.
pub const NO_REASON: &str = "请写原因，预约的人要知道。";
/// Missing.
pub const NO_LEADER: &str = "请写换成谁：姓名，职务，分管工作。";

/// Heading of the rules.
pub const RULES: &str = "接访安排";
/// None.
pub const NO_RULES: &str = "还没有安排。";
/// A new rule.
pub const NEW_RULE: &str = "写一条安排";
/// Changes a rule.
pub const EDIT: &str = "修改";
/// Ends a rule.
pub const END: &str = "停用";
/// Asks.
pub const END_TITLE: &str = "停用这条安排";
/// What it does.
pub const END_NOTE: &str = "从明天起不再排日子。已经预约的人会列在“要打电话告知的人”里。";
/// Ended.
pub const ENDED: &str = "已停用";
/// Fields.
pub const LEADERS: &str = "接访领导";
/// How to write it.
pub const LEADERS_HINT: &str = "每行一位：姓名，职务，分管工作。写几位就按顺序轮流";
/// Fields.
pub const WHEN: &str = "哪些天";
/// Choices.
pub const WHENS: [&str; 3] = ["每月一天", "每周一天", "只有一天"];
/// Fields.
pub const MONTH_DAY: &str = "每月几日";
/// What becomes of the 31st.
pub const MONTH_DAY_HINT: &str = "1 到 31。没有这一天的月份，排在月末";
/// Fields.
pub const WEEKDAY: &str = "每周几";
/// Choices.
pub const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
/// Fields.
pub const THE_DAY: &str = "哪一天";
/// Fields.
pub const SINCE: &str = "从哪天起";
/// Fields.
pub const UNTIL: &str = "到哪天为止";
/// Fields.
pub const PLACE: &str = "地点";
/// Fields.
pub const BEGINS: &str = "开始时间";
/// An example.
pub const TIME_HINT: &str = "例如 9:00";
/// Fields.
pub const ENDS: &str = "结束时间";
/// Fields.
pub const SLOTS: &str = "可以预约几个人";
/// What a holiday does.
pub const HOLIDAY_NOTE: &str = "遇到放假，自动顺延到下一个工作日；调休上班的周六、周日算工作日。";
/// A field cannot be read.
pub const BAD_TIME: &str = "时间写成 9:00 这样。";
/// A field cannot be read.
pub const BAD_NUMBER: &str = "请填数字。";
/// A field cannot be read.
pub const BAD_DAY: &str = "请选日期。";
/// A field cannot be read.
pub const BAD_PLACE: &str = "请写地点，最多 200 个字。";

/// Heading of the list of who comes.
pub const LIST: &str = "预约名单";
/// Nobody.
pub const NOBODY: &str = "还没有人预约。";
/// Prints it.
pub const PRINT: &str = "打印名单";
/// Somebody came.
pub const CAME: &str = "来了";
/// Somebody did not come.
pub const ABSENT: &str = "没来";
/// Cancels for the person.
pub const CANCEL: &str = "替本人取消";
/// Registers a matter.
pub const REGISTER: &str = "去登记";
/// The file of the matter.
pub const MATTER: &str = "信访件";
/// What it led to.
pub const RESULT: &str = "接访结果";
/// The form of the result.
pub const CAME_TITLE: &str = "来了，记下结果";
/// What to write.
pub const CAME_NOTE: &str =
    "反映的事已经有信访件的，填编号；没有的，先去登记，再回来填编号。当场答复清楚的，写一句就行。";
/// Fields.
pub const NUMBER: &str = "信访件编号";
/// Fields.
pub const WORDS: &str = "当场怎么答复的";
/// Saved.
pub const NOTED: &str = "已记下";
/// Beside one whose number stands on the list again.
pub const TWICE: &str = "同一个电话在这一次约了不止一个时间，问问是不是重了";
/// 约访.
pub const INVITE: &str = "约访";
/// What it does.
pub const INVITE_NOTE: &str =
    "请一件事的信访人来见领导：先占一个时间，再打电话或者送通知。本人凭查询码看得到，可以答应、不来或者改时间。";
/// Sends it.
pub const INVITE_GO: &str = "约这位信访人";
/// Done.
pub const INVITED: &str = "已占好时间，请告知本人";
/// Prints it.
pub const PRINT_INVITATION: &str = "打印约访通知";
/// Refused.
pub const FORM_OLD: &str = "这张表已经用过了，请再点一次。";
/// Refused.
pub const INVITE_NOT_NOW: &str = "这一次的日子到了，或者离得太远，现在不能约访。";
/// Refused.
pub const INVITE_FULL: &str = "这一次已经约满了，请换一次。";
/// Refused.
pub const INVITE_SAME_DAY: &str = "这位信访人在这一天已经有一个时间了。";
/// Refused.
pub const INVITE_TOO_MANY: &str = "这位信访人已经有三次还没到日子的，不能再约。";
/// Columns.
pub const LIST_COLUMNS: [&str; 5] = ["时间", "姓名", "电话", "情况", "操作"];

/// Refused.
pub const SINCE_PAST: &str = "新安排要从今天或以后开始，过去的日子排不出来。";
/// Refused.
pub const DAYS_STAY: &str = "已经有的安排不能改日子，预约都挂在上面。请停用这一条，另写一条。";
/// Refused.
pub const SLOTS_TAKEN: &str = "已经有人约在后面的号，人数不能改得这么少。";
/// Refused.
pub const ENDS_EARLIER: &str = "这条安排已经停用了。";
/// Refused.
pub const OVER: &str = "这一次已经过去，不能再调整。";
/// Refused.
pub const MOVE_WHERE: &str = "只能改到今天以后、离原定日子六十天以内。";
/// Refused.
pub const NOTHING_CHANGED: &str = "没有调整什么。请选取消、改期或换人。";
/// Refused.
pub const ALREADY_CAME: &str = "已经记了来没来，不能再取消。";
/// Refused.
pub const NOT_YET: &str = "还没到接访那天，不能记来没来。";
/// Refused.
pub const WAS_CANCELLED: &str = "这个预约已经取消。";
/// Refused.
pub const NUMBER_WRONG: &str = "信访件编号是十六位数字，请对着再看一遍。";
/// Refused.
pub const NO_SUCH_NUMBER: &str = "没有查到这个编号的信访件，或者不归您看。";

/// Title of the printed invitation.
pub const INVITATION: &str = "领导接访约访通知";
/// Above its table.
pub const INVITATION_SAYS: &str = "领导想当面听您说，请您按下面的时间来";
/// Its columns, with their widths in parts of the whole.
pub const INVITATION_HEAD: [(&str, u16); 2] = [("项目", 25), ("内容", 75)];

/// What stands on it: nothing of the matter.
#[must_use]
pub fn invitation(name: &str, sitting: &Sitting, time: MinuteOfDay, number: &str) -> Vec<(&'static str, String)> {
    let leader = [sitting.leader.name.as_str(), "（", sitting.leader.office.as_str(), "）"].concat();
    vec![
        ("请谁来", name.to_owned()),
        ("时间", [&format::full_day(sitting.day), " ", &time.to_string()].concat()),
        ("地点", sitting.place.as_str().to_owned()),
        ("接访领导", leader),
        ("预约号", number.to_owned()),
    ]
}

/// How to answer.
#[must_use]
pub fn invitation_answer(address: &str, phone: &str) -> String {
    [
        "来不来，请告诉我们：打电话 ",
        phone,
        "；或者打开 ",
        address,
        "，填预约号和手机号后四位，点“来”“不来”或者“改时间”。",
    ]
    .concat()
}

/// Title of the printed list.
pub const SHEET: &str = "领导接访预约名单";
/// Its table.
pub const SHEET_LIST: &str = "预约的人";
/// Its columns, with their widths in parts of the whole.
pub const SHEET_HEAD: [(&str, u16); 7] =
    [("序号", 6), ("时间", 9), ("姓名", 13), ("电话", 17), ("信访件编号", 21), ("来没来", 9), ("结果", 25)];
/// Below it.
pub const SHEET_NOTE: &str = "名单有个人信息，用完收好，不要拍照外传。";

/// The line below the title of the printed list.
#[must_use]
pub fn sheet_line(sitting: &Sitting) -> String {
    [
        &format::full_day(sitting.day),
        " ",
        &times(sitting),
        "　",
        sitting.leader.name.as_str(),
        "（",
        sitting.leader.office.as_str(),
        "）　",
        sitting.place.as_str(),
    ]
    .concat()
}

/// 9:00–11:30.
#[must_use]
pub fn times(sitting: &Sitting) -> String {
    [&sitting.begins.to_string(), "–", &sitting.ends.to_string()].concat()
}

/// 江河 副县长.
#[must_use]
pub fn leader(leader: &Leader) -> String {
    [leader.name.as_str(), " ", leader.office.as_str()].concat()
}

/// 江河，副县长，城建: as it is typed.
#[must_use]
pub fn leader_line(leader: &Leader) -> String {
    let duty = leader.duty.as_ref().map_or(String::new(), |duty| ["，", duty.as_str()].concat());
    [leader.name.as_str(), "，", leader.office.as_str(), &duty].concat()
}

/// 每月15日 9:00–11:30.
#[must_use]
pub fn rule(rule: &RuleParts) -> String {
    let when = match rule.when {
        Recurrence::MonthDay(day) => ["每月", &day.to_string(), "日"].concat(),
        Recurrence::Weekday(day) => {
            ["每", WEEKDAYS.get(usize::from(day).saturating_sub(1)).copied().unwrap_or_default()].concat()
        }
        Recurrence::On(day) => format::full_day(day),
    };
    [&when, " ", &rule.begins.to_string(), "–", &rule.ends.to_string()].concat()
}

/// Until when a rule goes.
#[must_use]
pub fn rule_note(rule: &RuleParts) -> String {
    let names: Vec<String> = rule.leaders.iter().map(leader).collect();
    let turns = if names.len() > 1 { "轮流：" } else { "" };
    let until = rule.until.map_or(String::new(), |last| ["，到 ", &format::full_day(last), " 为止"].concat());
    [turns, &names.join("、"), "。", rule.place.as_str(), "，每次 ", &rule.slots.to_string(), " 人", &until].concat()
}

/// How many have booked: 3 / 6.
#[must_use]
pub fn booked(booked: u16, slots: u16) -> String {
    [&booked.to_string(), " / ", &slots.to_string(), " 人"].concat()
}

/// 12月15日 周二 9:25，江河，县信访局一楼.
#[must_use]
pub fn told(told: &Told, today: NaiveDate) -> String {
    [&format::day(told.day, today), " ", &told.time.to_string(), "，", told.leader.as_str(), "，", told.place.as_str()]
        .concat()
}

/// 原定 12月13日 周日.
#[must_use]
pub fn planned(day: NaiveDate, today: NaiveDate) -> String {
    ["原定 ", &format::day(day, today)].concat()
}

/// 说事点.
pub mod points {
    /// Heading.
    pub const TITLE: &str = "说事点";
    /// What it is.
    pub const NOTE: &str = "村里、社区里能坐下来说事的地方。写上谁在、什么时候在，群众在网页上按乡镇找得到。";
    /// None.
    pub const NONE: &str = "还没有说事点。";
    /// A new one.
    pub const NEW: &str = "加一个说事点";
    /// Changes one.
    pub const EDIT: &str = "修改";
    /// Closes one.
    pub const CLOSE: &str = "停用";
    /// Opens one again.
    pub const REOPEN: &str = "恢复";
    /// Closed.
    pub const CLOSED: &str = "已停用";
    /// Columns.
    pub const COLUMNS: [&str; 6] = ["在哪里", "名称", "谁在", "时间", "电话", "操作"];
    /// Fields.
    pub const DIVISION: &str = "乡镇或村";
    /// Fields.
    pub const NAME: &str = "名称";
    /// Fields.
    pub const PLACE: &str = "具体地点";
    /// Fields.
    pub const KEEPER: &str = "谁在";
    /// Fields.
    pub const HOURS: &str = "什么时候有人";
    /// Fields.
    pub const PHONE: &str = "电话";
    /// Missing.
    pub const MISSING: &str = "请把乡镇、名称、地点、谁在、时间和电话都填上。";
    /// Saved.
    pub const SAVED: &str = "已保存";
}

/// The appointments in the file of a matter.
pub mod file {
    /// Heading.
    pub const TITLE: &str = "接访预约";
}
