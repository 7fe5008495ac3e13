//! 报审, 退回, 同意, 送达, 办结, 存档.

use chrono::NaiveDate;

use super::{Decided, Deciding, not_before, set_clock};
use crate::digest::Digest;
use crate::matter::closure::{ClosurePackage, OpinionSigned, Performance, ReturnReason};
use crate::matter::delivery::Delivery;
use crate::matter::event::Event;
use crate::matter::notes::Commitment;
use crate::matter::outcome::{Archive, Keeping, SettleVeto};
use crate::matter::refusal::Refusal;
use crate::matter::registration::{Demand, PurposeOfPetition};
use crate::matter::stage::Stage;
use crate::text::{LongText, Paragraph, ShortText};
use crate::time::ClockKind;

/// What the petitioner or time decides after the closing, and what the office still owes: none of it ends
/// with the closing.
const OUTLIVES_CLOSING: &[ClockKind] =
    &[ClockKind::ReviewApply, ClockKind::RecheckApply, ClockKind::Evaluation, ClockKind::JudicialConfirmation];

impl Deciding<'_> {
    pub(super) fn submit(&self, package: &ClosurePackage) -> Decided {
        if let Some(fault) = package.fault(self.matter.registration.demands.len(), self.today) {
            return Err(Refusal::Package(fault));
        }
        if self.matter.open_co_handlers().next().is_some() {
            return Err(Refusal::CoHandlingOpen);
        }
        if self.was_struck_down(&package.opinion) {
            return Err(Refusal::SameOpinion);
        }
        let mut events = vec![Event::ClosureSubmitted {
            package: Box::new(package.clone()),
            by: self.actor.account,
            at: self.at,
            role: Some(self.actor.role),
        }];
        events.extend(self.stop(ClockKind::Rework));
        events.push(self.cx.clock(ClockKind::Review, self.today));
        Ok(events)
    }

    /// After 撤销 or 变更 the same opinion is not given again on the same facts; other spaces and line
    /// breaks make no other opinion.
    fn was_struck_down(&self, opinion: &LongText) -> bool {
        let bare = |text: &LongText| text.as_str().split_whitespace().collect::<String>();
        let mut struck = self.matter.rounds.iter().filter(|round| self.matter.is_struck_down(round.number));
        struck.any(|round| bare(&round.package.opinion) == bare(opinion))
    }

    pub(super) fn send_back(&self, reasons: &[ReturnReason], text: &Paragraph, due: NaiveDate) -> Decided {
        if reasons.is_empty() {
            return Err(Refusal::NoReason);
        }
        self.not_in_past(due)?;
        // The new day lies within the law's; once that has passed there is no lawful day left, and the
        // supervisor names one all the same: the overdue clock keeps saying so.
        if let Some(clock) = self.matter.answer_clock().filter(|clock| clock.due >= self.today && due > clock.due) {
            return Err(Refusal::AfterLegalDue { date: due, latest: clock.due, clock: clock.kind });
        }
        let mut reasons = reasons.to_vec();
        reasons.sort_unstable();
        reasons.dedup();
        let (by, at) = (self.actor.account, self.at);
        let mut events = vec![Event::ClosureReturned { by, reasons, text: text.clone(), due, at }];
        events.extend(self.stop(ClockKind::Review));
        if self.matter.stage == Stage::Approved {
            // What the approval had met is owed again, by the same last day.
            let met = self.matter.clocks.iter().rev().find(|clock| clock.kind == ClockKind::Settle);
            let met = met.filter(|clock| !clock.is_running());
            events.extend(met.map(|clock| set_clock(clock.kind, clock.started, clock.due)));
        }
        events.push(set_clock(ClockKind::Rework, self.today, due));
        Ok(events)
    }

    pub(super) fn approve(&self, shown: &Digest) -> Decided {
        if self.matter.closure_digest().as_ref() != Some(shown) {
            return Err(Refusal::ContentChanged);
        }
        if self.matter.awaits_leader().is_some() {
            return Err(Refusal::LeaderHasNotAgreed);
        }
        let mut events = vec![Event::ClosureApproved { by: self.actor.account, at: self.at }];
        events.extend(self.stop_all(&[ClockKind::Review, ClockKind::Settle]));
        Ok(events)
    }

    pub(super) fn sign_opinion(&self, note: Option<&Paragraph>) -> Vec<Event> {
        let signed = OpinionSigned { by: self.actor.account, at: self.at, note: note.cloned() };
        vec![Event::OpinionSigned(Box::new(signed))]
    }

    pub(super) fn deliver(&self, delivery: &Delivery) -> Decided {
        self.not_in_future(delivery.on)?;
        not_before(delivery.on, self.entered(Stage::Approved))?;
        let delivery = self.signed_by_the_deliverer(delivery);
        let on = delivery.on;
        let mut events = vec![Event::Delivered { delivery, at: self.at }];
        // The answer counts on the day on which the petitioner had it.
        let answered = [
            ClockKind::Handling,
            ClockKind::Suggestion,
            ClockKind::SimpleHandling,
            ClockKind::Redo,
            ClockKind::Feedback,
            ClockKind::Hotline,
            ClockKind::LetterReplied,
            ClockKind::SilenceEvaluation,
        ];
        events.extend(answered.into_iter().filter_map(|kind| self.stop_on(kind, on)));
        events.push(self.cx.clock(ClockKind::ReturnVisit, on));
        events.push(self.cx.clock(ClockKind::Evaluation, on));
        // 复查 is for those who asked for something (Article 31), not for a suggestion.
        if self.matter.registration.purpose == PurposeOfPetition::Appeal {
            events.push(self.cx.clock(ClockKind::ReviewApply, on));
        }
        events.extend(self.promised_in_the_answer(on));
        Ok(events)
    }

    /// 承诺落实: what the answer promises binds from the day on which the petitioner reads it (Article 32: 应当督促执行),
    /// with a clock like any other promise. Nothing is archived, and nothing counts as settled, before it is kept.
    fn promised_in_the_answer(&self, on: NaiveDate) -> Vec<Event> {
        let answers = self.matter.approved_closure().map_or(&[][..], |package| &package.answers);
        let demands = &self.matter.registration.demands;
        let mut events = Vec::new();
        for (at, (answer, Demand(asked))) in answers.iter().zip(demands).enumerate() {
            let Performance::Promised { by } = answer.performed else { continue };
            let named = Paragraph::parse(&format!("落实第{}项诉求：{asked}", at + 1));
            // A demand that fills a paragraph has no room for its number.
            let text = named.unwrap_or_else(|_| asked.clone());
            events.push(Event::Promised(Commitment { text, due: by, made_at: self.at }));
            events.push(set_clock(ClockKind::Commitment, on, by));
        }
        events
    }

    /// 送达人: where none is named, it is who enters it.
    pub(super) fn signed_by_the_deliverer(&self, delivery: &Delivery) -> Delivery {
        let deliverer = delivery.deliverer.clone().or_else(|| Some(self.actor.name.clone()));
        Delivery { deliverer, ..delivery.clone() }
    }

    /// The day on which the matter last entered the stage.
    pub(super) fn entered(&self, stage: Stage) -> NaiveDate {
        let step = self.matter.steps.iter().rev().find(|step| step.stage == stage);
        step.map_or(self.matter.registered_at.date(), |step| step.at.date())
    }

    pub(super) fn close(&self) -> Decided {
        let needed = self.cx.rules.failed_attempts_to_close;
        if !self.matter.was_asked_afterwards(needed) {
            let attempts = u8::try_from(self.matter.days_sought()).unwrap_or(u8::MAX);
            return Err(Refusal::NoReturnVisit { attempts, needed });
        }
        if self.runs(ClockKind::Order) {
            return Err(Refusal::ReportMissing);
        }
        let mut events = vec![Event::Closed { by: Some(self.actor.account), at: self.at }];
        // What was asked for on the way can no longer be done; the clocks end as late as they were.
        events.extend(self.stop_the_rest(OUTLIVES_CLOSING));
        events.push(self.cx.clock(ClockKind::Observation, self.today));
        Ok(events)
    }

    pub(super) fn veto_settled(&self, reason: &Paragraph) -> Vec<Event> {
        let veto = SettleVeto { reason: reason.clone(), by: self.actor.account, at: self.at };
        vec![Event::SettleVetoed(Box::new(veto))]
    }

    pub(super) fn archive(&self, volume: &ShortText, pages: u16, keep: Option<Keeping>) -> Decided {
        if let Some(gap) = self.matter.archive_gap(pages, self.today, self.cx.rules) {
            return Err(Refusal::NotArchivable { gap });
        }
        let archive = Archive { volume: volume.clone(), pages, keep, by: self.actor.account, at: self.at };
        Ok(vec![Event::Archived(Box::new(archive))])
    }
}
