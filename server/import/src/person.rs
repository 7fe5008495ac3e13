//! 家庭成员: what one row of a roster says about one person.
use serde::Serialize;

use crate::clean;
use crate::date::{self, Birth, BirthDate};
use crate::field::Field;
use crate::households::HouseholdRow;
use crate::problem::{NoteKind, Parsed, Reason};
use crate::table::Record;

/// 家庭成员
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberRow {
    /// 姓名
    pub name: String,
    /// 与户主关系, as written
    pub relation: Option<String>,
    /// 性别
    pub sex: Option<Sex>,
    /// 出生日期
    pub birth: Option<BirthDate>,
    /// 联系电话
    pub phone: Option<String>,
    /// 民族
    pub ethnicity: Option<String>,
    /// 备注, as written (已故, 外出务工)
    pub remark: Option<String>,
}

/// 性别
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

const MAX_NAME: usize = 60;
const MAX_PHONE: usize = 40;
const MAX_WORD: usize = 30;
const MAX_REMARK: usize = 200;

/// Reads one row, and notes what it could not take over as it stands.
pub(crate) struct PersonReader<'r> {
    pub record: Record<'r>,
    pub parsed: &'r mut Parsed<HouseholdRow>,
    /// Counts the cells that held an identity or card number among other things.
    pub long_numbers: &'r mut usize,
}

impl PersonReader<'_> {
    /// The person. A fault is always one of the name: nothing else is needed.
    pub(crate) fn member(&mut self) -> Result<MemberRow, (Field, Reason)> {
        let name = self.name()?;
        Ok(MemberRow {
            relation: self.word(Field::Relation, MAX_WORD),
            sex: self.sex(),
            birth: self.birth(),
            phone: self.phone(),
            ethnicity: self.word(Field::Ethnicity, MAX_WORD),
            remark: self.word(Field::Remark, MAX_REMARK),
            name,
        })
    }

    /// 组别
    pub(crate) fn group(&mut self) -> Option<String> {
        self.word(Field::Group, MAX_WORD)
    }

    fn name(&mut self) -> Result<String, (Field, Reason)> {
        // When columns have slipped, an identity number may stand where the name should.
        let (name, removed) = clean::without_long_numbers(&self.record.line(name_column(&self.record)));
        *self.long_numbers += usize::from(removed);
        let name = clean::name(&name);
        match name.chars().count() {
            0 => Err((Field::Name, Reason::Missing)),
            found if found > MAX_NAME => Err((Field::Name, Reason::TooLong { limit: MAX_NAME, found })),
            _ => Ok(name),
        }
    }

    /// A short text without identity or card numbers.
    fn word(&mut self, field: Field, limit: usize) -> Option<String> {
        let (mut text, removed) = clean::without_long_numbers(&self.record.line(field));
        *self.long_numbers += usize::from(removed);
        if text.chars().count() > limit {
            text = text.chars().take(limit).collect();
            self.parsed.note(self.record.number(), field, NoteKind::CutShort { kept: limit });
        }
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn sex(&mut self) -> Option<Sex> {
        match self.record.line(Field::Sex).as_str() {
            "" => None,
            "男" | "男性" | "1" => Some(Sex::Male),
            "女" | "女性" | "2" => Some(Sex::Female),
            odd => {
                self.not_understood(Field::Sex, odd);
                None
            }
        }
    }

    fn birth(&mut self) -> Option<BirthDate> {
        let found = || clean::excerpt(&self.record.cell(Field::Birth).raw());
        match date::birth(self.record.cell(Field::Birth)) {
            Birth::Blank => None,
            Birth::Known(birth) => Some(birth),
            Birth::OnlyYear(birth) => {
                self.parsed.note(self.record.number(), Field::Birth, NoteKind::BirthYearOnly { found: found() });
                Some(birth)
            }
            Birth::Unreadable => {
                self.not_understood(Field::Birth, &found());
                None
            }
        }
    }

    /// A phone is kept as written, also masked (138****7340); words in its place are not.
    fn phone(&mut self) -> Option<String> {
        let phone = self.word(Field::Phone, MAX_PHONE)?;
        let sensible = phone.chars().map(clean::fold).all(|c| c.is_ascii_digit() || "*-+() /、,;转xX".contains(c))
            && phone.chars().any(|c| clean::fold(c).is_ascii_digit());
        if !sensible {
            self.not_understood(Field::Phone, &phone);
        }
        sensible.then_some(phone)
    }

    fn not_understood(&mut self, field: Field, found: &str) {
        let found = clean::excerpt(found);
        self.parsed.note(self.record.number(), field, NoteKind::NotUnderstood { found });
    }
}

/// The column with the person's name: a roster without one has one row a household, the head's.
pub(crate) fn name_column(record: &Record<'_>) -> Field {
    if record.has(Field::Name) { Field::Name } else { Field::HeadName }
}

/// Whether a row is the head's.
pub(crate) fn is_head(relation: Option<&str>, named: Field) -> bool {
    match relation {
        Some(relation) => matches!(relation.trim(), "户主" | "本人" | "户主本人" | "本人或户主" | "01" | "02"),
        None => named == Field::HeadName,
    }
}

/// Those remarks that are about the household, each once.
pub(crate) fn household_remarks(members: &[MemberRow]) -> Vec<String> {
    let mut remarks: Vec<String> = Vec::new();
    let about = |part: &&str| {
        part.ends_with('户') || ["低保", "五保", "特困", "脱贫", "监测"].iter().any(|word| part.contains(word))
    };
    for member in members {
        let parts = member.remark.iter().flat_map(|text| text.split(['、', ',', '，', ';', '；', '/', ' ']));
        for part in parts.map(str::trim).filter(about) {
            if !remarks.iter().any(|known| known == part) {
                remarks.push(part.to_owned());
            }
        }
    }
    remarks
}
