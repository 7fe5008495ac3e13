//! Words that many screens share.

/// The product.
pub const PRODUCT: &str = "回音";
/// First link of every page.
pub const SKIP: &str = "跳到正文";
/// Cancels.
pub const CANCEL: &str = "取消";
/// Closes a dialog without doing anything.
pub const LOOK_AGAIN: &str = "再看看";
/// Takes a message away.
pub const CLOSE: &str = "知道了";
/// Goes back.
pub const BACK: &str = "返回";
/// Tries again.
pub const RETRY: &str = "再试一次";
/// While reading.
pub const LOADING: &str = "正在读取";
/// While sending.
pub const SENDING: &str = "正在提交";
/// Beside the label of a field that must be filled.
pub const NEEDED: &str = "必填";
/// Beside the label of a field that may stay empty.
pub const OPTIONAL: &str = "可不填";
/// The empty choice of a list.
pub const CHOOSE: &str = "请选择";
/// Nothing stands here.
pub const NONE: &str = "没有";
/// Large type.
pub const LARGE_TYPE: &str = "大字";
/// Normal type.
pub const NORMAL_TYPE: &str = "标准字";
/// A choice was not made.
#[must_use]
pub fn not_chosen(label: &str) -> String {
    ["还没有选", label, "。"].concat()
}
/// A date was not filled in.
#[must_use]
pub fn no_date(label: &str) -> String {
    ["还没有填", label, "。"].concat()
}
/// The page does not exist.
pub const NO_SUCH_PAGE: &str = "没有这个页面";
/// What to do then.
pub const NO_SUCH_PAGE_NOTE: &str = "地址可能不完整，请从首页进去找。";
/// To the home screen.
pub const HOME: &str = "回首页";
/// 3 件.
#[must_use]
pub fn pieces(n: u64) -> String {
    [&n.to_string(), " 件"].concat()
}
