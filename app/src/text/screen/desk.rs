//! Words of the desk's frame.

/// 审核.
pub const REVIEW: &str = "审核";
/// 事项.
pub const MATTERS: &str = "事项";
/// 公示.
pub const PUBLISH: &str = "公示";
/// 登记.
pub const REGISTER: &str = "登记";
/// 导入.
pub const IMPORT: &str = "导入";
/// 留意: records that did not fit.
pub const FLAGGED: &str = "留意";
/// 走访.
pub const FIELD: &str = "走访";
/// Name of the row of sections.
pub const SECTIONS: &str = "栏目";
/// Signs out.
pub const SIGN_OUT: &str = "退出";
/// The desk's screens could not be fetched; also while they are.
pub const UNREACHABLE: &str = "正在打开这一页";
/// What to do.
pub const UNREACHABLE_NOTE: &str = "这一页还没有存到这台设备上。现在连不上服务器，请有网时再试。走访没有网也能用。";
