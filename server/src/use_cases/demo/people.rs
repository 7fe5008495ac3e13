//! Places, units, households and one account per role.

use case_core::actor::{Actor, Role};
use case_core::audit::Trace;
use case_core::id::{AccountId, HouseholdId, UnitId};
use case_core::place::{Area, DivisionCode};
use case_core::search;
use case_core::text::{Paragraph, ShortText, Title};
use case_core::wire::desk::{Division, Unit};
use case_core::wire::sync::{HouseholdCard, Member};
use case_store::{NewAccount, NewHousehold};
use uuid::Uuid;

use super::DemoError;
use crate::pinyin;
use crate::session::hash_password;
use crate::state::AppState;
use crate::use_cases::import::keys_of;

/// What is printed at the start.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// 账号.
    pub login: String,
    /// 密码.
    pub password: String,
    /// 角色, in words.
    pub role: &'static str,
}

pub(super) const FIRST_LOGIN: &str = "cunguan";
/// Who opens what is sealed: of two units, so that one can when the other is accused.
pub(super) const OFFICERS: (&str, &str) = ("jijian", "zuzhi");

/// Login, role, name, office, unit (index into [`UNITS`]), areas.
type Person = (&'static str, Role, &'static str, &'static str, Option<usize>, &'static [&'static str]);

const PEOPLE: [Person; 19] = [
    ("cunguan", Role::VillageOfficer, "林小溪", "青石村网格员", None, &["990101101201"]),
    ("zhuangan", Role::TownClerk, "陈平安", "清溪镇信访专干", None, &["990101101"]),
    ("chengban", Role::UnitHandler, "周明", "县住建局承办人", Some(0), &[]),
    ("fuzeren", Role::UnitHead, "郑海", "县住建局副局长", Some(0), &[]),
    ("shuili", Role::UnitHandler, "何川", "县水利局承办人", Some(1), &[]),
    ("dengji", Role::Registrar, "吴静", "县信访局登记员", Some(3), &[]),
    ("shenhe", Role::Supervisor, "沈正", "县信访局督查科科长", Some(3), &["990101101202"]),
    ("guanli", Role::Admin, "管理员", "系统管理员", None, &[]),
    ("zhishu", Role::VillageHead, "李有田", "青石村党支部书记", None, &["990101101201"]),
    ("zhenzhang", Role::TownLeader, "高远", "清溪镇副镇长", Some(4), &["990101101"]),
    ("lianxi", Role::JointOffice, "方平", "县联席办干部", None, &[]),
    ("xianling", Role::CountyLeader, "江河", "副县长", None, &[]),
    ("fucha", Role::Reviewer, "严明", "市住建局复查科", Some(5), &[]),
    ("fuhe", Role::Reviewer, "公羊正", "省住建厅复核处", Some(6), &[]),
    ("jijian", Role::SealedOfficer, "钟慎", "县纪委专员", Some(7), &[]),
    ("tingzheng", Role::Observer, "许知", "听证员", None, &[]),
    ("anquan", Role::SecurityAdmin, "安守", "安全管理员", None, &[]),
    ("shenji", Role::AuditAdmin, "查清", "审计管理员", None, &[]),
    ("zuzhi", Role::SealedOfficer, "方明远", "县委组织部专员", Some(8), &[]),
];

const UNITS: [(&str, &str); 9] = [
    ("县住建局", "0999-1110001"),
    ("县水利局", "0999-1110002"),
    ("县民政局", "0999-1110003"),
    ("县信访局", "0999-1110000"),
    ("清溪镇政府", "0999-1110005"),
    ("市住建局", "0998-2220001"),
    ("省住建厅", "0591-3330001"),
    ("县纪委监委", "0999-1110006"),
    ("县委组织部", "0999-1110007"),
];

const PLACES: [(&str, &str); 9] = [
    ("990101", "清溪县（演示）"),
    ("990101101", "清溪镇"),
    ("990101102", "云岭乡"),
    ("990101101201", "青石村委会"),
    ("990101101202", "柳湾村委会"),
    ("990101101203", "新民社区居委会"),
    ("990101102201", "云岭村委会"),
    ("990101102202", "新民村委会"),
    ("990101102203", "石桥村委会"),
];

const SURNAMES: [&str; 12] = ["李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙"];
const GIVEN: [&str; 10] = ["建国", "秀英", "志强", "玉兰", "永福", "桂花", "大山", "春梅", "保田", "水生"];

pub(super) fn id(kind: u16, n: u16) -> Uuid {
    // Fixed ids, so that the story can name people and places; the version nibble marks them as made
    // by hand (UUIDv8).
    Uuid::from_fields(0x99_01_01_00, kind, 0x8000 | n, &[0x80, 0, 0, 0, 0, 0, 0, 0])
}

pub(super) fn unit_id(n: u16) -> UnitId {
    UnitId(id(1, n))
}

pub(super) fn household_id(n: u16) -> HouseholdId {
    HouseholdId(id(3, n))
}

fn text<T, E>(parsed: Result<T, E>) -> Result<T, DemoError> {
    parsed.map_err(|_| DemoError::Inconsistent("text"))
}

/// The accounts and their passwords.
pub(super) fn accounts(state: &AppState) -> Result<Vec<(DemoAccount, Actor)>, DemoError> {
    PEOPLE
        .iter()
        .zip(1_u16..)
        .map(|((login, role, name, office, unit, areas), n)| {
            let actor = Actor {
                account: AccountId(id(2, n)),
                name: text(ShortText::parse(name))?,
                badge: text(ShortText::parse(&format!("990{n:03}")))?,
                office: text(ShortText::parse(office))?,
                role: *role,
                unit: unit.and_then(|unit| u16::try_from(unit).ok()).map(unit_id),
                area: Area(areas.iter().map(|code| text(DivisionCode::parse(code))).collect::<Result<_, _>>()?),
            };
            let shown = DemoAccount {
                login: (*login).to_owned(),
                password: state.secrets.demo_password(login),
                role: app::text::actor::role(*role),
            };
            Ok((shown, actor))
        })
        .collect()
}

/// The actor with a login.
pub(super) fn actor(state: &AppState, login: &str) -> Result<Actor, DemoError> {
    accounts(state)?
        .into_iter()
        .find(|(account, _)| account.login == login)
        .map(|(_, actor)| actor)
        .ok_or(DemoError::Inconsistent("login"))
}

/// Writes places, units, accounts and households.
pub(super) async fn make(state: &AppState) -> Result<Vec<DemoAccount>, DemoError> {
    let places: Vec<Division> = PLACES
        .iter()
        .map(|(code, name)| Ok(Division { code: text(DivisionCode::parse(code))?, name: text(Title::parse(name))? }))
        .collect::<Result<_, DemoError>>()?;
    state.store.upsert_divisions(&places).await?;
    let units: Vec<Unit> = UNITS
        .iter()
        .zip(0_u16..)
        .map(|((name, phone), n)| {
            Ok(Unit { id: unit_id(n), name: text(ShortText::parse(name))?, phone: text(ShortText::parse(phone))? })
        })
        .collect::<Result<_, DemoError>>()?;
    state.store.upsert_units(&units).await?;
    let mut shown = Vec::new();
    // A hash takes its time: on all cores at once.
    let hashing: Vec<_> = accounts(state)?
        .into_iter()
        .map(|(account, actor)| {
            let password = account.password.clone();
            (account, actor, tokio::task::spawn_blocking(move || hash_password(&password)))
        })
        .collect();
    for (account, actor, hash) in hashing {
        let password_hash = hash.await.map_err(|_| DemoError::Inconsistent("hash"))??;
        let new = NewAccount { login: account.login.clone(), password_hash, actor };
        state.store.create_account(&new, Trace::system(state.now())).await?;
        shown.push(account);
    }
    state.store.upsert_households(&households()?, &keys_of).await?;
    Ok(shown)
}

/// Seventy-two households in the six villages, twelve each.
fn households() -> Result<Vec<NewHousehold>, DemoError> {
    let villages = &PLACES[3..];
    (0..72_u16)
        .map(|n| {
            let (code, village) = villages[usize::from(n / 12)];
            let town = if code.starts_with("990101101") { "清溪镇" } else { "云岭乡" };
            let surname = SURNAMES[usize::from(n % 12)];
            let head = format!("{surname}{}", GIVEN[usize::from((n / 3) % 10)]);
            let spouse = format!("{}{}", SURNAMES[usize::from((n + 5) % 12)], GIVEN[usize::from((n + 3) % 10)]);
            let phone = format!("138****{:04}", 1_000 + u32::from(n) * 37);
            let address = format!("{town}{village} 第{}组", n % 4 + 1);
            let keys = [head.as_str(), &pinyin::initials(&head), &spouse, &pinyin::initials(&spouse), &address, &phone]
                .map(search::fold)
                .join("\n");
            let member = |name: &str, relation: &str, year: i32| -> Result<Member, DemoError> {
                Ok(Member {
                    name: text(ShortText::parse(name))?,
                    relation: Some(text(ShortText::parse(relation))?),
                    birth_year: Some(year),
                    phone: None,
                })
            };
            Ok(NewHousehold {
                source_key: format!("demo:{n}"),
                card: HouseholdCard {
                    id: household_id(n),
                    division: text(DivisionCode::parse(code))?,
                    address: text(Title::parse(&address))?,
                    members: vec![
                        member(&head, "户主", 1950 + i32::from(n % 40))?,
                        member(&spouse, "配偶", 1952 + i32::from(n % 40))?,
                    ],
                    head: text(ShortText::parse(&head))?,
                    phone: Some(text(ShortText::parse(&phone))?),
                    remark: (n % 9 == 4).then(|| Paragraph::parse("五保户，行动不便").ok()).flatten(),
                    keys,
                    last_visit: None,
                    next_visit: None,
                },
            })
        })
        .collect()
}
