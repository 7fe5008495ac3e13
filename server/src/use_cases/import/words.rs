//! From the import crate's types to the app's prose: the import crate knows no words, and the app
//! does not know the import crate.

use app::text::import as say;
use app::text::screen::field_more as say_more;
use case_import::{Field, FileError, Note, NoteKind, PlaceProblem, Reason, RowProblem};
use case_store::KeptEdit;

/// Why a row was not taken in.
pub(super) fn row_problem(problem: &RowProblem) -> String {
    let reason = reason(&problem.reason, problem.field);
    match (problem.field, &problem.reason) {
        // The sentence names the field itself.
        (_, Reason::Missing) | (None, _) => reason,
        (Some(field), _) => say::in_field(field_name(field), &reason),
    }
}

fn reason(reason: &Reason, field: Option<Field>) -> String {
    match reason {
        Reason::Missing => say::missing(field.map_or("", field_name)),
        Reason::BadCode { found, digits } => say::bad_code(found, *digits),
        Reason::CodeLostDigits { found } => say::code_lost_digits(found),
        Reason::CodeNotUnderTown { village, town } => say::code_not_under_town(village, town),
        Reason::SameCodeOtherName { first_row, first_name, name } => {
            say::same_code_other_name(first_row.get(), first_name, name)
        }
        Reason::SameKeyOtherContent { first_row } => say::same_key_other_content(first_row.get()),
        Reason::PlacesDiffer { first_row, first_place, place } => {
            say::places_differ(first_row.get(), first_place, place)
        }
        Reason::KeyIsIdNumber => say::KEY_IS_ID_NUMBER.to_owned(),
        Reason::ImpossibleDate { found } => say::impossible_date(found),
        Reason::UnreadableDate { found } => say::bad_date(found),
        Reason::TooLong { limit, found } => say::too_long(*limit, *found),
        Reason::DamagedCharacters => say::DAMAGED_CHARACTERS.to_owned(),
        Reason::UnclosedQuote => say::UNCLOSED_QUOTE.to_owned(),
        Reason::LineTooLong { limit } => say::line_too_long(*limit),
        Reason::TruncatedJson => say::TRUNCATED.to_owned(),
        Reason::BadJson => say::BAD_LINE.to_owned(),
        Reason::NotAnObject => say::NOT_A_RECORD.to_owned(),
        Reason::WrongType => say::WRONG_TYPE.to_owned(),
    }
}

/// Why a place was not found.
pub(super) fn place_problem(problem: &PlaceProblem) -> String {
    match problem {
        PlaceProblem::UnknownTown { town } => say::unknown_place(town, ""),
        PlaceProblem::UnknownVillage { town, village } => say::unknown_place(town, village),
        PlaceProblem::Ambiguous { town, village, candidates } => say::ambiguous_place(town, village, candidates),
    }
}

/// What was noticed.
pub(super) fn note(note: &Note) -> String {
    let text = match &note.kind {
        NoteKind::RepeatedRow { first_row } => say::repeated_row(first_row.get()),
        NoteKind::HeadAssumed => say::HEAD_ASSUMED.to_owned(),
        NoteKind::SecondHead { first_row } => say::second_head(first_row.get()),
        NoteKind::KeyFromAbove => say::KEY_FROM_ABOVE.to_owned(),
        NoteKind::GroupsDiffer => say::GROUPS_DIFFER.to_owned(),
        NoteKind::BirthYearOnly { found } => say::birth_year_only(found),
        NoteKind::NotUnderstood { found } => say::not_understood(found),
        NoteKind::CutShort { kept } => say::cut_short(*kept),
        NoteKind::ReplyBeforeMessage => say::REPLY_BEFORE_MESSAGE.to_owned(),
        NoteKind::ReplyWithoutTime => say::REPLY_WITHOUT_TIME.to_owned(),
        NoteKind::IdNumbersLeftOut { cells } => say::id_numbers_left_out(*cells),
        NoteKind::BankCardsLeftOut { cells } => say::bank_cards_left_out(*cells),
        NoteKind::LongNumbersRemoved { cells } => say::long_numbers_removed(*cells),
        NoteKind::ColumnsLeftOut { names } => say::columns_left_out(names),
        NoteKind::SheetsLeftOut { names } => say::sheets_left_out(names),
        NoteKind::FooterLeftOut => say::FOOTER_LEFT_OUT.to_owned(),
    };
    match note.row {
        Some(row) => say::in_row(row.get(), &text),
        None => text,
    }
}

/// Why the file as a whole cannot be read.
pub(super) fn file_error(error: &FileError) -> String {
    match error {
        FileError::Empty => say::FILE_EMPTY.to_owned(),
        FileError::TooLarge { limit } => say::file_too_large(*limit as u64),
        FileError::UnpacksTooLarge { limit } => say::file_too_large(*limit),
        FileError::TooManyRows { limit } | FileError::TooManyCells { limit } => say::file_too_many_rows(*limit),
        FileError::UnknownFormat => say::FILE_UNKNOWN_FORMAT.to_owned(),
        FileError::WebPage => say::FILE_WEB_PAGE.to_owned(),
        FileError::PasswordProtected => say::FILE_PASSWORD.to_owned(),
        FileError::Damaged => say::FILE_DAMAGED.to_owned(),
        FileError::NoSheet => say::FILE_NO_SHEET.to_owned(),
        FileError::NoHeader { nearest_row, missing } => {
            let names: Vec<&str> = missing.iter().map(|field| field_name(*field)).collect();
            say::file_no_header(nearest_row.map(|row| row.get()), &names)
        }
        FileError::UnknownEncoding => say::FILE_UNKNOWN_ENCODING.to_owned(),
    }
}

fn field_name(field: Field) -> &'static str {
    say::field(match field {
        Field::VillageCode => "village_code",
        Field::Village => "village",
        Field::TownCode => "town_code",
        Field::Town => "town",
        Field::County => "county",
        Field::City => "city",
        Field::Province => "province",
        Field::SourceKey => "source_key",
        Field::Group => "group",
        Field::Name => "name",
        Field::HeadName => "head_name",
        Field::Relation => "relation",
        Field::Sex => "sex",
        Field::Ethnicity => "ethnicity",
        Field::Birth => "birth",
        Field::Phone => "phone",
        Field::Remark => "remark",
        Field::IdNumber => "id_number",
        Field::BankCard => "bank_card",
        Field::Title => "title",
        Field::Body => "body",
        Field::ReceivedAt => "received_at",
        Field::Reply => "reply",
        Field::RepliedAt => "replied_at",
        Field::Petitioner => "petitioner",
        Field::Category => "category",
    })
}

/// An edit made at the door that stands against the import.
pub(super) fn kept(edit: &KeptEdit) -> String {
    let field = say_more::roster_field(&edit.here);
    let values = [say_more::roster_value(&edit.here), say_more::roster_value(&edit.brought)];
    say::kept(edit.head.as_str(), edit.address.as_str(), field, &values[0], &values[1])
}
