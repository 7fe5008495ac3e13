//! Words of 这部手机: what it keeps, how safely, how much space is left, and its clock.

use case_core::time::Moment;
use chrono::NaiveDate;

use crate::format;

/// Heading.
pub const TITLE: &str = "这部手机";
/// What the row on 我的 says.
pub const NOTE: &str = "手机密码、空间、时间、核对";

/// Heading.
pub const SAFETY: &str = "手机密码";
/// Changes it.
pub const CHANGE_PIN: &str = "改手机密码";
/// The old one.
pub const OLD_PIN: &str = "现在的手机密码";
/// The new one.
pub const NEW_PIN: &str = "新的手机密码";
/// It was changed.
pub const PIN_CHANGED: &str = "手机密码改好了";
/// Locks at once.
pub const LOCK_NOW: &str = "现在锁上";

/// Heading.
pub const SPACE: &str = "空间";
/// The browser has promised.
pub const PERSISTENT: &str = "浏览器答应保留";
/// What it means.
pub const PERSISTENT_YES: &str = "手机空间紧张时，浏览器也不会自己清掉记录。";
/// It has not.
pub const PERSISTENT_NO: &str =
    "还没有答应。手机空间很紧张时，浏览器可能清掉存的东西。请早些联网发出，或把本应用添加到手机桌面。";
/// It cannot say.
pub const PERSISTENT_UNKNOWN: &str = "这个浏览器不说会不会保留。请早些联网发出。";
/// Asks.
pub const ASK_PERSISTENT: &str = "请浏览器保留";
/// It said no.
pub const ASKED_NO: &str = "浏览器这次没有答应。把本应用添加到手机桌面后再试。";
/// It said yes.
pub const ASKED_YES: &str = "浏览器答应保留了";
/// 已用 12 MB，还能用约 1.2 GB.
#[must_use]
pub fn used(used: u64, quota: u64) -> String {
    ["已用 ", &format::bytes(used), "，还能用约 ", &format::bytes(quota.saturating_sub(used))].concat()
}
/// The browser does not say.
pub const USED_UNKNOWN: &str = "这个浏览器不说用了多少";
/// Nearly full.
pub const NEARLY_FULL: &str = "空间快满了。请先联网发出记录，再腾空间；也可以删掉手机里不用的照片、视频。";
/// Frees some.
pub const FREE: &str = "腾空间";
/// What can be freed.
#[must_use]
pub fn can_free(history: u32, files: u32, bytes: u64) -> String {
    if history == 0 && files == 0 {
        return "没有可以清的。没发出的记录不能清。".to_owned();
    }
    [
        "可以清掉：服务器已收到的照片、录音 ",
        &files.to_string(),
        " 个（",
        &format::bytes(bytes),
        "），送达的旧记录 ",
        &history.to_string(),
        " 条。没发出的不会动。",
    ]
    .concat()
}
/// It was freed.
#[must_use]
pub fn freed(bytes: u64) -> String {
    if bytes == 0 { "没有可以清的".to_owned() } else { ["腾出 ", &format::bytes(bytes)].concat() }
}

/// Heading.
pub const CLOCK: &str = "时间";
/// How the clocks differ.
#[must_use]
pub fn clock(ahead_ms: Option<i64>) -> String {
    match ahead_ms {
        None => "还没有和服务器对过".to_owned(),
        Some(ms) if ms.unsigned_abs() < 120_000 => "和服务器一致".to_owned(),
        Some(ms) => super::field_me::clock_wrong(ms),
    }
}
/// What the phone's clock is for.
pub const CLOCK_NOTE: &str = "期限按服务器的日期算，手机时间不准也不影响。";

/// Heading.
pub const COMPARE: &str = "核对";
/// Compares now.
pub const COMPARE_NOW: &str = "和服务器核对";
/// When it was last done.
#[must_use]
pub fn compared(at: Option<Moment>, mended: u32, today: NaiveDate) -> String {
    match at {
        None => "还没有核对过。核对能发现服务器缺了哪条，缺的会自己补发。".to_owned(),
        Some(at) if mended == 0 => [&format::moment(at, today), " 核对过，一条不缺。"].concat(),
        Some(at) => {
            [&format::moment(at, today), " 核对过，服务器缺的 ", &mended.to_string(), " 条已重新排队发送。"].concat()
        }
    }
}
/// More of one's records are on the server than here.
#[must_use]
pub fn yours(count: u32) -> String {
    ["服务器上有您近三十天的记录 ", &count.to_string(), " 条。"].concat()
}
/// Another official's unsent records.
#[must_use]
pub fn others_unsent(count: u32) -> String {
    ["这部手机里还有别的同志的 ", &count.to_string(), " 条没发出，有网时会照他们的名字发出。"].concat()
}
/// The reserve of codes.
#[must_use]
pub fn codes_left(count: u32) -> String {
    if count == 0 {
        "备用查询码用完了。联网后会自动补。没网时登记的事项，查询码要等发出以后才有。".to_owned()
    } else {
        ["备用查询码还有 ", &count.to_string(), " 个。"].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_freed_never_names_the_unsent() {
        assert!(can_free(3, 2, 2_000_000).contains("没发出的不会动"));
        assert!(can_free(0, 0, 0).contains("不能清"));
    }

    #[test]
    fn a_wrong_clock_says_by_how_much() {
        assert_eq!(clock(Some(1_000)), "和服务器一致");
        assert!(clock(Some(-3_600_000)).contains("慢 60 分钟"));
        assert!(clock(None).contains("没有"));
    }
}
