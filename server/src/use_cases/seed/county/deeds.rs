//! What people say and write in the made county: the registration, the commands, the records of the field.

use case_core::field::{
    Fulfilment, HandlerMet, HouseholdVisit, Judgement, OpinionReceived, Payload, PromiseKept, RatedBy, Rating,
    Respondent, RespondentAnswers, ReturnVisit, ReturnVisitOutcome, Signature, VisitMode, VisitResult,
};
use case_core::matter::{
    Channel, ClosurePackage, Command, Conclusion, Delivery, DeliveryMode, Demand, DemandAnswer, FilingGround, Intake,
    Keeping, Matter, Measure, NotAcceptGround, Performance, Petitioner, PetitionerOpinion, Proposal, PurposeOfPetition,
    Refusal, Registration, RepeatIntake, ReturnReason, ReviewLevel, Route,
};
use case_core::time::Moment;
use chrono::{Days, NaiveDate};

use super::path::Deed;
use super::people::{Home, People};
use super::{Case, text};
use crate::error::ApiError;

/// 信访登记表.
pub(super) fn registration(case: &Case, home: &Home, on: NaiveDate) -> Result<Registration, ApiError> {
    let (title, content, demands, category) = case.grievance;
    Ok(Registration {
        title: text(&format!("{}{title}", home.address))?,
        content: text(content)?,
        demands: demands.iter().map(|demand| Ok(Demand(text(demand)?))).collect::<Result<_, ApiError>>()?,
        purpose: PurposeOfPetition::Appeal,
        category,
        channel: case.channel,
        intake: Intake::First,
        petitioner: petitioner(home)?,
        place: Some(home.place.clone()),
        household: Some(home.id),
        received_on: on,
        direct: false,
        received_by: None,
        particulars: case_core::matter::Particulars::default(),
    })
}

fn petitioner(home: &Home) -> Result<Petitioner, ApiError> {
    let (phone, address) = (Some(text(&home.phone)?), Some(text(&home.address)?));
    Ok(Petitioner { name: text(&home.head)?, phone, address })
}

/// The command of a deed that is no record; `None` for what is no command.
pub(super) fn command(deed: Deed, case: &Case, people: &People, on: NaiveDate) -> Result<Option<Command>, ApiError> {
    let unit = people.units.get(case.unit).ok_or_else(|| ApiError::Internal("a unit".to_owned()))?;
    let propose = |proposal| Command::Propose { proposal };
    Ok(Some(match deed {
        Deed::Register | Deed::Settle | Deed::Visit | Deed::ReturnVisit { .. } | Deed::ApproveClosure => {
            return Ok(None);
        }
        Deed::Transfer => Command::Transfer { unit: unit.id, place: None, report_by: None, simple: false },
        Deed::RequestMaterial => {
            Command::RequestMaterial { what: text("请补充现场照片，写清楚是哪一段。")? }
        }
        Deed::ReceiveMaterial => Command::ReceiveMaterial { text: text("收到照片四张。")? },
        Deed::Object => Command::Object { reason: text("按部门职责分工不归本单位管，附文件。")? },
        Deed::UpholdObjection => Command::UpholdObjection { reason: text("核对职责分工，属实。")? },
        Deed::SignFor => Command::SignFor,
        Deed::Accept => Command::Accept { notice_delivered_on: on, route: Route::Petition },
        Deed::Assign => Command::Assign { handler: unit.handler.account },
        Deed::Feedback => {
            Command::GiveFeedback { text: text("已到现场查看，正在研究办法，有进展会告诉您。")? }
        }
        Deed::Promise => Command::Promise { text: text("五天内先把危险的地方围起来")?, due: after(on, 5) },
        Deed::KeepPromise => {
            Command::KeepPromise { commitment: 0, on, how: text("已经围好，挂了警示牌。")? }
        }
        Deed::BeginMediation => Command::BeginMediation {
            mediator: text("镇人民调解委员会")?,
            other_side: text("相邻农户")?,
            petitioner_consents: true,
            other_consents: true,
        },
        Deed::EndMediation => {
            Command::EndMediation {
                agreement: Some(text("双方同意按原界线恢复，费用各半。")?), on, note: None
            }
        }
        Deed::LinkRepeat => Command::LinkIntake { intake: Box::new(repeat(case, people, on)?) },
        Deed::ProposeExtension => propose(Proposal::Extend {
            days: 20,
            reason: text("要等第三方检测，检测单位下月才能出报告。")?,
        }),
        Deed::ProposeNotAccepting => propose(Proposal::NotAccept {
            ground: NotAcceptGround::AlreadyHandled,
            organ: text("县信访局")?,
            reason: text("同一件事已经受理，正在办理，请等那一件的答复。")?,
        }),
        Deed::ProposeDirecting => propose(Proposal::Direct {
            route: Route::Arbitration,
            organ: text("县劳动人事争议仲裁委员会")?,
            limit: Some(after(on, 60)),
            reason: text("属于劳动争议，要先申请仲裁。带上合同和考勤，仲裁不收费。")?,
        }),
        Deed::ProposeAnswer => propose(Proposal::AnswerOnSpot {
            answer: text("已当场说明办理流程和所需材料，本人表示清楚。")?,
        }),
        Deed::ProposeFiling => propose(Proposal::File {
            ground: FilingGround::NoContent,
            reason: text("来信没有写具体事情，联系后本人说不用办。")?,
            into: None,
        }),
        Deed::ProposeWithdrawal => propose(Proposal::Withdraw {
            on,
            reason: text("本人说事情已经和村里商量好，不用再办。")?,
        }),
        Deed::SignOpinion => Command::SignOpinion { note: None },
        Deed::Approve => Command::ApproveProposal { reason: None },
        Deed::Notify => Command::NotifyPetitioner { mode: DeliveryMode::Post, on },
        Deed::Submit => Command::SubmitClosure { package: package(case, on)? },
        Deed::Return => Command::ReturnClosure {
            reasons: vec![ReturnReason::FactsUnclear, ReturnReason::NotPerformed],
            text: text("现场照片没有附上，村民说还没有完工，请重新核实。")?,
            due: after(on, 7),
        },
        Deed::Deliver { agrees } => {
            let opinion = if agrees { PetitionerOpinion::Agrees } else { PetitionerOpinion::Disagrees };
            Command::Deliver(Delivery { opinion, ..delivery(on) })
        }
        Deed::RequestReview(level) => Command::RequestReview {
            level,
            on,
            reason: text("答复没有说明依据，请上一级机关再看一看。")?,
            organ: text(if level == ReviewLevel::Review { "市级主管部门" } else { "省级主管部门" })?,
        },
        Deed::DecideReview(outcome) => Command::DecideReview {
            outcome,
            text: text("经查阅案卷、听取双方意见，提出如上意见。")?,
            redo_due: (outcome != case_core::matter::ReviewOutcome::Uphold).then(|| after(on, 45)),
        },
        Deed::DeliverReview => Command::DeliverReview(delivery(on)),
        Deed::Close => Command::Close,
        Deed::Archive => {
            Command::Archive { volume: text(&format!("卷{:06}", case.n))?, pages: 24, keep: Some(Keeping::Long) }
        }
    }))
}

/// 同意办结: names what is there when it is read.
pub(super) fn approval(matter: &Matter) -> Result<Command, Refusal> {
    let shown = matter.closure_digest().ok_or(Refusal::ContentChanged)?;
    Ok(Command::ApproveClosure { shown })
}

fn after(on: NaiveDate, days: u64) -> NaiveDate {
    on.checked_add_days(Days::new(days)).unwrap_or(on)
}

fn delivery(on: NaiveDate) -> Delivery {
    Delivery { mode: DeliveryMode::InPerson, on, signed: true, opinion: PetitionerOpinion::Unstated, deliverer: None }
}

fn repeat(case: &Case, people: &People, on: NaiveDate) -> Result<RepeatIntake, ApiError> {
    let home = people.homes.get(case.home).ok_or_else(|| ApiError::Internal("a home".to_owned()))?;
    let (title, content, ..) = case.grievance;
    Ok(RepeatIntake {
        title: text(&format!("又来反映：{title}"))?,
        content: text(content)?,
        channel: Channel::Visit,
        petitioner: petitioner(home)?,
        received_on: on,
        particulars: case_core::matter::Particulars::default(),
        number: None,
    })
}

fn package(case: &Case, on: NaiveDate) -> Result<ClosurePackage, ApiError> {
    let (title, _, demands, _) = case.grievance;
    let answer = |(at, demand): (usize, &&str)| {
        Ok(DemandAnswer {
            finding: text(&format!("经现场核实，反映的“{demand}”情况属实。"))?,
            conclusion: if at == 0 { Conclusion::Support } else { Conclusion::Explain },
            basis: text("《信访工作条例》第三十二条")?,
            performed: if at == 0 {
                Performance::Done { on, evidence: text("现场照片和验收单已入卷")? }
            } else {
                Performance::Nothing
            },
        })
    };
    Ok(ClosurePackage {
        answers: demands.iter().enumerate().map(answer).collect::<Result<_, ApiError>>()?,
        // What a review struck down is not said again in the same words.
        opinion: text(&format!("您反映的“{title}”，{on}前已到现场核实办理，结果逐项答复如上。"))?,
        measures: vec![Measure::Administrative],
        delivery_plan: DeliveryMode::InPerson,
    })
}

/// 上门走访.
pub(super) fn visit(case: &Case, home: &Home, at: Moment) -> Result<Payload, ApiError> {
    Ok(Payload::HouseholdVisit(Box::new(HouseholdVisit {
        household: home.id,
        campaign: None,
        matter: Some(case.id),
        started: at,
        ended: None,
        companions: Vec::new(),
        mode: VisitMode::AtHome,
        result: VisitResult::MetPerson,
        spoke_with: None,
        purposes: Vec::new(),
        items: Vec::new(),
        hardship: None,
        policy_topics: None,
        hazards: None,
        attachments: Vec::new(),
        note: Some(text("上门见到本人，听了情况，看了现场。")?),
        place: None,
        point: None,
        notice_given: true,
        next_visit: None,
    })))
}

/// 上门回访.
pub(super) fn return_visit(matter: &Matter, satisfied: bool, at: Moment) -> Result<Payload, ApiError> {
    let demands = matter.registration.demands.len();
    let rating = if satisfied { Rating::Satisfied } else { Rating::Dissatisfied };
    let fulfilled = if satisfied { Fulfilment::Done } else { Fulfilment::NotDone };
    let answers = RespondentAnswers {
        respondent: Respondent::Petitioner,
        opinion_received: OpinionReceived::Yes { on: matter.delivered_on() },
        demands: vec![fulfilled; demands],
        handler_met: HandlerMet::Yes,
        promise_kept: PromiseKept::NonePromised,
        office_rating: RatedBy { rating: Rating::Satisfied, reason: None },
        unit_rating: RatedBy { rating, reason: None },
        new_problems: Vec::new(),
        told_of_review: true,
        hardship: None,
        own_words: Some(text(if satisfied {
            "办得好，谢谢。"
        } else {
            "只弄了一半，还是老样子。"
        })?),
        signature: Signature::Signed,
    };
    let judgement = if satisfied { Judgement::Close } else { Judgement::Supervise };
    Ok(Payload::ReturnVisit(Box::new(ReturnVisit {
        matter: matter.id,
        round: matter.round,
        demands: u16::try_from(demands).unwrap_or(u16::MAX),
        at,
        mode: VisitMode::AtHome,
        outcome: ReturnVisitOutcome::Reached { answers: Box::new(answers), judgement },
        attachments: Vec::new(),
    })))
}
