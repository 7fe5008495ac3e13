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
