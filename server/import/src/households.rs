//! 住户导入: one row a person in the file, one household a number.
//!
//! The rows of a household need not stand together. Who stands first in [`HouseholdRow::members`]
//! is the head. A person whose row is faulty is left out and named; a household whose rows name
//! different places is left out as a whole, because nobody can tell which place is the right one.
//!
//! Identity and card numbers are counted and forgotten: the cells of those columns are looked at
//! only to see whether there is something in them.
use std::collections::HashMap;

use serde::Serialize;

use crate::clean;
use crate::columns::HOUSEHOLDS;
use crate::field::Field;
use crate::format;
use crate::person::{MemberRow, PersonReader, household_remarks, is_head, name_column};
use crate::place::match_key;
use crate::problem::{FileError, NoteKind, Parsed, Reason, RowNumber};
use crate::table::{Record, Table};

/// 住户
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HouseholdRow {
    /// 户编号: the same file brings the same key again.
    pub source_key: String,
    /// 乡镇
    pub town: String,
    /// 村（社区）
    pub village: String,
    /// 组别
    pub group: Option<String>,
    /// 户主姓名
    pub head_name: String,
    /// 联系电话: the head's, as written, which may be masked
    pub phone: Option<String>,
    /// 成员: all of them, the head first
    pub members: Vec<MemberRow>,
    /// 户情况: those remarks of any member that are about the household (五保户, 低保户, 脱贫户)
    pub remarks: Vec<String>,
}

const MAX_NAME: usize = 60;
const MAX_KEY: usize = 40;

/// Reads a household roster. `name` is the file's name.
///
/// # Errors
/// When nothing can be read at all.
pub fn read_households(name: &str, bytes: &[u8]) -> Result<Parsed<HouseholdRow>, FileError> {
    let mut parsed = Parsed::new();
    let table = Table::find(format::open(name, bytes)?, &HOUSEHOLDS, &mut parsed)?;
    let mut roster = Roster {
        parsed,
        households: Vec::new(),
        by_key: HashMap::new(),
        seen: HashMap::new(),
        last: None,
        long_numbers: 0,
    };
    for record in table.records() {
        if let Err((field, reason)) = roster.person(&record) {
            roster.parsed.problem(record.number(), field, reason);
        }
    }
    Ok(roster.finish(&table))
}

type Fault = (Field, Reason);

struct Roster {
    parsed: Parsed<HouseholdRow>,
    households: Vec<Draft>,
    by_key: HashMap<String, usize>,
    /// Rows already met, to count one that is there twice only once.
    seen: HashMap<(usize, String), RowNumber>,
    /// The household of the row above.
    last: Option<usize>,
    long_numbers: usize,
}

/// A household while its rows are being gathered.
struct Draft {
    row: RowNumber,
    key: String,
    place: Option<(String, String)>,
    group: Option<String>,
    head_name: Option<String>,
    head: Option<(usize, RowNumber)>,
    members: Vec<MemberRow>,
    refused: bool,
}

impl Roster {
    fn person(&mut self, record: &Record<'_>) -> Result<(), Fault> {
        let number = RowNumber(record.number());
        // Nobody is added to the household above a row that could not be placed.
        let above = self.last.take();
        let index = self.household(above, record)?;
        self.last = Some(index);
        let first_row = *self.seen.entry((index, record.fingerprint())).or_insert(number);
        if first_row != number {
            self.parsed.note(number.0, None, NoteKind::RepeatedRow { first_row });
            return Ok(());
        }
        self.settle_place(index, record)?;
        let mut reader =
            PersonReader { record: *record, parsed: &mut self.parsed, long_numbers: &mut self.long_numbers };
        let (member, group) = (reader.member()?, reader.group());
        let head_name = Some(clean::name(&record.line(Field::HeadName))).filter(|name| !name.is_empty());
        let Some(draft) = self.households.get_mut(index) else { return Ok(()) };
        if draft.group.is_none() {
            draft.group = group;
        } else if group.is_some() && group != draft.group {
            self.parsed.note(number.0, Field::Group, NoteKind::GroupsDiffer);
        }
        draft.head_name = draft.head_name.take().or(head_name);
        if is_head(member.relation.as_deref(), name_column(record)) {
            match draft.head {
                None => draft.head = Some((draft.members.len(), number)),
                Some((_, first_row)) => {
                    self.parsed.note(number.0, Field::Relation, NoteKind::SecondHead { first_row });
                }
            }
        }
        draft.members.push(member);
        Ok(())
    }

    /// The household that a row belongs to.
    fn household(&mut self, above: Option<usize>, record: &Record<'_>) -> Result<usize, Fault> {
        let key = record.line(Field::SourceKey);
        if key.is_empty() {
            // Merged cells come apart when a table is saved as text: what follows a head without a
            // number, and says to be somebody's wife or son, belongs to the household above.
            let relation = record.line(Field::Relation);
            let follows = !relation.is_empty() && !is_head(Some(&relation), Field::Name);
            return match above.filter(|above| follows && self.same_place(*above, record)) {
                Some(above) => {
                    self.parsed.note(record.number(), Field::SourceKey, NoteKind::KeyFromAbove);
                    Ok(above)
                }
                None => Err((Field::SourceKey, Reason::Missing)),
            };
        }
        if clean::is_citizen_id(&key) {
            return Err((Field::SourceKey, Reason::KeyIsIdNumber));
        }
        let found = key.chars().count();
        if found > MAX_KEY {
            return Err((Field::SourceKey, Reason::TooLong { limit: MAX_KEY, found }));
        }
        if let Some(index) = self.by_key.get(&key) {
            return Ok(*index);
        }
        let index = self.households.len();
        self.by_key.insert(key.clone(), index);
        self.households.push(Draft {
            row: RowNumber(record.number()),
            key,
            place: None,
            group: None,
            head_name: None,
            head: None,
            members: Vec::new(),
            refused: false,
        });
        Ok(index)
    }

    fn same_place(&self, index: usize, record: &Record<'_>) -> bool {
        let Some((town, village)) = self.households.get(index).and_then(|draft| draft.place.as_ref()) else {
            return false;
        };
        let agrees =
            |field, known: &str| record.cell(field).is_blank() || match_key(&record.line(field)) == match_key(known);
        agrees(Field::Town, town) && agrees(Field::Village, village)
    }

    /// The first row with a place settles it; a row without one agrees, a row with another does not.
    fn settle_place(&mut self, index: usize, record: &Record<'_>) -> Result<(), Fault> {
        let agrees = self.same_place(index, record);
        let Some(draft) = self.households.get_mut(index) else { return Ok(()) };
        let place = (record.line(Field::Town), record.line(Field::Village));
        for (field, text) in [(Field::Town, &place.0), (Field::Village, &place.1)] {
            let found = text.chars().count();
            if found > MAX_NAME {
                return Err((field, Reason::TooLong { limit: MAX_NAME, found }));
            }
        }
        match &draft.place {
            Some(first) if !agrees && !draft.refused => {
                draft.refused = true;
                let written = |(town, village): &(String, String)| clean::excerpt(&format!("{town}{village}"));
                let (first_place, place) = (written(first), written(&place));
                Err((Field::Village, Reason::PlacesDiffer { first_row: draft.row, first_place, place }))
            }
            Some(_) => Ok(()),
            None => {
                if !place.0.is_empty() && !place.1.is_empty() {
                    draft.place = Some(place);
                }
                Ok(())
            }
        }
    }

    fn finish(mut self, table: &Table) -> Parsed<HouseholdRow> {
        for draft in std::mem::take(&mut self.households) {
            if draft.refused {
                continue;
            }
            self.complete(draft);
        }
        let (ids, cards) = (table.filled(Field::IdNumber), table.filled(Field::BankCard));
        for (cells, note) in [
            (ids, NoteKind::IdNumbersLeftOut { cells: ids }),
            (cards, NoteKind::BankCardsLeftOut { cells: cards }),
            (self.long_numbers, NoteKind::LongNumbersRemoved { cells: self.long_numbers }),
        ] {
            if cells > 0 {
                self.parsed.file_note(note);
            }
        }
        self.parsed.in_order()
    }

    fn complete(&mut self, mut draft: Draft) {
        // Every row of it was faulty, and each fault has been reported.
        if draft.members.is_empty() {
            return;
        }
        let Some((town, village)) = draft.place else {
            return self.parsed.problem(draft.row.0, Field::Village, Reason::Missing);
        };
        let named = draft.head_name.as_ref();
        let head = draft
            .head
            .map(|(at, _)| at)
            .or_else(|| named.and_then(|name| draft.members.iter().position(|member| member.name == *name)));
        if head.is_none() {
            self.parsed.note(draft.row.0, Field::Relation, NoteKind::HeadAssumed);
        }
        let head = draft.members.remove(head.unwrap_or(0));
        let (head_name, phone) = (head.name.clone(), head.phone.clone());
        draft.members.insert(0, head);
        let household = HouseholdRow {
            source_key: draft.key,
            town,
            village,
            group: draft.group,
            head_name,
            phone,
            remarks: household_remarks(&draft.members),
            members: draft.members,
        };
        self.parsed.rows.push((draft.row, household));
    }
}
