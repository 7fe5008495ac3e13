//! 转送、交办, 签收, 异议, 受理.

use chrono::NaiveDate;

use super::{Decided, Deciding, not_before, set_clock};
use crate::id::UnitId;
use crate::matter::dispatch::{Objection, ObjectionVerdict, Order, Recall, Succession};
use crate::matter::event::Event;
use crate::matter::proposal::Route;
use crate::matter::refusal::Refusal;
use crate::matter::registration::{Channel, PurposeOfPetition};
use crate::matter::stage::Stage;
use crate::matter::state::Matter;
use crate::place::DivisionCode;
use crate::text::Paragraph;
use crate::time::{ClockKind, Moment};

/// 承继: the events by which what a unit had to do in a matter goes over to its successor (Article 24, second
/// paragraph); none where it had nothing to do with it.
#[must_use]
pub fn succeed(matter: &Matter, from: UnitId, to: UnitId, reason: &Paragraph, at: Moment) -> Vec<Event> {
    let succession = Succession { from, to, reason: reason.clone(), at };
    matter.concerns(from).then(|| Event::Succeeded(Box::new(succession))).into_iter().collect()
}

impl Deciding<'_> {
    pub(super) fn transfer(
        &self,
        unit: UnitId,
        place: Option<DivisionCode>,
        report_by: Option<NaiveDate>,
        simple: bool,
    ) -> Decided {
        let mut events = vec![Event::Transferred { unit, place, at: self.at }];
        events.extend(self.stop_all(&[ClockKind::Transfer, ClockKind::LocalDecision, ClockKind::LetterForwarded]));
        // Sent over the network, it is received the same day; so the unit's fifteen days run
        // whether or not anybody opens it.
        events.push(self.cx.clock(ClockKind::Notice, self.today));
        events.push(self.cx.clock(ClockKind::Objection, self.today));
        if let Some(due) = report_by {
            self.not_in_past(due)?;
            events.push(Event::Ordered(Order { due, by: self.actor.account, at: self.at }));
            events.push(set_clock(ClockKind::Order, self.today, due));
        }
        if simple {
            let clock = ClockKind::SimpleAccept;
            events.push(self.cx.local_clock(clock, self.today).ok_or(Refusal::NotInUse { clock })?);
        }
        if self.matter.registration.channel == Channel::Phone {
            events.extend(self.cx.local_clock(ClockKind::Hotline, self.today));
        }
        Ok(events)
    }

    /// The unit has it in hand. Its five working days for "not ours" run on: the regulation counts them from the
    /// receipt, and who signs for something has not read it yet (Article 23, third paragraph).
    pub(super) fn sign_for(&self) -> Vec<Event> {
        vec![Event::SignedFor { at: self.at }]
    }

    /// 收回: the unit owes nothing more, and the office owes a transfer by the day by which it owed the first; where
    /// that has passed, today. The days for the answer run on (Article 34 knows no pause).
    pub(super) fn recall(&self, reason: &Paragraph) -> Vec<Event> {
        let (by, at) = (self.actor.account, self.at);
        let recall = Recall { unit: self.matter.unit, handler: self.matter.handler, reason: reason.clone(), by, at };
        let mut events = vec![Event::Recalled(Box::new(recall))];
        let of_the_unit = [
            ClockKind::Notice,
            ClockKind::Objection,
            ClockKind::Order,
            ClockKind::SimpleAccept,
            ClockKind::SimpleHandling,
            ClockKind::Hotline,
            ClockKind::Review,
            ClockKind::Rework,
            ClockKind::Mediation,
        ];
        events.extend(self.stop_all(&of_the_unit));
        let first = self.matter.clocks.iter().find(|clock| clock.kind == ClockKind::Transfer);
        events.extend(first.map(|clock| set_clock(clock.kind, clock.started, clock.due.max(self.today))));
        events
    }

    pub(super) fn object(&self, reason: &Paragraph) -> Decided {
        self.window(ClockKind::Objection, self.today)?;
        let objection = Objection {
            unit: self.matter.unit,
            reason: reason.clone(),
            by: self.actor.account,
            at: self.at,
            verdict: None,
        };
        let objected = Event::Objected(Box::new(objection));
        Ok(std::iter::once(objected).chain(self.stop(ClockKind::Objection)).collect())
    }

    /// Not agreed to, the unit has it again and the clocks have gone on. Agreed to, the unit owes nothing
    /// more, and the office owes the petitioner what it owed before: a transfer by the same last day.
    pub(super) fn decide_objection(&self, agreed: bool, reason: &Paragraph) -> Vec<Event> {
        let verdict = ObjectionVerdict { agreed, reason: reason.clone(), by: self.actor.account, at: self.at };
        let mut events = vec![Event::ObjectionDecided(Box::new(verdict))];
        if !agreed {
            return events;
        }
        let of_the_unit = [ClockKind::Notice, ClockKind::Order, ClockKind::SimpleAccept, ClockKind::Hotline];
        events.extend(self.stop_all(&of_the_unit));
        let first = self.matter.clocks.iter().find(|clock| clock.kind == ClockKind::Transfer);
        events.extend(first.map(|clock| set_clock(clock.kind, clock.started, clock.due)));
        events
    }

    pub(super) fn accept(&self, notice_delivered_on: NaiveDate, route: Route) -> Decided {
        if route != Route::Petition {
            return Err(Refusal::RouteEndsHere { route });
        }
        let on = notice_delivered_on;
        self.not_in_future(on)?;
        not_before(on, self.received_by_unit())?;
        // Only what somebody asks for goes one of the ways of Article 31; a suggestion is studied and answered.
        let suggestion = self.matter.registration.purpose == PurposeOfPetition::Suggestion;
        let mut events = vec![Event::Accepted { at: self.at, suggestion }];
        let ends = [ClockKind::Notice, ClockKind::DirectNotice, ClockKind::Objection];
        events.extend(ends.into_iter().filter_map(|kind| self.stop_on(kind, on)));
        // 受理 is the day on which the petitioner was told (spec 2.2, A1), whenever somebody enters it. They run
        // once: whoever takes over a matter that was accepted before has what is left of them.
        if !self.matter.was_accepted() {
            events.push(self.cx.clock(if suggestion { ClockKind::Suggestion } else { ClockKind::Handling }, on));
        }
        if self.runs(ClockKind::SimpleAccept) {
            events.extend(self.stop_on(ClockKind::SimpleAccept, on));
            events.extend(self.cx.local_clock(ClockKind::SimpleHandling, on));
        }
        Ok(events)
    }

    /// The day on which the unit received it: before that it had nothing to tell anybody. What came to it directly it
    /// can have told of on the spot; what was sent to it came on the day of the transfer.
    fn received_by_unit(&self) -> NaiveDate {
        let registration = &self.matter.registration;
        if registration.direct {
            return registration.received_on;
        }
        let steps = &self.matter.steps;
        let before = steps.iter().rposition(|step| step.stage == Stage::Registered).unwrap_or(0);
        let sent = steps.iter().skip(before).find(|step| step.stage == Stage::AwaitingSignature);
        sent.map_or(registration.received_on, |step| step.at.date())
    }
}
