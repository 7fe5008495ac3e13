//! Words of the list of devices (administrators).

use case_core::time::Moment;
use chrono::NaiveDate;

use crate::format;

/// Heading and section.
pub const TITLE: &str = "手机";
/// What it is.
pub const NOTE: &str =
    "干部登录过的手机和电脑。手机丢了，在这里停用：它下次联网时，先把没发出的记录加密送到服务器，再清除内容。";
/// None.
pub const NONE: &str = "还没有人在手机上登录过。";
/// Columns.
pub const PERSON: &str = "姓名";
/// Columns.
pub const DEVICE: &str = "设备";
/// Columns.
pub const LAST_SEEN: &str = "最近联网";
/// Columns.
pub const STATE: &str = "状态";
/// In use.
pub const IN_USE: &str = "在用";
/// Shut out.
#[must_use]
pub fn revoked(at: Moment, today: NaiveDate) -> String {
    [&format::moment(at, today), " 停用"].concat()
}
/// What it handed in before it was wiped and nobody could read.
#[must_use]
pub fn kept(count: u32) -> String {
    ["。清掉以前交来 ", &count.to_string(), " 条系统读不懂的记录，原样存着，升级以后会再试"].concat()
}
/// A device as people call it; the server says it in the makers' words, as 系统 · 浏览器.
#[must_use]
pub fn device(label: &str) -> String {
    let word = |part: &str| match part.trim() {
        "Android" => "安卓手机",
        "iPhone" => "苹果手机",
        "iPad" => "苹果平板",
        "Windows" => "视窗电脑",
        "Mac" => "苹果电脑",
        "Linux" => "电脑",
        "Chrome" => "谷歌浏览器",
        "Firefox" => "火狐浏览器",
        "Safari" => "苹果浏览器",
        "Edge" => "微软浏览器",
        "HarmonyOS" => "鸿蒙手机",
        "微信" => "微信",
        "钉钉" => "钉钉",
        "Huawei" => "华为浏览器",
        "MIUI" => "小米浏览器",
        "UC" | "QQ" => "手机浏览器",
        _ => "不知道是哪种",
    };
    label.split('·').map(word).collect::<Vec<_>>().join("，")
}
/// Shuts it out.
pub const REVOKE: &str = "停用";
/// Undoes it.
pub const RESTORE: &str = "恢复";
/// Asks first.
#[must_use]
pub fn revoke_sure(name: &str, label: &str) -> String {
    ["停用", name, "的 ", label, "？"].concat()
}
/// What it does.
pub const REVOKE_NOTE: &str =
    "它下次联网时，没发出的记录会先送到服务器，然后手机里的内容被清除。在那以前，手机里的内容靠手机密码保护。";
/// Done.
pub const REVOKED: &str = "已停用";
/// Undone.
pub const RESTORED: &str = "已恢复";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_what_people_call_it() {
        assert_eq!(device("Android · 微信"), "安卓手机，微信");
        assert_eq!(device("Linux · Chrome"), "电脑，谷歌浏览器");
        assert!(!device("? · ?").contains('?'));
    }
}
