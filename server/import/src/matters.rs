//! 事项导入: messages from citizens, with the reply where there is one.
//!
//! From a text with one JSON object a line, or from a table. The text of a message is the citizen's
//! own and is kept as it is; only line breaks and invisible characters are made alike.
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use chrono::NaiveDateTime;
use serde::Serialize;
use serde_json::Value;
use serde_json::error::Category;
use sha2::{Digest, Sha256};

use crate::cell::{self, Cell};
use crate::clean;
use crate::columns::MATTERS;
use crate::date::{self, BadMoment};
use crate::field::Field;
use crate::format::{self, Source};
use crate::problem::{FileError, NoteKind, Parsed, Reason, RowNumber};
use crate::sheet::MAX_ROWS;
use crate::table::Table;
use crate::text::Decoded;

/// 事项
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatterRow {
    /// 编号: the file's own, or made of the content, so that the same file brings the same key
    pub source_key: String,
    /// 标题
    pub title: String,
    /// 内容
    pub body: String,
    /// 信访时间, in Asia/Shanghai
    pub received_at: NaiveDateTime,
    /// 答复
    pub reply: Option<MatterReply>,
    /// 信访人: a name, or the one used on the platform
    pub petitioner: Option<String>,
    /// 联系电话
    pub phone: Option<String>,
    /// 乡镇
    pub town: Option<String>,
    /// 村（社区）
    pub village: Option<String>,
    /// 问题类别, as written
    pub category: Option<String>,
}

/// 答复
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatterReply {
    /// 答复意见
    pub text: String,
    /// 答复时间, in Asia/Shanghai
    pub at: Option<NaiveDateTime>,
}

/// The longest real message has about 9,000 characters.
const MAX_BODY: usize = 20_000;
const MAX_TITLE: usize = 500;
const MAX_KEY: usize = 64;
const MAX_WORD: usize = 60;
const MAX_LINE: usize = 1 << 20;

/// Reads messages. `name` is the file's name; `.jsonl` means one JSON object a line.
///
/// # Errors
/// When nothing can be read at all.
pub fn read_matters(name: &str, bytes: &[u8]) -> Result<Parsed<MatterRow>, FileError> {
    let mut parsed = Parsed::new();
    let mut known = HashMap::new();
    let mut left_out = [0usize; 2];
    match format::open(name, bytes)? {
        Source::JsonLines(decoded) => {
            for (number, line) in lines(&decoded)? {
                let matter = object(line, decoded.damaged).and_then(|cells| {
                    count(&cells, &mut left_out);
                    matter(&mut parsed, number, &|field| cells.get(&field).unwrap_or(&cell::EMPTY))
                });
                admit(&mut parsed, &mut known, number, matter);
            }
        }
        source => {
            let table = Table::find(source, &MATTERS, &mut parsed)?;
            for record in table.records() {
                let matter = matter(&mut parsed, record.number(), &|field| record.cell(field));
                admit(&mut parsed, &mut known, record.number(), matter);
            }
            left_out = [table.filled(Field::IdNumber), table.filled(Field::BankCard)];
        }
    }
    let [ids, cards] = left_out;
    if ids > 0 {
        parsed.file_note(NoteKind::IdNumbersLeftOut { cells: ids });
    }
    if cards > 0 {
        parsed.file_note(NoteKind::BankCardsLeftOut { cells: cards });
    }
    Ok(parsed.in_order())
}

type Fault = (Option<Field>, Reason);

fn admit(
    parsed: &mut Parsed<MatterRow>,
    known: &mut HashMap<String, (RowNumber, MatterRow)>,
    number: u32,
    matter: Result<MatterRow, Fault>,
) {
    let matter = match matter {
        Ok(matter) => matter,
        Err((field, reason)) => return parsed.problem(number, field, reason),
    };
    match known.get(&matter.source_key) {
        Some((first_row, first)) if *first == matter => {
            parsed.note(number, None, NoteKind::RepeatedRow { first_row: *first_row });
        }
        Some((first_row, _)) => {
            let reason = Reason::SameKeyOtherContent { first_row: *first_row };
            parsed.problem(number, Field::SourceKey, reason);
        }
        None => {
            known.insert(matter.source_key.clone(), (RowNumber(number), matter.clone()));
            parsed.rows.push((RowNumber(number), matter));
        }
    }
}

fn lines(decoded: &Decoded) -> Result<Vec<(u32, &str)>, FileError> {
    let lines: Vec<(u32, &str)> =
        (1u32..).zip(decoded.text.split('\n')).filter(|(_, line)| !line.trim().is_empty()).collect();
    if lines.len() > MAX_ROWS { Err(FileError::TooManyRows { limit: MAX_ROWS }) } else { Ok(lines) }
}

/// One line as cells, by the names of its fields.
fn object(line: &str, damaged: bool) -> Result<BTreeMap<Field, Cell>, Fault> {
    if line.len() > MAX_LINE {
        return Err((None, Reason::LineTooLong { limit: MAX_LINE }));
    }
    let value: Value = serde_json::from_str(line).map_err(|error| match error.classify() {
        Category::Eof => (None, Reason::TruncatedJson),
        Category::Io | Category::Syntax | Category::Data => (None, Reason::BadJson),
    })?;
    let Value::Object(object) = value else { return Err((None, Reason::NotAnObject)) };
    let mut cells = BTreeMap::new();
    for (key, value) in object {
        let Some(field) = MATTERS.field(&key) else { continue };
        let cell = match value {
            Value::Null => Cell::Empty,
            Value::String(text) => Cell::text(text),
            // As written: a long number would lose its end as a floating point number.
            Value::Number(number) if number.is_f64() => Cell::Number(number.as_f64().unwrap_or_default()),
            Value::Number(number) => Cell::text(number.to_string()),
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err((Some(field), Reason::WrongType));
            }
        };
        if damaged && cell.raw().contains('\u{fffd}') {
            return Err((Some(field), Reason::DamagedCharacters));
        }
        if !cell.is_blank() {
            cells.entry(field).or_insert(cell);
        }
    }
    Ok(cells)
}

fn count(cells: &BTreeMap<Field, Cell>, left_out: &mut [usize; 2]) {
    let [ids, cards] = left_out;
    *ids += usize::from(cells.contains_key(&Field::IdNumber));
    *cards += usize::from(cells.contains_key(&Field::BankCard));
}

type Cells<'f, 'c> = &'f dyn Fn(Field) -> &'c Cell;

/// One message. The notes are on rows that went in, so a faulty row takes its notes back.
fn matter(parsed: &mut Parsed<MatterRow>, number: u32, cell: Cells<'_, '_>) -> Result<MatterRow, Fault> {
    let before = parsed.notes.len();
    let matter = read(parsed, number, cell);
    if matter.is_err() {
        parsed.notes.truncate(before);
    }
    matter
}

fn read(parsed: &mut Parsed<MatterRow>, number: u32, cell: Cells<'_, '_>) -> Result<MatterRow, Fault> {
    let title = bounded(Field::Title, cell(Field::Title).line(), MAX_TITLE)?;
    let body = bounded(Field::Body, clean::body(&cell(Field::Body).raw()), MAX_BODY)?;
    let received_at = moment(Field::ReceivedAt, cell(Field::ReceivedAt))?;
    let mut word = |field| {
        let (text, removed) = clean::without_long_numbers(&cell(field).line());
        if removed {
            let found = clean::excerpt(&cell(field).raw());
            parsed.note(number, field, NoteKind::NotUnderstood { found });
        }
        let found = text.chars().count();
        if found > MAX_WORD {
            parsed.note(number, field, NoteKind::CutShort { kept: MAX_WORD });
        }
        Some(text.chars().take(MAX_WORD).collect::<String>()).filter(|text| !text.is_empty())
    };
    let (phone, town, village, category) =
        (word(Field::Phone), word(Field::Town), word(Field::Village), word(Field::Category));
    let petitioner = word(Field::Petitioner).map(|name| clean::name(&name));
    let mut matter = MatterRow {
        source_key: String::new(),
        reply: reply(parsed, number, cell, received_at)?,
        title,
        body,
        received_at,
        petitioner,
        phone,
        town,
        village,
        category,
    };
    matter.source_key = source_key(cell(Field::SourceKey), &matter)?;
    Ok(matter)
}

fn bounded(field: Field, text: String, limit: usize) -> Result<String, Fault> {
    match text.chars().count() {
        0 => Err((Some(field), Reason::Missing)),
        found if found > limit => Err((Some(field), Reason::TooLong { limit, found })),
        _ => Ok(text),
    }
}

fn moment(field: Field, cell: &Cell) -> Result<NaiveDateTime, Fault> {
    if cell.is_blank() {
        return Err((Some(field), Reason::Missing));
    }
    date::moment(cell).map_err(|bad| {
        let found = clean::excerpt(&cell.raw());
        let reason = match bad {
            BadMoment::Unreadable => Reason::UnreadableDate { found },
            BadMoment::Impossible => Reason::ImpossibleDate { found },
        };
        (Some(field), reason)
    })
}

/// What is wrong with the time of a reply is no reason to lose it: it becomes a note.
fn reply(
    parsed: &mut Parsed<MatterRow>,
    number: u32,
    cell: Cells<'_, '_>,
    received_at: NaiveDateTime,
) -> Result<Option<MatterReply>, Fault> {
    if cell(Field::Reply).is_blank() {
        return Ok(None);
    }
    let text = bounded(Field::Reply, clean::body(&cell(Field::Reply).raw()), MAX_BODY)?;
    let written = cell(Field::RepliedAt);
    let at = date::moment(written).ok();
    match at {
        Some(at) if at < received_at => parsed.note(number, Field::RepliedAt, NoteKind::ReplyBeforeMessage),
        Some(_) => {}
        None if written.is_blank() => parsed.note(number, Field::RepliedAt, NoteKind::ReplyWithoutTime),
        None => {
            let found = clean::excerpt(&written.raw());
            parsed.note(number, Field::RepliedAt, NoteKind::NotUnderstood { found });
        }
    }
    Ok(Some(MatterReply { text, at }))
}

/// The file's own number; without one, a digest of what makes the message this message. The reply is
/// not part of it: it may come later.
fn source_key(cell: &Cell, matter: &MatterRow) -> Result<String, Fault> {
    let key = cell.line();
    if clean::is_citizen_id(&key) {
        return Err((Some(Field::SourceKey), Reason::KeyIsIdNumber));
    }
    if !key.is_empty() {
        return bounded(Field::SourceKey, key, MAX_KEY);
    }
    let mut digest = Sha256::new();
    let at = matter.received_at.to_string();
    for part in [&matter.title, &matter.body, &at, matter.petitioner.as_ref().unwrap_or(&String::new())] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let mut key = String::from("sha256-");
    for byte in digest.finalize().iter().take(16) {
        // Writing to a string does not fail.
        let _ = write!(key, "{byte:02x}");
    }
    Ok(key)
}
