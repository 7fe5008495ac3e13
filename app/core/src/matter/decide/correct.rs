//! 更正登记: what was written down wrongly. The clocks stay as they are: they run from days that no correction touches.

use super::intake::represented;
use super::{Decided, Deciding, MAX_DEMANDS};
use crate::matter::correction::{Corrections, FormCorrection, FormField, FormPart};
use crate::matter::event::Event;
use crate::matter::refusal::Refusal;
use crate::matter::table;
use crate::text::Paragraph;

impl Deciding<'_> {
    pub(super) fn correct(&self, corrections: &Corrections, reason: &Paragraph) -> Decided {
        let form = &self.matter.registration;
        let before = FormPart::of(form);
        let after = corrections.on(form).ok_or(Refusal::NoSuchDemand)?;
        let correction = FormCorrection { before, after, reason: reason.clone(), by: self.actor.account, at: self.at };
        let fields: Vec<FormField> = correction.fields().collect();
        if fields.is_empty() {
            return Err(Refusal::NothingCorrected);
        }
        // Somebody who sees stars may have sent them back; nobody's name is written with them.
        let hidden = |field: &&FormField| correction.after.is_hidden(**field) && !correction.before.is_hidden(**field);
        if let Some(field) = fields.iter().find(hidden) {
            return Err(Refusal::HiddenText { field: *field });
        }
        let decides = |field: &FormField| matches!(field, FormField::Demands | FormField::Purpose);
        if self.matter.pending.is_some() && fields.iter().any(decides) {
            return Err(Refusal::ProposalPending);
        }
        if fields.contains(&FormField::Demands) {
            self.demands_open(correction.after.demands.len())?;
        }
        if fields.contains(&FormField::Purpose) {
            self.purpose_open()?;
        }
        if fields.contains(&FormField::People) || fields.contains(&FormField::Representatives) {
            let mut particulars = form.particulars.clone();
            particulars.people = correction.after.people;
            particulars.representatives.clone_from(&correction.after.representatives);
            represented(form.channel, &particulars)?;
        }
        Ok(vec![Event::RegistrationCorrected(Box::new(correction))])
    }

    /// What was answered one by one is not asked otherwise afterwards.
    fn demands_open(&self, count: usize) -> Result<(), Refusal> {
        if !table::DEMANDS_OPEN.contains(&self.matter.stage) {
            return Err(Refusal::DemandsFixed);
        }
        if count > MAX_DEMANDS {
            return Err(Refusal::TooManyDemands { max: u16::try_from(MAX_DEMANDS).unwrap_or(u16::MAX) });
        }
        Ok(())
    }

    /// 信访目的 sets the way (Articles 29 and 31): once it was accepted, its days run for what it was accepted as, and an
    /// answer of the other kind would have other rights.
    fn purpose_open(&self) -> Result<(), Refusal> {
        let open = !self.matter.was_accepted() && self.matter.stage.is_open();
        if open { Ok(()) } else { Err(Refusal::PurposeFixed) }
    }
}
