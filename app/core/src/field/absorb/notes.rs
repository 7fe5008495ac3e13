//! What is no visit: receptions, intakes, and what is added to a file.

use super::raise::{Brought, speaks_for};
use super::{Absorbed, Flag, Taking};
use crate::field::{Correction, Evidence, FieldIntake, Note, Reception};
use crate::matter::{Channel, Event, FieldNote, FieldNoteKind};
use crate::text::Paragraph;
use crate::time::ClockKind;

impl Taking<'_> {
    pub(super) fn reception(&self, reception: &Reception, absorbed: &mut Absorbed) {
        self.check_household(absorbed);
        let note = FieldNote {
            opinion: reception.opinion.clone(),
            ..self.field_note(FieldNoteKind::Reception, reception.subject.clone())
        };
        if let Some(matter) = self.check_matter(absorbed) {
            let came = speaks_for(&matter.registration, &reception.visitor);
            absorbed.events.push(Event::FieldNote(Box::new(FieldNote { by_another: !came, ..note.clone() })));
            // The petitioner who comes to the office stands before the official as at the door; a neighbour
            // who comes instead does not make it a meeting.
            absorbed.events.extend(came.then(|| self.stop(matter, ClockKind::Meet)).flatten());
        }
        let brought = Brought::Noted(note, Some(reception.visitor.clone()));
        self.raise_all(&reception.items, Channel::Visit, reception.household, &brought, absorbed);
    }

    pub(super) fn intake(&self, intake: &FieldIntake, absorbed: &mut Absorbed) {
        self.check_household(absorbed);
        if intake.place.as_ref().is_some_and(|place| !self.actor.area.covers(place)) {
            absorbed.flags.push(Flag::OutOfArea);
        }
        // The title says it in the file; the content stands in the registration.
        let Some(title) = widened(intake.matter.title.as_str()) else { return };
        self.raise_intake(intake, self.field_note(FieldNoteKind::Intake, title), absorbed);
    }

    pub(super) fn note(&self, note: &Note, absorbed: &mut Absorbed) {
        self.add(self.field_note(FieldNoteKind::Note, note.text.clone()), absorbed);
    }

    pub(super) fn correction(&self, correction: &Correction, absorbed: &mut Absorbed) {
        if correction.about.is_none() {
            absorbed.flags.push(Flag::NoFile);
        }
        let note = self.field_note(FieldNoteKind::Correction, correction.text.clone());
        self.add(FieldNote { corrects: Some(correction.corrects), ..note }, absorbed);
    }

    pub(super) fn evidence(&self, evidence: &Evidence, absorbed: &mut Absorbed) {
        if let Some(title) = widened(evidence.title.as_str()) {
            self.add(self.field_note(FieldNoteKind::Evidence, title), absorbed);
        }
    }

    /// Adds a note to the file of the matter that it is about. About a household, the record itself is
    /// all that is kept.
    fn add(&self, note: FieldNote, absorbed: &mut Absorbed) {
        self.check_household(absorbed);
        if self.check_matter(absorbed).is_some() {
            absorbed.events.push(Event::FieldNote(Box::new(note)));
        }
    }

    pub(super) fn field_note(&self, kind: FieldNoteKind, text: Paragraph) -> FieldNote {
        FieldNote {
            record: self.record.id,
            kind,
            at: self.at,
            by: self.actor.account,
            by_name: self.actor.name.clone(),
            text,
            opinion: None,
            corrects: None,
            files: u16::try_from(self.record.payload.attachments().len()).unwrap_or(u16::MAX),
            by_another: false,
        }
    }
}

/// A shorter text as a paragraph: it always fits.
fn widened(text: &str) -> Option<Paragraph> {
    Paragraph::parse(text).ok()
}
