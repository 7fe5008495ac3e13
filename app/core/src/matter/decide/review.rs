//! 复查、复核 (Articles 35, 36), and what follows from them.

use chrono::NaiveDate;

use super::{Decided, Deciding, not_before, set_clock};
use crate::matter::delivery::Delivery;
use crate::matter::event::Event;
use crate::matter::outcome::Reopening;
use crate::matter::proposal::ReopenGround;
use crate::matter::refusal::Refusal;
use crate::matter::registration::PurposeOfPetition;
use crate::matter::review::{Review, ReviewLevel, ReviewOpinion, ReviewOutcome};
use crate::matter::stage::Stage;
use crate::text::{LongText, Paragraph, Title};
use crate::time::ClockKind;

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
        let (asked, decided, heard_on) = match level {
            ReviewLevel::Review if self.matter.review(level).is_some() => return Err(Refusal::ReviewedAlready),
            ReviewLevel::Review => (ClockKind::ReviewApply, ClockKind::ReviewDecide, self.matter.delivered_on()),
            ReviewLevel::Recheck => {
                let review = self.matter.review(ReviewLevel::Review).filter(|review| review.is_upheld());
                let delivery = review.and_then(|review| review.delivery.as_ref()).ok_or(Refusal::NoReviewOpinion)?;
                (ClockKind::RecheckApply, ClockKind::RecheckDecide, Some(delivery.on))
            }
        };
        self.not_in_future(on)?;
        self.window(asked, on)?;
        not_before(on, heard_on.unwrap_or(on))?;
        let review = Review {
            level,
            round: self.matter.round,
            requested_on: on,
            reason: reason.clone(),
            organ: organ.clone(),
            by: self.actor.account,
            at: self.at,
            opinion: None,
            delivery: None,
        };
        let mut events = vec![Event::ReviewRequested(Box::new(review))];
        events.extend(self.stop_on(asked, on));
        // Whether it is settled is open again.
        events.extend(self.stop_on(ClockKind::Observation, on));
        events.push(self.cx.clock(decided, on));
        Ok(events)
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
        let decided = self.stop_all(&[ClockKind::ReviewDecide, ClockKind::RecheckDecide]);
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
                if review.level == ReviewLevel::Review {
                    events.push(self.cx.clock(ClockKind::RecheckApply, on));
                }
                if self.matter.before_review() == Stage::Closed {
                    events.push(self.cx.clock(ClockKind::Observation, on));
                }
            }
            ReviewOutcome::Revoke | ReviewOutcome::Change => {
                let due = opinion.redo_due.unwrap_or(self.today);
                events.extend(self.reopen(ReopenGround::OrderedAnew, due, None));
            }
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
            by: self.actor.account,
            at: self.at,
        };
        events.push(Event::Reopened(Box::new(reopening)));
        events.push(set_clock(ClockKind::Redo, self.today, due));
        events
    }
}
