//! Words of signing in.

/// Heading.
pub const TITLE: &str = "登录";
/// Below it.
pub const NOTE: &str = "登录一次，没有网也能用。";
/// 账号.
pub const LOGIN: &str = "账号";
/// 密码.
pub const PASSWORD: &str = "密码";
/// The button.
pub const DO: &str = "登录";
/// While it is being done.
pub const DOING: &str = "正在登录";
/// Nothing was typed as a name.
pub const NO_LOGIN: &str = "还没有填账号。";
/// Nothing was typed as a password.
pub const NO_PASSWORD: &str = "还没有填密码。";
/// The dialog above a page.
pub const AGAIN: &str = "请重新登录";
/// What it means.
pub const AGAIN_NOTE: &str = "登录过期了。页面上填好的内容都在，登录后接着做。";
/// Puts it off.
pub const LATER: &str = "以后再说";
