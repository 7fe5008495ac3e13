//! 节假日: what is wrong with a line of the table.

/// Nothing was there.
pub const EMPTY: &str = "没有内容。请粘贴全年的放假和调休日期，每行一天";
/// No holiday is named.
pub const NO_NAME: &str = "没有写是哪个节日";

/// Not three parts.
#[must_use]
pub fn three_parts(line: &str) -> String {
    ["“", line, "”看不懂。每行写日期、休或班、节日名，中间用逗号隔开"].concat()
}

/// Not a day.
#[must_use]
pub fn bad_day(day: &str) -> String {
    ["没有“", day, "”这一天，请写成 2027-01-01 这样"].concat()
}

/// Neither off nor on.
#[must_use]
pub fn bad_kind(kind: &str) -> String {
    ["“", kind, "”看不懂，放假写休，调休上班写班"].concat()
}

/// Another year than the first line.
#[must_use]
pub fn other_year(year: i32, day: &str) -> String {
    [day, " 不在 ", &year.to_string(), " 年。一次只导入一年"].concat()
}

/// The same day again.
#[must_use]
pub fn twice(day: &str) -> String {
    [day, " 前面已经有了"].concat()
}

/// 调休上班 on a day on which offices work anyway.
#[must_use]
pub fn works_anyway(day: &str) -> String {
    [day, " 本来就是工作日，不用写班"].concat()
}
