//! Words of the page 账号 (安全管理员).

use case_core::time::Moment;
use chrono::NaiveDate;

use crate::format;

/// Heading and section.
pub const TITLE: &str = "账号";
/// What it is.
pub const NOTE: &str = "谁能登录、有什么权限。停用后，这个账号马上退出登录。";
/// Columns.
pub const LOGIN: &str = "账号";
/// Columns.
pub const PERSON: &str = "姓名";
/// Columns.
pub const ROLE: &str = "角色";
/// Columns.
pub const STATE: &str = "状态";
/// Columns.
pub const DO: &str = "操作";
/// May sign in.
pub const ACTIVE: &str = "在用";
/// May not.
pub const INACTIVE: &str = "已停用";
/// Locked.
#[must_use]
pub fn locked(until: Moment, today: NaiveDate) -> String {
    ["密码输错太多，锁到 ", &format::moment(until, today)].concat()
}
/// Ends it.
pub const DISABLE: &str = "停用";
/// Begins it again.
pub const ENABLE: &str = "启用";
/// Ends a lock.
pub const UNLOCK: &str = "解除锁定";
/// Asks first.
#[must_use]
pub fn disable_sure(name: &str) -> String {
    ["停用", name, "的账号？"].concat()
}
/// What it does.
pub const DISABLE_NOTE: &str = "停用后马上退出登录，不能再登录。手机里没发出的记录还能送到服务器。";
/// Done.
pub const DISABLED: &str = "已停用";
/// Done.
pub const ENABLED: &str = "已启用";
/// Done.
pub const UNLOCKED: &str = "已解除锁定";
/// The second part.
pub const RIGHTS: &str = "各角色的权限";
/// None.
pub const NO_RIGHTS: &str = "没有";
/// Columns.
pub const MAY: &str = "可以";

/// A right.
pub const MATTERS: &str = "看自己范围内的事项";
/// A right.
pub const REGISTER: &str = "登记事项";
/// A right.
pub const ASSIGN: &str = "确定承办人";
/// A right.
pub const FLAGGED: &str = "看需要留意的记录";
/// A right.
pub const VISIT: &str = "用手机走访";
/// A right.
pub const RECUSE: &str = "办理回避";
/// A right.
pub const IMPORT: &str = "导入";
/// A right.
pub const CALENDAR: &str = "设节假日";
/// A right.
pub const CALLS: &str = "打电话告知信访人";
/// A right.
pub const TAKE_REPORTS: &str = "登记检举控告";
/// The right.
pub const PUBLISH: &str = "看公示，记公开意愿，撤下公示";
/// The right.
pub const PROPOSE_PUBLICATION: &str = "提请公示";
/// The right.
pub const CHECK_PUBLICATION: &str = "核对公示";
/// The right.
pub const OBSERVE: &str = "看被请去看的那一件";
/// The right.
pub const ADMIT: &str = "请外面的人看一件事项";
/// The right.
pub const WAITING: &str = "看全县待办";
/// The right.
pub const REPORTS: &str = "看台账与报告";
/// A right.
pub const OPEN_REPORTS: &str = "拆阅检举控告";
/// A right.
pub const AUDIT: &str = "看审计记录";
/// A right.
pub const ACCOUNTS: &str = "管账号、恢复手机";
/// A right.
pub const RECEPTIONS: &str = "安排接访、管说事点";
/// A right.
pub const SEE_RECEPTIONS: &str = "看接访安排";
