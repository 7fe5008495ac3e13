//! The answer to a look-up.

use chrono::NaiveDate;

use super::factor::is_no_name;
use super::living::Living;
use super::side::{SidePaths, side_paths};
use super::timeline::{PublicStep, timeline};
use crate::code::MatterNumber;
use crate::field::Rating;
use crate::id::RecordId;
use crate::matter::{
    ClosurePackage, Commitment, Conclusion, DeliveryMode, FormerReply, Matter, Performance, PurposeOfPetition, Rated,
    Reached, ReviewLevel, Says, Stage, Verdict, Way, may_say,
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
    /// 延期, 导入, 复查 and what else lies beside the main path.
    pub side: SidePaths,
    /// 此前系统的答复: whether it solved anything is not known.
    pub former_reply: Option<FormerReply>,
    /// What the petitioner said that asked for an answer, the latest first, and the answers.
    pub voices: Vec<PublicVoice>,
    /// Visits to the home on record, the latest first: was somebody there?
    pub visits: Vec<PublicVisit>,
    /// What the petitioner can do now.
    pub acts: Vec<NextAct>,
    /// Where it stands in the matter into which it was merged ([`PublicStatus::merged`]).
    pub living: Option<Living>,
}

/// What the petitioner said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicVoice {
    /// What.
    pub says: Says,
    /// In own words.
    pub text: Option<Paragraph>,
    /// When.
    pub on: NaiveDate,
    /// The day of the answer, and its words where the deed itself was not the answer.
    pub answer: Option<(NaiveDate, Option<Paragraph>)>,
}

/// A visit to the home that an official has on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicVisit {
    /// The record.
    pub record: RecordId,
    /// When, never after today: a phone's clock may run ahead.
    pub on: NaiveDate,
    /// How: older notes do not say.
    pub way: Way,
    /// Whom the official says to have met.
    pub reached: Reached,
    /// 回访: to ask what came of it.
    pub afterwards: bool,
    /// What the petitioner said to it.
    pub confirmed: Option<bool>,
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
    /// Ask for a 复核.
    AskRecheck {
        /// The last day.
        last_day: NaiveDate,
    },
    /// Bring what is missing.
    BringMaterial,
    /// Take the way that was shown.
    GoThere,
    /// Say how it was: the office, and the unit where there is one.
    Rate {
        /// The last day.
        last_day: NaiveDate,
        /// 对信访部门, as said before.
        office: Option<Rating>,
        /// 对责任单位, as said before; the outer `None` where there is no unit.
        unit: Option<Option<Rating>>,
    },
    /// Add material.
    AddMaterial,
    /// Take it back.
    Withdraw,
    /// Complain about how one was treated.
    Complain,
}

/// The surname and a star. The first character stands for double surnames too.
#[must_use]
pub fn surname_masked(name: &str) -> String {
    if is_no_name(name) {
        return name.to_owned();
    }
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
        next: next(matter, &deadlines),
        commitments: (0_usize..).zip(&matter.commitments).map(|at| commitment(matter, at, today)).collect(),
        steps: timeline(matter, today),
        reworks: reworks(matter),
        acts: acts(matter, unit.is_some(), today),
        voices: voices(matter),
        visits: visits(matter, today),
        side: side_paths(matter),
        former_reply: matter.former_reply.clone(),
        outcome,
        deadlines,
        living: None,
    }
}

/// What the offices owe. What the petitioner may do, and until when, stands in `acts`.
fn deadlines(matter: &Matter) -> Vec<Clock> {
    let owed = |kind: ClockKind| kind != ClockKind::Commitment && !kind.is_window();
    let mut running: Vec<Clock> =
        matter.clocks.iter().filter(|clock| clock.is_running() && owed(clock.kind)).cloned().collect();
    running.sort_by_key(|clock| (clock.due, clock.kind));
    running
}

/// How a last day stands for which no clock runs.
fn state_of(due: NaiveDate, today: NaiveDate) -> ClockState {
    Clock { kind: ClockKind::Commitment, started: due, due, stopped: None }.state(today)
}

/// The clock for what the petitioner waits for at this stage: the law's, so that the promise of a
/// quicker local step does not hide the day on which an answer is owed.
fn next(matter: &Matter, deadlines: &[Clock]) -> Option<Clock> {
    let first = |kinds: &[ClockKind]| deadlines.iter().find(|clock| kinds.contains(&clock.kind));
    let notices = [ClockKind::Notice, ClockKind::DirectNotice];
    let waited_for = match matter.stage {
        Stage::Registered | Stage::AwaitingMaterial => first(&[ClockKind::Transfer]),
        Stage::AwaitingSignature | Stage::Objected | Stage::SignedFor => first(&notices),
        Stage::Accepted
        | Stage::Handling
        | Stage::Mediating
        | Stage::ClosureSubmitted
        | Stage::Returned
        | Stage::Approved
        | Stage::Reopened => matter.answer_clock().filter(|clock| clock.is_running()),
        Stage::AwaitingReturnVisit => first(&[ClockKind::ReturnVisit]),
        Stage::Reviewing => first(&[ClockKind::ReviewDecide]),
        Stage::Rechecking => first(&[ClockKind::RecheckDecide]),
        // Only the written word is still owed.
        Stage::NotAccepted | Stage::NoLongerAccepted | Stage::Directed => return first(&notices).cloned(),
        Stage::ReviewDecided
        | Stage::RecheckDecided
        | Stage::Closed
        | Stage::Settled
        | Stage::Archived
        | Stage::AnsweredOnSpot
        | Stage::Filed
        | Stage::Withdrawn => return None,
    };
    waited_for.or_else(|| deadlines.first()).cloned()
}

fn commitment(matter: &Matter, (at, promise): (usize, &Commitment), today: NaiveDate) -> PublicCommitment {
    let clock = matter.commitment_clock(at);
    let state = clock.map_or_else(|| state_of(promise.due, today), |(_, clock)| clock.state(today));
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

/// The answer that was delivered last; also while the matter is handled anew.
fn outcome(matter: &Matter, today: NaiveDate, calendar: &Calendar) -> Option<Outcome> {
    let before = || matter.reopenings.iter().rev().find_map(|reopening| reopening.delivery.as_ref());
    let delivery = matter.delivery.as_ref().or_else(before)?;
    let approved = |verdict: &Verdict| matches!(verdict, Verdict::Approved { .. });
    // An opinion that is approved but not delivered yet is not the petitioner's to read.
    let read = |number: u16| matter.delivery.is_some() || number < matter.round;
    let rounds = || matter.rounds.iter().rev();
    let package: &ClosurePackage = &rounds().find(|round| approved(&round.verdict) && read(round.number))?.package;
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
        review: review(matter, today, calendar),
    })
}

/// Only the answer that stands can be reviewed, and by those who asked for something (Article 31).
fn review(matter: &Matter, today: NaiveDate, calendar: &Calendar) -> Option<Review> {
    let delivery = matter.delivery.as_ref()?;
    let appeal = matter.registration.purpose == PurposeOfPetition::Appeal;
    if !appeal || matter.review(ReviewLevel::Review).is_some() {
        return None;
    }
    let clock = matter.clocks.iter().rev().find(|clock| clock.kind == ClockKind::ReviewApply);
    // Matters answered before there was such a clock.
    let last_day = clock.map_or_else(|| calendar.after_days(delivery.on, REVIEW_DAYS), |clock| clock.due);
    Some(Review { last_day, state: state_of(last_day, today) })
}

fn voices(matter: &Matter) -> Vec<PublicVoice> {
    let asked = matter.voices.iter().rev().filter(|voice| voice.says.ear().is_some());
    asked
        .map(|voice| PublicVoice {
            says: voice.says,
            text: voice.text.clone(),
            on: voice.at.date(),
            answer: voice.answer.as_ref().map(|answer| (answer.at.date(), answer.text.clone())),
        })
        .collect()
}

fn visits(matter: &Matter, today: NaiveDate) -> Vec<PublicVisit> {
    let mut visits: Vec<PublicVisit> = matter
        .home_visits()
        .map(|visit| PublicVisit {
            record: visit.record,
            on: visit.at.date().min(today),
            way: visit.way,
            reached: visit.reached,
            afterwards: visit.afterwards,
            confirmed: matter.visit_confirmed(visit.record),
        })
        .collect();
    visits.sort_by_key(|visit| std::cmp::Reverse(visit.on));
    visits
}

/// What can be done, the most pressing first. What can be said is what [`may_say`] takes in.
fn acts(matter: &Matter, unit: bool, today: NaiveDate) -> Vec<NextAct> {
    let open = |says| may_say(matter, says, today).is_ok();
    let last_day = |kind| {
        let window = |clock: &&Clock| clock.kind == kind && clock.is_running() && clock.started <= today;
        matter.clocks.iter().rev().find(window).map(|clock| clock.due)
    };
    let mut acts = Vec::new();
    match matter.stage {
        Stage::AwaitingMaterial => acts.push(NextAct::BringMaterial),
        Stage::AwaitingReturnVisit => acts.push(NextAct::AnswerReturnVisit),
        Stage::NotAccepted | Stage::Directed => acts.push(NextAct::GoThere),
        _ => {}
    }
    if open(Says::NotSolved) {
        acts.push(NextAct::SayUnsolved);
    }
    if open(Says::Rating { of: Rated::Office, rating: Rating::Satisfied }) {
        let day = last_day(ClockKind::Evaluation).or_else(|| last_day(ClockKind::SilenceEvaluation));
        let rate = |last_day| NextAct::Rate {
            last_day,
            office: matter.rated(Rated::Office),
            unit: matter.unit.map(|_| matter.rated(Rated::Unit)),
        };
        acts.extend(day.map(rate));
    }
    if open(Says::AskReview { level: ReviewLevel::Review }) {
        acts.extend(last_day(ClockKind::ReviewApply).map(|last_day| NextAct::AskReview { last_day }));
    }
    if open(Says::AskReview { level: ReviewLevel::Recheck }) {
        acts.extend(last_day(ClockKind::RecheckApply).map(|last_day| NextAct::AskRecheck { last_day }));
    }
    if open(Says::Material) && matter.stage != Stage::AwaitingMaterial {
        acts.push(NextAct::AddMaterial);
    }
    if unit {
        acts.push(NextAct::CallUnit);
    }
    acts.push(NextAct::CallOffice);
    if open(Says::Complaint) {
        acts.push(NextAct::Complain);
    }
    if open(Says::Withdraw) {
        acts.push(NextAct::Withdraw);
    }
    acts
}
