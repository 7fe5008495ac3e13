//! 接访安排 at the desk: rules, changes of single days, who comes, who came and what it led to, whom to tell.
//!
//! Who keeps the calendar reads names and numbers: they phone. Everybody else who may look sees them masked. The
//! number of a matter is shown to whoever may see the matter, and to nobody who stays away from it (回避).

use std::collections::{BTreeMap, BTreeSet};

use app::format::{self, mask_name, mask_phone};
use app::text::reception as words;
use app::text::screen::receptions as said;
use case_core::actor::Actor;
use case_core::audit::Trace;
use case_core::code::MatterNumber;
use case_core::id::{BookingId, MatterId, ReceptionId};
use case_core::reception::{Booking, BookingState, ReceptionRule, RuleParts, Sitting, SittingKey, Told};
use case_core::text::ShortText;
use case_core::wire::problem::Problem;
use case_core::wire::receptions::{
    BookingAct, BookingRow, ChangeRequest, InviteRequest, MatterBookings, ReceptionDesk, RuleRequest, RuleRow,
    SittingList,
};
use case_core::wire::reports::{ReportCell, ReportSection, ReportSheet};
use chrono::NaiveDate;
use uuid::Uuid;

use super::book::{self, Answer, NoPlace, dialled};
use super::{AHEAD, REACH, before, calendar, find, later, sitting};
use crate::error::ApiError;
use crate::permissions::{Right, rights};
use crate::state::AppState;
use crate::use_cases::visible;

/// So many days back the list of receptions goes: what came of them is entered in the days after.
const BACK: u64 = 14;

fn told(words: impl Into<String>) -> ApiError {
    ApiError::Told(words.into())
}

/// Whether the actor keeps the calendar.
fn keeps(actor: &Actor) -> bool {
    rights(actor.role).contains(&Right::Receptions)
}

/// The page.
pub(crate) async fn desk(state: &AppState, actor: &Actor) -> Result<ReceptionDesk, ApiError> {
    let today = state.now().date();
    let from = today.checked_sub_days(chrono::Days::new(BACK)).unwrap_or(today);
    let (rules, _) = state.store.receptions(today).await?;
    let rules = rules.into_iter().map(|(id, rule)| RuleRow { id, rule: RuleParts::from(rule) }).collect();
    let sittings = calendar(state, from, later(today, AHEAD)).await?;
    let mut to_tell = Vec::new();
    for (booking, sitting) in bookings_to_tell(state).await? {
        to_tell.push(row(state, actor, booking, sitting.as_ref()).await?);
    }
    Ok(ReceptionDesk { rules, sittings, to_tell, keeps: keeps(actor), today })
}

/// 要告知的预约: whoever booked and was last told something else than what will be. Telling them, by whatever means,
/// ends with [`mark_told`].
///
/// # Errors
/// [`ApiError`], of the database.
pub async fn bookings_to_tell(state: &AppState) -> Result<Vec<(Booking, Option<Sitting>)>, ApiError> {
    let today = state.now().date();
    let receptions = state.store.receptions(before(today)).await?;
    let calendar = state.calendar();
    let waiting = state.store.bookings_waiting(before(today)).await?;
    let beside = waiting.into_iter().map(|booking| {
        let sitting = find(&receptions, &calendar, booking.key);
        (booking, sitting)
    });
    Ok(beside.filter(|(booking, sitting)| booking.needs_telling(sitting.as_ref(), today)).collect())
}

/// 已告知: the person knows `now`. What has changed again meanwhile stays to be told.
///
/// # Errors
/// [`Problem::NotFound`]; the database.
pub async fn mark_told(state: &AppState, id: BookingId, now: Option<Told>, trace: Trace) -> Result<Booking, ApiError> {
    let decide = |booking: &Booking| Ok::<_, ApiError>(Booking { told: now.clone(), ..booking.clone() });
    state.store.change_booking(id, true, trace, &decide).await?.ok_or(Problem::NotFound)?
}

/// Makes a rule, or words it anew. On which days it is stays as it was: bookings hang on these.
pub(crate) async fn set_rule(state: &AppState, request: RuleRequest, trace: Trace) -> Result<(), ApiError> {
    let rule = ReceptionRule::new(request.rule).map_err(|fault| told(words::fault(fault)))?;
    let id = match request.id {
        None => {
            if rule.parts().since < state.now().date() {
                return Err(told(said::SINCE_PAST));
            }
            ReceptionId(Uuid::now_v7())
        }
        Some(id) => {
            let old = rule_of(state, id).await?;
            let (old, new) = (old.parts(), rule.parts());
            if (old.when, old.since, old.until) != (new.when, new.since, new.until) {
                return Err(told(said::DAYS_STAY));
            }
            if new.slots < old.slots && max_slot(state, id).await?.is_some_and(|slot| slot >= new.slots) {
                return Err(told(said::SLOTS_TAKEN));
            }
            id
        }
    };
    Ok(state.store.set_reception_rule(id, &rule, trace).await?)
}

async fn max_slot(state: &AppState, id: ReceptionId) -> Result<Option<u16>, ApiError> {
    let waiting = state.store.bookings_waiting(before(state.now().date())).await?;
    Ok(waiting.iter().filter(|booking| booking.key.rule == id).map(|booking| booking.slot).max())
}

async fn rule_of(state: &AppState, id: ReceptionId) -> Result<ReceptionRule, ApiError> {
    let (rules, _) = state.store.receptions(state.now().date()).await?;
    let found = rules.into_iter().find(|(known, _)| *known == id);
    Ok(found.ok_or(Problem::NotFound)?.1)
}

/// Ends a rule: nothing is planned after the last day.
pub(crate) async fn end_rule(state: &AppState, id: ReceptionId, last: NaiveDate, trace: Trace) -> Result<(), ApiError> {
    let rule = rule_of(state, id).await?;
    let yesterday = state.now().date().pred_opt().unwrap_or(last);
    // What has been stays as it was.
    let last = last.max(yesterday);
    if rule.parts().until.is_some_and(|until| until < last) {
        return Err(told(said::ENDS_EARLIER));
    }
    Ok(state.store.set_reception_rule(id, &rule.ended(last), trace).await?)
}

/// Calls one reception off, moves it, gives it to another leader, or takes that back.
pub(crate) async fn change(state: &AppState, request: ChangeRequest, trace: Trace) -> Result<(), ApiError> {
    let today = state.now().date();
    let now = sitting(state, request.key).await?.ok_or(Problem::NotFound)?;
    if now.day < today {
        return Err(told(said::OVER));
    }
    if let Some(change) = &request.change {
        if let Some(to) = change.to {
            let far = (to - request.key.planned).num_days().unsigned_abs() > REACH;
            if to < today || far {
                return Err(told(said::MOVE_WHERE));
            }
        }
        if !change.off && change.to.is_none() && change.leader.is_none() {
            return Err(told(said::NOTHING_CHANGED));
        }
    }
    Ok(state.store.change_reception(request.key, request.change.as_ref(), trace).await?)
}

/// Who comes to one reception.
pub(crate) async fn list(state: &AppState, actor: &Actor, key: SittingKey) -> Result<SittingList, ApiError> {
    let sitting = sitting(state, key).await?;
    let all = state.store.bookings_of(key).await?;
    if sitting.is_none() && all.is_empty() {
        return Err(Problem::NotFound.into());
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let phone = |booking: &Booking| booking.phone.as_ref().and_then(|phone| dialled(phone.as_str()));
    for digits in all.iter().filter(|booking| booking.state.takes_a_place()).filter_map(phone) {
        *times.entry(digits).or_default() += 1;
    }
    let mut bookings = Vec::with_capacity(all.len());
    for booking in all {
        let twice = booking.state.takes_a_place()
            && phone(&booking).is_some_and(|digits| times.get(&digits).is_some_and(|times| *times > 1));
        bookings.push(BookingRow { twice, ..row(state, actor, booking, sitting.as_ref()).await? });
    }
    let begun = sitting.as_ref().is_some_and(|sitting| sitting.day <= state.now().date());
    Ok(SittingList { sitting, bookings, keeps: keeps(actor), begun })
}

/// The appointments of a matter, for whoever sees it. Its own file says who the petitioner is.
pub(crate) async fn of_matter(state: &AppState, actor: &Actor, id: MatterId) -> Result<MatterBookings, ApiError> {
    visible::matter(state, actor, id).await?;
    let mut bookings = Vec::new();
    for booking in state.store.bookings_of_matter(id).await? {
        let sitting = sitting(state, booking.key).await?;
        bookings.push(masked(row(state, actor, booking, sitting.as_ref()).await?));
    }
    Ok(MatterBookings { bookings })
}

async fn row(
    state: &AppState,
    actor: &Actor,
    booking: Booking,
    sitting: Option<&Sitting>,
) -> Result<BookingRow, ApiError> {
    let mut number = None;
    let mut stays_away = false;
    if let Some(id) = booking.matter {
        match visible::matter(state, actor, id).await {
            Ok(matter) => number = Some(matter.number),
            Err(ApiError::Problem(Problem::NotFound)) => stays_away = true,
            Err(error) => return Err(error),
        }
    }
    let row = BookingRow {
        now: booking.stands(sitting),
        to_tell: booking.needs_telling(sitting, state.now().date()),
        twice: false,
        reason: sitting.and_then(|sitting| sitting.reason.clone()),
        number,
        booking,
    };
    Ok(match (keeps(actor), stays_away) {
        (true, false) => row,
        (false, false) => masked(row),
        // For them the matter does not exist; that a place is taken they see.
        (_, true) => masked(BookingRow { booking: Booking { matter: None, result: None, ..row.booking }, ..row }),
    })
}

fn masked(row: BookingRow) -> BookingRow {
    let mask = |text: String, else_: &ShortText| ShortText::parse(&text).unwrap_or_else(|_| else_.clone());
    let booking = row.booking;
    let name = mask(mask_name(booking.name.as_str()), &booking.name);
    let phone = booking.phone.as_ref().map(|phone| mask(mask_phone(phone.as_str()), phone));
    BookingRow { booking: Booking { name, phone, ..booking }, ..row }
}

/// 约访: keeps a place for the petitioner of a matter. Who is invited is told by phone, or by the printed invitation, or
/// finds it with the code.
pub(crate) async fn invite(
    state: &AppState,
    actor: &Actor,
    key: SittingKey,
    request: InviteRequest,
) -> Result<SittingList, ApiError> {
    let id = matter_of(state, actor, &request.number).await?;
    let matter = visible::matter(state, actor, id).await?;
    match book::invite(state, request.id, key, &matter, actor.account).await? {
        Answer::Done(_) => list(state, actor, key).await,
        Answer::Taken => Err(told(said::FORM_OLD)),
        Answer::No(why) => Err(told(match why {
            NoPlace::Gone | NoPlace::Off => said::NOT_HELD,
            NoPlace::NotNow => said::INVITE_NOT_NOW,
            NoPlace::Full => said::INVITE_FULL,
            NoPlace::SameDay => said::INVITE_SAME_DAY,
            NoPlace::TooMany => said::INVITE_TOO_MANY,
        })),
    }
}

/// 约访通知, to print: when and where, and how to answer. Nothing of what the matter is about.
pub(crate) async fn invitation(state: &AppState, actor: &Actor, id: BookingId) -> Result<ReportSheet, ApiError> {
    let booking = state.store.booking(id).await?.filter(|booking| booking.state.waits()).ok_or(Problem::NotFound)?;
    if let Some(matter) = booking.matter {
        visible::matter(state, actor, matter).await?;
    }
    let held = sitting(state, booking.key).await?.filter(|sitting| !sitting.off).ok_or(Problem::NotFound)?;
    let number = format::in_fours(booking.number.as_str());
    let rows = said::invitation(booking.name.as_str(), &held, held.time_of(booking.slot), &number);
    let cell = |text: String| ReportCell { text, ..ReportCell::default() };
    let rows = rows.into_iter().map(|(name, value)| vec![cell(name.to_owned()), cell(value)]).collect();
    let section = ReportSection {
        heading: said::INVITATION_SAYS.to_owned(),
        note: None,
        head: said::INVITATION_HEAD.iter().map(|(name, _)| (*name).to_owned()).collect(),
        widths: said::INVITATION_HEAD.iter().map(|(_, width)| *width).collect(),
        rows,
    };
    let settings = &state.settings;
    let answer = said::invitation_answer(&format!("{}/jf/mine", settings.base_url), &settings.office_phone);
    Ok(ReportSheet {
        organ: settings.office_name.clone(),
        title: said::INVITATION.to_owned(),
        period: number,
        made_on: state.now().date(),
        wide: false,
        sections: vec![section],
        notes: vec![app::text::public::reception::COME.to_owned(), answer],
        items: Vec::new(),
    })
}

/// What the desk does with a booking.
pub(crate) async fn act(
    state: &AppState,
    actor: &Actor,
    id: BookingId,
    act: BookingAct,
) -> Result<BookingRow, ApiError> {
    let trace = Trace::by(actor.account, state.now());
    let before = state.store.booking(id).await?.ok_or(Problem::NotFound)?;
    if let Some(matter) = before.matter {
        visible::matter(state, actor, matter).await?;
    }
    let sitting = sitting(state, before.key).await?;
    let begun = sitting.as_ref().is_some_and(|sitting| !sitting.off && sitting.day <= state.now().date());
    let booking = match act {
        BookingAct::Told(now) => mark_told(state, id, now, trace).await?,
        BookingAct::Cancel => {
            set(state, id, trace, &|booking| match booking.state {
                BookingState::Booked | BookingState::Invited => {
                    Ok(Booking { state: BookingState::Cancelled, ..booking.clone() })
                }
                BookingState::Cancelled | BookingState::Declined => Ok(booking.clone()),
                _ => Err(said::ALREADY_CAME),
            })
            .await?
        }
        BookingAct::Attended(_) | BookingAct::Absent if !begun => return Err(told(said::NOT_YET)),
        BookingAct::Attended(result) => {
            let number = result.number.as_deref().map(str::trim).filter(|number| !number.is_empty());
            let matter = match number {
                Some(number) => Some(matter_of(state, actor, number).await?),
                None => before.matter,
            };
            set(state, id, trace, &|booking| match booking.state {
                BookingState::Cancelled | BookingState::Declined => Err(said::WAS_CANCELLED),
                _ => Ok(Booking {
                    state: BookingState::Attended,
                    matter,
                    result: result.words.clone(),
                    ..booking.clone()
                }),
            })
            .await?
        }
        BookingAct::Absent => {
            set(state, id, trace, &|booking| match booking.state {
                BookingState::Cancelled | BookingState::Declined => Err(said::WAS_CANCELLED),
                _ => Ok(Booking { state: BookingState::Absent, result: None, ..booking.clone() }),
            })
            .await?
        }
    };
    row(state, actor, booking, sitting.as_ref()).await
}

async fn set(
    state: &AppState,
    id: BookingId,
    trace: Trace,
    decide: &(dyn Fn(&Booking) -> Result<Booking, &'static str> + Sync),
) -> Result<Booking, ApiError> {
    let done = state.store.change_booking(id, false, trace, decide).await?.ok_or(Problem::NotFound)?;
    done.map_err(told)
}

/// The matter with a number, if it exists for the actor.
async fn matter_of(state: &AppState, actor: &Actor, typed: &str) -> Result<MatterId, ApiError> {
    let plain: String = typed.split_whitespace().collect();
    let number = MatterNumber::parse(&plain).map_err(|_| told(said::NUMBER_WRONG))?;
    let id = state.store.matter_by_number(number.as_str()).await?.ok_or_else(|| told(said::NO_SUCH_NUMBER))?;
    match visible::matter(state, actor, id).await {
        Ok(matter) => Ok(matter.id),
        Err(ApiError::Problem(Problem::NotFound)) => Err(told(said::NO_SUCH_NUMBER)),
        Err(error) => Err(error),
    }
}

/// 接访名单, to print: for the leader's table. The cancelled are left out.
pub(crate) async fn sheet(state: &AppState, actor: &Actor, key: SittingKey) -> Result<ReportSheet, ApiError> {
    let list = list(state, actor, key).await?;
    let sitting = list.sitting.ok_or(Problem::NotFound)?;
    let mut seen = BTreeSet::new();
    let rows = list.bookings.iter().filter(|row| row.booking.state.takes_a_place());
    let rows = rows.map(|row| {
        seen.insert(row.booking.id);
        let phone = row.booking.phone.as_ref().map_or("", ShortText::as_str);
        let number = row.number.as_ref().map_or("", MatterNumber::as_str);
        let time = row.now.as_ref().map_or_else(String::new, |now| now.time.to_string());
        let cells =
            [seen.len().to_string(), time, row.booking.name.as_str().to_owned(), phone.to_owned(), number.to_owned()];
        let empty = [String::new(), String::new()];
        cells.into_iter().chain(empty).map(|text| ReportCell { text, ..ReportCell::default() }).collect()
    });
    let rows: Vec<Vec<ReportCell>> = rows.collect();
    let section = ReportSection {
        heading: said::SHEET_LIST.to_owned(),
        note: rows.is_empty().then(|| said::NOBODY.to_owned()),
        head: said::SHEET_HEAD.iter().map(|(name, _)| (*name).to_owned()).collect(),
        widths: said::SHEET_HEAD.iter().map(|(_, width)| *width).collect(),
        rows,
    };
    Ok(ReportSheet {
        organ: state.settings.office_name.clone(),
        title: said::SHEET.to_owned(),
        period: said::sheet_line(&sitting),
        made_on: state.now().date(),
        wide: false,
        sections: vec![section],
        notes: vec![said::SHEET_NOTE.to_owned()],
        items: Vec::new(),
    })
}
