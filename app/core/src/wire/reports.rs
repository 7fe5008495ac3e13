//! 台账与报告 as desks show them: words and numbers in tables, and behind each number its list. One shape for
//! all of them, so that a screen, a sheet of paper and a file are drawn from the same.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, MatterId};
use crate::text::ShortText;

/// `GET /api/v1/reports?kind=…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSheet {
    /// 制表单位.
    pub organ: String,
    /// 标题.
    pub title: String,
    /// 统计期间, place and whatever else it is limited to, in words.
    pub period: String,
    /// 制表日期: figures stand as of this day.
    pub made_on: NaiveDate,
    /// Whether it is printed across.
    #[serde(default)]
    pub wide: bool,
    /// Its parts.
    pub sections: Vec<ReportSection>,
    /// How it was counted, in words.
    pub notes: Vec<String>,
    /// The matters that its lists name.
    pub items: Vec<ReportItem>,
}

/// A part: a heading and a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSection {
    /// 标题.
    pub heading: String,
    /// What is to be known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Widths of the columns in parts of the whole; none: all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub widths: Vec<u16>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<ReportCell>>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCell {
    /// What stands in it. Nothing: to be filled by hand.
    pub text: String,
    /// Whether it is a number that opens a list.
    #[serde(default)]
    pub opens: bool,
    /// The list, by the places in [`ReportSheet::items`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<u32>,
}

/// A line of such a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportItem {
    /// The matter; none where the reader stays away from it (回避): it is counted and not shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    /// 信访件编号.
    pub number: String,
    /// 标题.
    pub title: String,
    /// 信访人.
    pub petitioner: String,
    /// 责任单位.
    pub unit: String,
    /// 办理阶段.
    pub stage: String,
}

/// `GET /api/v1/reports/leaders`: what can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportChoices {
    /// Those who have a 实绩档案.
    pub leaders: Vec<ReportLeader>,
    /// The present business month, and the first and the last day of it.
    pub month: (i32, u32),
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
}

/// 领导.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLeader {
    /// The account.
    pub account: AccountId,
    /// 姓名.
    pub name: ShortText,
    /// 职务.
    pub office: ShortText,
}
