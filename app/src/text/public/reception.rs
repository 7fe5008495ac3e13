//! 领导接访 and 说事点: the pages for everybody.

use case_core::reception::{Leader, Sitting};
use chrono::NaiveDate;

use crate::format;

/// Heading of the calendar.
pub const TITLE: &str = "领导接访日程";
/// What it is.
pub const NOTE: &str = "领导在这些日子当面听您说。可以先约一个时间，约到前一天为止；没有约，当天也可以直接来。";
/// Nothing is planned.
pub const NONE: &str = "近两个月还没有排出接访的日子。";
/// To the form.
pub const BOOK: &str = "预约";
/// No place left.
pub const FULL: &str = "约满了";
/// Its day has come.
pub const CLOSED: &str = "预约已经截止，可以直接来";
/// Called off.
pub const OFF: &str = "取消了";
/// Moved.
pub const MOVED: &str = "改了日子";
/// Other doors.
pub const MORE: &str = "还可以";
/// To one's own booking.
pub const MINE: &str = "看我的预约，取消预约";
/// What is needed.
pub const MINE_NOTE: &str = "用预约号和手机号后 4 位";
/// To the points.
pub const POINTS: &str = "村里的说事点";
/// What they are.
pub const POINTS_NOTE: &str = "离家近，随时能去说";
/// On foot or by phone.
pub const OR_CALL: &str = "不会在网上约，打电话也一样：";

/// Heading of the form.
pub const BOOK_TITLE: &str = "预约接访";
/// The first way.
pub const WITH_CODE: &str = "手里有回执的，填这两项";
/// The second way.
pub const WITHOUT_CODE: &str = "没有回执的，填这两项";
/// What is typed is for.
pub const PRIVACY: &str = "姓名和电话只给安排接访的人看，用来联系您。";
/// Field.
pub const CODE: &str = "查询码";
/// Where it stands.
pub const CODE_HINT: &str = "在回执上，12 位数字。";
/// Field.
pub const PROOF: &str = "登记时留的手机号后 4 位，或姓名";
/// Field.
pub const NAME: &str = "您的姓名";
/// Field.
pub const PHONE: &str = "您的电话";
/// Why.
pub const PHONE_HINT: &str = "有变动时打给您。";
/// The button.
pub const GO: &str = "约这个时间";
/// Back.
pub const BACK: &str = "回接访日程";
/// In the title of the window, where something is wrong.
pub const CHECK_AGAIN: &str = "还没有约上，请看一看";
/// Above the form, where something is wrong.
pub const NOT_YET: &str = "还没有约上";
/// Nothing was typed.
pub const NOTHING: &str = "请填查询码，或者填姓名和电话，填一种就行。";
/// Missing.
pub const NO_PROOF: &str = "还没有填手机号后 4 位或姓名。";
/// Not found: which of both is wrong is not said.
pub const MISS: &str = "没有查到。查询码或者后面一项不对，请对着回执再看一遍。";
/// Many guess at codes at the moment.
pub const GUARDED: &str = "现在有人在乱试查询码，查询码先停一停。请填姓名和电话来约，一样能约上。";
/// Missing.
pub const NO_NAME: &str = "还没有填姓名。";
/// Too long.
pub const LONG_NAME: &str = "姓名太长了，最多 30 个字。";
/// Not a number.
pub const BAD_PHONE: &str = "这不像电话号码，请再看一遍，只填数字。";
/// Another such form was sent.
pub const FORM_OLD: &str = "这张表已经用过了，请再点一次“约这个时间”。";
/// Refused.
pub const GONE: &str = "这一天的接访没有了。";
/// Refused.
pub const OFF_LONG: &str = "这一天的接访取消了。";
/// Refused.
pub const NOT_NOW: &str = "这一天的预约已经截止。当天可以直接来，也可以约别的日子。";
/// Refused.
pub const FULL_LONG: &str = "这一天刚好约满了。";
/// Refused.
pub const SAME_DAY: &str = "您在这一天已经约过了，一天约一次。";
/// Refused.
pub const TOO_MANY: &str = "您已经约了三次还没到日子的，先来一次再约。";
/// Other days.
pub const OTHERS: &str = "还能约的日子";
/// None.
pub const NO_OTHERS: &str = "近两个月没有能约的日子了，请打电话问。";

/// Heading of the look at one's own booking.
pub const MINE_TITLE: &str = "我的预约";
/// Field.
pub const NUMBER: &str = "预约号";
/// Where it stands.
pub const NUMBER_HINT: &str = "约好时给您的 8 位数字。";
/// Field.
pub const LAST_FOUR: &str = "手机号后 4 位，或姓名";
/// Which.
pub const LAST_FOUR_HINT: &str = "预约时留的。";
/// The button.
pub const SHOW: &str = "查看";
/// Not eight digits.
pub const NUMBER_WRONG: &str = "预约号是 8 位数字，请再看一遍。";
/// Not found: which of both is wrong is not said.
pub const NOT_FOUND: &str = "没有查到这个预约。号码或者后面一项不对，请再看一遍。";

/// A booking that holds.
pub const HOLDS: &str = "约好了";
/// The invitation.
pub const COME: &str = "请带身份证来。有材料的，把材料也带上。早到十分钟，在门口说您的预约号。";
/// To keep.
pub const KEEP: &str = "请把预约号记下来，或者把这一页打印、截图。要看、要取消都用得着。";
/// An invitation.
pub const INVITED: &str = "请您来接访";
/// What to do.
pub const INVITED_DO: &str = "领导想当面听您说。时间已经给您留好，来不来请点下面告诉我们。";
/// Says yes.
pub const ACCEPT: &str = "来";
/// Says no.
pub const DECLINE: &str = "不来";
/// Said no.
pub const DECLINED: &str = "您说了不来";
/// To another day.
pub const MOVE: &str = "改时间";
/// How it goes.
pub const MOVE_NOTE: &str = "点一个新的时间就改好了。没有点之前，原来的时间一直给您留着。";
/// Back.
pub const MOVE_NOT: &str = "不改了";
/// Refused.
pub const NOT_MOVED: &str = "没有改成，原来的时间还在";
/// Takes it out of the calendar.
pub const ICS_OFF: &str = "从手机日历里去掉";
/// The file for the calendar.
pub const ICS: &str = "存到手机日历";
/// Folded.
pub const CANCEL: &str = "来不了，要取消";
/// Asks.
pub const CANCEL_SURE: &str = "取消以后，这个时间会让给别人。";
/// The button.
pub const CANCEL_GO: &str = "取消这个预约";
/// Done.
pub const CANCELLED: &str = "这个预约已经取消";
/// What now.
pub const CANCELLED_DO: &str = "想来的时候可以再约。";
/// It is not held.
pub const CALLED_OFF: &str = "这次接访取消了";
/// What now.
pub const CALLED_OFF_DO: &str = "不用来了。请另约一天，或者打电话问。";
/// It was moved.
pub const CHANGED: &str = "这次接访改了，请看清楚新的时间";
/// Over.
pub const ATTENDED: &str = "您来过了";
/// Over.
pub const ABSENT: &str = "这次接访已经过去，记的是您没有来";
/// Over.
pub const OVER: &str = "这次接访的日子已经过了";
/// Before a reason.
pub const WHY: &str = "原因：";
/// The part of the look-up.
pub const YOURS: &str = "约好的接访";
/// Opens it.
pub const OPEN: &str = "打开";

/// Row names.
pub const WHEN: &str = "时间";
/// Row names.
pub const WHERE: &str = "地点";
/// Row names.
pub const WHO: &str = "接访领导";

/// Title of the entry in a calendar.
pub const ICS_TITLE: &str = "接访预约";

/// Its text: nothing of any matter.
#[must_use]
pub fn ics_text(number: &str, office: &str, phone: &str) -> String {
    [NUMBER, " ", number, "。", COME, "\n", office, " ", phone].concat()
}

/// 12月15日 周二 9:00–11:30.
#[must_use]
pub fn when(sitting: &Sitting, today: NaiveDate) -> String {
    [&format::day(sitting.day, today), " ", &sitting.begins.to_string(), "–", &sitting.ends.to_string()].concat()
}

/// 江河 副县长，分管城建.
#[must_use]
pub fn who(leader: &Leader) -> String {
    let duty = leader.duty.as_ref().map_or(String::new(), |duty| ["，分管", duty.as_str()].concat());
    [leader.name.as_str(), " ", leader.office.as_str(), &duty].concat()
}

/// 还能约 3 人.
#[must_use]
pub fn free(places: u16) -> String {
    ["还能约 ", &places.to_string(), " 人"].concat()
}

/// For the link, read aloud on its own.
#[must_use]
pub fn book(sitting: &Sitting, today: NaiveDate) -> String {
    [BOOK, " ", &format::day(sitting.day, today), " ", sitting.leader.name.as_str()].concat()
}

/// 原定 12月13日 周日，节假日顺延.
#[must_use]
pub fn moved(sitting: &Sitting, today: NaiveDate) -> String {
    let why = sitting.reason.as_ref().map_or("遇节假日顺延", |reason| reason.as_str());
    ["原定 ", &format::day(sitting.key.planned, today), "，", why].concat()
}

/// 说事点.
pub mod points {
    /// Heading.
    pub const TITLE: &str = "村里的说事点";
    /// What it is.
    pub const NOTE: &str = "有事可以先到这里说，不用跑远路。去之前可以打个电话。";
    /// Field.
    pub const SEARCH: &str = "找哪个乡镇、哪个村";
    /// The button.
    pub const GO: &str = "找";
    /// Nothing fits.
    pub const NONE: &str = "没有找到。换个名字试试，或者打电话问。";
    /// All.
    pub const ALL: &str = "看全部";

    /// 林小溪在，周一到周五上午.
    #[must_use]
    pub fn who(keeper: &str, hours: &str) -> String {
        [keeper, "，", hours].concat()
    }
}
