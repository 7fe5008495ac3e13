//! What is counted of a matter.

use chrono::{NaiveDate, TimeDelta};

use super::period::Period;
use crate::field::{Rating, RespondentAnswers};
use crate::id::{AccountId, MatterId, UnitId};
use crate::matter::{
    Adoption, Category, Channel, Conclusion, Intake, Matter, OldCase, Oversight, OversightAct, PetitionerOpinion,
    PurposeOfPetition, Rated, ReturnVisitNote, Route, Says, Stage, Step,
};
use crate::place::DivisionCode;
use crate::time::{Clock, ClockKind};

/// The most people of one intake that is counted.
const MOST_PEOPLE: u16 = 9_999;
/// By when the unit has to accept, from the day of registration (spec 5, 及时受理率).
pub(super) const UNIT_ACCEPTS: i64 = 30;
/// By when the office has to decide.
pub(super) const OFFICE_ACCEPTS: i64 = 15;
/// So many 重件 after an answer make it a long-pending case.
const REPEATS_OF_OLD_CASE: usize = 3;

/// 件: a matter, as figures need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Identity.
    pub id: MatterId,
    /// 信访件编号.
    pub number: String,
    /// 标题.
    pub title: String,
    /// 信访人, as the reader may see the name.
    pub petitioner: String,
    /// 诉求.
    pub demands: Vec<String>,
    /// 内容分类.
    pub category: Category,
    /// 信访形式.
    pub channel: Channel,
    /// 信访目的.
    pub purpose: PurposeOfPetition,
    /// 初件.
    pub first: bool,
    /// 信访人数.
    pub people: u16,
    /// 问题属地.
    pub place: Option<DivisionCode>,
    /// 责任单位.
    pub unit: Option<UnitId>,
    /// 协办单位.
    pub helpers: Vec<UnitId>,
    /// 承办人.
    pub handler: Option<AccountId>,
    /// 信访日期.
    pub received: NaiveDate,
    /// 登记日期.
    pub registered: NaiveDate,
    /// 办理阶段.
    pub stage: Stage,
    /// 办理途径.
    pub route: Option<Route>,
    /// 交办日期, if it was one.
    pub ordered: Option<NaiveDate>,
    /// Sent to a unit, or decided by the office itself.
    pub decided: Option<NaiveDate>,
    /// Sent to a unit.
    pub sent: Option<NaiveDate>,
    /// 受理, or ended otherwise.
    pub accepted: Option<NaiveDate>,
    /// 答复送达.
    pub answered: Option<NaiveDate>,
    /// 办结, or ended otherwise.
    pub ended: Option<NaiveDate>,
    /// 办结: closed by an answer, whatever came after, and not opened again.
    pub closed: bool,
    /// All clocks.
    pub clocks: Vec<Clock>,
    /// 重件: the days on which it came again.
    pub repeats: Vec<NaiveDate>,
    /// The petitioner heard or saw somebody before the answer.
    pub contacted: bool,
    /// 复查 was asked for.
    pub reviewed: bool,
    /// A return visit said: not solved, or dissatisfied.
    pub unsolved: bool,
    /// 不认定化解.
    pub vetoed: bool,
    /// 化解: computed after the time of observation.
    pub settled: bool,
    /// How the petitioner evaluated each answer, in their order.
    pub ratings: Vec<Evaluation>,
    /// 调解 ended with an agreement.
    pub agreed: bool,
    /// 办理结果.
    pub result: Result,
    /// The first day on which the petitioner heard or saw somebody.
    pub responded: Option<NaiveDate>,
    /// By when that is to be, from the day on which it was sent to a unit; the county sets how many days.
    pub response_due: Option<NaiveDate>,
    /// 公开意愿: whether the petitioner agrees that the answer is shown to everybody.
    pub may_be_public: bool,
    /// 公示: it is shown now.
    pub published: bool,
    /// 督办, 约谈, 建议.
    pub oversight: Vec<Overseen>,
    /// 积案台账: each time it stood there, with 包案 and 销号.
    pub old_cases: Vec<OldCase>,
}

/// 评价 of the two, of one answer. `None`: nothing was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The last day of judging.
    pub due: NaiveDate,
    /// 信访部门.
    pub office: Option<Rating>,
    /// 责任单位.
    pub unit: Option<Rating>,
}

/// 督办, 约谈 or 建议, as figures need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overseen {
    /// Which.
    pub act: OversightAct,
    /// When it was given.
    pub on: NaiveDate,
    /// Whether the written answer has come.
    pub answered: bool,
    /// 采纳情况, as the answer to advice says.
    pub adoption: Option<Adoption>,
}

/// 办理结果.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Result {
    /// Not yet.
    Open,
    /// Answered: so many demands supported, explained, declined.
    Answered {
        /// 支持.
        support: usize,
        /// 解释.
        explain: usize,
        /// 不支持.
        decline: usize,
    },
    /// Ended otherwise, in the stage that says how.
    Ended(Stage),
}

impl Item {
    /// Reduces a matter. `response_days`: so many natural days after it was sent the petitioner should have heard from
    /// the unit. What is published stands beside the matter: [`Item::may_be_public`] and [`Item::published`] are the
    /// caller's to set.
    #[must_use]
    pub fn of(matter: &Matter, response_days: u16) -> Self {
        let registration = &matter.registration;
        let first_step = |wanted: &dyn Fn(Stage) -> bool| {
            matter.steps.iter().find(|step| wanted(step.stage)).map(|step| step.at.date())
        };
        let end = last_end(matter);
        Self {
            id: matter.id,
            number: matter.number.as_str().to_owned(),
            title: registration.title.as_str().to_owned(),
            petitioner: registration.petitioner.name.as_str().to_owned(),
            demands: registration.demands.iter().map(|demand| demand.0.as_str().to_owned()).collect(),
            category: registration.category,
            channel: registration.channel,
            purpose: registration.purpose,
            first: registration.intake == Intake::First,
            people: registration.particulars.people.unwrap_or(1),
            place: registration.place.clone(),
            unit: matter.unit,
            helpers: matter.co_handlers.iter().map(|helper| helper.unit).collect(),
            handler: matter.handler,
            received: registration.received_on,
            registered: matter.registered_at.date(),
            stage: matter.stage,
            route: matter.route,
            ordered: matter.order.as_ref().map(|order| order.at.date()),
            decided: first_step(&|stage| stage == Stage::AwaitingSignature || ends_otherwise(stage)),
            sent: first_step(&|stage| stage == Stage::AwaitingSignature),
            accepted: first_step(&|stage| stage == Stage::Accepted || ends_otherwise(stage)),
            answered: matter.delivered_on(),
            ended: end.map(|step| step.at.date()),
            closed: end.is_some_and(|step| step.stage == Stage::Closed),
            clocks: matter.clocks.clone(),
            repeats: matter.intakes.iter().map(|linked| linked.intake.received_on).collect(),
            contacted: !matter.contacts.is_empty()
                || !matter.notices.is_empty()
                || matter.met_on_the_way().next().is_some(),
            reviewed: !matter.reviews.is_empty(),
            unsolved: matter.said_unsolved()
                || matter.delivery.as_ref().is_some_and(|delivery| delivery.opinion == PetitionerOpinion::Disagrees),
            vetoed: matter.settle_veto.is_some(),
            settled: matter.steps.iter().any(|step| step.stage == Stage::Settled)
                && matter.settle_veto.is_none()
                && !matter.stage.is_open(),
            ratings: evaluations(matter),
            agreed: matter.mediations.iter().any(|one| one.end.as_ref().is_some_and(|end| end.agreement.is_some())),
            result: result(matter),
            responded: responded(matter),
            response_due: first_step(&|stage| stage == Stage::AwaitingSignature)
                .map(|sent| later(sent, i64::from(response_days))),
            may_be_public: false,
            published: false,
            oversight: matter.oversight.iter().map(overseen).collect(),
            old_cases: matter.old_cases.clone(),
        }
    }

    /// Whether it is counted in rates: not 涉法涉诉, not filed for want of content, 1–9999 people.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.route != Some(Route::Litigation) && self.stage != Stage::Filed && (1..=MOST_PEOPLE).contains(&self.people)
    }

    /// 到期日: the last day for the answer; until it is accepted, the last day for that.
    #[must_use]
    pub fn due(&self) -> NaiveDate {
        self.answer_clock().map_or_else(|| later(self.registered, UNIT_ACCEPTS), |clock| clock.due)
    }

    /// The last clock for an answer: sixty days, or the day that was set when it was opened again.
    #[must_use]
    pub fn answer_clock(&self) -> Option<&Clock> {
        let answer = |clock: &&Clock| matches!(clock.kind, ClockKind::Handling | ClockKind::Redo);
        self.clocks.iter().filter(answer).max_by_key(|clock| (clock.started, clock.due))
    }

    /// The last clock of a kind.
    #[must_use]
    pub fn clock(&self, kind: ClockKind) -> Option<&Clock> {
        self.clocks.iter().rev().find(|clock| clock.kind == kind)
    }

    /// 评价 of the last answer whose time of judging ends in the period.
    #[must_use]
    pub fn evaluation_in(&self, period: Period) -> Option<&Evaluation> {
        self.ratings.iter().rev().find(|evaluation| period.holds(evaluation.due))
    }

    /// 化解, as far as is known at closing: closed, and nobody says that it is not solved.
    #[must_use]
    pub fn is_resolved(&self) -> bool {
        self.closed && !self.unsolved && !self.vetoed
    }

    /// 超期: a duty has run over on that day.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.clocks.iter().any(|clock| clock.is_running() && !clock.kind.is_window() && clock.due < today)
    }

    /// What looks like 积案: not answered though the last day (with its extension) is over, or come again three times since the
    /// answer.
    #[must_use]
    pub fn is_old_case(&self, today: NaiveDate) -> bool {
        let late = self.answer_clock().is_some_and(|clock| clock.is_running() && clock.due < today);
        let again = |answered| self.repeats.iter().filter(|day| **day > answered).count() >= REPEATS_OF_OLD_CASE;
        (self.stage.is_open() && late) || (!self.settled && self.answered.is_some_and(again))
    }

    /// 积案台账: stood there at some time of the period.
    #[must_use]
    pub fn is_listed(&self, period: Period) -> bool {
        let there = |case: &OldCase| {
            case.at.date() <= period.until()
                && case.struck.as_ref().is_none_or(|struck| struck.at.date() >= period.from())
        };
        self.old_cases.iter().any(there)
    }

    /// 销号 during the period, and not entered again.
    #[must_use]
    pub fn is_struck_off(&self, period: Period) -> bool {
        let struck = self.old_cases.last().and_then(|case| case.struck.as_ref());
        struck.is_some_and(|struck| period.holds(struck.at.date()))
    }

    /// 在册: it stands in the ledger now.
    #[must_use]
    pub fn stands_listed(&self) -> bool {
        self.old_cases.last().is_some_and(|case| case.struck.is_none())
    }

    /// 包案: the leader answered for it at some time of the period.
    #[must_use]
    pub fn is_led_by(&self, leader: AccountId, period: Period) -> bool {
        let contracts = self.old_cases.iter().flat_map(|case| case.contracts.iter().map(move |one| (case, one)));
        contracts.into_iter().any(|(case, contract)| {
            let struck = case.struck.as_ref().map(|struck| struck.at);
            let until = contract.ended.or(struck).map(|at| at.date());
            contract.leader == leader
                && contract.since <= period.until()
                && until.is_none_or(|until| until >= period.from())
        })
    }

    /// Came again after it was closed.
    #[must_use]
    pub fn came_again(&self) -> bool {
        self.ended.is_some_and(|ended| self.repeats.iter().any(|day| *day > ended))
    }
}

/// 评价 of each answer: what the petitioner said by the code; where nothing was said, what was answered in a return
/// visit that counts and is not denied. Each answer has its own thirty days, and what was said before it is not about
/// it. 不评价 is silence.
fn evaluations(matter: &Matter) -> Vec<Evaluation> {
    let clocks = matter.clocks.iter().filter(|clock| clock.kind == ClockKind::Evaluation);
    let clocks: Vec<&Clock> = clocks.collect();
    let rounds = answered_rounds(matter);
    // From the latest: of older answers a clock may be missing.
    let mut all: Vec<Evaluation> = clocks
        .iter()
        .rev()
        .zip(rounds.iter().rev())
        .map(|(clock, round)| {
            let own = |whom| {
                let said = matter.voices.iter().rev();
                let said = said.filter(|voice| voice.round == *round && voice.at.date() >= clock.started);
                said.filter_map(|voice| match voice.says {
                    Says::Rating { of, rating } if of == whom => Some(rating),
                    _ => None,
                })
                .find(|rating| *rating != Rating::NotRated)
            };
            let asked = |of: fn(&RespondentAnswers) -> Rating| {
                let visits: Vec<_> = matter.asked_in(*round).filter_map(ReturnVisitNote::given).collect();
                visits.into_iter().rev().map(of).find(|rating| *rating != Rating::NotRated)
            };
            Evaluation {
                due: clock.due,
                office: own(Rated::Office).or_else(|| asked(|answers| answers.office_rating.rating)),
                unit: own(Rated::Unit).or_else(|| asked(|answers| answers.unit_rating.rating)),
            }
        })
        .collect();
    all.reverse();
    all
}

/// The rounds in which an answer was given: delivered, or on the spot.
fn answered_rounds(matter: &Matter) -> Vec<u16> {
    let mut reopenings = matter.reopenings.iter();
    let (mut rounds, mut answered) = (Vec::new(), false);
    for step in &matter.steps {
        match step.stage {
            Stage::AwaitingReturnVisit | Stage::AnsweredOnSpot => answered = true,
            Stage::Reopened => {
                let ended = reopenings.next().map(|reopening| reopening.round);
                rounds.extend(ended.filter(|_| answered));
                answered = false;
            }
            _ => {}
        }
    }
    rounds.extend(answered.then_some(matter.round));
    rounds
}

/// The first that the petitioner heard or saw of anybody.
fn responded(matter: &Matter) -> Option<NaiveDate> {
    let told = matter.contacts.iter().map(|contact| contact.at.date());
    let notified = matter.notices.iter().map(|notice| notice.on);
    told.chain(notified).chain(matter.met_on_the_way().map(|meeting| meeting.at.date())).min()
}

fn overseen(act: &Oversight) -> Overseen {
    let adoption = act.answer.as_ref().and_then(|answer| answer.adoption);
    Overseen { act: act.act, on: act.at.date(), answered: act.answer.is_some(), adoption }
}

/// So many days later.
pub(super) fn later(day: NaiveDate, days: i64) -> NaiveDate {
    TimeDelta::try_days(days).and_then(|delta| day.checked_add_signed(delta)).unwrap_or(NaiveDate::MAX)
}

/// The ends that are no answer of a unit.
fn ends_otherwise(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::NotAccepted
            | Stage::NoLongerAccepted
            | Stage::Directed
            | Stage::AnsweredOnSpot
            | Stage::Filed
            | Stage::Withdrawn
    )
}

/// The step by which a matter ended, if it has.
fn last_end(matter: &Matter) -> Option<&Step> {
    let end = |step: &&Step| step.stage == Stage::Closed || ends_otherwise(step.stage);
    matter.steps.iter().rev().find(end).filter(|_| !matter.stage.is_open())
}

fn result(matter: &Matter) -> Result {
    let Some(end) = last_end(matter) else { return Result::Open };
    let Some(package) = matter.approved_closure().filter(|_| end.stage == Stage::Closed) else {
        return Result::Ended(end.stage);
    };
    let count = |wanted| package.answers.iter().filter(|answer| answer.conclusion == wanted).count();
    Result::Answered {
        support: count(Conclusion::Support),
        explain: count(Conclusion::Explain),
        decline: count(Conclusion::Decline),
    }
}
