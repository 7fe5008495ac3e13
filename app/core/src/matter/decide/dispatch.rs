//! 转送、交办, 签收, 异议, 受理.

use chrono::NaiveDate;

use super::{Decided, Deciding, not_before, set_clock};
use crate::id::UnitId;
use crate::matter::dispatch::{Objection, ObjectionVerdict, Order};
use crate::matter::event::Event;
use crate::matter::proposal::Route;
use crate::matter::refusal::Refusal;
use crate::matter::registration::Channel;
use crate::place::DivisionCode;
use crate::text::Paragraph;
use crate::time::ClockKind;

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

    pub(super) fn sign_for(&self) -> Vec<Event> {
        let signed = Event::SignedFor { at: self.at };
        std::iter::once(signed).chain(self.stop(ClockKind::Objection)).collect()
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
        self.not_in_future(notice_delivered_on)?;
        not_before(notice_delivered_on, self.matter.registration.received_on)?;
        let mut events = vec![Event::Accepted { at: self.at }];
        events.extend(self.stop_on(ClockKind::Notice, notice_delivered_on));
        events.extend(self.stop_on(ClockKind::DirectNotice, notice_delivered_on));
        events.push(self.cx.clock(ClockKind::Handling, self.today));
        if self.runs(ClockKind::SimpleAccept) {
            events.extend(self.stop(ClockKind::SimpleAccept));
            events.extend(self.cx.local_clock(ClockKind::SimpleHandling, self.today));
        }
        Ok(events)
    }
}
