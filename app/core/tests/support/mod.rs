//! A small county for the tests: people, a unit, a matter, a context.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::new_without_default,
    reason = "test support"
)]

use case_core::field::*;
use case_core::matter::*;
use case_core::prelude::*;
use uuid::Uuid;

pub fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}
pub fn unit() -> UnitId {
    UnitId(uuid(900))
}
pub fn text<const N: usize>(s: &str) -> case_core::text::Text<N> {
    case_core::text::Text::parse(s).unwrap()
}
pub fn code(s: &str) -> DivisionCode {
    DivisionCode::parse(s).unwrap()
}

pub fn actor(n: u128, role: Role) -> Actor {
    let unit = matches!(role, Role::UnitHandler | Role::UnitHead).then(unit);
    Actor {
        account: AccountId(uuid(n)),
        name: text("测试干部"),
        badge: text("001"),
        office: text("干部"),
        role,
        unit,
        area: Area(vec![code("350921101")]),
    }
}
pub fn handler() -> Actor {
    actor(1, Role::UnitHandler)
}
pub fn head() -> Actor {
    actor(2, Role::UnitHead)
}
pub fn registrar() -> Actor {
    actor(3, Role::Registrar)
}
pub fn supervisor() -> Actor {
    actor(4, Role::Supervisor)
}
pub fn visitor() -> Actor {
    actor(5, Role::TownClerk)
}

pub struct World {
    pub calendar: Calendar,
    pub rules: case_core::time::Rules,
    pub now: Moment,
}

impl World {
    pub fn new() -> Self {
        Self { calendar: Calendar::shipped(), rules: case_core::time::Rules::default(), now: at("2026-05-11T09:00") }
    }
    pub fn cx(&self) -> Context<'_> {
        Context { now: self.now, calendar: &self.calendar, rules: &self.rules }
    }
    pub fn give(&self, matter: Matter, actor: &Actor, command: &Command) -> Matter {
        let events = decide(&matter, actor, command, &self.cx()).unwrap_or_else(|e| panic!("{command:?}: {e}"));
        events.iter().fold(matter, apply)
    }
    pub fn days(&mut self, n: i64) {
        self.now = self.now.plus_ms(n * 86_400_000);
    }
}

pub fn at(local: &str) -> Moment {
    Moment::of_local(chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M").unwrap())
}
pub fn day(s: &str) -> chrono::NaiveDate {
    s.parse().unwrap()
}

pub fn registration() -> Registration {
    Registration {
        title: text("村口路灯不亮"),
        content: text("村口的路灯坏了半年，晚上老人出门容易摔倒，请派人修好。"),
        demands: vec![Demand(text("修好路灯")), Demand(text("说明谁负责管护"))],
        purpose: PurposeOfPetition::Appeal,
        category: Category::Construction,
        channel: Channel::Visit,
        intake: Intake::First,
        petitioner: Petitioner { name: text("王小明"), phone: Some(text("13800001234")), address: None },
        place: Some(code("350921101201")),
        household: None,
        received_on: day("2026-05-11"),
    }
}

pub fn registered(world: &World) -> (Matter, Vec<Event>) {
    let events = register(
        MatterId(uuid(100)),
        MatterNumber::compose(35, world.now, 1),
        registration(),
        Some(registrar().account),
        None,
        &world.cx(),
    )
    .unwrap();
    (replay(&events).unwrap(), events)
}

pub fn package() -> ClosurePackage {
    let done = Performance::Done { on: day("2026-05-11"), evidence: text("照片和验收单") };
    ClosurePackage {
        answers: vec![
            DemandAnswer {
                finding: text("线路老化"),
                conclusion: Conclusion::Support,
                basis: text("《城市道路照明管理规定》"),
                performed: done,
            },
            DemandAnswer {
                finding: text("由村委会管护"),
                conclusion: Conclusion::Explain,
                basis: text("村规民约"),
                performed: Performance::Nothing,
            },
        ],
        opinion: text("路灯已修好，今后由村委会管护。"),
        measures: vec![Measure::Administrative],
        delivery_plan: DeliveryMode::InPerson,
    }
}

/// A command of each kind that is right for the matter.
pub fn command(kind: CommandKind, matter: &Matter, today: chrono::NaiveDate) -> Command {
    match kind {
        CommandKind::Transfer => Command::Transfer { unit: unit(), place: None },
        CommandKind::SignFor => Command::SignFor,
        CommandKind::Accept => Command::Accept { notice_delivered_on: today },
        CommandKind::Assign => Command::Assign { handler: handler().account },
        CommandKind::GiveFeedback => Command::GiveFeedback { text: text("已派人查看") },
        CommandKind::Promise => {
            Command::Promise { text: text("十天内修好"), due: today + chrono::TimeDelta::days(10) }
        }
        CommandKind::SubmitClosure => Command::SubmitClosure { package: package() },
        CommandKind::ReturnClosure => {
            Command::ReturnClosure { reasons: vec![ReturnReason::NotMet], text: text("没有见到本人"), due: today }
        }
        CommandKind::ApproveClosure => Command::ApproveClosure {
            shown: matter.closure_digest().unwrap_or_else(|| case_core::digest::Digest::of_bytes(b"none")),
        },
        CommandKind::Deliver => Command::Deliver(Delivery {
            mode: DeliveryMode::InPerson,
            on: today,
            signed: true,
            opinion: PetitionerOpinion::Agrees,
        }),
        CommandKind::Close => Command::Close,
    }
}

/// Who gives a command on the main path.
pub fn giver(kind: CommandKind) -> Actor {
    match kind {
        CommandKind::Transfer => registrar(),
        CommandKind::ReturnClosure | CommandKind::ApproveClosure | CommandKind::Close => supervisor(),
        CommandKind::SignFor | CommandKind::Accept | CommandKind::Assign => head(),
        _ => handler(),
    }
}

pub fn answers(unit_rating: Rating) -> RespondentAnswers {
    RespondentAnswers {
        respondent: Respondent::Petitioner,
        opinion_received: OpinionReceived::Yes { on: None },
        demands: vec![Fulfilment::Done, Fulfilment::Done],
        handler_met: HandlerMet::Yes,
        promise_kept: PromiseKept::NonePromised,
        office_rating: RatedBy { rating: Rating::Satisfied, reason: None },
        unit_rating: RatedBy { rating: unit_rating, reason: None },
        new_problems: Vec::new(),
        told_of_review: true,
        hardship: None,
        own_words: Some(text("灯亮了，谢谢。")),
        signature: Signature::Signed,
    }
}

pub fn return_visit(n: u128, by: &Actor, matter: &Matter, now: Moment, outcome: ReturnVisitOutcome) -> Record {
    Record {
        id: RecordId(uuid(n)),
        device: DeviceId(uuid(50)),
        sequence: 1,
        by: by.account,
        made_at: now,
        payload: Payload::ReturnVisit(Box::new(ReturnVisit {
            matter: matter.id,
            round: matter.round,
            demands: 2,
            at: now,
            mode: VisitMode::AtHome,
            outcome,
            attachments: vec![],
        })),
    }
}

pub fn reached(rating: Rating) -> ReturnVisitOutcome {
    ReturnVisitOutcome::Reached { answers: Box::new(answers(rating)), judgement: Judgement::Close }
}

pub fn absorb_into(world: &World, matter: Matter, by: &Actor, record: &Record) -> (Matter, Absorbed) {
    let known = Known { matter: Some(&matter), household: None, address: None, earlier: false };
    let absorbed = absorb(record, by, &known, &world.cx());
    let after = absorbed.events.iter().fold(matter, apply);
    (after, absorbed)
}

/// The matter at a stage, brought there by the main path.
pub fn matter_at(world: &World, stage: Stage) -> Matter {
    let path = [
        CommandKind::Transfer,
        CommandKind::SignFor,
        CommandKind::Accept,
        CommandKind::Assign,
        CommandKind::SubmitClosure,
    ];
    let (mut matter, _) = registered(world);
    let tail: &[CommandKind] = match stage {
        Stage::Returned => &[CommandKind::ReturnClosure],
        Stage::Approved => &[CommandKind::ApproveClosure],
        Stage::AwaitingReturnVisit | Stage::Closed => &[CommandKind::ApproveClosure, CommandKind::Deliver],
        _ => &[],
    };
    for kind in path.iter().chain(tail) {
        if matter.stage == stage {
            return matter;
        }
        matter = world.give(matter.clone(), &giver(*kind), &command(*kind, &matter, world.now.date()));
    }
    if stage == Stage::Closed {
        let record = return_visit(700, &visitor(), &matter, world.now, reached(Rating::Satisfied));
        matter = absorb_into(world, matter, &visitor(), &record).0;
        matter = world.give(matter, &supervisor(), &Command::Close);
    }
    assert_eq!(matter.stage, stage);
    matter
}
