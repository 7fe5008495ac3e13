//! Words of the documents in a matter's file.

use crate::text::document;

/// The part of the file.
pub const TITLE: &str = "文书";
/// Nothing yet.
pub const NONE: &str = "还没有出过文书。";
/// Opens the page to print.
pub const PRINT: &str = "打印";
/// Downloads it.
pub const DOWNLOAD: &str = "下载";
/// Before a paper with particulars is taken.
pub const UNMASK: &str = "先写明用途";
/// Why it is asked.
pub const HIDDEN: &str = "文书上有信访人的姓名、电话或者住址，要先写明用途，才能出具和打开。";
/// What can be issued now.
pub const POSSIBLE: &str = "可以出的文书";
/// What cannot be issued yet.
pub const NOT_YET: &str = "还不能出的文书，和缺什么";
/// The button.
pub const ISSUE: &str = "出文书";
/// A new version.
pub const NEW_VERSION: &str = "出新版";
/// Why.
pub const REASON: &str = "为什么要出新版";
/// What becomes of the former one.
pub const REASON_HINT: &str = "文号不变，前一版作废，但一直留在案卷里。";
/// Before issuing.
pub const CHECK: &str = "出了就不能改，只能出新版。请先看准。";
/// It is done.
pub const DONE: &str = "文书已出";
/// It was replaced.
pub const REPLACED: &str = "已作废";

/// 打印受理告知书: for those who hear the page.
#[must_use]
pub fn action(action: &str, kind: &str, number: &str) -> String {
    [action, kind, " ", number].concat()
}

/// 第 2 版 · 5月3日 周六 14:05 · 林小溪.
#[must_use]
pub fn line(version: u16, when: &str, by: &str) -> String {
    [&document::version(version), " · ", when, " · ", by].concat()
}

/// 更正：日期写错.
#[must_use]
pub fn because(reason: &str) -> String {
    ["新版理由：", reason].concat()
}
