//! Words of the page 节假日.

use chrono::NaiveDate;

/// Heading and section.
pub const TITLE: &str = "节假日";
/// What it is.
pub const NOTE: &str = "工作日和到期日按这张表算。每年国务院办公厅发出通知后，在这里导入下一年的表。";
/// The setting.
pub const LAST_DAY: &str = "最后一天是法定节假日的，顺延到下一个工作日";
/// What it changes.
pub const LAST_DAY_NOTE: &str = "条例没有规定，由本县决定。只对以后新开始的期限起作用。";
/// Set.
pub const SET: &str = "已保存";
/// The form.
pub const IMPORT: &str = "导入一年的表";
/// The field.
pub const LINES: &str = "全年的日期";
/// An example.
pub const HINT: &str = "每行一天：日期，休或班，节日名。例如 2027-01-01，休，元旦";
/// A file instead.
pub const FILE: &str = "从文件读入";
/// Looks at it.
pub const CHECK: &str = "先检查";
/// Puts it in.
pub const SAVE: &str = "导入";
/// What is wrong.
pub const PROBLEMS: &str = "有问题的行";
/// Columns.
pub const ROW: &str = "行";
/// Columns.
pub const REASON: &str = "问题";
/// Nothing was put in.
pub const REFUSED: &str = "没有导入，请改好下面的行";
/// Running clocks that would be different.
pub const DIFFER: &str = "按新表会不同的期限";
/// They stay.
pub const DIFFER_NOTE: &str = "正在计算的期限不变，仍按原来的日子。下面这些如果今天才开始，到期日会不同。";
/// Columns.
pub const NUMBER: &str = "信访件编号";
/// Columns.
pub const CLOCK: &str = "期限";
/// Columns.
pub const STANDS: &str = "到期日（不变）";
/// Columns.
pub const WOULD_BE: &str = "按新表";
/// Columns.
pub const DAY: &str = "日期";
/// Columns.
pub const KIND: &str = "安排";
/// Columns.
pub const HOLIDAY: &str = "节日";
/// 放假.
pub const REST: &str = "放假";
/// 调休上班.
pub const WORK: &str = "上班";
/// No table.
pub const NONE: &str = "还没有任何一年的表，只按周末算。";

/// A year of the table.
#[must_use]
pub fn year(year: i32, rest: usize, work: usize) -> String {
    [&year.to_string(), " 年：放假 ", &rest.to_string(), " 天，调休上班 ", &work.to_string(), " 天"].concat()
}

/// It can be put in.
#[must_use]
pub fn fits(year: i32, days: usize) -> String {
    ["检查过了，", &year.to_string(), " 年共 ", &days.to_string(), " 天，没有问题"].concat()
}

/// It was put in.
#[must_use]
pub fn saved(year: i32, days: usize) -> String {
    ["已导入 ", &year.to_string(), " 年的 ", &days.to_string(), " 天"].concat()
}

/// A day of the table.
#[must_use]
pub fn day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}
