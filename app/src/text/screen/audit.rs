//! Words of the page 审计 (审计管理员).

use case_core::time::Moment;
use case_core::wire::audit::VerificationResult;
use chrono::NaiveDate;

use crate::format;

/// Heading and section.
pub const TITLE: &str = "审计";
/// What it is.
pub const NOTE: &str = "谁在什么时候做了什么。这里不显示信访件和保密件的内容。";
/// The filter.
pub const FILTER: &str = "筛选";
/// 种类.
pub const GROUP: &str = "种类";
/// All kinds.
pub const ALL: &str = "全部";
/// A field.
pub const FROM: &str = "从哪天";
/// A field.
pub const UNTIL: &str = "到哪天";
/// A field.
pub const PERSON: &str = "人员";
/// What may be typed.
pub const PERSON_HINT: &str = "姓名、账号或工号";
/// A field.
pub const NUMBER: &str = "信访件编号";
/// What may be typed.
pub const NUMBER_HINT: &str = "16 位数字";
/// Wrong.
pub const NUMBER_WRONG: &str = "信访件编号是 16 位数字，请核对。";
/// Asks.
pub const SHOW: &str = "查看";
/// Nothing was found.
pub const NONE: &str = "没有符合的记录。";
/// The list.
pub const LIST: &str = "记录";
/// Columns.
pub const WHEN: &str = "时间";
/// Columns.
pub const WHO: &str = "人员";
/// Columns.
pub const WHAT: &str = "做了什么";
/// Columns.
pub const WHY: &str = "原因";
/// Columns.
pub const MATTER: &str = "信访件";
/// The phone's clock.
#[must_use]
pub fn device(at: Moment, today: NaiveDate) -> String {
    ["手机时间 ", &format::moment(at, today)].concat()
}
/// The next page.
pub const OLDER: &str = "更早的";
/// The first page.
pub const NEWEST: &str = "回到最新";
/// The second part.
pub const VERIFICATION: &str = "核验";
/// What it does.
pub const VERIFICATION_NOTE: &str = "把全部流程记录、一线记录、文书和保密件的记录对一遍，看有没有改动或缺失。";
/// Begins it.
pub const VERIFY: &str = "现在核验";
/// It is going on.
pub const RUNNING: &str = "正在核验，请等一会儿。";
/// It never was.
pub const NEVER: &str = "还没有核验过。";
/// It did not end.
pub const FAILED: &str = "没有核验完，请再试一次；还是不行，请系统管理员看服务器。";
/// What the last one found.
#[must_use]
pub fn result(result: &VerificationResult, today: NaiveDate) -> String {
    let found = match result.faults {
        0 => "全部完整，没有发现改动。".to_owned(),
        faults => ["发现 ", &faults.to_string(), " 处改动或缺失。"].concat(),
    };
    [
        &format::moment(result.at, today),
        " 核验：审计 ",
        &result.entries.to_string(),
        " 条，信访件 ",
        &result.matters.to_string(),
        " 件，一线记录 ",
        &result.receipts.to_string(),
        " 条。",
        &found,
    ]
    .concat()
}
/// The findings.
pub const LINES: &str = "发现了什么";
