//! From figures to tables. Every number of matters brings its list along; a matter that several lists name is sent
//! once.

use std::collections::BTreeMap;

use app::text::{report as words, stage};
use case_core::report::{Answers, Group, Item, Ratings, Share, Span, Tally};
use case_core::wire::reports::{ReportCell, ReportItem, ReportSection, ReportSheet};
use chrono::NaiveDate;

use super::load::Loaded;
use crate::state::AppState;

/// A sheet that is being put together.
pub(super) struct Sheet<'a> {
    pub loaded: &'a Loaded,
    sections: Vec<ReportSection>,
    notes: Vec<String>,
    /// Where an item stands among those that are sent.
    sent: BTreeMap<usize, u32>,
    items: Vec<ReportItem>,
}

impl<'a> Sheet<'a> {
    pub fn new(loaded: &'a Loaded) -> Self {
        Self { loaded, sections: Vec::new(), notes: Vec::new(), sent: BTreeMap::new(), items: Vec::new() }
    }

    pub fn finish(self, state: &AppState, title: &str, period: String, today: NaiveDate, wide: bool) -> ReportSheet {
        ReportSheet {
            organ: state.settings.office_name.clone(),
            title: title.to_owned(),
            period,
            made_on: today,
            wide,
            sections: self.sections,
            notes: self.notes,
            items: self.items,
        }
    }

    pub fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// A table whose columns are all the same.
    pub fn table(&mut self, heading: &str, note: Option<&str>, head: &[&str], rows: Vec<Vec<ReportCell>>) {
        self.section(heading.to_owned(), note, head.iter().map(|name| (*name, 0)).collect(), rows);
    }

    /// A table with widths.
    pub fn measured(&mut self, heading: &str, head: &[(&str, u16)], rows: Vec<Vec<ReportCell>>) {
        self.section(heading.to_owned(), None, head.to_vec(), rows);
    }

    fn section(&mut self, heading: String, note: Option<&str>, head: Vec<(&str, u16)>, rows: Vec<Vec<ReportCell>>) {
        let (names, widths): (Vec<_>, Vec<_>) = head.into_iter().map(|(name, width)| (name.to_owned(), width)).unzip();
        let widths = if widths.iter().all(|width| *width > 0) { widths } else { Vec::new() };
        self.sections.push(ReportSection { heading, note: note.map(str::to_owned), head: names, widths, rows });
    }

    /// A number with its list.
    pub fn number(&mut self, tally: &Tally) -> ReportCell {
        let list = tally.items.iter().map(|at| self.send(*at)).collect();
        ReportCell { text: tally.count.to_string(), opens: true, list }
    }

    /// A line of a list that is no matter.
    pub fn send_line(&mut self, line: ReportItem) -> u32 {
        let place = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.push(line);
        place
    }

    fn send(&mut self, at: usize) -> u32 {
        if let Some(known) = self.sent.get(&at) {
            return *known;
        }
        let place = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.push(line(self.loaded, &self.loaded.items[at]));
        self.sent.insert(at, place);
        place
    }

    pub fn groups<K>(&mut self, heading: &str, first: &str, groups: &[Group<K>], name: impl Fn(&Option<K>) -> String) {
        self.groups_with(heading, None, first, groups, name);
    }

    pub fn groups_with<K>(
        &mut self,
        heading: &str,
        note: Option<&str>,
        first: &str,
        groups: &[Group<K>],
        name: impl Fn(&Option<K>) -> String,
    ) {
        let mut rows = Vec::new();
        for group in groups {
            let mut row = vec![text(name(&group.key))];
            row.extend([&group.received, &group.repeats, &group.ended, &group.overdue].map(|tally| self.number(tally)));
            rows.push(row);
        }
        let head: Vec<&str> = std::iter::once(first).chain(words::GROUP_HEAD).collect();
        self.table(heading, note, &head, rows);
    }

    pub fn answers(&mut self, answers: &Answers) {
        let row = [&answers.in_time, &answers.late, &answers.open, &answers.overdue].map(|tally| self.number(tally));
        self.table(words::part::ANSWERS, None, &words::ANSWER_HEAD, vec![row.to_vec()]);
    }

    pub fn ratings(&mut self, office: &Ratings, unit: &Ratings) {
        let mut rows = Vec::new();
        for (name, ratings) in words::RATED.into_iter().zip([office, unit]) {
            let Ratings { satisfied, mostly, dissatisfied, waiting, silent } = ratings;
            let mut row = vec![text(name)];
            row.extend([satisfied, mostly, dissatisfied, waiting, silent].map(|tally| self.number(tally)));
            rows.push(row);
        }
        self.table(words::part::RATINGS, None, &words::RATING_HEAD, rows);
    }

    pub fn shares(&mut self, shares: &[Share]) {
        let mut rows = Vec::new();
        for share in shares {
            let (name, how) = words::rate(share.rate);
            let (hits, of) = (self.number(&share.hits), self.number(&share.of));
            rows.push(vec![text(name), hits, of, text(words::percent(share.hundredths())), text(how)]);
        }
        self.measured(words::part::RATES, &words::RATE_HEAD, rows);
    }

    pub fn spans(&mut self, spans: &[Option<Span>; 4]) {
        let dash = || text("—");
        let row = |(name, span): (&str, &Option<Span>)| match span {
            Some(span) => vec![
                text(name),
                text(span.count.to_string()),
                text(words::tenths(span.mean)),
                text(words::tenths(span.median)),
            ],
            None => vec![text(name), text("0"), dash(), dash()],
        };
        self.table(words::part::SPANS, None, &words::SPAN_HEAD, words::SPANS.into_iter().zip(spans).map(row).collect());
    }

    /// A list that is printed as well.
    pub fn list(&mut self, heading: &str, tally: &Tally) {
        let rows = tally.items.iter().enumerate().map(|(at, item)| {
            let line = line(self.loaded, &self.loaded.items[*item]);
            let cells = [(at + 1).to_string(), line.number, line.title, line.unit, line.stage];
            cells.into_iter().map(text).collect()
        });
        let rows: Vec<_> = rows.collect();
        let note = rows.is_empty().then_some(words::NOTHING);
        let heading = words::counted(heading, rows.len());
        self.section(heading, note, if rows.is_empty() { Vec::new() } else { words::LIST_HEAD.to_vec() }, rows);
    }
}

/// Words in a cell.
pub(super) fn text(words: impl Into<String>) -> ReportCell {
    ReportCell { text: words.into(), ..ReportCell::default() }
}

fn line(loaded: &Loaded, item: &Item) -> ReportItem {
    if loaded.recused.contains(&item.id) {
        let hidden = || "—".to_owned();
        return ReportItem {
            matter: None,
            number: hidden(),
            title: words::RECUSED.to_owned(),
            petitioner: hidden(),
            unit: hidden(),
            stage: hidden(),
        };
    }
    ReportItem {
        matter: Some(item.id),
        number: item.number.clone(),
        title: item.title.clone(),
        petitioner: item.petitioner.clone(),
        unit: item.unit.map_or_else(|| words::NO_UNIT.to_owned(), |unit| loaded.unit(unit).to_owned()),
        stage: stage::stage(item.stage).to_owned(),
    }
}
