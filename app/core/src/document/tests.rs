//! Every kind can be made, and none can be made with one of its parts missing.

use std::collections::BTreeMap;

use super::*;
use crate::actor::{Actor, Role};
use crate::code::MatterNumber;
use crate::id::{AccountId, MatterId, UnitId};
use crate::matter::*;
use crate::place::Area;
use crate::text::{LongText, Paragraph, ShortText, Title};
use crate::time::{Calendar, Moment, Rules};
use crate::wire::desk::{Named, Unit};
use chrono::NaiveDate;
use uuid::Uuid;

const HANDLER: AccountId = AccountId(Uuid::from_u128(1));
const SUPERVISOR: AccountId = AccountId(Uuid::from_u128(2));

fn short(text: &str) -> ShortText {
    ShortText::parse(text).unwrap()
}

fn words(text: &str) -> Paragraph {
    Paragraph::parse(text).unwrap()
}

fn at(day: u32) -> Moment {
    Moment::from_local(2026, 3, day, 9, 0).unwrap()
}

fn unit() -> Unit {
    Unit { id: UnitId(Uuid::from_u128(9)), name: short("县住建局"), phone: short("0999-1110001") }
}

fn package() -> ClosurePackage {
    let answer = |conclusion, finding: &str| DemandAnswer {
        finding: words(finding),
        conclusion,
        basis: words("《城市照明管理规定》第二十一条"),
        performed: match conclusion {
            Conclusion::Support => Performance::Done { on: at(9).date(), evidence: words("验收单") },
            _ => Performance::Nothing,
        },
    };
    ClosurePackage {
        answers: vec![answer(Conclusion::Support, "线路老化"), answer(Conclusion::Explain, "管护单位尚未确定")],
        opinion: LongText::parse("路灯已经修好。\n管护单位定下后另行告知。").unwrap(),
        measures: vec![],
        delivery_plan: DeliveryMode::InPerson,
    }
}

/// A matter, and the events that bring it where it is asked to be.
fn matter(until: Stage) -> Matter {
    let registration = Registration {
        title: Title::parse("村口路灯不亮").unwrap(),
        content: LongText::parse("路灯坏了半年。\n老人摔倒两次。").unwrap(),
        demands: vec![Demand(words("修好路灯")), Demand(words("说明谁管护"))],
        purpose: PurposeOfPetition::Appeal,
        category: Category::Construction,
        channel: Channel::Visit,
        intake: Intake::First,
        petitioner: Petitioner { name: short("李建国"), phone: Some(short("13800000001")), address: None },
        place: None,
        household: None,
        received_on: at(2).date(),
        direct: false,
        received_by: None,
        particulars: crate::matter::Particulars::default(),
    };
    let (calendar, rules) = (Calendar::shipped(), Rules::default());
    let cx = Context { now: at(2), calendar: &calendar, rules: &rules };
    let number = MatterNumber::parse("9926030209000001").unwrap();
    let mut events = register(MatterId(Uuid::from_u128(5)), number, registration, Some(HANDLER), None, &cx).unwrap();
    let path = [
        (Stage::AwaitingSignature, Event::Transferred { unit: unit().id, place: None, at: at(3) }),
        (Stage::SignedFor, Event::SignedFor { at: at(3) }),
        (Stage::Accepted, Event::Accepted { at: at(4), suggestion: false }),
        (Stage::Handling, Event::Assigned { handler: HANDLER, at: at(4) }),
        (
            Stage::ClosureSubmitted,
            Event::ClosureSubmitted {
                package: Box::new(package()),
                by: HANDLER,
                at: at(10),
                role: Some(crate::actor::Role::UnitHandler),
            },
        ),
        (Stage::Approved, Event::ClosureApproved { by: SUPERVISOR, at: at(11) }),
        (Stage::AwaitingReturnVisit, Event::Delivered { delivery: delivery(), at: at(12) }),
        (Stage::Closed, Event::Closed { by: Some(SUPERVISOR), at: at(20) }),
    ];
    if until != Stage::Registered {
        for (stage, event) in path {
            events.push(event);
            if stage == Stage::Approved {
                let signed = OpinionSigned { by: SUPERVISOR, at: at(11), note: None };
                events.push(Event::OpinionSigned(Box::new(signed)));
            }
            if stage == until {
                break;
            }
        }
    }
    replay(&events).unwrap()
}

fn delivery() -> Delivery {
    Delivery {
        mode: DeliveryMode::InPerson,
        on: at(12).date(),
        signed: true,
        opinion: PetitionerOpinion::Agrees,
        deliverer: None,
    }
}

/// What somebody who knows everything types.
fn typed(kind: DocumentKind) -> BTreeMap<Part, String> {
    asks(kind)
        .into_iter()
        .map(|ask| {
            let value = match (ask.part, ask.shape) {
                (Part::Parties, _) => "李建国，住青石村一组\n县住建局".to_owned(),
                (Part::Representatives, _) => "李建国、王秀英".to_owned(),
                (_, Shape::Day) => "2026-04-01".to_owned(),
                _ => "写明白了的一段话".to_owned(),
            };
            (ask.part, value)
        })
        .collect()
}

/// At which stage a kind is issued.
fn stage(kind: DocumentKind) -> Stage {
    use DocumentKind as K;
    match kind {
        K::RegistrationForm | K::IntakeReceipt => Stage::Registered,
        K::ObjectionLetter | K::ReturnLetter => Stage::AwaitingSignature,
        K::AcceptanceNotice => Stage::SignedFor,
        K::Opinion => Stage::Approved,
        K::ClosureReport | K::FileCover => Stage::Closed,
        _ => Stage::Handling,
    }
}

/// A matter for which a kind is issued.
fn matter_for(kind: DocumentKind) -> Matter {
    use DocumentKind as K;
    let mut matter = matter(stage(kind));
    let reason = words("理由在这里写明白");
    let organ = Title::parse("某县人民政府").unwrap();
    let decided = match kind {
        K::RefusalNotice => Some(Proposal::NotAccept {
            ground: NotAcceptGround::NotCompetent,
            organ: organ.clone(),
            reason: reason.clone(),
        }),
        K::FinalityNotice => {
            let earlier = Some(MatterId(Uuid::from_u128(6)));
            Some(Proposal::NoLongerAccept { earlier, opinion: None, reason: reason.clone() })
        }
        K::RouteNotice => Some(Proposal::Direct {
            route: Route::Arbitration,
            organ: organ.clone(),
            limit: Some(at(30).date()),
            reason: reason.clone(),
        }),
        K::ReplyLetter => Some(Proposal::AnswerOnSpot { answer: LongText::parse("当场说清楚了。").unwrap() }),
        K::ExtensionForm => Some(Proposal::Extend { days: 30, reason: reason.clone() }),
        _ => None,
    };
    if let Some(proposal) = decided {
        let pending = Pending { proposal, by: HANDLER, at: at(4) };
        matter.rulings.push(Ruling { pending, approved: true, reason: None, by: SUPERVISOR, at: at(4) });
    }
    if matches!(kind, K::ObjectionLetter | K::ReturnLetter) {
        let verdict = ObjectionVerdict { agreed: true, reason: reason.clone(), by: SUPERVISOR, at: at(6) };
        matter.objections.push(Objection {
            unit: Some(unit().id),
            reason: reason.clone(),
            by: HANDLER,
            at: at(5),
            verdict: Some(verdict),
        });
    }
    if matches!(kind, K::ExtensionNotice | K::ExtensionForm) {
        let (from, due) = (at(20).date(), at(31).date());
        matter.extension = Some(Extension { from, due, reason: reason.clone(), by: HANDLER, at: at(4) });
    }
    let level = match kind {
        K::ReviewOpinion => ReviewLevel::Review,
        K::RecheckOpinion => ReviewLevel::Recheck,
        _ => return matter,
    };
    let text = LongText::parse("原处理意见认定事实清楚。").unwrap();
    matter.reviews.push(Review {
        level,
        round: 1,
        requested_on: at(13).date(),
        reason,
        organ,
        by: HANDLER,
        at: at(13),
        opinion: Some(ReviewOpinion {
            outcome: ReviewOutcome::Uphold,
            text,
            redo_due: None,
            by: SUPERVISOR,
            at: at(14),
        }),
        delivery: None,
        taken_on: None,
        withdrawn: None,
    });
    matter
}

struct World {
    calendar: Calendar,
    rules: Rules,
    unit: Unit,
    people: Vec<Named>,
    issuer: Actor,
    earlier: Vec<EarlierDocument>,
    today: NaiveDate,
}

impl World {
    fn new() -> Self {
        let opinion = EarlierDocument {
            kind: DocumentKind::Opinion,
            title: "信访处理意见书".to_owned(),
            number: "县住建局意字〔2026〕1号".to_owned(),
            on: at(11).date(),
            round: 1,
        };
        Self {
            calendar: Calendar::shipped(),
            rules: Rules::default(),
            unit: unit(),
            people: vec![
                Named { account: HANDLER, name: short("周明"), office: short("科员") },
                Named { account: SUPERVISOR, name: short("陈青"), office: short("科长") },
            ],
            issuer: Actor {
                account: HANDLER,
                name: short("周明"),
                badge: short("0421"),
                office: short("科员"),
                role: Role::UnitHead,
                unit: Some(unit().id),
                area: Area(vec![]),
            },
            earlier: vec![opinion],
            today: at(4).date(),
        }
    }

    fn facts<'a>(&'a self, matter: &Matter, typed: &'a BTreeMap<Part, String>) -> Facts<'a> {
        Facts {
            office: "某县信访局",
            office_phone: "0999-1110000",
            unit: matter.unit.is_some().then_some(&self.unit),
            objector: (!matter.objections.is_empty()).then_some(&self.unit),
            place: Some("某镇某村"),
            people: &self.people,
            issuer: &self.issuer,
            today: self.today,
            calendar: &self.calendar,
            rules: &self.rules,
            lookup: "https://xf.example.gov.cn/c",
            review_organ: None,
            earlier: &self.earlier,
            typed,
            words: CodeWords {
                channel: |_| "来访",
                category: |_| "城乡建设",
                intake: |_| "初件",
                delivery_mode: |_| "当面",
                signed: |_| "签收",
                opinion: |_| "同意",
                keeping: |_| "三十年",
                document: |_| "文书",
            },
        }
    }

    fn fill(&self, kind: DocumentKind, matter: &Matter, typed: &BTreeMap<Part, String>) -> Result<Content, Vec<Lack>> {
        fill(kind, matter, &self.facts(matter, typed))
    }

    /// What a form holds before anybody types.
    fn offered(&self, kind: DocumentKind, matter: &Matter) -> BTreeMap<Part, String> {
        let nothing = BTreeMap::new();
        let facts = self.facts(matter, &nothing);
        asks(kind).iter().map(|ask| (ask.part, prefilled(kind, ask, matter, &facts))).collect()
    }
}

fn lack(part: Part, why: Why) -> Lack {
    Lack { part, why }
}

fn text(content: &Content) -> String {
    serde_json::to_string(content).unwrap()
}

#[test]
fn every_kind_can_be_made_and_has_every_part_that_it_must_have() {
    let world = World::new();
    for kind in DocumentKind::ALL.iter().copied() {
        let content = world.fill(kind, &matter_for(kind), &typed(kind)).unwrap_or_else(|e| panic!("{kind:?}: {e:?}"));
        for part in forms::required(kind) {
            assert!(content.says(*part), "{kind:?} without {part:?}");
        }
        assert!(!content.plain.is_empty() && !content.title.is_empty() && content.contact.contains("0999"), "{kind:?}");
        // A notice to a petitioner says what can be done against it.
        let agreement = matches!(kind, DocumentKind::MediationAgreement | DocumentKind::SettlementAgreement);
        if kind.row().reader == Reader::Petitioner {
            assert!(content.remedy.is_some() && (content.addressee.is_some() || agreement), "{kind:?}");
        }
        let read: Content = serde_json::from_str(&text(&content)).unwrap();
        assert_eq!(read, content, "{kind:?}");
    }
}

#[test]
fn without_a_part_that_is_typed_it_is_refused_by_the_name_of_the_part() {
    let world = World::new();
    for kind in DocumentKind::ALL.iter().copied() {
        for ask in asks(kind).into_iter().filter(|ask| ask.needed) {
            for nothing in ["", " \n ", "无", "略。", "——", "待定"] {
                let mut typed = typed(kind);
                typed.insert(ask.part, nothing.to_owned());
                let lacks = world.fill(kind, &matter_for(kind), &typed).unwrap_err();
                assert_eq!(lacks, [lack(ask.part, Why::Missing)], "{kind:?} {:?} {nothing:?}", ask.part);
            }
        }
    }
}

#[test]
fn an_opinion_needs_each_of_its_legal_parts() {
    let world = World::new();
    let with = |change: fn(&mut Matter)| {
        let mut matter = matter(Stage::Approved);
        change(&mut matter);
        world.fill(DocumentKind::Opinion, &matter, &typed(DocumentKind::Opinion))
    };
    fn package(matter: &mut Matter) -> &mut ClosurePackage {
        &mut matter.rounds.last_mut().unwrap().package
    }
    let nothing = || words("无");
    type Change = fn(&mut Matter);
    let cases: [(Part, Change); 6] = [
        (Part::Request, |matter| matter.registration.demands = vec![Demand(Paragraph::parse("无").unwrap()); 2]),
        (Part::FactsAndReasons, |matter| matter.registration.content = LongText::parse("略").unwrap()),
        (Part::Findings, |matter| package(matter).answers[1].finding = Paragraph::parse("不详").unwrap()),
        (Part::Decision, |matter| package(matter).opinion = LongText::parse("待定").unwrap()),
        (Part::LegalBasis, |matter| package(matter).answers[0].basis = Paragraph::parse("无。").unwrap()),
        (Part::Conclusions, |matter| drop(package(matter).answers.pop())),
    ];
    for (part, change) in cases {
        let lacks = with(change).unwrap_err();
        assert!(lacks.contains(&lack(part, Why::Missing)), "{part:?}: {lacks:?}");
    }
    assert!(says_nothing(nothing().as_str()));
    let organ = world.fill(DocumentKind::Opinion, &matter(Stage::Approved), &BTreeMap::new()).unwrap_err();
    assert_eq!(organ, [lack(Part::ReviewOrgan, Why::Missing)]);
    let early = world.fill(DocumentKind::Opinion, &matter(Stage::ClosureSubmitted), &typed(DocumentKind::Opinion));
    assert_eq!(early.unwrap_err()[0], lack(Part::Findings, Why::Missing));
    let early = world.fill(DocumentKind::Opinion, &matter(Stage::ClosureSubmitted), &typed(DocumentKind::Opinion));
    assert!(early.unwrap_err().contains(&lack(Part::Decision, Why::NotYet)), "nothing is signed before it is approved");
}

#[test]
fn an_opinion_says_each_answer_the_right_and_the_organ() {
    let world = World::new();
    let content = world.fill(DocumentKind::Opinion, &matter(Stage::Approved), &typed(DocumentKind::Opinion)).unwrap();
    let text = text(&content);
    for said in [
        "予以支持",
        "作出解释说明",
        "《城市照明管理规定》第二十一条",
        "30日内",
        "第三十五条",
        "老人摔倒两次",
        "支持1项，作出解释1项",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(content.addressee.as_deref(), Some("李建国"));
    let headings: Vec<&str> = content.sections.iter().filter_map(|section| section.heading.as_deref()).collect();
    assert_eq!(headings[0], "一、投诉请求");
    assert_eq!(headings.len(), 7);
}

#[test]
fn decisions_that_were_not_taken_come_onto_no_paper() {
    use DocumentKind as K;
    let decisions = [
        (K::RefusalNotice, Part::Reason),
        (K::FinalityNotice, Part::Reason),
        (K::RouteNotice, Part::Route),
        (K::ReplyLetter, Part::Decision),
        (K::ExtensionNotice, Part::NewDue),
        (K::ExtensionForm, Part::Reason),
        (K::ReviewOpinion, Part::ReviewConclusion),
        (K::RecheckOpinion, Part::ReviewConclusion),
    ];
    for (kind, part) in decisions {
        let lacks = World::new().fill(kind, &matter(stage(kind)), &typed(kind)).unwrap_err();
        assert!(lacks.contains(&lack(part, Why::NotYet)), "{kind:?}: {lacks:?}");
    }
}

#[test]
fn an_extension_names_both_days_and_who_granted_it() {
    let kind = DocumentKind::ExtensionNotice;
    let content = World::new().fill(kind, &matter_for(kind), &typed(kind)).unwrap();
    for said in ["2026年3月20日", "2026年3月31日", "周明", "第三十四条"] {
        assert!(text(&content).contains(said), "{said}");
    }
}

#[test]
fn a_review_stands_in_the_name_of_its_organ_and_says_what_can_be_done_next() {
    let world = World::new();
    let kind = DocumentKind::ReviewOpinion;
    let content = world.fill(kind, &matter_for(kind), &typed(kind)).unwrap();
    assert_eq!((content.organ.as_str(), content.signature.organ.as_str()), ("某县人民政府", "某县人民政府"));
    assert!(text(&content).contains("维持原处理意见") && text(&content).contains("请求复核"));
    let kind = DocumentKind::RecheckOpinion;
    let content = world.fill(kind, &matter_for(kind), &typed(kind)).unwrap();
    assert!(text(&content).contains("不再受理") && content.contact.contains("某县信访局"));
}

#[test]
fn a_suggestion_is_answered_and_not_decided() {
    let mut matter = matter(Stage::Approved);
    matter.registration.purpose = PurposeOfPetition::Suggestion;
    let lacks = World::new().fill(DocumentKind::Opinion, &matter, &typed(DocumentKind::Opinion)).unwrap_err();
    assert_eq!(lacks, [lack(Part::ReviewRight, Why::NotOffered)]);
}

#[test]
fn an_objection_is_in_time_until_the_fifth_working_day() {
    let world = World::new();
    let kind = DocumentKind::ObjectionLetter;
    let raised_on = |day| {
        let mut matter = matter_for(kind);
        matter.objections[0].at = at(day);
        world.fill(kind, &matter, &typed(kind))
    };
    // Received on Tuesday the 3rd: the fifth working day is Tuesday the 10th.
    assert!(text(&raised_on(10).unwrap()).contains("2026年3月10日"));
    assert_eq!(raised_on(11).unwrap_err(), [lack(Part::WithinFiveDays, Why::TooLate)]);
    let none = world.fill(kind, &matter(stage(kind)), &typed(kind)).unwrap_err();
    assert_eq!(none, [lack(Part::Reason, Why::NotYet)]);
}

#[test]
fn the_sixth_representative_is_refused() {
    let kind = DocumentKind::EscortSheet;
    let mut typed = typed(kind);
    typed.insert(Part::Representatives, "甲、乙、丙\n丁，戊".to_owned());
    assert!(World::new().fill(kind, &matter(Stage::Handling), &typed).is_ok());
    typed.insert(Part::Representatives, "甲、乙、丙\n丁，戊、己".to_owned());
    let lacks = World::new().fill(kind, &matter(Stage::Handling), &typed).unwrap_err();
    assert_eq!(lacks, [lack(Part::Representatives, Why::TooMany)]);
}

#[test]
fn days_are_days_to_come() {
    let kind = DocumentKind::SupervisionNotice;
    for (day, why) in [("2026-03-03", Why::Passed), ("三天内", Why::NotADay), ("2026-02-30", Why::NotADay)] {
        let mut typed = typed(kind);
        typed.insert(Part::Limit, day.to_owned());
        let lacks = World::new().fill(kind, &matter(Stage::Handling), &typed).unwrap_err();
        assert_eq!(lacks, [lack(Part::Limit, why)], "{day}");
    }
    let mut long = typed(kind);
    long.insert(Part::Breach, "长".repeat(2_001));
    let lacks = World::new().fill(kind, &matter(Stage::Handling), &long).unwrap_err();
    assert_eq!(lacks, [lack(Part::Breach, Why::TooLong)]);
}

#[test]
fn an_acceptance_notice_names_the_last_day_of_article_34() {
    let world = World::new();
    let content = world.fill(DocumentKind::AcceptanceNotice, &matter(Stage::SignedFor), &BTreeMap::new()).unwrap();
    // 4 March and 60 days: 3 May, a Sunday within the holiday of 1 to 5 May, so the next working day.
    let due = world.rules.due(crate::time::ClockKind::Handling, at(4).date(), &world.calendar);
    assert!(text(&content).contains(&forms_day(due)), "{}", text(&content));
    let early = world.fill(DocumentKind::AcceptanceNotice, &matter(Stage::AwaitingSignature), &BTreeMap::new());
    assert_eq!(early.unwrap_err(), [lack(Part::AcceptedOn, Why::Missing), lack(Part::DueDate, Why::Missing)]);
}

fn forms_day(date: NaiveDate) -> String {
    date.format("%Y年%-m月%-d日").to_string()
}

proptest::proptest! {
    /// Whatever is typed and wherever the matter stands, a document that is made has no empty part.
    #[test]
    fn no_legal_part_is_ever_empty(
        kind in proptest::sample::select(DocumentKind::ALL),
        stage in proptest::sample::select(&Stage::ALL[..]),
        values in proptest::collection::vec("[无略待定 \n。a-c1-3]{0,6}", Part::ALL.len()),
        finding in "[无略 。a详]{1,4}",
    ) {
        let typed: BTreeMap<Part, String> = Part::ALL.iter().copied().zip(values).collect();
        let mut matter = matter(stage);
        if let (Some(round), Ok(finding)) = (matter.rounds.last_mut(), Paragraph::parse(&finding)) {
            round.package.answers[0].finding = finding;
        }
        if let Ok(content) = World::new().fill(kind, &matter, &typed) {
            for part in forms::required(kind) {
                proptest::prop_assert!(content.says(*part));
            }
            for block in content.sections.iter().flat_map(|section| &section.blocks) {
                if let Block::Text { text } = block {
                    proptest::prop_assert!(!says_nothing(text), "{kind:?} {text:?}");
                }
            }
        }
    }
}

#[test]
fn what_records_say_stands_in_the_form_already() {
    let mut world = World::new();
    let mut matter = matter(Stage::Handling);
    matter.clocks.push(crate::time::Clock {
        kind: crate::time::ClockKind::Handling,
        started: at(4).date(),
        due: at(30).date(),
        stopped: None,
    });
    let note = |day, kind, opinion| FieldNote {
        by_another: false,
        record: crate::id::RecordId(Uuid::from_u128(70)),
        kind,
        at: at(day),
        by: SUPERVISOR,
        by_name: short("江河"),
        text: words("来说路灯的事"),
        opinion,
        corrects: None,
        files: 0,
    };
    matter.notes.push(note(5, FieldNoteKind::Reception, Some(words("十日内修好。"))));
    matter.notes.push(note(6, FieldNoteKind::Note, None));
    matter.registration.particulars.people = Some(7);
    matter.registration.particulars.representatives = vec![short("李建国"), short("王秀英")];
    let form = world.offered(DocumentKind::ReceptionRecord, &matter);
    let said = |part| form[&part].as_str();
    assert_eq!((said(Part::Leader), said(Part::Time)), ("江河", "2026年3月5日"));
    assert_eq!((said(Part::LeaderOpinion), said(Part::Limit)), ("十日内修好。", "2026-03-30"));
    assert_eq!(said(Part::Visitor), "李建国等7人", "the phone is for who has the matter in hand");

    assert_eq!(world.offered(DocumentKind::LeaderContract, &matter)[&Part::PerformBy], "2026-03-30");
    world.today = at(31).date();
    assert_eq!(world.offered(DocumentKind::LeaderContract, &matter)[&Part::PerformBy], "", "no day that has passed");

    let escort = world.offered(DocumentKind::EscortSheet, &matter);
    assert_eq!(escort[&Part::Representatives], "李建国\n王秀英");
    assert_eq!((escort[&Part::Way].as_str(), escort[&Part::Escorts].as_str()), ("从某镇某村到乡镇", "周明 科员"));
    world.issuer.role = Role::TownClerk;
    assert_eq!(world.offered(DocumentKind::EscortSheet, &matter)[&Part::Way], "从某镇某村到某县信访局");

    let plan = world.offered(DocumentKind::DownVisitPlan, &matter);
    assert_eq!((plan[&Part::Place].as_str(), plan[&Part::Leader].as_str()), ("某镇某村", ""));
    world.issuer.role = Role::CountyLeader;
    assert_eq!(world.offered(DocumentKind::DownVisitPlan, &matter)[&Part::Leader], "周明 科员");

    let (from, until) = (at(8).date(), at(9).date());
    matter.hearings.push(Hearing { from, until, note: words("应当修。"), by: HANDLER, at: at(9) });
    assert_eq!(world.offered(DocumentKind::HearingMinutes, &matter)[&Part::Time], "2026年3月8日至2026年3月9日");
    assert_eq!(world.offered(DocumentKind::HearingMinutes, &matter)[&Part::Participants], "李建国\n县住建局");
    assert_eq!(world.offered(DocumentKind::HearingOpinion, &matter)[&Part::HearingOpinion], "应当修。");
}

#[test]
fn what_was_entered_as_an_act_of_oversight_stands_on_its_paper() {
    let mut world = World::new();
    let mut matter = matter(Stage::Handling);
    assert_eq!(world.offered(DocumentKind::SupervisionNotice, &matter)[&Part::Breach], "");
    let act = |act, breach: &str, to: Option<&str>| Oversight {
        act,
        unit: None,
        to: to.map(|to| Title::parse(to).unwrap()),
        breach: words(breach),
        wanted: words("十日内办好。"),
        due: at(20).date(),
        by: SUPERVISOR,
        at: at(9),
        answer: None,
    };
    matter.oversight = vec![
        act(OversightAct::Supervision, "第一次拖延。", None),
        act(OversightAct::Supervision, "又拖延。", None),
        act(OversightAct::Policy, "没有管护的规定。", Some("县财政局")),
    ];
    let notice = world.offered(DocumentKind::SupervisionNotice, &matter);
    assert_eq!((notice[&Part::Breach].as_str(), notice[&Part::Requirement].as_str()), ("又拖延。", "十日内办好。"));
    assert_eq!(notice[&Part::Limit], "2026-03-20");
    let advice = world.offered(DocumentKind::PolicyAdvice, &matter);
    assert_eq!((advice[&Part::WhereToGo].as_str(), advice[&Part::Breach].as_str()), ("县财政局", "没有管护的规定。"));
    assert_eq!(world.offered(DocumentKind::ImprovementAdvice, &matter)[&Part::Breach], "", "of its own kind only");
    world.today = at(21).date();
    assert_eq!(world.offered(DocumentKind::SupervisionNotice, &matter)[&Part::Limit], "", "no day that has passed");
}

/// Each issued version says from which day the days run: before the delivery it does not know, and says so.
#[test]
fn the_notice_of_acceptance_and_the_clock_name_the_same_days() {
    let kind = DocumentKind::AcceptanceNotice;
    let world = World::new();
    let before = text(&world.fill(kind, &matter(Stage::SignedFor), &typed(kind)).unwrap());
    assert!(
        before.contains("受理之日为本告知书送达您的日子") && before.contains("以后送达的，从送达那天算起"),
        "{before}"
    );
    assert!(before.contains("第三十一条第六项") && before.contains("60日内办结"));
    let mut accepted = matter(Stage::Accepted);
    let (started, due) = (at(5).date(), at(31).date());
    accepted.clocks.push(crate::time::Clock { kind: crate::time::ClockKind::Handling, started, due, stopped: None });
    let after = text(&world.fill(kind, &accepted, &typed(kind)).unwrap());
    assert!(after.contains(&["自", &forms::day(started), "起受理"].concat()), "{after}");
    assert!(after.contains(&["最晚", &forms::day(due)].concat()), "{after}");
}

/// Article 29: a suggestion goes none of the ways of Article 31, and no paper says that it does.
#[test]
fn a_suggestion_is_told_its_own_way_and_its_own_days() {
    let kind = DocumentKind::AcceptanceNotice;
    let mut suggestion = matter(Stage::SignedFor);
    suggestion.registration.purpose = PurposeOfPetition::Suggestion;
    let said = text(&World::new().fill(kind, &suggestion, &typed(kind)).unwrap());
    assert!(said.contains("第二十九条") && said.contains("本县规定"), "{said}");
    assert!(!said.contains("第三十一条") && !said.contains("第三十四条"), "{said}");
}

/// 复核 ends a matter only where the answer stands.
#[test]
fn the_last_words_of_a_recheck_follow_what_it_found() {
    let kind = DocumentKind::RecheckOpinion;
    let world = World::new();
    let of = |review: ReviewOutcome, recheck: ReviewOutcome| {
        let mut matter = matter_for(kind);
        let mut before = matter.reviews[0].clone();
        before.level = ReviewLevel::Review;
        before.opinion.as_mut().unwrap().outcome = review;
        let found = matter.reviews[0].opinion.as_mut().unwrap();
        found.outcome = recheck;
        found.redo_due = (recheck != ReviewOutcome::Uphold).then(|| at(28).date());
        matter.reviews.insert(0, before);
        text(&world.fill(kind, &matter, &typed(kind)).unwrap())
    };
    assert!(of(ReviewOutcome::Uphold, ReviewOutcome::Uphold).contains("信访终结意见"));
    for (review, recheck) in [
        (ReviewOutcome::Revoke, ReviewOutcome::Uphold),
        (ReviewOutcome::Uphold, ReviewOutcome::Revoke),
        (ReviewOutcome::Uphold, ReviewOutcome::Change),
    ] {
        let said = of(review, recheck);
        assert!(!said.contains("终结") && said.contains("重新办理") && said.contains("第三十五条"), "{said}");
    }
}

/// 办结报告 is owed before the supervisor closes the matter, so it is made from the delivered answer.
#[test]
fn the_report_of_an_order_is_made_from_the_delivered_answer() {
    let kind = DocumentKind::ClosureReport;
    let world = World::new();
    let open = matter(Stage::AwaitingReturnVisit);
    assert!(open.stage.is_open());
    let said = text(&world.fill(kind, &open, &typed(kind)).unwrap());
    assert!(said.contains(&forms::day(open.delivered_on().unwrap())), "{said}");
    let mut directed = matter_for(DocumentKind::RouteNotice);
    let told = |matter: &Matter| world.fill(kind, matter, &typed(kind));
    assert!(told(&directed).unwrap_err().contains(&lack(Part::PetitionerOpinion, Why::NotYet)));
    let on = at(9).date();
    directed.notices.push(NoticeGiven { mode: DeliveryMode::InPerson, on, by: HANDLER, at: at(9) });
    let said = text(&told(&directed).unwrap());
    assert!(said.contains("导入法定途径") && said.contains("书面告知信访人"), "{said}");
}
