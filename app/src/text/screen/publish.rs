//! Words of 公示 at the desk.

/// Section and heading.
pub const TITLE: &str = "公示";
/// What it is.
pub const NOTE: &str = "只有信访人同意公开的事才能公示。登记人员提请，另一位审核人员核对以后，大家才看得到。";
/// The list is empty.
pub const NONE: &str = "现在没有要办的公示。";
/// The list's name.
pub const LIST: &str = "公示的事";
/// 公开意愿.
pub const WISH: &str = "公开意愿";
/// The choice on the form.
pub const WISH_CHOICE: &str = "同意隐去个人信息后公开办理结果";
/// They agree.
pub const WILLING: &str = "信访人同意公开";
/// They do not.
pub const UNWILLING: &str = "信访人没有同意公开";
/// Notes it.
pub const AGREES: &str = "本人同意了";
/// Notes it.
pub const REFUSES: &str = "本人不同意了，马上撤下";
/// Leads back.
pub const FILE: &str = "看这件事";
/// Left column.
pub const ORIGINAL: &str = "原文，标出的是个人信息";
/// What the marks are.
pub const MARKS_NOTE: &str = "机器会漏，也会标错。请逐句看过：名字、绰号、门牌，凡是能认出人的都要去掉。";
/// Right column.
pub const SHOWN: &str = "大家看到的";
/// 标题.
pub const MATTER_TITLE: &str = "标题";
/// 内容.
pub const CONTENT: &str = "反映的事";
/// 答复.
pub const REPLY: &str = "答复";
/// The button.
pub const PROPOSE: &str = "提请公示";
/// The button.
pub const PUBLISH: &str = "核对过了，公示";
/// The button.
pub const RETURN: &str = "退回修改";
/// The field.
pub const RETURN_WORDS: &str = "要改什么";
/// The button.
pub const WITHDRAW: &str = "撤下";
/// The field.
pub const WITHDRAW_WORDS: &str = "为什么撤下";
/// The button.
pub const KEEP: &str = "核实过了，不撤下";
/// Requests.
pub const PLEAS: &str = "有人请求撤下";
/// Said nothing.
pub const NO_WORDS: &str = "没有写原因";
/// Leads to the page.
pub const SEE: &str = "看公示页面";

/// 2 人请求撤下.
#[must_use]
pub fn pleas(count: u32) -> String {
    [&count.to_string(), " 个撤下请求"].concat()
}

/// 公开回复率.
#[must_use]
pub fn figures(agreed: u32, published: u32) -> String {
    ["公开回复率：同意公开并办结的 ", &agreed.to_string(), " 件，已公示 ", &published.to_string(), " 件。"].concat()
}

/// Who proposed and checked.
#[must_use]
pub fn by(proposed: &str, checked: Option<&str>) -> String {
    match checked {
        Some(checked) => ["提请：", proposed, "。核对：", checked, "。"].concat(),
        None => ["提请：", proposed, "。"].concat(),
    }
}

/// Why it was sent back or taken down.
#[must_use]
pub fn because(words: &str) -> String {
    ["说明：", words].concat()
}
