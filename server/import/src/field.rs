//! What a column can hold, and how a heading is understood.
use serde::Serialize;

use crate::clean;

/// 字段: what a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 村级代码
    VillageCode,
    /// 村（社区）
    Village,
    /// 乡镇街道代码
    TownCode,
    /// 乡镇街道
    Town,
    /// 县区
    County,
    /// 市
    City,
    /// 省
    Province,
    /// 户编号, or the number of a message
    SourceKey,
    /// 组别
    Group,
    /// 姓名
    Name,
    /// 户主姓名, in a column of its own
    HeadName,
    /// 与户主关系
    Relation,
    /// 性别
    Sex,
    /// 民族
    Ethnicity,
    /// 出生日期
    Birth,
    /// 联系电话
    Phone,
    /// 备注
    Remark,
    /// 公民身份号码: known only in order to be left out
    IdNumber,
    /// 银行卡号: known only in order to be left out
    BankCard,
    /// 标题
    Title,
    /// 内容
    Body,
    /// 信访日期
    ReceivedAt,
    /// 答复意见
    Reply,
    /// 答复时间
    RepliedAt,
    /// 信访人, by name or by the name used on the platform
    Petitioner,
    /// 问题类别
    Category,
}

/// What a table of one kind looks like.
pub(crate) struct Schema {
    pub columns: &'static [(Field, &'static [&'static str])],
    /// Each group needs one of its fields in the header row.
    pub required: &'static [&'static [Field]],
    /// Columns whose value, when cells are merged downwards, holds for all the rows of the merge.
    pub shared: &'static [Field],
}

impl Schema {
    /// The field that a heading means.
    pub(crate) fn field(&self, heading: &str) -> Option<Field> {
        // Signs make no difference: 村（社区）, 村/社区 and 村社区 are one. Then without the
        // explanation in brackets: 出生日期（年月日）.
        let whole = key(heading, false);
        let short = key(heading, true);
        if whole.is_empty() {
            return None;
        }
        let find =
            |wanted: &str| self.columns.iter().find_map(|(field, names)| names.contains(&wanted).then_some(*field));
        find(&whole).or_else(|| find(&short))
    }

    /// The required fields that a set of fields lacks, the usual one of each group.
    pub(crate) fn missing(&self, present: impl Fn(Field) -> bool) -> Vec<Field> {
        self.required
            .iter()
            .filter(|group| !group.iter().any(|field| present(*field)))
            .filter_map(|group| group.first().copied())
            .collect()
    }
}

fn key(heading: &str, without_brackets: bool) -> String {
    let mut depth = 0usize;
    // A heading is a few words; a cell of a megabyte is none.
    heading
        .chars()
        .take(200)
        .map(clean::fold)
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c.is_alphanumeric() && !(without_brackets && depth > 0) || *c == '_'
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use Field as F;

    use super::*;
    use crate::columns::{DIVISIONS, HOUSEHOLDS, MATTERS};

    #[test]
    fn headings_are_known_whatever_their_signs() {
        for heading in ["村（社区）", "村/社区", " 村 社区 ", "村(社区)*", "村、社区："] {
            assert_eq!(HOUSEHOLDS.field(heading), Some(F::Village), "{heading}");
        }
        assert_eq!(HOUSEHOLDS.field("出生日期（如1975/09/24）"), Some(F::Birth));
        assert_eq!(HOUSEHOLDS.field("姓 名"), Some(F::Name));
        assert_eq!(HOUSEHOLDS.field("身份证号\n（18位）"), Some(F::IdNumber));
        assert_eq!(MATTERS.field("reply_time"), Some(F::RepliedAt));
        assert_eq!(MATTERS.field("Title"), Some(F::Title));
        assert_eq!(HOUSEHOLDS.field("（）"), None);
    }

    #[test]
    fn no_heading_means_two_things_in_one_kind_of_file() {
        for schema in [&DIVISIONS, &HOUSEHOLDS, &MATTERS] {
            let mut seen = std::collections::HashMap::new();
            for (field, names) in schema.columns {
                for name in *names {
                    assert_eq!(seen.insert(*name, field), None, "{name} of {field:?}");
                    assert_eq!(key(name, false), *name, "written as it is looked up");
                }
            }
        }
    }
}
