//! Words of the page 台账与报告.

/// Heading and section.
pub const TITLE: &str = "台账与报告";
/// What it is.
pub const NOTE: &str = "数字都从案卷和记录里数出来。点数字看名单。可以打印，也可以下载。";
/// What is chosen.
pub const KIND: &str = "要哪一种";
/// The kinds.
pub const KINDS: [&str; 6] = ["台账", "月研判清单", "领导实绩档案", "年度报告", "积案和包案", "遍访覆盖"];
/// From.
pub const FROM: &str = "日期从";
/// Until.
pub const UNTIL: &str = "到";
/// The month.
pub const MONTH: &str = "月份";
/// The year.
pub const YEAR: &str = "年度";
/// Whose file.
pub const LEADER: &str = "哪位领导";
/// Shows it.
pub const SHOW: &str = "看报表";
/// To print.
pub const PRINT: &str = "打印";
/// As a file.
pub const DOCX: &str = "下载文档";
/// As a table.
pub const CSV: &str = "下载表格（.csv）";
/// How it was counted.
pub const NOTES: &str = "怎么算的";
/// Nothing in a list.
pub const EMPTY: &str = "名单里没有事项。";
/// The ledger is too long a time.
pub const PERIOD_WRONG: &str = "结束的日子不能早于开始的日子，最长五年。";
/// Not filled.
pub const NOT_CHOSEN: &str = "请选一位领导。";
/// There is nobody with a file.
pub const NO_LEADERS: &str = "还没有县领导、乡镇领导的账号。";

/// 2026年
#[must_use]
pub fn year(year: i32) -> String {
    [&year.to_string(), "年"].concat()
}

/// 2026年3月
#[must_use]
pub fn month(of: i32, month: u32) -> String {
    [&year(of), &month.to_string(), "月"].concat()
}

/// Says of a number that it opens a list.
#[must_use]
pub fn opens(row: &str, column: &str, number: &str) -> String {
    [row, "，", column, "：", number, "，看名单"].concat()
}
