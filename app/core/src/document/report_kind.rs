//! 报表种类: what a report is called in addresses, in storage and in its number.

use serde::{Deserialize, Serialize};

/// 报表种类 (spec 6: 台账, 月研判清单, 领导实绩档案, 年度报告).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// 台账（造册登记）.
    Ledger,
    /// 月研判清单.
    Monthly,
    /// 领导实绩档案.
    Leader,
    /// 年度报告 (Article 41).
    Annual,
    /// 积案和包案台账.
    OldCases,
    /// 遍访覆盖.
    Coverage,
    /// 保管期限到期清单 (spec 7 (11)).
    Retention,
}

impl ReportKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Ledger, Self::Monthly, Self::Leader, Self::Annual, Self::OldCases, Self::Coverage, Self::Retention];

    /// A stable word for storage and addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Monthly => "monthly",
            Self::Leader => "leader",
            Self::Annual => "annual",
            Self::OldCases => "old_cases",
            Self::Coverage => "coverage",
            Self::Retention => "retention",
        }
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The word in its number: 账 in 「县信访局账字〔2026〕3号」. No document of a matter has the same.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ledger => "账",
            Self::Monthly => "研",
            Self::Leader => "绩",
            Self::Annual => "年",
            Self::OldCases => "积",
            Self::Coverage => "遍",
            Self::Retention => "期",
        }
    }
}

/// 文号 of a report: 县信访局账字〔2026〕3号.
#[must_use]
pub fn report_number(organ: &str, kind: ReportKind, year: i32, serial: i64) -> String {
    [organ, kind.word(), "字〔", &year.to_string(), "〕", &serial.to_string(), "号"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentKind;

    #[test]
    fn no_report_can_be_taken_for_another_or_for_a_document_of_a_matter() {
        for kind in ReportKind::ALL {
            assert_eq!(ReportKind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.code()));
            assert_eq!(ReportKind::ALL.iter().filter(|other| other.word() == kind.word()).count(), 1, "{kind:?}");
            assert!(DocumentKind::ALL.iter().all(|document| document.row().word != kind.word()), "{kind:?}");
        }
        assert_eq!(report_number("某县信访局", ReportKind::Ledger, 2026, 3), "某县信访局账字〔2026〕3号");
    }
}
