//! A handful of matters at different points of their way, each brought there by the people whose
//! task it is: what the demo shows went through the same rules as everything else.

use case_core::actor::Actor;
use case_core::field::{HouseholdVisit, Payload, Record, VisitMode, VisitResult};
use case_core::id::{CommandId, DeviceId, MatterId, RecordId};
use case_core::matter::{
    Category, Channel, ClosurePackage, Command, Conclusion, Delivery, DeliveryMode, Demand, DemandAnswer, Intake,
    Measure, Performance, Petitioner, PetitionerOpinion, PurposeOfPetition, Registration, ReturnReason, Route,
};
use case_core::place::DivisionCode;
use case_core::text::Text;
use case_core::wire::desk::CommandRequest;
use case_core::wire::sync::Outcome;
use chrono::{Days, NaiveDate};

use super::DemoError;
use super::people::{actor, household_id, id, unit_id};
use crate::state::AppState;
use crate::use_cases::push::Codes;
use crate::use_cases::register::Draft;
use crate::use_cases::{command, push, register};

/// How far a matter has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Registered,
    Transferred,
    Handling,
    Submitted,
    Returned,
    Delivered,
}

struct Tale {
    title: &'static str,
    content: &'static str,
    demands: &'static [&'static str],
    category: Category,
    petitioner: &'static str,
    phone: &'static str,
    place: &'static str,
    /// Index of the unit.
    unit: u16,
    /// The household, whose official visited.
    household: u16,
    /// Days since receipt.
    age: u64,
    until: Until,
    met: bool,
}

const TALES: [Tale; 7] = [
    Tale {
        title: "村口路灯半年不亮",
        content: "青石村村口的路灯从五月起一直不亮，晚上老人出门看不见路，已有两人摔倒。反映给村里后没有回音，请派人修好，并说明以后由谁管护。",
        demands: &["修好村口路灯", "说明路灯由谁管护"],
        category: Category::Construction,
        petitioner: "李建国",
        phone: "13800000001",
        place: "990101101201",
        unit: 0,
        household: 0,
        age: 3,
        until: Until::Submitted,
        met: true,
    },
    Tale {
        title: "自建房审批迟迟没有答复",
        content: "我家房子漏雨，三月交了翻建申请，村里和镇里都说已经报上去，至今没有结果。请告诉我办到哪一步，还缺什么材料。",
        demands: &["告知审批进度和所缺材料"],
        category: Category::Construction,
        petitioner: "王秀英",
        phone: "13800000002",
        place: "990101101202",
        unit: 0,
        household: 13,
        age: 8,
        until: Until::Submitted,
        met: false,
    },
    Tale {
        title: "灌溉渠道淤塞影响春耕",
        content: "柳湾村西边的灌溉渠淤了三年，下游六十多亩田浇不上水。请在春耕前清淤，并修好垮塌的一段。",
        demands: &["春耕前清淤", "修复垮塌渠段"],
        category: Category::Agriculture,
        petitioner: "张永福",
        phone: "13800000003",
        place: "990101101202",
        unit: 1,
        household: 14,
        age: 12,
        until: Until::Handling,
        met: true,
    },
    Tale {
        title: "小区二次供水水质发黄",
        content: "新民社区三号楼的自来水连续两周发黄，有沉淀。物业说是水箱的事，供水公司说是楼内管道的事。请查清楚并解决。",
        demands: &["查清水质发黄原因", "恢复正常供水"],
        category: Category::Construction,
        petitioner: "刘玉兰",
        phone: "13800000004",
        place: "990101101203",
        unit: 0,
        household: 26,
        age: 10,
        until: Until::Returned,
        met: true,
    },
    Tale {
        title: "危桥加固已经完工请核实",
        content: "青石村通往学校的小桥桥面开裂，孩子上学不安全，请加固或者重建。",
        demands: &["加固或重建小桥"],
        category: Category::Transport,
        petitioner: "陈桂花",
        phone: "13800000005",
        place: "990101101201",
        unit: 0,
        household: 4,
        age: 30,
        until: Until::Delivered,
        met: true,
    },
    Tale {
        title: "低保申请没有书面答复",
        content: "去年十二月申请低保，只口头说不符合条件，没有书面答复。请书面告知理由和依据。",
        demands: &["书面告知不予批准的理由"],
        category: Category::CivilAffairs,
        petitioner: "黄大山",
        phone: "13800000006",
        place: "990101101201",
        unit: 2,
        household: 6,
        age: 1,
        until: Until::Transferred,
        met: false,
    },
    Tale {
        title: "建议在云岭村增设公交停靠点",
        content: "云岭村到镇上没有公交停靠点，老人看病要走三公里。建议增设一个停靠点，每天早晚各停一次。",
        demands: &["增设公交停靠点"],
        category: Category::Transport,
        petitioner: "杨春梅",
        phone: "13800000007",
        place: "990101102201",
        unit: 0,
        household: 41,
        age: 2,
        until: Until::Registered,
        met: false,
    },
];

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
        let until = self.tale.until;
        if until >= Until::Transferred {
            let transfer =
                Command::Transfer { unit: unit_id(self.tale.unit), place: None, report_by: None, simple: false };
            self.give("dengji", transfer).await?;
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
                let delivery = Delivery {
                    mode: DeliveryMode::InPerson,
                    on: today,
                    signed: true,
                    opinion: PetitionerOpinion::Agrees,
                    deliverer: None,
                };
                self.give(handler, Command::Deliver(delivery)).await
            }
            _ => Ok(()),
        }
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
        let request = CommandRequest { id: CommandId(id(7, self.n * 32 + self.steps)), seen, command: given };
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
