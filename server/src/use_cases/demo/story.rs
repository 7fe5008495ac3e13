//! A handful of matters at different points of their way, each brought there by the people whose
//! task it is: what the demo shows went through the same rules as everything else.

use case_core::actor::Actor;
use case_core::field::{HouseholdVisit, Payload, Record, VisitMode, VisitResult};
use case_core::id::{CommandId, DeviceId, MatterId, RecordId};
use case_core::matter::{
    Channel, ClosurePackage, Command, Conclusion, Delivery, DeliveryMode, Demand, DemandAnswer, Intake, Measure,
    OldCaseGround, OutsidePaper, Performance, Petitioner, PetitionerOpinion, Proposal, PurposeOfPetition, Registration,
    ReturnReason, ReviewLevel, Route,
};
use case_core::place::DivisionCode;
use case_core::text::Text;
use case_core::wire::desk::CommandRequest;
use case_core::wire::sync::Outcome;
use chrono::{Datelike as _, Days, NaiveDate};

use super::DemoError;
use super::people::{actor, household_id, id, unit_id};
use super::tales::{Side, TALES, Tale, Until};
use crate::state::AppState;
use crate::use_cases::push::Codes;
use crate::use_cases::register::Draft;
use crate::use_cases::{command, push, register};

/// Tells all tales.
pub(super) async fn tell(state: &AppState) -> Result<(), DemoError> {
    for (tale, n) in TALES.iter().zip(1_u16..) {
        Teller { state, tale, n, matter: MatterId(id(4, n)), version: 0, steps: 0 }.tell().await?;
    }
    Ok(())
}

struct Teller<'a> {
    state: &'a AppState,
    tale: &'a Tale,
    n: u16,
    matter: MatterId,
    version: u32,
    steps: u16,
}

impl Teller<'_> {
    async fn tell(mut self) -> Result<(), DemoError> {
        let today = self.state.now().date();
        self.register(today).await?;
        if self.tale.met {
            self.visit().await?;
        }
        let (until, side) = (self.tale.until, self.tale.side);
        if side == Side::Directed {
            return self.direct(today).await;
        }
        if until >= Until::Transferred {
            let transfer =
                Command::Transfer { unit: unit_id(self.tale.unit), place: None, report_by: None, simple: false };
            self.give("dengji", transfer).await?;
        }
        if side == Side::Objected {
            let reason = text("这段路是乡道，按分工由县交通局管养，附两局的分工文件。")?;
            return self.give("fuzeren", Command::Object { reason }).await;
        }
        if until < Until::Handling {
            return Ok(());
        }
        let (handler, head) = if self.tale.unit == 1 { ("shuili", "shuili") } else { ("chengban", "fuzeren") };
        self.give(head, Command::SignFor).await?;
        self.give(head, Command::Accept { notice_delivered_on: today, route: Route::Petition }).await?;
        let account = actor(self.state, handler)?.account;
        self.give(head, Command::Assign { handler: account }).await?;
        self.give(handler, Command::GiveFeedback { text: text("已到现场查看，正在研究办法，有进展会告诉您。")? })
            .await?;
        if side == Side::Extended {
            let reason = text("外墙脱落的原因要等第三方检测，检测单位要到下月才能出报告。")?;
            let proposal = Proposal::Extend { days: 20, reason };
            self.give(handler, Command::Propose { proposal }).await?;
            self.give(head, Command::ApproveProposal { reason: None }).await?;
            let until = today.checked_add_days(Days::new(10)).unwrap_or(today);
            let reason = text("下周听证，请听证员先看材料。")?;
            let account = actor(self.state, "tingzheng")?.account;
            self.give("shenhe", Command::AdmitObserver { account, until, reason }).await?;
            return self.take_on(today).await;
        }
        if until == Until::Handling {
            let due = today.checked_add_days(Days::new(5)).unwrap_or(today);
            return self.give(handler, Command::Promise { text: text("五天内进场清淤")?, due }).await;
        }
        self.give(handler, Command::SubmitClosure { package: self.package(today)? }).await?;
        match until {
            Until::Returned => {
                let back = Command::ReturnClosure {
                    reasons: vec![ReturnReason::FactsUnclear, ReturnReason::NotPerformed],
                    text: text("水质检测报告没有附上，三号楼居民说水仍然发黄，请重新核实。")?,
                    due: today.checked_add_days(Days::new(7)).unwrap_or(today),
                };
                self.give("shenhe", back).await
            }
            Until::Delivered => {
                let shown = self
                    .state
                    .store
                    .matter(self.matter)
                    .await?
                    .and_then(|matter| matter.closure_digest())
                    .ok_or(DemoError::Inconsistent("closure"))?;
                self.give("shenhe", Command::ApproveClosure { shown }).await?;
                self.give(head, Command::SignOpinion { note: None }).await?;
                let delivery = Delivery {
                    mode: DeliveryMode::InPerson,
                    on: today,
                    signed: true,
                    opinion: PetitionerOpinion::Agrees,
                    deliverer: None,
                };
                self.give(handler, Command::Deliver(delivery)).await?;
                if side == Side::Reviewed { self.ask_for_review(today).await } else { Ok(()) }
            }
            _ => Ok(()),
        }
    }

    /// It has come again for years: a leader answers for it.
    async fn take_on(&mut self, today: NaiveDate) -> Result<(), DemoError> {
        let problem = text("外墙脱落两年，开发商和物业互相推，居民来过多次。")?;
        self.give("lianxi", Command::EnterOldCase { ground: OldCaseGround::Flagged, problem }).await?;
        let contract = Command::TakeOn {
            leader: actor(self.state, "xianling")?.account,
            contact: Some(text("周明")?),
            plan: text("先做检测，定下谁的责任；动用维修资金先修，再追偿。")?,
            since: today,
            until: today.checked_add_days(Days::new(60)).unwrap_or(today),
        };
        self.give("xianling", contract).await?;
        let said = text("已约开发商、物业和住建局面谈，检测单位下周进场。")?;
        self.give("xianling", Command::NoteContract { text: said, until: None }).await
    }

    async fn direct(&mut self, today: NaiveDate) -> Result<(), DemoError> {
        let proposal = Proposal::Direct {
            route: Route::Arbitration,
            organ: text("清溪县劳动人事争议仲裁委员会")?,
            limit: Some(today.checked_add_days(Days::new(60)).unwrap_or(today)),
            reason: text("拖欠工资属于劳动争议，要先申请仲裁。带上欠条和工友的联系方式，仲裁不收费。")?,
        };
        self.give("dengji", Command::Propose { proposal }).await?;
        self.give("shenhe", Command::ApproveProposal { reason: None }).await
    }

    async fn ask_for_review(&mut self, today: NaiveDate) -> Result<(), DemoError> {
        let request = Command::RequestReview {
            level: ReviewLevel::Review,
            on: today,
            reason: text("前后两批是同一块地，标准不该不一样。")?,
            organ: text("市住房和城乡建设局")?,
        };
        self.give("dengji", request).await
    }

    async fn register(&mut self, today: NaiveDate) -> Result<(), DemoError> {
        let tale = self.tale;
        let draft = Draft {
            id: self.matter,
            registration: Registration {
                title: text(tale.title)?,
                content: text(tale.content)?,
                demands: tale.demands.iter().map(|d| Ok(Demand(text(d)?))).collect::<Result<_, DemoError>>()?,
                purpose: PurposeOfPetition::Appeal,
                category: tale.category,
                channel: Channel::Visit,
                intake: Intake::First,
                petitioner: Petitioner { name: text(tale.petitioner)?, phone: Some(text(tale.phone)?), address: None },
                place: Some(DivisionCode::parse(tale.place).map_err(|_| DemoError::Inconsistent("place"))?),
                household: Some(household_id(tale.household)),
                received_on: today.checked_sub_days(Days::new(tale.age)).unwrap_or(today),
                direct: false,
                received_by: None,
                particulars: case_core::matter::Particulars::default(),
            },
            by: Some(actor(self.state, "dengji")?.account),
            former_reply: None,
            tail: Vec::new(),
            source_key: None,
            with_code: true,
            numbered_at: None,
        };
        let (matter, _) = register::store(self.state, &draft).await?;
        self.version = matter.version;
        Ok(())
    }

    /// The town's official went there.
    async fn visit(&mut self) -> Result<(), DemoError> {
        let official: Actor = actor(self.state, "zhuangan")?;
        let now = self.state.now();
        let visit = HouseholdVisit {
            household: household_id(self.tale.household),
            campaign: None,
            matter: Some(self.matter),
            started: now,
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
        };
        let record = Record {
            id: RecordId(id(5, self.n)),
            device: DeviceId(id(6, 1)),
            sequence: u64::from(self.n),
            by: official.account,
            made_at: now,
            payload: Payload::HouseholdVisit(Box::new(visit)),
        };
        let raw = serde_json::value::to_raw_value(&record).map_err(|_| DemoError::Inconsistent("record"))?;
        match push::take(self.state, &official, &raw, Codes::Told).await.outcome {
            Outcome::Stored(_) => Ok(()),
            _ => Err(DemoError::Inconsistent("visit")),
        }
    }

    async fn give(&mut self, login: &str, given: Command) -> Result<(), DemoError> {
        let who = actor(self.state, login)?;
        let seen = self.state.store.matter(self.matter).await?.map_or(0, |matter| matter.version);
        self.steps += 1;
        // The tale begins before the system did: its papers were made by hand.
        let paper = match given {
            Command::Accept { .. } | Command::Deliver(_) => Some(OutsidePaper {
                number: text(&format!("旧档〔{}〕{}号", self.state.now().date().year(), self.n * 32 + self.steps))?,
                on: self.state.now().date(),
            }),
            _ => None,
        };
        let request =
            CommandRequest { paper, ..CommandRequest::new(CommandId(id(7, self.n * 32 + self.steps)), seen, given) };
        self.version = command::give(self.state, &who, self.matter, &request).await?.version;
        Ok(())
    }

    fn package(&self, today: NaiveDate) -> Result<ClosurePackage, DemoError> {
        let answers = self
            .tale
            .demands
            .iter()
            .enumerate()
            .map(|(at, demand)| {
                Ok(DemandAnswer {
                    finding: text(&format!("经现场核实，群众反映的“{demand}”情况属实。"))?,
                    conclusion: if at == 0 { Conclusion::Support } else { Conclusion::Explain },
                    basis: text("《信访工作条例》第三十二条；《村庄和集镇规划建设管理条例》有关规定")?,
                    performed: if at == 0 {
                        Performance::Done { on: today, evidence: text("现场照片和验收单已入卷")? }
                    } else {
                        Performance::Nothing
                    },
                })
            })
            .collect::<Result<_, DemoError>>()?;
        Ok(ClosurePackage {
            answers,
            opinion: text(&format!(
                "您反映的“{}”，我们到现场核实，情况属实，已经办理，结果逐项答复如上。如不同意，可在收到之日起三十日内申请复查。",
                self.tale.title
            ))?,
            measures: vec![Measure::Administrative],
            delivery_plan: DeliveryMode::InPerson,
        })
    }
}

fn text<const MAX: usize>(raw: &str) -> Result<Text<MAX>, DemoError> {
    Text::parse(raw).map_err(|_| DemoError::Inconsistent("text"))
}
