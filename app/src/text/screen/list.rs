//! Words of the list of matters.

use crate::client_filter::Filter;

/// 网上提交.
pub const ONLINE: &str = "网上";
/// The petitioner waits for an answer.
pub const VOICED: &str = "有话";
/// Heading.
pub const TITLE: &str = "事项";
/// The search box.
pub const SEARCH: &str = "搜索事项";
/// What it finds by.
pub const SEARCH_HINT: &str = "姓名、标题、编号、电话后四位";
/// The row of stages.
pub const STAGES: &str = "办理阶段";
/// The row of special lists.
pub const FILTERS: &str = "只看";
/// No stage chosen.
pub const ALL: &str = "全部";
/// Nothing fits.
pub const EMPTY: &str = "没有这样的事项";
/// How things get here.
pub const EMPTY_NOTE: &str = "登记、导入或走访时反映的事会出现在这里。可以换个条件再找。";
/// Previous page.
pub const PREVIOUS: &str = "上一页";
/// Next page.
pub const NEXT: &str = "下一页";
/// A petitioner said that it is not solved.
pub const SAID_UNSOLVED: &str = "说没解决";

/// The name of a special list.
#[must_use]
pub fn filter(filter: Filter) -> &'static str {
    match filter {
        Filter::Overdue => "超期",
        Filter::Near => "快到期",
        Filter::Unsolved => "说没解决",
        Filter::ReturnedTwice => "退过两次",
        Filter::Proposed => "等着批",
        Filter::Voiced => "信访人有话",
        Filter::OldCases => "积案",
        Filter::Mine => "我包案的",
    }
}

/// 第 2 轮.
#[must_use]
pub fn round(n: u16) -> String {
    ["第 ", &n.to_string(), " 轮"].concat()
}

/// 第 1 页，共 4 页.
#[must_use]
pub fn page(page: u32, pages: u64) -> String {
    ["第 ", &(page + 1).to_string(), " 页，共 ", &pages.to_string(), " 页"].concat()
}

/// 共 12 件.
#[must_use]
pub fn total(n: u64) -> String {
    ["共 ", &n.to_string(), " 件"].concat()
}
