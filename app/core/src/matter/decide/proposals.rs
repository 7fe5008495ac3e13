//! 报批 and 批复: what needs four eyes.

use super::{Decided, Deciding, set_clock};
use crate::matter::event::Event;
use crate::matter::proposal::{Extension, NotAcceptGround, Pending, Proposal, Route};
use crate::matter::refusal::Refusal;
use crate::text::Paragraph;
use crate::time::ClockKind;

/// Even where a matter ends without an answer, the petitioner is told in writing.
const NOTICES: &[ClockKind] = &[ClockKind::Notice, ClockKind::DirectNotice];

impl Deciding<'_> {
    pub(super) fn propose(&self, proposal: &Proposal) -> Decided {
        self.check(proposal)?;
        let pending = Pending { proposal: proposal.clone(), by: self.actor.account, at: self.at };
        Ok(vec![Event::Proposed(Box::new(pending))])
    }

    pub(super) fn approve_proposal(&self, reason: Option<&Paragraph>) -> Decided {
        let Some(Pending { proposal, .. }) = &self.matter.pending else { return Err(Refusal::NoProposal) };
        // Days have passed since it was proposed.
        self.check(proposal)?;
        let by = self.actor.account;
        let mut events = vec![Event::ProposalApproved { by, reason: reason.cloned(), at: self.at }];
        match proposal {
            Proposal::Extend { days, reason } => events.extend(self.extend(*days, reason)?),
            Proposal::NotAccept { .. } | Proposal::NoLongerAccept { .. } => events.extend(self.end_with_notice()),
            Proposal::Direct { limit, .. } => {
                events.extend(self.end_with_notice());
                events.extend(limit.map(|due| set_clock(ClockKind::Statute, self.today, due)));
            }
            Proposal::AnswerOnSpot { .. } => {
                events.extend(self.stop_the_rest(&[]));
                events.push(self.cx.clock(ClockKind::Evaluation, self.today));
            }
            Proposal::File { .. } | Proposal::Withdraw { .. } => events.extend(self.stop_the_rest(&[])),
            Proposal::Reopen { ground, due, reason } => events.extend(self.reopen(*ground, *due, Some(reason))),
            Proposal::Leader { leader, reason } => events.extend(self.change_leader(*leader, reason)),
        }
        Ok(events)
    }

    /// What must hold both when it is proposed and when it is approved.
    fn check(&self, proposal: &Proposal) -> Result<(), Refusal> {
        match proposal {
            Proposal::Extend { days, .. } => self.extended(*days).map(|_| ()),
            Proposal::NoLongerAccept { earlier: Some(earlier), .. } if *earlier == self.matter.id => {
                Err(Refusal::EarlierNotFinal)
            }
            // One of the two: the matter that is kept here, or the opinion as it stands on paper.
            Proposal::NoLongerAccept { earlier, opinion, .. } if earlier.is_some() == opinion.is_some() => {
                Err(Refusal::NoEarlierOpinion)
            }
            Proposal::NoLongerAccept { opinion: Some(opinion), .. } => {
                let received = self.matter.registration.received_on;
                if opinion.on > received { Err(Refusal::DateInFuture { date: opinion.on }) } else { Ok(()) }
            }
            Proposal::Direct { route: Route::Petition, .. } => Err(Refusal::RouteIsOurs),
            Proposal::Direct { limit, .. } => limit.map_or(Ok(()), |limit| self.not_in_past(limit)),
            Proposal::Withdraw { on, .. } => self.since_receipt(*on),
            Proposal::Reopen { .. } if self.matter.unit.is_none() && !self.ended_early() => Err(Refusal::NoUnit),
            Proposal::Reopen { due, .. } => self.not_in_past(*due),
            Proposal::Leader { leader, .. } => match self.matter.leader() {
                None => Err(Refusal::NoLeader),
                Some(now) if now == *leader => Err(Refusal::LedAlready),
                Some(_) => Ok(()),
            },
            // What was sent to it a unit objects to; only what came to it directly it may turn away as not its own.
            Proposal::NotAccept { ground: NotAcceptGround::NotCompetent, .. } if self.matter.unit.is_some() => {
                if self.matter.came_directly() { Ok(()) } else { Err(Refusal::ToBeObjected) }
            }
            Proposal::NotAccept { .. }
            | Proposal::NoLongerAccept { .. }
            | Proposal::AnswerOnSpot { .. }
            | Proposal::File { .. } => Ok(()),
        }
    }

    /// Which clock an extension moves, and to which day.
    fn extended(&self, days: u16) -> Result<(u16, chrono::NaiveDate, chrono::NaiveDate), Refusal> {
        if self.matter.extension.is_some() {
            return Err(Refusal::ExtendedAlready);
        }
        let kind = ClockKind::Handling;
        let (at, clock) = self.running_at(kind).ok_or(Refusal::NothingRuns { clock: kind })?;
        if self.today > clock.due {
            return Err(Refusal::PastDue { clock: kind, last_day: clock.due });
        }
        let max = self.cx.rules.extension_days;
        let due = self.cx.rules.extended(clock.started, clock.due, days, self.cx.calendar);
        Ok((at, clock.due, due.ok_or(Refusal::ExtensionTooLong { max })?))
    }

    fn extend(&self, days: u16, reason: &Paragraph) -> Decided {
        let (clock, from, due) = self.extended(days)?;
        let extension = Extension { from, due, reason: reason.clone(), by: self.actor.account, at: self.at };
        Ok(vec![Event::Extended(Box::new(extension)), Event::ClockMoved { clock, due }])
    }

    /// The matter ends here; the office still owes the petitioner a written word by the day by which it
    /// owed one before.
    fn end_with_notice(&self) -> Vec<Event> {
        let mut events = self.stop_the_rest(NOTICES);
        if !NOTICES.iter().any(|kind| self.runs(*kind)) {
            let earlier = self.matter.clocks.iter().rev().find(|clock| NOTICES.contains(&clock.kind));
            events.push(match earlier {
                Some(clock) if self.matter.unit.is_some() => set_clock(clock.kind, clock.started, clock.due),
                _ => self.cx.clock(ClockKind::DirectNotice, self.matter.registration.received_on),
            });
        }
        events
    }
}
