//! Two rules of receptions, some 说事点, and two people who have booked.

use case_core::audit::Trace;
use case_core::id::{BookingId, MatterId, ReceptionId, TalkPointId};
use case_core::place::DivisionCode;
use case_core::reception::{Leader, MinuteOfDay, ReceptionRule, Recurrence, RuleParts, TalkPoint};
use case_core::text::Text;
use case_core::time::Moment;
use uuid::Uuid;

use super::DemoError;
use super::people::id;
use crate::state::AppState;
use crate::use_cases::receptions::book::{self, Booker, bookable};
use crate::use_cases::receptions::{AHEAD, calendar, later};

/// 姓名, 职务, 分管.
type Named = (&'static str, &'static str, &'static str);

const MONTHLY: [Named; 1] = [("江河", "副县长", "城乡建设、交通")];
const WEEKLY: [Named; 3] = [
    ("沈立", "县委常委、政法委书记", "政法、信访"),
    ("田野", "副县长", "农业农村、水利"),
    ("苏敏", "副县长", "教育、卫生、民政"),
];

/// Division, name, place, keeper, hours, phone.
const POINTS: [(&str, &str, &str, &str, &str, &str); 6] = [
    ("990101101201", "大樟树说事点", "村委会对面樟树下", "李有田", "每天早上七点到九点", "0999-1120001"),
    ("990101101202", "柳湾说事室", "村委会一楼", "柳成荫", "周一到周五上午", "0999-1120002"),
    ("990101101203", "新民社区议事厅", "社区服务中心二楼", "周桂兰", "周一到周五全天", "0999-1120003"),
    ("990101102201", "云岭茶室说事点", "老供销社旁茶室", "陈茂才", "逢集日上午", "0999-1120004"),
    ("990101102202", "新民村说事点", "村小学旧教室", "黄守义", "每周二、周五下午", "0999-1120005"),
    ("990101102203", "石桥说事点", "石桥头小卖部", "孙来福", "每天晚上七点到八点半", "0999-1120006"),
];

fn text<const MAX: usize>(raw: &str) -> Result<Text<MAX>, DemoError> {
    Text::parse(raw).map_err(|_| DemoError::Inconsistent("text"))
}

pub(super) async fn make(state: &AppState) -> Result<(), DemoError> {
    let trace = Trace::system(state.now());
    let monthly = rule(state, &MONTHLY, Recurrence::MonthDay(15), "县信访局一楼接待大厅", (9, 0), (11, 30), 6)?;
    state.store.set_reception_rule(ReceptionId(id(6, 1)), &monthly, trace).await?;
    let weekly = rule(state, &WEEKLY, Recurrence::Weekday(1), "县信访局二楼接访室", (14, 30), (17, 0), 5)?;
    state.store.set_reception_rule(ReceptionId(id(6, 2)), &weekly, trace).await?;
    for ((division, name, place, keeper, hours, phone), n) in POINTS.into_iter().zip(1_u16..) {
        let point = TalkPoint {
            id: TalkPointId(id(7, n)),
            division: DivisionCode::parse(division).map_err(|_| DemoError::Inconsistent("place"))?,
            name: text(name)?,
            place: text(place)?,
            keeper: text(keeper)?,
            hours: text(hours)?,
            phone: text(phone)?,
            closed: false,
        };
        state.store.set_talk_point(&point, trace).await?;
    }
    let today = state.now().date();
    let ahead = calendar(state, today, later(today, AHEAD)).await?;
    let Some(first) = ahead.into_iter().map(|row| row.sitting).find(|sitting| bookable(sitting, today)) else {
        return Ok(());
    };
    let matter = state.store.matter(MatterId(id(4, 1))).await?.ok_or(DemoError::Inconsistent("matter"))?;
    let caller = Booker { name: text("何大婶")?, phone: Some(text("13800009999")?), matter: None };
    for (who, n) in [(Booker::of(&matter), 1), (caller, 2)] {
        book::book(state, BookingId(booking_id(state.now(), n)), first.key, &who).await?;
    }
    Ok(())
}

fn rule(
    state: &AppState,
    names: &[Named],
    when: Recurrence,
    place: &str,
    begins: (u16, u16),
    ends: (u16, u16),
    slots: u16,
) -> Result<ReceptionRule, DemoError> {
    let leader =
        |(name, office, duty): &Named| Ok(Leader { name: text(name)?, office: text(office)?, duty: Some(text(duty)?) });
    let time = |(hour, minute)| MinuteOfDay::new(hour, minute).ok_or(DemoError::Inconsistent("time"));
    let parts = RuleParts {
        leaders: names.iter().map(leader).collect::<Result<_, DemoError>>()?,
        when,
        since: state.now().date(),
        until: None,
        place: text(place)?,
        begins: time(begins)?,
        ends: time(ends)?,
        slots,
    };
    ReceptionRule::new(parts).map_err(|_| DemoError::Inconsistent("rule"))
}

/// As a form makes it.
fn booking_id(now: Moment, n: u8) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.0).unwrap_or(0), &[n; 10]).into_uuid()
}
