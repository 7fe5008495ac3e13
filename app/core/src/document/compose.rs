//! Filling: takes what is known, notes what is missing, and makes the content only when nothing is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::asks::asks;
use super::content::{Block, Content, Section, Signature};
use super::forms;
use super::part::{Lack, Part, Shape, Why};
use super::table::{DocumentKind, Organ};
use crate::actor::{Actor, Role};
use crate::id::AccountId;
use crate::matter::{Category, Channel, DeliveryMode, Intake, Keeping, Matter, PetitionerOpinion, ReviewLevel};
use crate::text::chinese_number;
use crate::time::{Calendar, Rules};
use crate::wire::desk::{Named, Unit};

/// The longest that is typed into one line, and into several.
const LINE: usize = 200;
const LINES: usize = 2_000;

/// A document of the matter that was issued before and is not replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierDocument {
    /// The kind.
    pub kind: DocumentKind,
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: String,
    /// When it was issued.
    pub on: NaiveDate,
    /// The round of the matter in which it was.
    pub round: u16,
}

/// The names that screens use for codes: the same on paper.
#[derive(Clone, Copy, Debug)]
pub struct CodeWords {
    /// 信访形式.
    pub channel: fn(Channel) -> &'static str,
    /// 内容分类.
    pub category: fn(Category) -> &'static str,
    /// 初件/重件.
    pub intake: fn(Intake) -> &'static str,
    /// 送达方式.
    pub delivery_mode: fn(DeliveryMode) -> &'static str,
    /// 签收/拒收.
    pub signed: fn(bool) -> &'static str,
    /// 信访人意见.
    pub opinion: fn(PetitionerOpinion) -> &'static str,
    /// 保管期限.
    pub keeping: fn(Keeping) -> &'static str,
    /// 文书种类.
    pub document: fn(DocumentKind) -> &'static str,
}

/// What a document needs to know beside the matter.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// 信访部门.
    pub office: &'a str,
    /// Its phone.
    pub office_phone: &'a str,
    /// 责任单位, once there is one.
    pub unit: Option<&'a Unit>,
    /// The unit whose objection was the last, which holds the matter no longer once that was upheld.
    pub objector: Option<&'a Unit>,
    /// 问题属地 in words.
    pub place: Option<&'a str>,
    /// Names of the people in the matter.
    pub people: &'a [Named],
    /// Who issues it.
    pub issuer: &'a Actor,
    /// The server's today.
    pub today: NaiveDate,
    /// Holidays.
    pub calendar: &'a Calendar,
    /// Lengths of the clocks.
    pub rules: &'a Rules,
    /// Where a petitioner looks a matter up, in words.
    pub lookup: &'a str,
    /// 复查机关, as it stood on the unit's last opinion.
    pub review_organ: Option<&'a str>,
    /// What was issued before.
    pub earlier: &'a [EarlierDocument],
    /// What the issuer typed.
    pub typed: &'a BTreeMap<Part, String>,
    /// Names of codes.
    pub words: CodeWords,
}

impl Facts<'_> {
    /// The name and the phone of the organ in whose name a kind is issued.
    #[must_use]
    pub fn organ<'b>(&'b self, kind: DocumentKind, matter: &'b Matter) -> Option<(&'b str, &'b str)> {
        let unit = || self.unit.map(|unit| (unit.name.as_str(), unit.phone.as_str()));
        let own = self.unit.is_some_and(|unit| self.issuer.unit == Some(unit.id));
        match kind.row().organ {
            Organ::Issuer if own => unit(),
            Organ::Office | Organ::Issuer => Some((self.office, self.office_phone)),
            // A hearing in a 复查 or 复核, and the delivery of its opinion, are the reviewing organ's own.
            Organ::Unit if self.issuer.role == Role::Reviewer => {
                matter.reviews.last().map(|review| (review.organ.as_str(), self.office_phone))
            }
            Organ::Unit => unit(),
            // Its phone is not known: the office tells how to reach it.
            Organ::Reviewer => {
                let level =
                    if kind == DocumentKind::ReviewOpinion { ReviewLevel::Review } else { ReviewLevel::Recheck };
                let review = matter.reviews.iter().rev().find(|review| review.level == level)?;
                Some((review.organ.as_str(), self.office_phone))
            }
        }
    }

    /// 姓名 of somebody in the matter.
    #[must_use]
    pub fn name(&self, account: AccountId) -> Option<&str> {
        self.people.iter().find(|named| named.account == account).map(|named| named.name.as_str())
    }

    /// The last document of a kind.
    #[must_use]
    pub fn last(&self, kind: DocumentKind) -> Option<&EarlierDocument> {
        self.earlier.iter().rev().find(|document| document.kind == kind)
    }
}

/// Whether a text holds nothing, or a word for nothing.
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    bare.is_empty() || forms::WORDS_FOR_NOTHING.contains(&bare.as_str())
}

/// Makes the content of a document.
///
/// # Errors
/// Everything that is missing or wrong, in the order of the parts.
pub fn fill(kind: DocumentKind, matter: &Matter, facts: &Facts<'_>) -> Result<Content, Vec<Lack>> {
    let mut composer = Composer::new(kind, matter, facts);
    let tail = forms::compose(kind, &mut composer);
    composer.finish(tail)
}

/// The end of a document.
pub(super) struct Tail {
    /// 标题.
    pub title: &'static str,
    /// 主送.
    pub to: Option<String>,
    /// 特此告知。
    pub closing: Option<&'static str>,
    /// 救济途径.
    pub remedy: Option<String>,
    /// In one plain sentence.
    pub plain: String,
    /// Whether a seal goes there.
    pub seal: bool,
    /// 签发人.
    pub signed_by: Option<String>,
    /// 复查机关.
    pub review_organ: Option<String>,
}

impl Tail {
    /// A sealed paper with a title and a plain sentence.
    pub fn new(title: &'static str, plain: impl Into<String>) -> Self {
        let plain = plain.into();
        Self { title, to: None, closing: None, remedy: None, plain, seal: true, signed_by: None, review_organ: None }
    }
}

/// Takes parts in and notes what is missing.
pub(super) struct Composer<'a> {
    kind: DocumentKind,
    pub matter: &'a Matter,
    pub facts: &'a Facts<'a>,
    sections: Vec<Section>,
    lacks: BTreeSet<Lack>,
    headings: usize,
}

impl<'a> Composer<'a> {
    fn new(kind: DocumentKind, matter: &'a Matter, facts: &'a Facts<'a>) -> Self {
        let mut new = Self { kind, matter, facts, sections: Vec::new(), lacks: BTreeSet::new(), headings: 0 };
        if facts.organ(kind, matter).is_none() {
            let review = kind.row().organ == Organ::Reviewer;
            new.lack(
                if review { Part::ReviewConclusion } else { Part::Unit },
                if review { Why::NotYet } else { Why::Missing },
            );
        }
        new
    }

    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    pub fn lack(&mut self, part: Part, why: Why) {
        self.lacks.insert(Lack { part, why });
    }

    /// What is there, or a note that it is not.
    pub fn need<T>(&mut self, part: Part, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.lack(part, Why::Missing);
        }
        value
    }

    /// What the issuer typed; empty when nothing is right, which is noted where it is needed.
    pub fn typed(&mut self, part: Part) -> String {
        let Some(ask) = asks(self.kind).into_iter().find(|ask| ask.part == part) else {
            self.lack(part, Why::Missing);
            return String::new();
        };
        let text = self.facts.typed.get(&part).map_or("", |text| text.trim());
        let most = if ask.shape == Shape::Lines { LINES } else { LINE };
        if text.chars().count() > most {
            self.lack(part, Why::TooLong);
            return String::new();
        }
        if says_nothing(text) {
            if ask.needed {
                self.lack(part, Why::Missing);
            }
            return String::new();
        }
        text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
    }

    /// A day that the issuer typed and that has not passed.
    pub fn coming_day(&mut self, part: Part) -> NaiveDate {
        let text = self.typed(part);
        match text.parse::<NaiveDate>() {
            Ok(day) if day < self.facts.today => self.lack(part, Why::Passed),
            Ok(day) => return day,
            Err(_) if text.is_empty() => {}
            Err(_) => self.lack(part, Why::NotADay),
        }
        self.facts.today
    }

    /// A part that is a text of one or more paragraphs.
    pub fn say(&mut self, part: Part, text: impl AsRef<str>) {
        let blocks = paragraphs(text.as_ref());
        self.add(part, None, blocks);
    }

    /// A part with a numbered heading: 一、投诉请求.
    pub fn headed(&mut self, part: Part, heading: &str, blocks: Vec<Block>) {
        self.headings += 1;
        let heading = [&chinese_number(self.headings), "、", heading].concat();
        self.add(part, Some(heading), blocks);
    }

    /// A part as it stands.
    pub fn add(&mut self, part: Part, heading: Option<String>, blocks: Vec<Block>) {
        let silent =
            blocks.is_empty() || blocks.iter().any(|block| matches!(block, Block::Text { text } if says_nothing(text)));
        if silent {
            self.lack(part, Why::Missing);
            return;
        }
        self.sections.push(Section { part, heading, blocks });
    }

    fn finish(mut self, tail: Tail) -> Result<Content, Vec<Lack>> {
        // A form that forgets a part is a fault of ours; no paper leaves without it all the same.
        for part in forms::required(self.kind) {
            if !self.sections.iter().any(|section| section.part == *part) {
                self.lack(*part, Why::Missing);
            }
        }
        let organ = self.facts.organ(self.kind, self.matter).map(|(name, phone)| (name.to_owned(), phone.to_owned()));
        // Nothing is said twice about one part: what is wrong with what was typed goes before "missing".
        let wrong: BTreeSet<Part> =
            self.lacks.iter().filter(|lack| lack.why != Why::Missing).map(|lack| lack.part).collect();
        self.lacks.retain(|lack| lack.why != Why::Missing || !wrong.contains(&lack.part));
        let (Some((organ, phone)), true) = (organ, self.lacks.is_empty()) else {
            return Err(self.lacks.into_iter().collect());
        };
        Ok(Content {
            title: tail.title.to_owned(),
            addressee: tail.to,
            sections: self.sections,
            closing: tail.closing.map(str::to_owned),
            signature: Signature {
                organ: organ.clone(),
                on: self.facts.today,
                seal: tail.seal,
                signed_by: tail.signed_by,
            },
            remedy: tail.remedy,
            plain: tail.plain,
            contact: forms::contact(if phone == self.facts.office_phone { self.facts.office } else { &organ }, &phone),
            review_organ: tail.review_organ,
            organ,
        })
    }
}

/// A block for each line that says something.
pub(super) fn paragraphs(text: &str) -> Vec<Block> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| Block::Text { text: line.to_owned() })
        .collect()
}
