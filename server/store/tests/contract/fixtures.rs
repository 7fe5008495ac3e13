//! People, places and matters for the tests. Nobody here is real.

use case_core::actor::{Actor, Role};
use case_core::audit::Trace;
use case_core::code::MatterNumber;
use case_core::digest::Digest;
use case_core::field::{HouseholdVisit, Payload, Record, VisitMode, VisitResult};
use case_core::id::{AccountId, CommandId, DeviceId, HouseholdId, MatterId, RecordId, UnitId};
use case_core::matter::{
    Category, Channel, ClosurePackage, Command, Conclusion, Context, Delivery, DeliveryMode, Demand, DemandAnswer,
    Event, Intake, Matter, Performance, Petitioner, PetitionerOpinion, PurposeOfPetition, Refusal, Registration,
    ReturnReason, Route, decide, register,
};
use case_core::place::{Area, DivisionCode};
use case_core::text::{LongText, Paragraph, ShortText, Title};
use case_core::time::{Calendar, Moment, Rules};
use case_core::wire::desk::Unit;
use case_core::wire::sync::HouseholdCard;
use case_store::{
    CodeHash, CommandEnvelope, Executed, NewAccount, NewHousehold, NewMatter, RecordEnvelope, Registered, Store,
};
use uuid::Uuid;

/// A town and three of its villages; another town and its village.
pub const TOWN: &str = "350921101";
pub const VILLAGE: &str = "350921101201";
pub const NEXT_VILLAGE: &str = "350921101202";
pub const OTHER_TOWN: &str = "350921102";
pub const FAR_VILLAGE: &str = "350921102201";

/// The unit of the handler and its head.
pub const UNIT: UnitId = UnitId(Uuid::from_u128(0xA1));
/// Another unit.
pub const OTHER_UNIT: UnitId = UnitId(Uuid::from_u128(0xA2));

pub const fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn matter_id(n: u128) -> MatterId {
    MatterId(id(0x1000 + n))
}

pub fn household_id(n: u128) -> HouseholdId {
    HouseholdId(id(0x2000 + n))
}

pub fn code(text: &str) -> DivisionCode {
    DivisionCode::parse(text).unwrap()
}

pub fn area(codes: &[&str]) -> Area {
    Area(codes.iter().map(|c| code(c)).collect())
}

pub fn short(text: &str) -> ShortText {
    ShortText::parse(text).unwrap()
}

pub fn words(text: &str) -> Paragraph {
    Paragraph::parse(text).unwrap()
}

/// 2026-03-02 09:00 and some minutes.
pub fn at(minutes: i64) -> Moment {
    Moment::from_local(2026, 3, 2, 9, 0).unwrap().plus_ms(minutes * 60_000)
}

/// The roles of the tests, each with one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Registrar,
    Head,
    Handler,
    OtherHandler,
    Supervisor,
    Village,
    NextVillage,
    Clerk,
}

impl Who {
    pub const ALL: [Self; 8] = [
        Self::Registrar,
        Self::Head,
        Self::Handler,
        Self::OtherHandler,
        Self::Supervisor,
        Self::Village,
        Self::NextVillage,
        Self::Clerk,
    ];

    pub fn actor(self) -> Actor {
        let (role, unit, places, name): (_, _, &[&str], _) = match self {
            Self::Registrar => (Role::Registrar, None, &["350921"], "登记甲"),
            Self::Head => (Role::UnitHead, Some(UNIT), &[], "局长乙"),
            Self::Handler => (Role::UnitHandler, Some(UNIT), &[], "承办丙"),
            Self::OtherHandler => (Role::UnitHandler, Some(UNIT), &[], "承办丁"),
            Self::Supervisor => (Role::Supervisor, None, &["350921"], "督查戊"),
            Self::Village => (Role::VillageOfficer, None, &[VILLAGE], "网格己"),
            Self::NextVillage => (Role::VillageOfficer, None, &[NEXT_VILLAGE], "网格庚"),
            Self::Clerk => (Role::TownClerk, None, &[TOWN], "专干辛"),
        };
        Actor {
            account: self.account(),
            name: short(name),
            badge: short("001"),
            office: short("干部"),
            role,
            unit,
            area: area(places),
        }
    }

    pub fn account(self) -> AccountId {
        AccountId(id(0xB0 + self as u128))
    }
}

/// Units and accounts, as every database has them.
pub async fn people(store: &Store) {
    let unit = |id, name| Unit { id, name: short(name), phone: short("0593-0000000") };
    store.upsert_units(&[unit(UNIT, "县住建局"), unit(OTHER_UNIT, "县教育局")]).await.unwrap();
    for who in Who::ALL {
        let new = NewAccount { login: format!("{who:?}"), password_hash: "$argon2id$".to_owned(), actor: who.actor() };
        store.create_account(&new, Trace::system(at(0))).await.unwrap();
    }
}

pub fn registration(place: Option<&str>) -> Registration {
    Registration {
        title: Title::parse("村道路灯不亮").unwrap(),
        content: LongText::parse("村口到祠堂的路灯坏了半年，请求修好。").unwrap(),
        demands: vec![Demand(words("修好路灯"))],
        purpose: PurposeOfPetition::Appeal,
        category: Category::Construction,
        channel: Channel::Visit,
        intake: Intake::First,
        petitioner: Petitioner { name: short("来访人"), phone: Some(short("13800000000")), address: None },
        place: place.map(code),
        household: None,
        received_on: at(0).date(),
        direct: false,
        received_by: None,
        particulars: case_core::matter::Particulars::default(),
    }
}

/// A registered matter; `n` makes id, number and code.
pub fn new_matter(n: u32, place: Option<&str>) -> NewMatter {
    new_matter_at(n, place, at(0))
}

pub fn new_matter_at(n: u32, place: Option<&str>, now: Moment) -> NewMatter {
    let number = MatterNumber::parse(&format!("352603020900{n:04}")).unwrap();
    let by = Some(Who::Registrar.account());
    let registration = Registration { received_on: now.date(), ..registration(place) };
    let events = with_context(now, |cx| register(matter_id(n.into()), number, registration, by, None, cx)).unwrap();
    from_events(events, by, Some(CodeHash { hash: Digest::of(&("code", n)), issue: 1 }))
}

pub fn from_events(events: Vec<Event>, by: Option<AccountId>, code: Option<CodeHash>) -> NewMatter {
    let matter = case_core::matter::replay(&events).unwrap();
    NewMatter {
        matter,
        events,
        by,
        source_key: None,
        code,
        reserved: None,
        keys: "来访人 lfr 路灯 138****0000".to_owned(),
    }
}

pub async fn registered(store: &Store, n: u32, place: Option<&str>) -> Matter {
    let new = new_matter(n, place);
    assert_eq!(store.register(&new, at(0)).await.unwrap(), Registered::New);
    new.matter
}

pub fn with_context<T>(now: Moment, f: impl FnOnce(&Context<'_>) -> T) -> T {
    let (calendar, rules) = (Calendar::shipped(), Rules::default());
    f(&Context { now, calendar: &calendar, rules: &rules })
}

/// Sends a command as the server does: refuses what was seen at another version.
pub async fn send(
    store: &Store,
    command_id: u128,
    who: Who,
    matter: MatterId,
    seen: Option<u32>,
    command: Command,
    now: Moment,
) -> case_store::Result<Executed> {
    let keys = String::new();
    let envelope =
        CommandEnvelope { id: CommandId(id(command_id)), account: who.account(), matter, now, keys, device_at: None };
    store
        .execute(envelope, &move |matter: &Matter| {
            if let Some(seen) = seen.filter(|seen| *seen != matter.version) {
                return Err(Refusal::Stale { seen, now: matter.version });
            }
            with_context(now, |cx| decide(matter, &who.actor(), &command, cx))
        })
        .await
}

/// The commands of the main path, with who gives them, up to the one before the return visit.
pub fn path(unit_place: Option<&str>) -> Vec<(Who, Command)> {
    vec![
        (Who::Registrar, Command::Transfer { unit: UNIT, place: unit_place.map(code), report_by: None, simple: false }),
        (Who::Head, Command::SignFor),
        (Who::Head, Command::Accept { notice_delivered_on: at(0).date(), route: Route::Petition }),
        (Who::Head, Command::Assign { handler: Who::Handler.account() }),
        (Who::Handler, Command::SubmitClosure { package: package() }),
    ]
}

pub fn package() -> ClosurePackage {
    ClosurePackage {
        answers: vec![DemandAnswer {
            finding: words("路灯确已损坏"),
            conclusion: Conclusion::Support,
            basis: words("道路照明规定"),
            performed: Performance::Done { on: at(0).date(), evidence: words("现场照片") },
        }],
        opinion: LongText::parse("已修好路灯。").unwrap(),
        measures: Vec::new(),
        delivery_plan: DeliveryMode::InPerson,
    }
}

pub fn delivery() -> Delivery {
    Delivery {
        mode: DeliveryMode::InPerson,
        on: at(0).date(),
        signed: true,
        opinion: PetitionerOpinion::Agrees,
        deliverer: None,
    }
}

pub fn send_back() -> Command {
    Command::ReturnClosure { reasons: vec![ReturnReason::NotMet], text: words("未见面"), due: at(0).date() }
}

/// Gives a command that must be done; its id is made from the matter and version.
pub async fn must(store: &Store, who: Who, matter: MatterId, command: Command) -> Matter {
    let version = store.matter(matter).await.unwrap().unwrap().version;
    let command_id = matter.0.as_u128() * 1_000 + u128::from(version);
    let done = send(store, command_id, who, matter, Some(version), command, at(5)).await.unwrap();
    assert!(matches!(done, Executed::Done(_)), "{done:?}");
    store.matter(matter).await.unwrap().unwrap()
}

/// A matter that awaits the supervisor.
pub async fn submitted(store: &Store, n: u32, place: Option<&str>) -> Matter {
    let mut matter = registered(store, n, place).await;
    for (who, command) in path(None) {
        matter = must(store, who, matter.id, command).await;
    }
    matter
}

/// A matter whose answer was delivered.
pub async fn delivered(store: &Store, n: u32, place: Option<&str>) -> Matter {
    let matter = submitted(store, n, place).await;
    let shown = matter.closure_digest().unwrap();
    must(store, Who::Supervisor, matter.id, Command::ApproveClosure { shown }).await;
    must(store, Who::Head, matter.id, Command::SignOpinion { note: None }).await;
    must(store, Who::Head, matter.id, Command::Deliver(delivery())).await
}

pub fn household(n: u32, village: &str) -> NewHousehold {
    NewHousehold {
        source_key: format!("户{n}"),
        card: HouseholdCard {
            id: household_id(n.into()),
            division: code(village),
            address: Title::parse("某镇某村第1组").unwrap(),
            head: short("户主"),
            phone: None,
            members: Vec::new(),
            remark: None,
            keys: format!("户主 hz {n}"),
            last_visit: None,
            next_visit: None,
        },
    }
}

/// A visit that found somebody at home.
pub fn visit(n: u128, by: Who, household: HouseholdId, matter: Option<MatterId>) -> Record {
    let payload = HouseholdVisit {
        household,
        campaign: None,
        matter,
        started: at(0),
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
        note: None,
        place: None,
        point: None,
        notice_given: true,
        next_visit: None,
        attachments: Vec::new(),
    };
    Record {
        id: RecordId(id(0x3000 + n)),
        device: DeviceId(id(0xD1)),
        sequence: u64::try_from(n).unwrap(),
        by: by.account(),
        made_at: at(0),
        payload: Payload::HouseholdVisit(Box::new(payload)),
    }
}

/// The envelope of a record; `body` must be its JSON.
pub fn envelope<'a>(record: &'a Record, body: &'a str, by: Who, now: Moment) -> RecordEnvelope<'a> {
    RecordEnvelope { record, body, digest: record.digest(), account: by.account(), now }
}

/// What a household is found by, as these tests make it.
pub fn keys_of(card: &HouseholdCard) -> String {
    card.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default()
}
