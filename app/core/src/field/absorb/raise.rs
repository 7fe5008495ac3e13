//! Matters that a record raises.

use chrono::NaiveDate;

use super::{Absorbed, Flag, RaisedBy, Taking};
use crate::field::{FieldIntake, ItemKind, RaisedMatter, ReportedItem};
use crate::id::HouseholdId;
use crate::matter::{
    ANONYMOUS, Channel, Commitment, Demand, Event, FieldNote, FieldNoteKind, Intake, MAX_DEMANDS, Particulars,
    Petitioner, PurposeOfPetition, Registration, VisitNote,
};
use crate::place::DivisionCode;
use crate::search::fold;
use crate::text::{LongText, Paragraph, ShortText, Title};
use crate::time::{Clock, ClockKind};

/// How something was brought forward: what its matter keeps of it.
#[derive(Clone)]
pub(super) enum Brought {
    /// At a visit, or in a call.
    AtVisit(VisitNote),
    /// At a reception or on the way, and by whom where that is known.
    Noted(FieldNote, Option<ShortText>),
}

impl Brought {
    /// The event for the matter, and whether its petitioner stood before the official: only that is 见面.
    fn to(self, registration: &Registration) -> (Event, bool) {
        match self {
            Self::AtVisit(note) => {
                let met = note.meeting().with_petitioner();
                (Event::Visited(Box::new(note)), met)
            }
            Self::Noted(note, who) => {
                let came = who.is_none_or(|who| speaks_for(registration, &who));
                (Event::FieldNote(Box::new(FieldNote { by_another: !came, ..note })), came)
            }
        }
    }
}

/// Whether the name that was written down is the petitioner's, or that of somebody who was chosen to speak for all.
pub(super) fn speaks_for(registration: &Registration, who: &ShortText) -> bool {
    let bare = |name: &str| fold(name).split_whitespace().collect::<String>();
    let who = bare(who.as_str());
    let names = std::iter::once(&registration.petitioner.name).chain(&registration.particulars.representatives);
    names.map(|name| bare(name.as_str())).any(|name| name != ANONYMOUS && who.contains(&name))
}

impl Taking<'_> {
    /// Raises the items that are to become matters; `brought` is the meeting at which they were brought
    /// forward.
    pub(super) fn raise_all(
        &self,
        items: &[ReportedItem],
        channel: Channel,
        household: Option<HouseholdId>,
        brought: &Brought,
        absorbed: &mut Absorbed,
    ) {
        for item in items {
            let Some(raise) = &item.raise else { continue };
            let Ok(content) = LongText::parse(item.summary.as_str()) else { continue };
            let purpose = match item.kind {
                ItemKind::Suggestion => PurposeOfPetition::Suggestion,
                ItemKind::Dispute | ItemKind::Demand | ItemKind::Other => PurposeOfPetition::Appeal,
            };
            let registration = Registration {
                purpose,
                channel,
                household,
                ..self.registration(raise, content, self.place(), self.address())
            };
            let mut raised = self.raised(raise, registration, brought.clone(), absorbed);
            if let Some(due) = item.promised.filter(|due| *due >= self.cx.today()) {
                raised.events.extend(self.promise(item, due));
            }
            absorbed.raised.push(raised);
        }
    }

    pub(super) fn raise_intake(&self, intake: &FieldIntake, note: FieldNote, absorbed: &mut Absorbed) {
        let raise = &intake.matter;
        let place = intake.place.clone().or_else(|| self.place());
        let address = intake.address.clone().or_else(|| self.address());
        let registration = Registration {
            household: intake.household,
            ..self.registration(raise, intake.content.clone(), place, address)
        };
        let raised = self.raised(raise, registration, Brought::Noted(note, None), absorbed);
        absorbed.raised.push(raised);
    }

    /// A matter holds so many demands; what was asked for beside them stands in notes in its file, word
    /// for word, and the supervisor is told.
    fn raised(
        &self,
        raise: &RaisedMatter,
        mut registration: Registration,
        brought: Brought,
        absorbed: &mut Absorbed,
    ) -> RaisedBy {
        let (event, met) = brought.to(&registration);
        let mut events = vec![event];
        if met {
            events.push(Event::ClockStopped { kind: ClockKind::Meet, on: self.cx.today(), clock: None });
        }
        if registration.demands.len() > MAX_DEMANDS {
            let beyond = registration.demands.split_off(MAX_DEMANDS);
            // The record's files stand beside the meeting.
            let note = |text| FieldNote { files: 0, ..self.field_note(FieldNoteKind::Note, text) };
            let note = |text| Event::FieldNote(Box::new(note(text)));
            events.extend(listed(&beyond, MAX_DEMANDS + 1).into_iter().map(note));
            absorbed.flags.push(Flag::TooManyDemands);
        }
        RaisedBy { id: raise.id, registration, code: raise.code.clone(), events }
    }

    fn promise(&self, item: &ReportedItem, due: NaiveDate) -> [Event; 2] {
        let clock = Clock { kind: ClockKind::Commitment, started: self.cx.today(), due, stopped: None };
        [Event::Promised(Commitment { text: item.summary.clone(), due, made_at: self.at }), Event::ClockStarted(clock)]
    }

    /// Where it lies: as the household, or as the matter at whose visit it was brought forward.
    fn place(&self) -> Option<DivisionCode> {
        let of_matter = || self.known.matter.and_then(|matter| matter.registration.place.clone());
        self.known.household.cloned().or_else(of_matter)
    }

    fn address(&self) -> Option<Title> {
        let of_matter = || self.known.matter.and_then(|matter| matter.registration.petitioner.address.clone());
        self.known.address.and_then(|text| Title::parse(text).ok()).or_else(of_matter)
    }

    fn registration(
        &self,
        raise: &RaisedMatter,
        content: LongText,
        place: Option<DivisionCode>,
        address: Option<Title>,
    ) -> Registration {
        Registration {
            title: raise.title.clone(),
            content,
            demands: raise.demands.clone(),
            purpose: PurposeOfPetition::Appeal,
            category: raise.category,
            channel: Channel::HomeVisit,
            intake: Intake::First,
            petitioner: Petitioner { name: raise.petitioner.clone(), phone: raise.phone.clone(), address },
            place,
            household: None,
            // The law's clocks run from this day, so it is the server's: when the official heard it, by
            // a clock that may be a year off, stands in the event beside it.
            received_on: self.cx.today(),
            direct: false,
            received_by: None,
            particulars: Particulars::default(),
        }
    }
}

/// Demands as few paragraphs as hold them, numbered from `first`.
fn listed(demands: &[Demand], first: usize) -> Vec<Paragraph> {
    let mut texts: Vec<Paragraph> = Vec::new();
    for (at, Demand(asked)) in demands.iter().enumerate() {
        let line = format!("{}. {asked}", first + at);
        let joined = texts.last().and_then(|last| Paragraph::parse(&format!("{last}\n{line}")).ok());
        match (joined, texts.last_mut()) {
            (Some(joined), Some(last)) => *last = joined,
            // A demand that fills a paragraph has no room for its number.
            _ => texts.push(Paragraph::parse(&line).unwrap_or_else(|_| asked.clone())),
        }
    }
    texts
}
