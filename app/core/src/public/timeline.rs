//! The steps of a matter as the petitioner reads them: what has happened, what is under way, what
//! is to come.

use chrono::NaiveDate;

use crate::matter::{Matter, Meeting, Reached, Stage, Way};
use crate::text::Paragraph;
use crate::time::{ClockKind, Moment};

/// What a step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// 收到反映: the day from which the law counts, when it lies before the registration.
    Received,
    /// A stage was entered.
    Stage(Stage),
    /// 走访、接访、电话: an official recorded having met, sought or called the petitioner.
    Met {
        /// How.
        way: Way,
        /// Who was reached.
        reached: Reached,
    },
    /// 反馈, in the words that were given to the petitioner.
    Told(Paragraph),
    /// 回访.
    AskedAfterwards {
        /// How.
        way: Way,
        /// Who was reached.
        reached: Reached,
    },
    /// The reply of an earlier system.
    FormerReply,
}

/// Past, present, to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Happened on the day.
    Past(NaiveDate),
    /// Is so since the day.
    Now {
        /// Since when.
        since: NaiveDate,
    },
    /// Is to come, by the day if a clock runs for it.
    ToCome {
        /// Until when at the latest.
        by: Option<NaiveDate>,
    },
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicStep {
    /// What.
    pub what: Happening,
    /// When.
    pub when: When,
}

/// All steps in their order: exactly one is present, unless the matter is closed.
pub(super) fn timeline(matter: &Matter, today: NaiveDate) -> Vec<PublicStep> {
    if let Some(reply) = &matter.former_reply {
        // Imported: the day of the import is of no interest to anybody who asks.
        return vec![
            PublicStep { what: Happening::Received, when: When::Past(matter.registration.received_on) },
            PublicStep { what: Happening::FormerReply, when: When::Past(reply.at.date()) },
        ];
    }
    let mut happened: Vec<(Moment, Happening)> = Vec::new();
    let received = matter.registration.received_on;
    if received < matter.registered_at.date() {
        happened.push((Moment::start_of(received), Happening::Received));
    }
    let present = if matter.stage.is_open() { matter.steps.last() } else { None };
    let entered = matter.steps.len() - usize::from(present.is_some());
    happened.extend(matter.steps.iter().take(entered).map(|step| (step.at, Happening::Stage(step.stage))));
    happened.extend(matter.contacts.iter().map(|told| (told.at, Happening::Told(told.text.clone()))));
    // Of what came from the field only the meetings are the petitioner's to see.
    happened.extend(matter.meetings().map(|Meeting { at, way, reached, afterwards, .. }| {
        let asked = Happening::AskedAfterwards { way, reached };
        (at, if afterwards { asked } else { Happening::Met { way, reached } })
    }));
    // Stable: what has the same moment keeps the order of the lines above.
    happened.sort_by_key(|(at, _)| *at);

    // A phone's clock may run ahead; nothing is shown as having happened tomorrow.
    let past = happened.into_iter().map(|(at, what)| PublicStep { what, when: When::Past(at.date().min(today)) });
    let now = present
        .map(|step| PublicStep { what: Happening::Stage(step.stage), when: When::Now { since: step.at.date() } });
    let next = ahead(matter).iter().map(|stage| PublicStep {
        what: Happening::Stage(*stage),
        when: When::ToCome { by: clock_of(matter, matter.stage, *stage) },
    });
    past.chain(now).chain(next).collect()
}

/// The milestones still to come. 签收 and the moment between approval and delivery are passed over:
/// they matter to the office and not to the one who waits.
fn ahead(matter: &Matter) -> &'static [Stage] {
    const MILESTONES: [Stage; 6] = [
        Stage::AwaitingSignature,
        Stage::Accepted,
        Stage::Handling,
        Stage::ClosureSubmitted,
        Stage::AwaitingReturnVisit,
        Stage::Closed,
    ];
    let passed = match matter.stage {
        Stage::Registered | Stage::AwaitingMaterial => 0,
        Stage::Reopened if matter.unit.is_none() => 0,
        Stage::AwaitingSignature | Stage::Objected | Stage::SignedFor => 1,
        Stage::Accepted | Stage::Reopened => 2,
        Stage::Handling | Stage::Mediating | Stage::Returned => 3,
        Stage::ClosureSubmitted | Stage::Approved => 4,
        Stage::AwaitingReturnVisit => 5,
        // What a review leads to is not known before.
        Stage::Reviewing
        | Stage::ReviewDecided
        | Stage::Rechecking
        | Stage::RecheckDecided
        | Stage::Closed
        | Stage::Settled
        | Stage::Archived
        | Stage::NotAccepted
        | Stage::NoLongerAccepted
        | Stage::Directed
        | Stage::AnsweredOnSpot
        | Stage::Filed
        | Stage::Withdrawn => 6,
    };
    &MILESTONES[passed..]
}

/// The day until which a coming step is due, if a clock runs for it.
fn clock_of(matter: &Matter, present: Stage, coming: Stage) -> Option<NaiveDate> {
    let kind = match (present, coming) {
        (_, Stage::AwaitingSignature) => ClockKind::Transfer,
        (_, Stage::Accepted) => ClockKind::Notice,
        (Stage::Returned, Stage::ClosureSubmitted) => ClockKind::Rework,
        (_, Stage::AwaitingReturnVisit) => {
            return matter.answer_clock().filter(|clock| clock.is_running()).map(|clock| clock.due);
        }
        _ => return None,
    };
    matter.clocks.iter().rev().find(|clock| clock.kind == kind && clock.is_running()).map(|clock| clock.due)
}
