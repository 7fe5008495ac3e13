//! 区划导入: villages and towns with their codes.
use std::collections::HashMap;

use serde::Serialize;

use crate::clean;
use crate::code::{self, CountyCode, TownCode, VillageCode};
use crate::columns::DIVISIONS;
use crate::field::Field;
use crate::format;
use crate::place::match_key;
use crate::problem::{FileError, NoteKind, Parsed, Reason, RowNumber};
use crate::table::{Record, Table};

/// 村（社区）, as the Bureau of Statistics lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DivisionRow {
    /// 村级代码
    pub code: VillageCode,
    /// 村（社区）, written as in the file
    pub village: String,
    /// 乡镇街道代码
    pub town_code: TownCode,
    /// 乡镇街道
    pub town: String,
    /// 县级代码
    pub county_code: CountyCode,
    /// 县区
    pub county: Option<String>,
    /// 市
    pub city: Option<String>,
    /// 省
    pub province: Option<String>,
}

const MAX_NAME: usize = 60;

/// Reads divisions. `name` is the file's name.
///
/// # Errors
/// When nothing can be read at all.
pub fn read_divisions(name: &str, bytes: &[u8]) -> Result<Parsed<DivisionRow>, FileError> {
    let mut parsed = Parsed::new();
    let table = Table::find(format::open(name, bytes)?, &DIVISIONS, &mut parsed)?;
    let mut known = Known::default();
    for record in table.records() {
        let number = record.number();
        match row(&record).and_then(|row| known.admit(number, row)) {
            Ok(Admission::New(row)) => parsed.rows.push((RowNumber(number), row)),
            Ok(Admission::Repeated(first_row)) => {
                parsed.note(number, None, NoteKind::RepeatedRow { first_row });
            }
            Err((field, reason)) => parsed.problem(number, field, reason),
        }
    }
    Ok(parsed.in_order())
}

type Fault = (Field, Reason);

fn row(record: &Record<'_>) -> Result<DivisionRow, Fault> {
    let code: VillageCode = read_code(record, Field::VillageCode, VillageCode::DIGITS, false)?;
    let town_code: TownCode = if record.cell(Field::TownCode).is_blank() {
        code.town()
    } else {
        read_code(record, Field::TownCode, TownCode::DIGITS, true)?
    };
    if code.town() != town_code {
        let (village, town) = (code.to_string(), town_code.to_string());
        return Err((Field::VillageCode, Reason::CodeNotUnderTown { village, town }));
    }
    let optional = |field| Some(record.line(field)).filter(|text| !text.is_empty() && text.chars().count() <= MAX_NAME);
    Ok(DivisionRow {
        village: required(record, Field::Village)?,
        town: required(record, Field::Town)?,
        county_code: code.county(),
        county: optional(Field::County),
        city: optional(Field::City),
        province: optional(Field::Province),
        code,
        town_code,
    })
}

fn read_code<C: std::str::FromStr>(record: &Record<'_>, field: Field, digits: usize, padded: bool) -> Result<C, Fault> {
    let text = record.line(field);
    if text.is_empty() {
        return Err((field, Reason::Missing));
    }
    code::read(&text, digits, padded).map_err(|reason| (field, reason))
}

fn required(record: &Record<'_>, field: Field) -> Result<String, Fault> {
    let text = record.line(field);
    match text.chars().count() {
        0 => Err((field, Reason::Missing)),
        found if found > MAX_NAME => Err((field, Reason::TooLong { limit: MAX_NAME, found })),
        _ => Ok(text),
    }
}

/// What stands further up in the file.
#[derive(Default)]
struct Known {
    villages: HashMap<VillageCode, (RowNumber, DivisionRow)>,
    towns: HashMap<TownCode, (RowNumber, String)>,
}

enum Admission {
    New(DivisionRow),
    Repeated(RowNumber),
}

impl Known {
    fn admit(&mut self, number: u32, row: DivisionRow) -> Result<Admission, Fault> {
        if let Some((first_row, first)) = self.villages.get(&row.code) {
            let same =
                match_key(&first.village) == match_key(&row.village) && match_key(&first.town) == match_key(&row.town);
            return if same {
                Ok(Admission::Repeated(*first_row))
            } else {
                Err((Field::VillageCode, other_name(*first_row, &first.village, &row.village)))
            };
        }
        if let Some((first_row, first)) = self.towns.get(&row.town_code) {
            if match_key(first) != match_key(&row.town) {
                return Err((Field::TownCode, other_name(*first_row, first, &row.town)));
            }
        } else {
            self.towns.insert(row.town_code.clone(), (RowNumber(number), row.town.clone()));
        }
        self.villages.insert(row.code.clone(), (RowNumber(number), row.clone()));
        Ok(Admission::New(row))
    }
}

fn other_name(first_row: RowNumber, first: &str, name: &str) -> Reason {
    Reason::SameCodeOtherName { first_row, first_name: clean::excerpt(first), name: clean::excerpt(name) }
}
