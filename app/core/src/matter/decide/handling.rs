//! 办理: feedback, promises, 听证, 办结报告, 协办, 调解.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Decided, Deciding, not_before, set_clock};
use crate::id::{AccountId, DocumentId, UnitId};
use crate::matter::dispatch::{CoHandler, HandedOver, Report};
use crate::matter::event::Event;
use crate::matter::notes::{Commitment, Contact};
use crate::matter::outcome::{KeptPromise, Mediation, MediationEnd};
use crate::matter::refusal::Refusal;
use crate::matter::review::Hearing;
use crate::matter::stage::Stage;
use crate::text::{Paragraph, ShortText};
use crate::time::ClockKind;

impl Deciding<'_> {
    /// Who is to go on with it; who had it before took part, and decides nothing about it later.
    pub(super) fn hand_over(&self, to: AccountId, reason: &Paragraph) -> Decided {
        if self.matter.handler == Some(to) {
            return Err(Refusal::HandledAlready);
        }
        let from = self.matter.handler;
        let over = HandedOver { from, to, reason: reason.clone(), by: self.actor.account, at: self.at };
        Ok(vec![Event::HandedOver(Box::new(over))])
    }

    pub(super) fn give_feedback(&self, text: &Paragraph) -> Vec<Event> {
        let contact = Contact { text: text.clone(), at: self.at, by: self.actor.account };
        let told = Event::FeedbackGiven(contact);
        std::iter::once(told).chain(self.stop_all(&[ClockKind::Feedback, ClockKind::Hotline])).collect()
    }

    pub(super) fn promise(&self, text: &Paragraph, due: NaiveDate) -> Decided {
        self.not_in_past(due)?;
        Ok(vec![
            Event::Promised(Commitment { text: text.clone(), due, made_at: self.at }),
            set_clock(ClockKind::Commitment, self.today, due),
        ])
    }

    pub(super) fn keep_promise(&self, commitment: u16, on: NaiveDate, how: &Paragraph) -> Decided {
        self.not_in_future(on)?;
        let promised = self.matter.commitment_clock(usize::from(commitment));
        let (at, clock) = promised.filter(|(_, clock)| clock.is_running()).ok_or(Refusal::NoSuchPromise)?;
        not_before(on, clock.started)?;
        let kept = KeptPromise { commitment, on, how: how.clone(), by: self.actor.account, at: self.at };
        let stopped = Event::ClockStopped { kind: ClockKind::Commitment, on, clock: Some(at) };
        Ok(vec![Event::PromiseKept(Box::new(kept)), stopped])
    }

    /// In a 复核 the days of the hearing are not counted (Article 36): the last day moves by so many.
    pub(super) fn hold_hearing(&self, from: NaiveDate, until: NaiveDate, note: &Paragraph) -> Decided {
        if until < from {
            return Err(Refusal::DatesSwapped);
        }
        self.not_in_future(until)?;
        let began = self.matter.steps.last().map_or(self.matter.registration.received_on, |step| step.at.date());
        not_before(from, began.min(self.today))?;
        let hearing = Hearing { from, until, note: note.clone(), by: self.actor.account, at: self.at };
        let mut events = vec![Event::HearingHeld(Box::new(hearing))];
        if self.matter.stage == Stage::Rechecking
            && let Some((at, clock)) = self.running_at(ClockKind::RecheckDecide)
        {
            // Days that several hearings share are counted out once; and what a holiday moved is not moved again:
            // the thirty days and those of all hearings are counted from the request.
            let held = self.matter.hearings.iter().filter(|held| held.until >= clock.started);
            let held = held.map(|held| (held.from, held.until)).chain([(from, until)]);
            let days: BTreeSet<NaiveDate> = held
                .flat_map(|(from, until)| from.iter_days().take_while(move |day| *day <= until))
                .filter(|day| *day >= clock.started)
                .collect();
            let out = u16::try_from(days.len()).unwrap_or(u16::MAX);
            let all = self.cx.rules.review_decide_days.saturating_add(out);
            let due = self.cx.calendar.after_days(clock.started, all);
            events.extend((due > clock.due).then_some(Event::ClockMoved { clock: at, due }));
        }
        Ok(events)
    }

    pub(super) fn file_report(&self, text: &Paragraph, document: Option<DocumentId>) -> Decided {
        let stops: Vec<_> = self.stop_all(&[ClockKind::Order, ClockKind::Statute]).collect();
        if stops.is_empty() {
            return Err(Refusal::NothingRuns { clock: ClockKind::Order });
        }
        let reported = Event::Reported(Box::new(Report { document, ..self.report(text) }));
        Ok(std::iter::once(reported).chain(stops).collect())
    }

    /// Exactly one unit leads; the others help, each with a last day of its own.
    pub(super) fn ask_co_handler(&self, unit: UnitId, task: &Paragraph, due: NaiveDate) -> Decided {
        self.not_in_past(due)?;
        if self.matter.unit == Some(unit) {
            return Err(Refusal::LeadHelpsNot);
        }
        if self.matter.open_co_handlers().any(|helper| helper.unit == unit) {
            return Err(Refusal::HelpsAlready);
        }
        if let Some(clock) = self.matter.answer_clock()
            && clock.due >= self.today
            && due > clock.due
        {
            return Err(Refusal::AfterLegalDue { date: due, latest: clock.due, clock: clock.kind });
        }
        let helper = CoHandler {
            unit,
            task: task.clone(),
            due,
            by: self.actor.account,
            at: self.at,
            answer: None,
            released: None,
        };
        Ok(vec![Event::CoHandlerAsked(Box::new(helper)), set_clock(ClockKind::CoHandling, self.today, due)])
    }

    pub(super) fn answer_co_handling(&self, text: &Paragraph) -> Decided {
        let open = |helper: &CoHandler| helper.is_open() && Some(helper.unit) == self.actor.unit;
        let which = self.matter.co_handlers.iter().position(open).ok_or(Refusal::OtherUnit)?;
        let co_handler = u16::try_from(which).unwrap_or(u16::MAX);
        Ok(vec![Event::CoHandlerAnswered { co_handler, answer: self.report(text) }, self.helped(which)])
    }

    /// 不再请协办: the lead does without, and says why.
    pub(super) fn release_co_handler(&self, co_handler: u16, reason: &Paragraph) -> Decided {
        let which = usize::from(co_handler);
        self.matter.co_handlers.get(which).filter(|helper| helper.is_open()).ok_or(Refusal::NoSuchHelper)?;
        Ok(vec![Event::CoHandlerReleased { co_handler, release: self.report(reason) }, self.helped(which)])
    }

    /// Each asking began one clock of its own, in the same order.
    fn helped(&self, which: usize) -> Event {
        let clocks = self.matter.clocks.iter().enumerate().filter(|(_, clock)| clock.kind == ClockKind::CoHandling);
        let own = clocks.map(|(at, _)| at).nth(which).and_then(|at| u16::try_from(at).ok());
        Event::ClockStopped { kind: ClockKind::CoHandling, on: self.today, clock: own }
    }

    fn report(&self, text: &Paragraph) -> Report {
        Report { text: text.clone(), document: None, by: self.actor.account, at: self.at }
    }

    pub(super) fn begin_mediation(&self, mediator: &ShortText, other_side: &ShortText, consents: bool) -> Decided {
        if !consents {
            return Err(Refusal::NoConsent);
        }
        let mediation = Mediation {
            mediator: mediator.clone(),
            other_side: other_side.clone(),
            by: self.actor.account,
            at: self.at,
            end: None,
        };
        Ok(vec![Event::MediationBegun(Box::new(mediation)), self.cx.clock(ClockKind::Mediation, self.today)])
    }

    pub(super) fn end_mediation(
        &self,
        agreement: Option<&Paragraph>,
        on: NaiveDate,
        note: Option<&Paragraph>,
    ) -> Decided {
        self.not_in_future(on)?;
        let began = self.matter.mediations.last().map_or(self.today, |mediation| mediation.at.date());
        not_before(on, began)?;
        let end = MediationEnd {
            agreement: agreement.cloned(),
            on,
            note: note.cloned(),
            by: self.actor.account,
            at: self.at,
            confirmed_on: None,
        };
        let mut events = vec![Event::MediationEnded(Box::new(end))];
        events.extend(self.stop_on(ClockKind::Mediation, on));
        // A newer agreement takes the place of the one before, and so does its time.
        events.extend(self.stop_on(ClockKind::JudicialConfirmation, on).filter(|_| agreement.is_some()));
        events.extend(agreement.map(|_| self.cx.clock(ClockKind::JudicialConfirmation, on)));
        Ok(events)
    }

    pub(super) fn confirm_agreement(&self, on: NaiveDate) -> Decided {
        self.not_in_future(on)?;
        self.window(ClockKind::JudicialConfirmation, on)?;
        let agreed = self.matter.mediations.last().and_then(|mediation| mediation.end.as_ref()).map(|end| end.on);
        not_before(on, agreed.unwrap_or(on))?;
        let confirmed = Event::AgreementConfirmed { on, at: self.at };
        Ok(std::iter::once(confirmed).chain(self.stop_on(ClockKind::JudicialConfirmation, on)).collect())
    }
}
