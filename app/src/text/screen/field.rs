//! Words of the official's phone: the frame, today, visits, matters.

use case_core::time::Moment;
use chrono::NaiveDate;

use crate::format;

/// 今日.
pub const TODAY: &str = "今日";
/// 走访.
pub const VISITS: &str = "走访";
/// 事项.
pub const MATTERS: &str = "事项";
/// 我的.
pub const ME: &str = "我的";
/// Name of the bar of tabs.
pub const TABS: &str = "主要栏目";
/// Read aloud before the number on the last tab.
pub const UNSENT_COUNT: &str = "没发出的";
/// Shows the card with number, name and office.
pub const NAMECARD: &str = "亮身份";
/// On the card.
pub const NAMECARD_SAY: &str = "今天由我来听您说，您说的我都记下。";
/// Closes the card.
pub const NAMECARD_CLOSE: &str = "开始谈话";
/// 工号.
#[must_use]
pub fn badge(number: &str) -> String {
    ["工号 ", number].concat()
}

/// The session ran out.
pub const SIGN_IN_TO_SEND: &str = "要重新登录才能发送，已保存的都在。";
/// The button beside it.
pub const SIGN_IN: &str = "去登录";
/// The app is too old for the server.
pub const UPDATE_TO_SEND: &str = "软件要更新才能发送，已保存的都在。有网时关掉再打开一次。";
/// The phone keeps nothing.
pub const NO_STORE: &str = "这个浏览器不让存东西，走访没法用";
/// What to do then.
pub const NO_STORE_NOTE: &str = "请关掉“无痕浏览”，或者腾出一些空间，再打开一次。";
/// The store failed while at work.
pub const STORE_FULL: &str = "手机存不下了，刚写的还没存上。请先腾出一些空间，再写一个字就会重存。";

// The truth line.

/// No network.
pub const OFFLINE: &str = "没有网络";
/// The server does not answer as it should.
pub const TROUBLED: &str = "服务器忙";
/// Waits for a sign-in.
pub const NEEDS_SIGN_IN: &str = "等登录";
/// Waits for an update.
pub const NEEDS_UPDATE: &str = "等更新";
/// Saved on this phone.
pub const SAVED: &str = "本机存";
/// In a request.
pub const SENDING: &str = "正在发";
/// Set aside.
#[must_use]
pub fn refused(n: u32) -> String {
    [&n.to_string(), " 条要处理"].concat()
}
/// 已确认 今天 14:05.
#[must_use]
pub fn confirmed(at: Moment, today: NaiveDate, all: bool) -> String {
    [if all { "全部已确认 " } else { "已确认 " }, &format::moment(at, today)].concat()
}
/// Nothing was ever sent.
pub const NOTHING_YET: &str = "还没有要发的";

// Today.

/// Overdue.
pub const OVERDUE: &str = "已超期";
/// Near.
pub const NEAR: &str = "快到期";
/// Return visits.
pub const TO_RETURN: &str = "待回访";
/// Planned visits.
pub const PLANNED: &str = "约好要走";
/// Name of the row of numbers.
pub const TALLY: &str = "今天的数";
/// Heading of the due matters.
pub const DUE: &str = "按期限排";
/// Nothing is due.
pub const NOTHING_DUE: &str = "没有带期限的事项";
/// How things get here.
pub const NOTHING_DUE_NOTE: &str = "责任区里有事项登记、转送或答应了日子，会按期限排在这里。";
/// Heading of the drafts.
pub const DRAFTS: &str = "没写完的";
/// Leads to the whole list.
pub const ALL_MATTERS: &str = "看全部事项";
/// The first download has not begun.
pub const DOWNLOAD_WAITS: &str = "责任区还没有下载到手机";
/// What to do then.
pub const DOWNLOAD_WAITS_NOTE: &str = "有网时会自己下载，下完没网也能用。";
/// The first download.
#[must_use]
pub fn downloading(items: u32) -> String {
    ["正在下载责任区，已到 ", &items.to_string(), " 条。断了会接着下。"].concat()
}
/// Of a draft: 今天 9:05 写的.
#[must_use]
pub fn written(at: Moment, today: NaiveDate) -> String {
    [&format::moment(at, today), " 写的"].concat()
}
/// 放了 2 天.
#[must_use]
pub fn lying(days: i64) -> String {
    ["放了 ", &days.to_string(), " 天"].concat()
}
/// An old draft asks.
pub const DRAFT_ASKS: &str = "接着写还是不要了？";
/// Goes on with a draft.
pub const GO_ON: &str = "接着写";
/// Throws a draft away.
pub const THROW_AWAY: &str = "不要了";
/// Asked before it is thrown away.
pub const THROW_AWAY_SURE: &str = "真的不要了";

// Visits.

/// Name of the row of doors.
pub const DOORS: &str = "开始走访";
/// 登门遍访.
pub const SWEEP: &str = "登门遍访";
/// Below it.
pub const SWEEP_NOTE: &str = "挨家走一遍";
/// 上门回访.
pub const RETURN: &str = "上门回访";
/// Below it.
pub const RETURN_NOTE: &str = "办完再问一声";
/// Heading of the households.
pub const HOUSEHOLDS: &str = "住户";
/// Of the page on which one is chosen.
pub const CHOOSE_HOUSEHOLD: &str = "去哪一户";
/// Of the page on which one is chosen for a matter.
pub const CHOOSE_HOUSEHOLD_NOTE: &str = "这件事没有登记住户，请选一户。";
/// The search box of the households.
pub const SEARCH_HOUSEHOLDS: &str = "搜索住户";
/// What it finds by.
pub const SEARCH_HOUSEHOLDS_HINT: &str = "姓名、首字母、地址、电话";
/// No household.
pub const NO_HOUSEHOLD: &str = "没有这样的住户";
/// How they get here.
pub const NO_HOUSEHOLD_NOTE: &str = "这里列责任区里的住户。可以少打几个字再找；还没有的请县里导入名册。";
/// Not visited.
pub const NOT_VISITED: &str = "未走访";
/// Visited on.
#[must_use]
pub fn visited(on: NaiveDate, today: NaiveDate) -> String {
    [&format::relative(on, today), "走过"].concat()
}
/// 约 5月3日 周六.
#[must_use]
pub fn planned(on: NaiveDate, today: NaiveDate) -> String {
    ["约 ", &format::day(on, today)].concat()
}
/// A record about it waits on this phone.
pub const RECORDED_HERE: &str = "已记，等发送";
/// Which matter to ask about.
pub const CHOOSE_RETURN: &str = "回访哪一件";
/// None waits.
pub const NO_RETURN: &str = "现在没有要回访的";
/// How they get here.
pub const NO_RETURN_NOTE: &str = "处理意见书送达以后，没有参与办理的人在这里回访。";
/// 128 户.
#[must_use]
pub fn households(n: usize) -> String {
    [&n.to_string(), " 户"].concat()
}
/// 3 件.
#[must_use]
pub fn pieces(n: usize) -> String {
    [&n.to_string(), " 件"].concat()
}
/// Stands for a number that is not known yet.
pub const COUNTING: &str = "…";
/// 2 份.
#[must_use]
pub fn drafts(n: usize) -> String {
    [&n.to_string(), " 份"].concat()
}
/// Only the first are shown.
#[must_use]
pub fn more(shown: usize, all: usize) -> String {
    ["共 ", &all.to_string(), " 个，先列 ", &shown.to_string(), " 个。多打一个字就能找到别的。"].concat()
}

// A household.

/// 林秀英家.
#[must_use]
pub fn home_of(head: &str) -> String {
    [head, "家"].concat()
}
/// 户主.
pub const HEAD: &str = "户主";
/// 住址.
pub const ADDRESS: &str = "住址";
/// 电话.
pub const PHONE: &str = "电话";
/// 家里人.
pub const MEMBERS: &str = "家里人";
/// 备注.
pub const REMARK: &str = "备注";
/// 上次走访.
pub const LAST_VISIT: &str = "上次走访";
/// 下次走访.
pub const NEXT_VISIT: &str = "约好再来";
/// 1956年生.
#[must_use]
pub fn born(year: i32) -> String {
    [&year.to_string(), "年生"].concat()
}
/// Calls.
pub const CALL: &str = "打电话";
/// Matters of the household.
pub const THEIR_MATTERS: &str = "这家的事项";
/// Records on this phone.
pub const RECORDS_HERE: &str = "这部手机记过的";
/// It is no longer here.
pub const GONE: &str = "这部手机上没有了";
/// Why.
pub const GONE_NOTE: &str = "可能已经不归您的责任区。写过的草稿还在，存下的记录照样会发。";

// Matters.

/// The search box.
pub const SEARCH_MATTERS: &str = "搜索事项";
/// What it finds by.
pub const SEARCH_MATTERS_HINT: &str = "姓名、首字母、地址、编号";
/// Nothing fits.
pub const NO_MATTER: &str = "没有这样的事项";
/// How they get here.
pub const NO_MATTER_NOTE: &str = "这里列责任区里没办结的事项。可以少打几个字再找。";
/// 诉求.
pub const ASKED: &str = "诉求";
/// 到哪一步.
pub const STANDS: &str = "到哪一步";
/// 谁在办.
pub const UNIT: &str = "谁在办";
/// No unit yet.
pub const NO_UNIT: &str = "还没有转给责任单位";
/// 信访人.
pub const PETITIONER: &str = "信访人";
/// 编号.
pub const NUMBER: &str = "编号";
/// 期限.
pub const CLOCKS: &str = "期限";
/// No clock runs.
pub const NO_CLOCKS: &str = "现在没有期限在走。";
/// 答应过的.
pub const PROMISES: &str = "答应过的";
/// 5月3日 周六 前.
#[must_use]
pub fn promised(due: NaiveDate, today: NaiveDate) -> String {
    [&format::day(due, today), " 前"].concat()
}
/// 反映的内容.
pub const CONTENT: &str = "反映的内容";
/// 处理意见书.
pub const OPINION: &str = "处理意见书说了什么";
/// 来源.
#[must_use]
pub fn source(words: &str) -> String {
    ["依据：", words].concat()
}
/// Goes to see the petitioner.
pub const GO_AND_SEE: &str = "登门走访";
/// Goes to ask.
pub const GO_AND_ASK: &str = "上门回访";
/// Not oneself.
pub const NOT_ONESELF: &str = "您参与过办理，不能自己回访。";
/// What to do then.
pub const NOT_ONESELF_NOTE: &str = "请换一位没有参与办理的同事去，这样信访人才好说真话。";
/// A return visit waits on this phone.
pub const ASKED_HERE: &str = "回访已记下，等服务器确认。";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn moments_and_days_are_said_as_people_say_them() {
        let today = NaiveDate::from_ymd_opt(2026, 5, 3).unwrap();
        let at = Moment::from_local(2026, 5, 3, 9, 5).unwrap();
        assert_eq!(confirmed(at, today, false), "已确认 今天 9:05");
        assert_eq!(confirmed(at, today, true), "全部已确认 今天 9:05");
        assert_eq!(written(at.plus_ms(-86_400_000), today), "昨天 9:05 写的");
        assert_eq!(visited(today.pred_opt().unwrap(), today), "昨天走过");
        assert_eq!(planned(today, today), "约 5月3日 周日");
    }
}
