//! Words of 安排走访.

use case_core::wire::visit_plan::PlanRow;
use chrono::NaiveDate;

use crate::format;

/// Heading.
pub const TITLE: &str = super::desk::VISIT_PLAN;
/// What it is.
pub const NOTE: &str = "勾选本村的户，派给村里或者镇里的干部去走访。他的手机下次有信号时就能看到。";
/// What changing does.
pub const CHANGE_NOTE: &str = "改派以后，原来那位手机里的户和没发出的记录都还在。";
/// Field.
pub const TO: &str = "派给谁";
/// Button.
pub const ASSIGN: &str = "派给他";
/// Button.
pub const TAKE_BACK: &str = "不派了";
/// Whom to was not chosen.
pub const NO_OFFICIAL: &str = "选一位干部";
/// Nothing was ticked.
pub const NONE_TICKED: &str = "先勾选要派的户";
/// Done.
pub const ASSIGNED: &str = "派好了";
/// Done.
pub const TAKEN_BACK: &str = "不派了，已经记下";
/// Tick box.
pub const ALL: &str = "全选列出来的户";
/// Field.
pub const SEARCH: &str = "找户主、组、干部";
/// No household.
pub const EMPTY: &str = "本村还没有户";
/// Beside it.
pub const EMPTY_NOTE: &str = "请系统管理员导入本村的名册。";
/// Legend of the list.
pub const HOUSEHOLDS: &str = "本村的户";

/// 共 12 户，已派 5 户，勾选 2 户.
#[must_use]
pub fn counts(all: usize, assigned: usize, ticked: usize) -> String {
    ["共 ", &all.to_string(), " 户，已派 ", &assigned.to_string(), " 户，勾选 ", &ticked.to_string(), " 户"].concat()
}

/// 派给林小溪，5月3日 周六；上次走访 昨天.
#[must_use]
pub fn stands(row: &PlanRow, today: NaiveDate) -> String {
    let given = match (&row.name, row.since) {
        (Some(name), Some(since)) => ["派给", name.as_str(), "，", &format::day(since, today)].concat(),
        _ => "还没有派".to_owned(),
    };
    let last =
        row.last_visit.map_or_else(|| "没走访过".to_owned(), |last| ["上次走访 ", &format::day(last, today)].concat());
    [&given, "；", &last].concat()
}
