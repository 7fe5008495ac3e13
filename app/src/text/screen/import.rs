//! Words of the import page.

/// Heading.
pub const TITLE: &str = "导入";
/// What.
pub const KIND: &str = "导入什么";
/// The file.
pub const FILE: &str = "选一个表格文件";
/// What it may be.
pub const FILE_NOTE: &str = "电子表格或逗号分隔的文本；信访事项也可以是逐行文本。先导行政区划，再导住户和事项。";
/// Not chosen.
pub const NO_FILE: &str = "还没有选文件。";
/// The button.
pub const DO: &str = "开始导入";
/// While it is uploaded.
pub const UPLOADING: &str = "正在上传";
/// While it runs.
#[must_use]
pub fn running(name: &str) -> String {
    ["正在导入 ", name].concat()
}
/// It has ended.
#[must_use]
pub fn finished(name: &str) -> String {
    [name, " 导入完了"].concat()
}
/// It could not be read.
#[must_use]
pub fn failed(name: &str) -> String {
    [name, " 没有导入"].concat()
}
/// The progress cannot be read just now.
pub const LOST: &str = "连不上服务器，导入还在服务器上进行。连上后会接着显示。";
/// Rows that could not go in.
pub const BAD_ROWS: &str = "没有导入的行。改好后再导一次，已有的不会重复。";
/// Only some are listed.
pub const FIRST_ONES: &str = "只列出前 200 行。";
/// Row number.
pub const ROW: &str = "行号";
/// Reason.
pub const REASON: &str = "原因";
/// Notes.
pub const NOTES: &str = "还要知道的";
