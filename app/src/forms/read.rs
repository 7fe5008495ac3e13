//! Reading typed fields, one after the other, and noting what is wrong with each.

use case_core::field::Question;
use case_core::text::{Text, TextError};
use case_core::time::Moment;
use chrono::NaiveDate;

use crate::format;

/// A field by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named by its label in the texts")]
pub enum Name {
    // 登门遍访
    Result,
    Started,
    Ended,
    Companions,
    Hardship,
    PolicyTopics,
    Hazards,
    Note,
    PlaceText,
    NextVisit,
    Items,
    // 反映事项
    ItemKind,
    Summary,
    Promised,
    Title,
    Demands,
    Category,
    Petitioner,
    Phone,
    Answer(Question),
    ReadBack,
    // 上门回访
    At,
    Reached,
    Reason,
    Respondent,
    Received,
    ReceivedOn,
    Fulfilment(u16),
    HandlerMet,
    PromiseKept,
    OfficeRating,
    OfficeReason,
    UnitRating,
    UnitReason,
    OwnWords,
    Signature,
    Judgement,
    // 接访、登记、记事、更正、材料
    When,
    Visitor,
    People,
    ContactPhone,
    Subject,
    Opinion,
    Unit,
    Due,
    Content,
    Address,
    Text,
    FileTitle,
    Files,
    Right,
    // 户册
    Head,
    Remark,
    MemberName,
    Relation,
    BirthYear,
}

/// Which field: its name, and in which reported item it stands (the item's key).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The key of the item.
    pub item: Option<u32>,
    /// The field.
    pub name: Name,
}

impl Spot {
    /// A field outside the items.
    #[must_use]
    pub fn of(name: Name) -> Self {
        Self { item: None, name }
    }

    /// Its identity on the page.
    #[must_use]
    pub fn id(self) -> String {
        let field = match self.name {
            Name::Result => "result",
            Name::Started => "started",
            Name::Ended => "ended",
            Name::Companions => "companions",
            Name::Hardship => "hardship",
            Name::PolicyTopics => "policy",
            Name::Hazards => "hazards",
            Name::Note => "note",
            Name::PlaceText => "place",
            Name::NextVisit => "next-visit",
            Name::Items => "items",
            Name::ItemKind => "kind",
            Name::Summary => "summary",
            Name::Promised => "promised",
            Name::Title => "title",
            Name::Demands => "demands",
            Name::Category => "category",
            Name::Petitioner => "petitioner",
            Name::Phone => "phone",
            Name::Answer(Question::Facts) => "ask-facts",
            Name::Answer(Question::Demands) => "ask-demands",
            Name::Answer(Question::Hardship) => "ask-hardship",
            Name::Answer(Question::History) => "ask-history",
            Name::Answer(Question::EarlierHandling) => "ask-earlier",
            Name::ReadBack => "read-back",
            Name::At => "at",
            Name::Reached => "reached",
            Name::Reason => "reason",
            Name::Respondent => "respondent",
            Name::Received => "received",
            Name::ReceivedOn => "received-on",
            Name::Fulfilment(at) => return ["fulfilment-", &at.to_string()].concat(),
            Name::HandlerMet => "handler-met",
            Name::PromiseKept => "promise-kept",
            Name::OfficeRating => "office-rating",
            Name::OfficeReason => "office-reason",
            Name::UnitRating => "unit-rating",
            Name::UnitReason => "unit-reason",
            Name::OwnWords => "own-words",
            Name::Signature => "signature",
            Name::Judgement => "judgement",
            Name::When => "when",
            Name::Visitor => "visitor",
            Name::People => "people",
            Name::ContactPhone => "contact",
            Name::Subject => "subject",
            Name::Opinion => "opinion",
            Name::Unit => "unit",
            Name::Due => "due",
            Name::Content => "content",
            Name::Address => "address",
            Name::Text => "text",
            Name::FileTitle => "file-title",
            Name::Files => "files",
            Name::Right => "right",
            Name::Head => "head",
            Name::Remark => "remark",
            Name::MemberName => "name",
            Name::Relation => "relation",
            Name::BirthYear => "born",
        };
        match self.item {
            Some(key) => ["item-", &key.to_string(), "-", field].concat(),
            None => ["f-", field].concat(),
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The text is empty or too long.
    Text(TextError),
    /// Nothing was chosen.
    NotChosen,
    /// Not a day, or not a time.
    NotADay,
    /// Before today, where only today or later makes sense.
    InPast,
    /// After today (or now), where only the past makes sense.
    InFuture,
    /// The visit ends before it begins.
    EndsBeforeStart,
    /// More than fit.
    TooMany {
        /// The most.
        max: usize,
    },
    /// Fewer characters than are needed.
    TooShort {
        /// The least.
        least: usize,
    },
    /// Not a number, or none that makes sense here.
    NotANumber,
    /// No file was added.
    NoFile,
    /// All of it is as it was.
    NothingChanged,
}

/// A field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where.
    pub spot: Spot,
    /// What.
    pub why: Why,
}

/// Reads the fields of a form and gathers what is wrong, in the order of the screen.
pub(super) struct Reader {
    item: Option<u32>,
    wrongs: Vec<Wrong>,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self { item: None, wrongs: Vec::new() }
    }

    /// What follows stands in this item.
    pub(super) fn within(&mut self, item: Option<u32>) {
        self.item = item;
    }

    pub(super) fn note(&mut self, name: Name, why: Why) {
        self.wrongs.push(Wrong { spot: Spot { item: self.item, name }, why });
    }

    /// A text that must be there.
    pub(super) fn text<const MAX: usize>(&mut self, name: Name, typed: &str) -> Option<Text<MAX>> {
        Text::parse(typed).map_err(|error| self.note(name, Why::Text(error))).ok()
    }

    /// A text that may be left out.
    pub(super) fn optional<const MAX: usize>(&mut self, name: Name, typed: &str) -> Option<Text<MAX>> {
        Text::parse_optional(typed).map_err(|error| self.note(name, Why::Text(error))).ok().flatten()
    }

    /// Texts between separators; none are fine.
    pub(super) fn texts<const MAX: usize>(&mut self, name: Name, typed: &str, between: &[char]) -> Vec<Text<MAX>> {
        typed.split(between).filter_map(|part| self.optional(name, part)).collect()
    }

    /// Names between commas; none are fine.
    pub(super) fn names<const MAX: usize>(&mut self, name: Name, typed: &str) -> Vec<Text<MAX>> {
        self.texts(name, typed, &['、', '，', ',', '；', ';', '\n', ' '])
    }

    /// A whole number within bounds; digits of full width are understood.
    pub(super) fn number(&mut self, name: Name, typed: &str, least: i32, most: i32) -> Option<i32> {
        let digits: String = typed
            .trim()
            .chars()
            .map(|c| match c {
                '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
                other => other,
            })
            .collect();
        let number = digits.parse().ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.note(name, Why::NotANumber);
        }
        number
    }

    /// A choice that must be made.
    pub(super) fn chosen<T: Copy>(&mut self, name: Name, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.note(name, Why::NotChosen);
        }
        value
    }

    /// A day that may be left out.
    pub(super) fn day(&mut self, name: Name, typed: &str) -> Option<NaiveDate> {
        if typed.trim().is_empty() {
            return None;
        }
        let day = format::read_day(typed);
        if day.is_none() {
            self.note(name, Why::NotADay);
        }
        day
    }

    /// A day to come that may be left out; today counts.
    pub(super) fn day_to_come(&mut self, name: Name, typed: &str, today: NaiveDate) -> Option<NaiveDate> {
        let day = self.day(name, typed)?;
        if day < today {
            self.note(name, Why::InPast);
        }
        Some(day)
    }

    /// A point in time that may be left out.
    pub(super) fn moment(&mut self, name: Name, typed: &str, now: Moment) -> Option<Moment> {
        if typed.trim().is_empty() {
            return None;
        }
        let at = read_moment(typed);
        match at {
            None => self.note(name, Why::NotADay),
            // The minute that is running counts as now.
            Some(at) if now.ms_until(at) > 60_000 => self.note(name, Why::InFuture),
            Some(_) => {}
        }
        at
    }

    pub(super) fn finish<T>(self, made: Option<T>) -> Result<T, Vec<Wrong>> {
        match made {
            Some(made) if self.wrongs.is_empty() => Ok(made),
            _ => Err(self.wrongs),
        }
    }
}

/// What `<input type="datetime-local">` reads and writes.
#[must_use]
pub fn moment_input(at: Moment) -> String {
    let (hour, minute) = at.hour_minute();
    let two = |n: u32| if n < 10 { ["0", &n.to_string()].concat() } else { n.to_string() };
    [&format::input_day(at.date()), "T", &two(hour), ":", &two(minute)].concat()
}

/// Reads what `<input type="datetime-local">` wrote (seconds, when there are any, are dropped).
#[must_use]
pub fn read_moment(text: &str) -> Option<Moment> {
    let (day, time) = text.trim().split_once('T')?;
    let mut parts = time.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let local = format::read_day(day)?.and_hms_opt(hour, minute, 0)?;
    Some(Moment::of_local(local))
}
