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
pub fn colleague() -> Actor {
    actor(9, Role::UnitHandler)
}
pub fn observer() -> Actor {
    actor(10, Role::Observer)
}
pub fn leader() -> Actor {
    actor(11, Role::CountyLeader)
}
pub fn other_leader() -> Actor {
    actor(12, Role::TownLeader)
}
pub fn joint_office() -> Actor {
    actor(13, Role::JointOffice)
}
pub fn registrar() -> Actor {
    actor(3, Role::Registrar)
}
pub fn supervisor() -> Actor {
    actor(4, Role::Supervisor)
}
pub fn reviewer() -> Actor {
    actor(6, Role::Reviewer)
}
pub fn rechecker() -> Actor {
    actor(7, Role::Reviewer)
}
pub fn helper_unit() -> UnitId {
    UnitId(uuid(902))
}
pub fn helper() -> Actor {
    Actor { unit: Some(helper_unit()), ..actor(8, Role::UnitHandler) }
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
        direct: false,
        received_by: None,
        particulars: case_core::matter::Particulars::default(),
    }
}

pub fn repeat_intake(channel: Channel, received_on: chrono::NaiveDate) -> RepeatIntake {
    RepeatIntake {
        title: text("路灯还是不亮"),
        content: text("上次说修，到现在没有人来。"),
        channel,
        petitioner: Petitioner { name: text("王大明"), phone: None, address: None },
        received_on,
        particulars: Particulars::default(),
        number: None,
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
    use CommandKind as C;
    let later = |days| today + chrono::TimeDelta::days(days);
    let reason = || text("理由写在这里");
    let propose = |proposal| Command::Propose { proposal };
    match kind {
        C::Transfer => Command::Transfer { unit: unit(), place: None, report_by: None, simple: false },
        C::SignFor => Command::SignFor,
        C::Accept => Command::Accept { notice_delivered_on: today, route: Route::Petition },
        C::Assign => Command::Assign { handler: handler().account },
        // To whom else than who has it.
        C::HandOver => {
            let other = if matter.handler == Some(handler().account) { colleague() } else { handler() };
            Command::HandOver { handler: other.account, reason: text("原承办人下乡驻村") }
        }
        C::SignOpinion => Command::SignOpinion { note: None },
        C::GiveFeedback => Command::GiveFeedback { text: text("已派人查看") },
        C::Promise => Command::Promise { text: text("十天内修好"), due: later(10) },
        C::SubmitClosure => Command::SubmitClosure { package: another_package(matter) },
        C::ReturnClosure => {
            Command::ReturnClosure { reasons: vec![ReturnReason::NotMet], text: text("没有见到本人"), due: today }
        }
        C::ApproveClosure => Command::ApproveClosure {
            shown: matter.closure_digest().unwrap_or_else(|| case_core::digest::Digest::of_bytes(b"none")),
        },
        C::Deliver => Command::Deliver(receipt(today)),
        C::Close => Command::Close,
        C::RequestMaterial => Command::RequestMaterial { what: text("请带土地证复印件") },
        C::ReceiveMaterial => Command::ReceiveMaterial { text: text("土地证复印件一份") },
        C::NotifyPetitioner => Command::NotifyPetitioner { mode: DeliveryMode::InPerson, on: today },
        C::StampLetter => Command::StampLetter { stamp: LetterStamp::Reported, on: today },
        C::Recall => Command::Recall { reason: reason() },
        C::Object => Command::Object { reason: reason() },
        C::UpholdObjection => Command::UpholdObjection { reason: reason() },
        C::DismissObjection => Command::DismissObjection { reason: reason() },
        C::AskCoHandler => Command::AskCoHandler { unit: helper_unit(), task: text("请查清地界"), due: today },
        C::ReleaseCoHandler => {
            let open = matter.co_handlers.iter().position(CoHandler::is_open).unwrap_or(0);
            Command::ReleaseCoHandler { co_handler: u16::try_from(open).unwrap(), reason: reason() }
        }
        C::AnswerCoHandling => Command::AnswerCoHandling { text: text("地界已经查清") },
        C::KeepPromise => {
            let open = (0..matter.commitments.len())
                .find(|at| matter.commitment_clock(*at).is_some_and(|(_, clock)| clock.is_running()));
            let commitment = u16::try_from(open.unwrap_or(0)).unwrap();
            Command::KeepPromise { commitment, on: today, how: text("灯装好了") }
        }
        C::HoldHearing => Command::HoldHearing { from: today, until: today, note: text("各方到场") },
        C::FileReport => Command::FileReport { text: text("已经办结，报告如下"), document: None },
        C::BeginMediation => Command::BeginMediation {
            mediator: text("村调委会"),
            other_side: text("施工队"),
            petitioner_consents: true,
            other_consents: true,
        },
        C::EndMediation => Command::EndMediation { agreement: Some(text("赔两千元")), on: today, note: None },
        C::ConfirmAgreement => Command::ConfirmAgreement { on: today },
        C::RequestReview => request_review(ReviewLevel::Review, today),
        C::RequestRecheck => request_review(ReviewLevel::Recheck, today),
        C::TakeReview => Command::TakeReview { on: today },
        C::WithdrawReview => Command::WithdrawReview { on: today, reason: text("想通了，不复查了") },
        C::Supervise => oversee(OversightAct::Supervision, later(7)),
        C::Summon => oversee(OversightAct::Interview, later(7)),
        C::Advise => oversee(OversightAct::Improvement, later(30)),
        C::AdmitObserver => {
            Command::AdmitObserver {
                account: observer().account, until: later(10), reason: text("作为听证员查阅")
            }
        }
        C::EnterOldCase => Command::EnterOldCase {
            ground: OldCaseGround::Flagged,
            problem: text("两家争了三年，一直没有说拢"),
        },
        C::TakeOn => Command::TakeOn {
            leader: leader().account,
            contact: Some(text("周明")),
            plan: text("先测绘，再调解"),
            since: today,
            until: later(60),
        },
        C::NoteContract => Command::NoteContract { text: text("已经测绘"), until: None },
        C::SignContract => Command::SignContract { agrees: true, text: text("同意办结") },
        C::StrikeOff => Command::StrikeOff { text: text("双方签了协议，钱已付清") },
        C::ProposeLeader => {
            let other = if matter.leader() == Some(leader().account) { other_leader() } else { leader() };
            propose(Proposal::Leader { leader: other.account, reason: text("原领导工作调动") })
        }
        C::DismissObserver => Command::DismissObserver { account: observer().account },
        C::AnswerOversight => {
            let open = matter.oversight.iter().position(|act| act.answer.is_none()).unwrap_or(0);
            let advice = matter.oversight.get(open).is_some_and(|act| act.act.is_advice());
            Command::AnswerOversight {
                oversight: u16::try_from(open).unwrap(),
                adoption: advice.then_some(Adoption::Full),
                on: today,
                text: text("已经改正"),
            }
        }
        C::DecideReview => decide_review(ReviewOutcome::Uphold, None),
        C::DeliverReview => Command::DeliverReview(receipt(today)),
        C::VetoSettled => Command::VetoSettled { reason: reason() },
        C::Archive => Command::Archive { volume: text("2026-001"), pages: 12, keep: Some(Keeping::Long) },
        C::LinkIntake => Command::LinkIntake { intake: Box::new(repeat_intake(Channel::Letter, today)) },
        C::ProposeExtension => propose(Proposal::Extend { days: 30, reason: text("要等测绘结果") }),
        C::ProposeNotAccepting => propose(Proposal::NotAccept {
            ground: NotAcceptGround::NotCompetent,
            organ: text("邻县住建局"),
            reason: text("路灯在邻县地界"),
        }),
        C::ProposeNoLongerAccepting => {
            let earlier = Some(MatterId(uuid(99)));
            propose(Proposal::NoLongerAccept { earlier, opinion: None, reason: text("已经复核终结") })
        }
        C::ProposeDirecting => propose(Proposal::Direct {
            route: Route::Arbitration,
            organ: text("县劳动仲裁院"),
            limit: Some(later(45)),
            reason: text("工资的事先要仲裁"),
        }),
        C::ProposeAnswer => propose(Proposal::AnswerOnSpot { answer: text("路灯明天就修") }),
        C::ProposeFiling => propose(Proposal::File { ground: FilingGround::NoContent, reason: reason(), into: None }),
        C::ProposeWithdrawal => propose(Proposal::Withdraw { on: today, reason: text("已经自己修好了") }),
        C::ProposeReopening => {
            propose(Proposal::Reopen { ground: ReopenGround::NewFacts, due: later(20), reason: text("灯又灭了") })
        }
        C::ApproveProposal => Command::ApproveProposal { reason: None },
        C::RefuseProposal => Command::RefuseProposal { reason: text("理由不够") },
        C::RetractProposal => Command::RetractProposal,
        C::AnswerVoice => Command::AnswerVoice {
            voice: matter.open_voices().next().map_or(VoiceId(uuid(0)), |voice| voice.id),
            text: text("已经派人去看"),
        },
    }
}

/// 督办, 约谈 or 建议, to the unit that holds it or, where none does, to another organ.
pub fn oversee(act: OversightAct, due: chrono::NaiveDate) -> Command {
    Command::Oversee {
        act, to: None, breach: text("一直没有见面"), wanted: text("上门见面，说明进展"), due
    }
}

/// A package whose opinion no earlier round had.
pub fn another_package(matter: &Matter) -> ClosurePackage {
    let opinion = match matter.rounds.len() {
        0 => "路灯已修好，今后由村委会管护。".to_owned(),
        n => format!("路灯已修好，今后由村委会管护。第{}次答复。", n + 1),
    };
    ClosurePackage { opinion: text(&opinion), ..package() }
}

pub fn receipt(on: chrono::NaiveDate) -> Delivery {
    Delivery { mode: DeliveryMode::InPerson, on, signed: true, opinion: PetitionerOpinion::Agrees, deliverer: None }
}

pub fn request_review(level: ReviewLevel, on: chrono::NaiveDate) -> Command {
    let organ = if level == ReviewLevel::Review { "市住建局" } else { "省住建厅" };
    Command::RequestReview { level, on, reason: text("不同意这个答复"), organ: text(organ) }
}

pub fn decide_review(outcome: ReviewOutcome, redo_due: Option<chrono::NaiveDate>) -> Command {
    Command::DecideReview { outcome, text: text("经复查，原处理意见事实清楚。"), redo_due }
}

/// Who gives a command when all is right.
pub fn giver(kind: CommandKind, matter: &Matter) -> Actor {
    use CommandKind as C;
    match kind {
        C::Transfer
        | C::Recall
        | C::RequestMaterial
        | C::ReceiveMaterial
        | C::NotifyPetitioner
        | C::StampLetter
        | C::UpholdObjection
        | C::DismissObjection
        | C::RequestReview
        | C::RequestRecheck
        | C::DeliverReview
        | C::Archive
        | C::ProposeNoLongerAccepting
        | C::ProposeAnswer
        | C::ProposeFiling
        | C::ProposeWithdrawal
        | C::LinkIntake
        | C::ProposeReopening => registrar(),
        C::ReturnClosure
        | C::ApproveClosure
        | C::Close
        | C::VetoSettled
        | C::AnswerVoice
        | C::Supervise
        | C::Summon
        | C::Advise
        | C::AdmitObserver
        | C::DismissObserver
        | C::AnswerOversight => supervisor(),
        C::SignFor | C::Accept | C::Assign | C::HandOver | C::Object => head(),
        // What the head wrote a supervisor signs.
        C::SignOpinion => match matter.awaits_signature().and_then(|round| round.role) {
            Some(Role::UnitHandler) => head(),
            _ => supervisor(),
        },
        C::TakeReview | C::WithdrawReview => registrar(),
        C::AnswerCoHandling => helper(),
        C::DecideReview if matter.stage == Stage::Rechecking => rechecker(),
        C::DecideReview => reviewer(),
        C::HoldHearing if matter.stage.is_under_review() => rechecker(),
        C::ProposeNotAccepting | C::ProposeDirecting if matter.unit.is_none() => registrar(),
        C::ApproveProposal | C::RefuseProposal => match matter.pending.as_ref().map(|p| p.proposal.kind()) {
            Some(C::ProposeExtension) => head(),
            Some(C::ProposeLeader) => leader(),
            Some(C::ProposeNotAccepting) if matter.unit.is_some() => head(),
            _ => supervisor(),
        },
        C::EnterOldCase | C::StrikeOff | C::ProposeLeader | C::TakeOn => joint_office(),
        C::NoteContract | C::SignContract => match matter.leader() {
            Some(account) if account == other_leader().account => other_leader(),
            _ => leader(),
        },
        C::RetractProposal => match &matter.pending {
            Some(pending) if pending.by == joint_office().account => joint_office(),
            Some(pending) if pending.by == registrar().account => registrar(),
            _ => handler(),
        },
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

/// The matter at a stage, brought there by the shortest lawful path.
pub fn matter_at(world: &World, stage: Stage) -> Matter {
    use CommandKind as C;
    let to_handling: &[C] = &[C::Transfer, C::SignFor, C::Accept, C::Assign];
    let (before, then): (Option<Stage>, &[C]) = match stage {
        Stage::Registered => (None, &[]),
        Stage::AwaitingMaterial => (Some(Stage::Registered), &[C::RequestMaterial]),
        Stage::AwaitingSignature => (Some(Stage::Registered), &to_handling[..1]),
        Stage::Objected => (Some(Stage::AwaitingSignature), &[C::Object]),
        Stage::SignedFor => (Some(Stage::Registered), &to_handling[..2]),
        Stage::Accepted => (Some(Stage::Registered), &to_handling[..3]),
        Stage::Handling => (Some(Stage::Registered), to_handling),
        Stage::Mediating => (Some(Stage::Handling), &[C::BeginMediation]),
        Stage::ClosureSubmitted => (Some(Stage::Handling), &[C::SubmitClosure]),
        Stage::Returned => (Some(Stage::ClosureSubmitted), &[C::ReturnClosure]),
        Stage::Approved => (Some(Stage::ClosureSubmitted), &[C::ApproveClosure]),
        Stage::AwaitingReturnVisit => (Some(Stage::Approved), &[C::SignOpinion, C::Deliver]),
        Stage::Closed => (Some(Stage::AwaitingReturnVisit), &[]),
        Stage::Reviewing => (Some(Stage::Closed), &[C::RequestReview]),
        Stage::ReviewDecided => (Some(Stage::Reviewing), &[C::DecideReview]),
        Stage::Rechecking => (Some(Stage::ReviewDecided), &[C::DeliverReview, C::RequestRecheck]),
        Stage::RecheckDecided => (Some(Stage::Rechecking), &[C::DecideReview]),
        Stage::Reopened => (Some(Stage::Closed), &[C::ProposeReopening, C::ApproveProposal]),
        Stage::Settled => (Some(Stage::Closed), &[]),
        Stage::Withdrawn => (Some(Stage::Registered), &[C::ProposeWithdrawal, C::ApproveProposal]),
        Stage::Archived => (Some(Stage::Withdrawn), &[C::Archive]),
        Stage::NotAccepted => (Some(Stage::Registered), &[C::ProposeNotAccepting, C::ApproveProposal]),
        Stage::NoLongerAccepted => (Some(Stage::Registered), &[C::ProposeNoLongerAccepting, C::ApproveProposal]),
        Stage::Directed => (Some(Stage::Registered), &[C::ProposeDirecting, C::ApproveProposal]),
        Stage::AnsweredOnSpot => (Some(Stage::Registered), &[C::ProposeAnswer, C::ApproveProposal]),
        Stage::Filed => (Some(Stage::Registered), &[C::ProposeFiling, C::ApproveProposal]),
    };
    let mut matter = before.map_or_else(|| registered(world).0, |before| matter_at(world, before));
    for kind in then {
        matter = step(world, matter, *kind);
    }
    match stage {
        Stage::Closed => {
            let record = return_visit(700, &visitor(), &matter, world.now, reached(Rating::Satisfied));
            matter = absorb_into(world, matter, &visitor(), &record).0;
            matter = world.give(matter, &supervisor(), &Command::Close);
        }
        Stage::Settled => {
            let later = World { now: world.now.plus_ms(100 * 86_400_000), ..World::new() };
            matter = settle(&matter, &later.cx()).iter().fold(matter, apply);
        }
        _ => {}
    }
    assert_eq!(matter.stage, stage);
    matter
}

/// The matter after a right command by the right person.
pub fn step(world: &World, matter: Matter, kind: CommandKind) -> Matter {
    world.give(matter.clone(), &giver(kind, &matter), &command(kind, &matter, world.now.date()))
}
