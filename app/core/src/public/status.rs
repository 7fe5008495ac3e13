//! The answer to a look-up.

use chrono::NaiveDate;

use super::timeline::{PublicStep, timeline};
use crate::code::MatterNumber;
use crate::matter::{
    ClosurePackage, Commitment, Conclusion, DeliveryMode, FormerReply, Matter, Performance, PurposeOfPetition, Stage,
    Verdict,
};
use crate::text::{LongText, Paragraph, ShortText};
use crate::time::{Calendar, Clock, ClockKind, ClockState};
use crate::wire::desk::Unit;

/// Days for asking for a 复查, from receipt of the written answer (Article 35).
const REVIEW_DAYS: u16 = 30;

/// What a petitioner may see of a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicStatus {
    /// 信访件编号: what to name on the phone.
    pub number: MatterNumber,
    /// The petitioner, surname only (李*).
    pub petitioner: String,
    /// 办理阶段.
    pub stage: Stage,
    /// 责任单位, once the matter was sent to one.
    pub unit: Option<ShortText>,
    /// Its phone.
    pub unit_phone: Option<ShortText>,
    /// What is to happen next at this stage, and by when.
    pub next: Option<Clock>,
    /// Every clock that runs, the nearest first; promises stand in `commitments`.
    pub deadlines: Vec<Clock>,
    /// 承诺, in the order in which they were made.
    pub commitments: Vec<PublicCommitment>,
    /// What has happened, what is under way, what is to come.
    pub steps: Vec<PublicStep>,
    /// 退回重办: every time that the result was not good enough.
    pub reworks: Vec<Rework>,
    /// The written answer, once delivered.
    pub outcome: Option<Outcome>,
    /// 此前系统的答复: whether it solved anything is not known.
    pub former_reply: Option<FormerReply>,
    /// What the petitioner can do now.
    pub acts: Vec<NextAct>,
}

/// 承诺.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicCommitment {
    /// The words.
    pub text: Paragraph,
    /// Until when.
    pub due: NaiveDate,
    /// What became of it: kept only when a record says so.
    pub state: ClockState,
}

/// 退回重办.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rework {
    /// On which day it was sent back.
    pub on: NaiveDate,
    /// Until when it is to be handed in again.
    pub due: NaiveDate,
}

/// 处理意见书, delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What was delivered, word for word.
    pub opinion: LongText,
    /// 送达日期.
    pub delivered_on: NaiveDate,
    /// 送达方式.
    pub mode: DeliveryMode,
    /// 签收, or 拒收.
    pub signed: bool,
    /// One answer per demand, in their order.
    pub answers: Vec<PublicAnswer>,
    /// 复查, where the law gives it.
    pub review: Option<Review>,
}

/// The answer to one demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicAnswer {
    /// 支持/解释/不支持.
    pub conclusion: Conclusion,
    /// 落实情况.
    pub performed: ShownPerformance,
}

/// 落实情况 as the package says it; the evidence stays in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownPerformance {
    /// The unit says it was done on the day.
    Done(NaiveDate),
    /// Promised.
    Promised {
        /// Until when.
        by: NaiveDate,
        /// How that day stands: the package's own word, so it runs on for ever.
        state: ClockState,
    },
    /// Nothing to do.
    Nothing,
}

/// The right to ask for a 复查 (Article 35).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// The last day for it.
    pub last_day: NaiveDate,
    /// How that day stands.
    pub state: ClockState,
}

/// What the petitioner can do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextAct {
    /// Call the unit.
    CallUnit,
    /// Call the petition office.
    CallOffice,
    /// Tell the truth in the return visit.
    AnswerReturnVisit,
    /// Say that it is not solved, though it was closed.
    SayUnsolved,
    /// Ask for a 复查.
    AskReview {
        /// The last day.
        last_day: NaiveDate,
    },
}

/// The surname and a star. The first character stands for double surnames too.
#[must_use]
pub fn surname_masked(name: &str) -> String {
    name.chars().take(1).chain(['*']).collect()
}

/// What the petitioner may see of the matter on `today`.
#[must_use]
pub fn public_status(matter: &Matter, unit: Option<&Unit>, today: NaiveDate, calendar: &Calendar) -> PublicStatus {
    // A unit that the store could not name is none: a blank line would say less than the office's phone.
    let unit = unit.filter(|unit| Some(unit.id) == matter.unit);
    let outcome = outcome(matter, today, calendar);
    let deadlines = deadlines(matter);
    PublicStatus {
        number: matter.number.clone(),
        petitioner: surname_masked(matter.registration.petitioner.name.as_str()),
        stage: matter.stage,
        unit: unit.map(|unit| unit.name.clone()),
        unit_phone: unit.map(|unit| unit.phone.clone()),
        next: next(matter.stage, &deadlines),
        commitments: matter.commitments.iter().map(|promise| commitment(matter, promise, today)).collect(),
        steps: timeline(matter, today),
        reworks: reworks(matter),
        acts: acts(matter, unit.is_some(), outcome.as_ref()),
        former_reply: matter.former_reply.clone(),
        outcome,
        deadlines,
    }
}

fn deadlines(matter: &Matter) -> Vec<Clock> {
    let mut running: Vec<Clock> = matter
        .clocks
        .iter()
        .filter(|clock| clock.is_running() && clock.kind != ClockKind::Commitment)
        .cloned()
        .collect();
    running.sort_by_key(|clock| (clock.due, clock.kind));
    running
}

/// How a last day stands for which no clock runs.
fn state_of(due: NaiveDate, today: NaiveDate) -> ClockState {
    Clock { kind: ClockKind::Commitment, started: due, due, stopped: None }.state(today)
}

/// The clock for what the petitioner waits for at this stage: the law's, so that the promise of a
/// quicker local step does not hide the day on which an answer is owed.
fn next(stage: Stage, deadlines: &[Clock]) -> Option<Clock> {
    let kind = match stage {
        Stage::Registered => ClockKind::Transfer,
        Stage::AwaitingSignature | Stage::SignedFor => ClockKind::Notice,
        Stage::Accepted | Stage::Handling | Stage::ClosureSubmitted | Stage::Returned | Stage::Approved => {
            ClockKind::Handling
        }
        Stage::AwaitingReturnVisit => ClockKind::ReturnVisit,
        Stage::Closed => return None,
    };
    deadlines.iter().find(|clock| clock.kind == kind).or_else(|| deadlines.first()).cloned()
}

fn commitment(matter: &Matter, promise: &Commitment, today: NaiveDate) -> PublicCommitment {
    let clock = matter.clocks.iter().find(|clock| clock.kind == ClockKind::Commitment && clock.due == promise.due);
    let state = clock.map_or_else(|| state_of(promise.due, today), |clock| clock.state(today));
    PublicCommitment { text: promise.text.clone(), due: promise.due, state }
}

fn reworks(matter: &Matter) -> Vec<Rework> {
    matter
        .rounds
        .iter()
        .filter_map(|round| match &round.verdict {
            Verdict::Returned { at, due, .. } => Some(Rework { on: at.date(), due: *due }),
            Verdict::Pending | Verdict::Approved { .. } => None,
        })
        .collect()
}

fn outcome(matter: &Matter, today: NaiveDate, calendar: &Calendar) -> Option<Outcome> {
    let delivery = matter.delivery.as_ref()?;
    let approved = |verdict: &Verdict| matches!(verdict, Verdict::Approved { .. });
    let package: &ClosurePackage = &matter.rounds.iter().rev().find(|round| approved(&round.verdict))?.package;
    let last_day = calendar.after_days(delivery.on, REVIEW_DAYS);
    Some(Outcome {
        opinion: package.opinion.clone(),
        delivered_on: delivery.on,
        mode: delivery.mode,
        signed: delivery.signed,
        answers: package
            .answers
            .iter()
            .map(|answer| PublicAnswer {
                conclusion: answer.conclusion,
                performed: match answer.performed {
                    Performance::Done { on, .. } => ShownPerformance::Done(on),
                    Performance::Promised { by } => ShownPerformance::Promised { by, state: state_of(by, today) },
                    Performance::Nothing => ShownPerformance::Nothing,
                },
            })
            .collect(),
        // 复查 is for those who asked for something (Article 31), not for a suggestion.
        review: (matter.registration.purpose == PurposeOfPetition::Appeal)
            .then(|| Review { last_day, state: state_of(last_day, today) }),
    })
}

fn acts(matter: &Matter, unit: bool, outcome: Option<&Outcome>) -> Vec<NextAct> {
    let mut acts = Vec::new();
    if matter.stage == Stage::AwaitingReturnVisit {
        acts.push(NextAct::AnswerReturnVisit);
    }
    if matter.stage == Stage::Closed {
        acts.push(NextAct::SayUnsolved);
    }
    if let Some(Review { last_day, state: ClockState::Running { .. } }) = outcome.and_then(|outcome| outcome.review) {
        acts.push(NextAct::AskReview { last_day });
    }
    if unit {
        acts.push(NextAct::CallUnit);
    }
    acts.push(NextAct::CallOffice);
    acts
}
