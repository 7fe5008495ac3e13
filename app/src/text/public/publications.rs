//! 办理结果公示, for everybody.

/// Heading.
pub const TITLE: &str = "办理结果公示";
/// What it is.
pub const ABOUT: &str = "这里是群众反映的事和答复。本人同意才公开，姓名、电话、住址都隐去了。";
/// Nothing yet.
pub const NONE: &str = "现在还没有公示的事。";
/// The list's name.
pub const LIST: &str = "公示的事";
/// Part.
pub const ASKED: &str = "反映的事";
/// Part.
pub const ANSWERED: &str = "答复";
/// 答复单位.
pub const UNIT: &str = "答复单位";
/// The month.
pub const MONTH: &str = "答复时间";
/// Back to all.
pub const ALL: &str = "看全部公示";
/// Further pages.
pub const PAGES: &str = "翻页";
/// The page before.
pub const NEWER: &str = "上一页";
/// The next page.
pub const OLDER: &str = "下一页";
/// Leads to the form.
pub const MINE: &str = "这是我的事，请撤下";
/// Beside the phone.
pub const COMPLAIN: &str = "认出了自己，或者觉得写得不对，可以要求撤下，也可以打电话：";
/// The form's heading.
pub const REMOVE: &str = "请求撤下";
/// What will come of it.
pub const REMOVE_NOTE: &str = "提交以后，工作人员会尽快核实处理。不写姓名也可以。";
/// The field.
pub const WHY: &str = "哪里不合适（可不填）";
/// The field.
pub const PHONE: &str = "怎么联系您（可不填）";
/// Its hint.
pub const PHONE_HINT: &str = "留个电话，办好了告诉您。";
/// The button.
pub const SEND: &str = "请求撤下";
/// Done.
pub const SENT: &str = "已经收到您的请求。";
/// And what now.
pub const SENT_NOTE: &str = "工作人员会核实。急的话请打电话：";
/// Too long.
pub const TOO_LONG: &str = "写得太长了，请短一些：说明最多 2000 个字，联系方式最多 60 个字。";

/// 2026-03 as people say it.
#[must_use]
pub fn month(month: &str) -> String {
    match month.split_once('-') {
        Some((year, month)) => [year, " 年 ", month.trim_start_matches('0'), " 月"].concat(),
        None => month.to_owned(),
    }
}

/// 第 2 页，共 5 页.
#[must_use]
pub fn page(page: u64, pages: u64) -> String {
    ["第 ", &page.to_string(), " 页，共 ", &pages.to_string(), " 页"].concat()
}
