//! 复查、复核 (Articles 35, 36), and what follows from them.

use chrono::NaiveDate;

use super::{Decided, Deciding, not_before, set_clock};
use crate::matter::delivery::Delivery;
use crate::matter::event::Event;
use crate::matter::outcome::Reopening;
use crate::matter::proposal::ReopenGround;
use crate::matter::refusal::Refusal;
use crate::matter::registration::PurposeOfPetition;
use crate::matter::review::{Review, ReviewLevel, ReviewOpinion, ReviewOutcome, ReviewWithdrawal};
use crate::matter::stage::Stage;
use crate::text::{LongText, Paragraph, Title};
use crate::time::ClockKind;

/// Whether two names are of the same organ: spaces make no other one.
fn same_organ(one: &Title, other: &Title) -> bool {
    let bare = |name: &Title| name.as_str().split_whitespace().collect::<String>();
    bare(one) == bare(other)
}

impl Deciding<'_> {
    pub(super) fn request_review(
        &self,
        level: ReviewLevel,
        on: NaiveDate,
        reason: &Paragraph,
        organ: &Title,
    ) -> Decided {
        if self.matter.registration.purpose != PurposeOfPetition::Appeal {
            return Err(Refusal::NotAnAppeal);
        }
        if self.matter.is_final() {
            return Err(Refusal::FinalAlready);
        }
        let (asked, decided, about) = match level {
            ReviewLevel::Review if self.matter.review(level).is_some() => return Err(Refusal::ReviewedAlready),
            ReviewLevel::Review => {
                let about = (self.matter.round, self.matter.delivered_on());
                (ClockKind::ReviewApply, ClockKind::ReviewDecide, about)
            }
            // "对复查意见不服的" (Article 36): whatever it found. It stays about the answer of its own round, also where
            // the unit has begun to handle it anew.
            ReviewLevel::Recheck => {
                let review = self.matter.recheckable().ok_or(Refusal::NoReviewOpinion)?;
                if same_organ(&review.organ, organ) {
                    return Err(Refusal::SameOrgan);
                }
                let heard_on = review.delivery.as_ref().map(|delivery| delivery.on);
                (ClockKind::RecheckApply, ClockKind::RecheckDecide, (review.round, heard_on))
            }
        };
        let (round, heard_on) = about;
        self.not_in_future(on)?;
        self.window(asked, on)?;
        not_before(on, heard_on.unwrap_or(on))?;
        let review = Review {
            level,
            round,
            requested_on: on,
            reason: reason.clone(),
            organ: organ.clone(),
            by: self.actor.account,
            at: self.at,
            opinion: None,
            delivery: None,
            taken_on: None,
            withdrawn: None,
        };
        let mut events = vec![Event::ReviewRequested(Box::new(review))];
        events.extend(self.stop_on(asked, on));
        // Whether it is settled is open again.
        events.extend(self.stop_on(ClockKind::Observation, on));
        events.push(self.cx.clock(decided, on));
        events.extend(self.cx.local_clock(ClockKind::ReviewTake, on));
        Ok(events)
    }

    /// 决定受理: a word of its own only where the province gives it a clock.
    pub(super) fn take_review(&self, on: NaiveDate) -> Decided {
        self.not_in_future(on)?;
        let kind = ClockKind::ReviewTake;
        let clock = self.running(kind).ok_or(Refusal::NothingRuns { clock: kind })?;
        not_before(on, clock.started)?;
        let taken = Event::ReviewTaken { on, at: self.at };
        Ok(std::iter::once(taken).chain(self.stop_on(kind, on)).collect())
    }

    /// The petitioner takes the request back. The matter stands where it stood; and since the right was not
    /// used up, what is left of the thirty days runs on to the same last day.
    pub(super) fn withdraw_review(&self, on: NaiveDate, reason: &Paragraph) -> Decided {
        let review = self.matter.reviews.last().ok_or(Refusal::NoReviewOpinion)?;
        self.not_in_future(on)?;
        not_before(on, review.requested_on)?;
        let (by, at) = (self.actor.account, self.at);
        let withdrawal = ReviewWithdrawal { on, reason: reason.clone(), by, at };
        let mut events = vec![Event::ReviewWithdrawn(Box::new(withdrawal))];
        let ends = [ClockKind::ReviewDecide, ClockKind::RecheckDecide, ClockKind::ReviewTake];
        events.extend(ends.into_iter().filter_map(|kind| self.stop_on(kind, on)));
        let asked = match review.level {
            ReviewLevel::Review => ClockKind::ReviewApply,
            ReviewLevel::Recheck => ClockKind::RecheckApply,
        };
        let used = self.matter.clocks.iter().rev().find(|clock| clock.kind == asked);
        let left = used.filter(|clock| clock.due >= self.today);
        events.extend(left.map(|clock| set_clock(asked, clock.started, clock.due)));
        if self.matter.before_review() == Stage::Closed {
            events.push(self.cx.clock(ClockKind::Observation, on));
        }
        events.extend(self.days_of_the_recheck(review.requested_on, on));
        Ok(events)
    }

    /// While a 复核 looked at it nobody could go on with the work that the 复查 had ordered: the days that people set
    /// for it move by as many.
    fn days_of_the_recheck(&self, from: NaiveDate, until: NaiveDate) -> Vec<Event> {
        let days = (until - from).num_days();
        let set = [ClockKind::Redo, ClockKind::Rework, ClockKind::Review];
        let clocks = self.matter.clocks.iter().enumerate();
        clocks
            .filter(|(_, clock)| days > 0 && clock.is_running() && set.contains(&clock.kind))
            .filter_map(|(at, clock)| {
                let due = clock.due + chrono::TimeDelta::days(days);
                Some(Event::ClockMoved { clock: u16::try_from(at).ok()?, due })
            })
            .collect()
    }

    pub(super) fn decide_review(
        &self,
        outcome: ReviewOutcome,
        text: &LongText,
        redo_due: Option<NaiveDate>,
    ) -> Decided {
        match (outcome, redo_due) {
            (ReviewOutcome::Uphold, Some(_)) => return Err(Refusal::RedoDueUnneeded),
            (ReviewOutcome::Revoke | ReviewOutcome::Change, None) => return Err(Refusal::RedoDueNeeded),
            (ReviewOutcome::Uphold, None) => {}
            (ReviewOutcome::Revoke | ReviewOutcome::Change, Some(due)) => self.not_in_past(due)?,
        }
        let opinion = ReviewOpinion { outcome, text: text.clone(), redo_due, by: self.actor.account, at: self.at };
        // 复查 and 复核 are answered in writing within the thirty days; the opinion is what is owed, and
        // its delivery is a step of its own.
        let decided = self.stop_all(&[ClockKind::ReviewDecide, ClockKind::RecheckDecide, ClockKind::ReviewTake]);
        Ok(std::iter::once(Event::ReviewDecided(Box::new(opinion))).chain(decided).collect())
    }

    pub(super) fn deliver_review(&self, delivery: &Delivery) -> Decided {
        self.not_in_future(delivery.on)?;
        not_before(delivery.on, self.entered(self.matter.stage))?;
        let Some((review, opinion)) =
            self.matter.reviews.last().and_then(|review| Some((review, review.opinion.as_ref()?)))
        else {
            return Err(Refusal::NoReviewOpinion);
        };
        let delivery = self.signed_by_the_deliverer(delivery);
        let on = delivery.on;
        let mut events = vec![Event::ReviewDelivered { delivery: Box::new(delivery), at: self.at }];
        match opinion.outcome {
            ReviewOutcome::Uphold => {
                if self.matter.before_review() == Stage::Closed {
                    events.push(self.cx.clock(ClockKind::Observation, on));
                }
                events.extend(self.days_of_the_recheck(review.requested_on, on));
            }
            ReviewOutcome::Revoke | ReviewOutcome::Change => {
                let due = opinion.redo_due.unwrap_or(self.today);
                events.extend(self.reopen(ReopenGround::OrderedAnew, due, None));
            }
        }
        // Whoever is not content with a 复查意见 has thirty days, also where it sends the answer back (Article 36).
        if review.level == ReviewLevel::Review {
            events.push(self.cx.clock(ClockKind::RecheckApply, on));
        }
        Ok(events)
    }

    /// 重新办理: a new round with a last day of its own. The closing stays on record.
    pub(super) fn reopen(&self, ground: ReopenGround, due: NaiveDate, reason: Option<&Paragraph>) -> Vec<Event> {
        let mut events = self.stop_the_rest(&[ClockKind::JudicialConfirmation]);
        let reopening = Reopening {
            round: self.matter.round,
            ground,
            due,
            reason: reason.cloned(),
            delivery: self.matter.delivery.clone(),
            anew: self.ended_early(),
            by: self.actor.account,
            at: self.at,
        };
        events.push(Event::Reopened(Box::new(reopening)));
        events.push(set_clock(ClockKind::Redo, self.today, due));
        // The office sends it to a unit as at first, within the same fifteen days (Article 22).
        events.extend(self.ended_early().then(|| self.cx.clock(ClockKind::Transfer, self.today)));
        events
    }

    /// 当场答复, 不予受理, 导入: no unit has taken it up, so there is none to give it back to.
    pub(super) fn ended_early(&self) -> bool {
        matches!(self.matter.stage, Stage::AnsweredOnSpot | Stage::NotAccepted | Stage::Directed)
    }
}
