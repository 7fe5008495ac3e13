//! `/jf/mine`: one's own booking. As it stands now, not as it was booked: called off and moved are said first.

use case_core::reception::{Booking, BookingState, Sitting, Told};
use case_core::time::Moment;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::super::frame::{DRAW, Frame};
use super::calendar::Offered;
use super::{field_error, or_call, row};
use crate::format;
use crate::text::public::reception as words;

/// What opens a booking. It stands in forms, never in an address.
#[derive(Clone, Copy)]
pub struct Secret<'a> {
    /// 预约号.
    pub number: &'a str,
    /// The end of the phone number, or the name.
    pub proof: &'a str,
}

/// The question, at first or after a try.
#[derive(Clone, Copy)]
pub struct AskBooking<'a> {
    /// What was typed.
    pub number: &'a str,
    /// What proves it, over a change of type only: after a miss it is typed anew.
    pub proof: &'a str,
    /// What is wrong with the number.
    pub number_fault: Option<&'static str>,
    /// There is no such booking, or the proof is wrong.
    pub miss: bool,
}

/// The question.
#[must_use]
pub fn ask_booking(frame: &Frame<'_>, ask: &AskBooking<'_>) -> String {
    let wrong = ask.miss || ask.number_fault.is_some();
    let title =
        if wrong { [words::NOT_FOUND, " - ", words::MINE_TITLE].concat() } else { words::MINE_TITLE.to_owned() };
    let typed: String = ask.number.chars().take(40).collect();
    let proof: String = ask.proof.chars().take(80).collect();
    let invalid = ask.number_fault.map(|_| "true");
    let described = if ask.number_fault.is_some() { "number-hint number-error" } else { "number-hint" };
    let miss = ask.miss.then(|| {
        view! {
            <div class="notice notice--refuse" role="alert">
                <span class="mark mark--no" aria-hidden="true"></span>
                <div class="notice__body"><p class="notice__title">{words::NOT_FOUND}</p></div>
            </div>
        }
    });
    let main = view! {
        <h1 class="lookup__title">{words::MINE_TITLE}</h1>
        {miss}
        <form class="form" id="mine" method="post" action="/jf/mine" novalidate>
            <div class="field">
                <label class="field__label" for="number">{words::NUMBER}</label>
                <p class="field__hint" id="number-hint">{words::NUMBER_HINT}</p>
                <input class="field__input field__input--code" id="number" name="number" type="text" inputmode="numeric"
                    autocomplete="off" spellcheck="false" value=typed aria-describedby=described aria-invalid=invalid/>
                {field_error("number-error", ask.number_fault)}
            </div>
            <div class="field">
                <label class="field__label" for="proof">{words::LAST_FOUR}</label>
                <p class="field__hint" id="proof-hint">{words::LAST_FOUR_HINT}</p>
                <input class="field__input" id="proof" name="proof" type="text" autocomplete="off" spellcheck="false"
                    value=proof aria-describedby="proof-hint"/>
            </div>
            <button class="btn btn--block" type="submit">{words::SHOW}</button>
        </form>
        <p><a href="/jf">{words::BACK}</a></p>
        {or_call(frame)}
    };
    frame.page_with_switch(&title, frame.form_switch("mine", "/jf/mine", Some(DRAW)), main)
}

/// How a booking stands, for its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds, as booked or as told since.
    Holds,
    /// It holds, at another time or place than the person was told.
    Changed,
    /// The reception is not held.
    CalledOff,
    /// The person cancelled.
    Cancelled,
    /// It is over, and the person came.
    Attended,
    /// It is over, and the person did not come.
    Absent,
    /// It is over, and nobody has noted who came.
    Over,
    /// 约访: the person is invited, and has not answered.
    Invited,
    /// 约访: the person said no.
    Declined,
}

/// A booking beside its reception.
#[derive(Clone, Debug)]
pub struct Appointment<'a> {
    /// The booking.
    pub booking: &'a Booking,
    /// Its reception as it stands; none when it is not held any more.
    pub sitting: Option<&'a Sitting>,
    /// Whether the place can still be given back.
    pub cancellable: bool,
}

/// How it stands at a moment.
#[must_use]
pub fn state_of(appointment: &Appointment<'_>, now: Moment) -> Standing {
    let booking = appointment.booking;
    match booking.state {
        BookingState::Cancelled => Standing::Cancelled,
        BookingState::Attended => Standing::Attended,
        BookingState::Absent => Standing::Absent,
        BookingState::Declined => Standing::Declined,
        BookingState::Invited => match (booking.stands(appointment.sitting), appointment.sitting) {
            (Some(_), Some(sitting)) if sitting.ends_at() <= now => Standing::Over,
            (Some(_), _) => Standing::Invited,
            (None, _) => Standing::CalledOff,
        },
        BookingState::Booked => match (booking.stands(appointment.sitting), appointment.sitting) {
            (Some(_), Some(sitting)) if sitting.ends_at() <= now => Standing::Over,
            (Some(_), _) if booking.needs_telling(appointment.sitting, now.date()) => Standing::Changed,
            (Some(_), _) => Standing::Holds,
            (None, _) => Standing::CalledOff,
        },
    }
}

/// The page.
#[must_use]
pub fn booking(frame: &Frame<'_>, appointment: &Appointment<'_>, secret: Secret<'_>, now: Moment) -> String {
    let standing = state_of(appointment, now);
    let (title, what, class, mark) = match standing {
        Standing::Holds => (words::HOLDS, None, "notice notice--confirmed", "mark mark--ok"),
        Standing::Changed => (words::CHANGED, None, "notice notice--warn", "mark mark--warn"),
        Standing::CalledOff => {
            (words::CALLED_OFF, Some(words::CALLED_OFF_DO), "notice notice--refuse", "mark mark--no")
        }
        Standing::Cancelled => (words::CANCELLED, Some(words::CANCELLED_DO), "notice", "mark mark--info"),
        Standing::Attended => (words::ATTENDED, None, "notice", "mark mark--info"),
        Standing::Absent => (words::ABSENT, None, "notice", "mark mark--info"),
        Standing::Over => (words::OVER, None, "notice", "mark mark--info"),
        Standing::Invited => (words::INVITED, Some(words::INVITED_DO), "notice notice--warn", "mark mark--warn"),
        Standing::Declined => (words::DECLINED, Some(words::CANCELLED_DO), "notice", "mark mark--info"),
    };
    let reason = appointment.sitting.and_then(|sitting| sitting.reason.as_ref());
    let reason = reason.filter(|_| matches!(standing, Standing::Changed | Standing::CalledOff));
    let comes = matches!(standing, Standing::Holds | Standing::Changed);
    let invited = standing == Standing::Invited;
    let off = matches!(standing, Standing::CalledOff | Standing::Cancelled | Standing::Declined);
    let stands = appointment.booking.stands(appointment.sitting).filter(|_| comes || invited);
    // What is over or called off shows when it was to be.
    let shown = stands.or_else(|| appointment.booking.told.clone());
    let today = now.date();
    let main = view! {
        <h1 class="visually-hidden">{words::MINE_TITLE}</h1>
        <div class=class role="status">
            <span class=mark aria-hidden="true"></span>
            <div class="notice__body">
                <p class="notice__title">{title}</p>
                {what.map(|what| view! { <p>{what}</p> })}
                {reason.map(|reason| view! { <p>{[words::WHY, reason.as_str()].concat()}</p> })}
            </div>
        </div>
        {shown.map(|told| facts(&told, appointment, today))}
        {comes.then(|| view! { <p>{words::COME}</p><p class="no-print">{words::KEEP}</p> })}
        {(invited && appointment.cancellable).then(|| answers(secret))}
        {comes.then(|| calendar_file(words::ICS, "btn btn--block", secret))}
        {(comes && appointment.cancellable).then(|| acts(secret))}
        // What was put into a calendar is taken out of it again.
        {off.then(|| calendar_file(words::ICS_OFF, "btn btn--plain btn--block", secret))}
        <p class="no-print"><a href="/jf">{words::BACK}</a></p>
        {or_call(frame)}
    };
    let switch = frame.again_switch("/jf/mine", None, &[("number", secret.number), ("proof", secret.proof)]);
    frame.page_with_switch(&[title, " - ", words::MINE_TITLE].concat(), switch, main)
}

fn facts(told: &Told, appointment: &Appointment<'_>, today: NaiveDate) -> impl IntoView + use<> {
    let when = [&format::day(told.day, today), " ", &told.time.to_string()].concat();
    let office = appointment.sitting.filter(|sitting| sitting.leader.name == told.leader);
    let who = office.map_or_else(|| told.leader.as_str().to_owned(), |sitting| words::who(&sitting.leader));
    view! {
        <ul class="cells">
            {row(words::NUMBER, format::in_fours(appointment.booking.number.as_str()))}
            {row(words::WHEN, when)}
            {row(words::WHERE, told.place.as_str().to_owned())}
            {row(words::WHO, who)}
        </ul>
    }
}

fn calendar_file(word: &'static str, class: &'static str, secret: Secret<'_>) -> impl IntoView + use<> {
    view! {
        <form class="no-print" method="post" action="/jf/ics">
            {hidden(secret)}
            <button class=class type="submit">{word}</button>
        </form>
    }
}

/// 改时间, and 取消.
fn acts(secret: Secret<'_>) -> impl IntoView + use<> {
    view! {
        {elsewhere(secret)}
        <details class="no-print">
            <summary>{words::CANCEL}</summary>
            <p>{words::CANCEL_SURE}</p>
            <form method="post" action="/jf/cancel">
                {hidden(secret)}
                <button class="btn btn--plain btn--block" type="submit">{words::CANCEL_GO}</button>
            </form>
        </details>
    }
}

/// 约访: yes, another day, no.
fn answers(secret: Secret<'_>) -> impl IntoView + use<> {
    view! {
        <form class="no-print" method="post" action="/jf/accept">
            {hidden(secret)}
            <button class="btn btn--block" type="submit">{words::ACCEPT}</button>
        </form>
        {elsewhere(secret)}
        <form class="no-print" method="post" action="/jf/cancel">
            {hidden(secret)}
            <button class="btn btn--plain btn--block" type="submit">{words::DECLINE}</button>
        </form>
    }
}

fn elsewhere(secret: Secret<'_>) -> impl IntoView + use<> {
    view! {
        <form class="no-print" method="post" action="/jf/move">
            {hidden(secret)}
            <button class="btn btn--plain btn--block" type="submit">{words::MOVE}</button>
        </form>
    }
}

/// 改时间: the other receptions with a free place, each a button. The old place is given back with the same tap.
#[must_use]
pub fn moving(
    frame: &Frame<'_>,
    secret: Secret<'_>,
    others: &[Offered],
    fault: Option<&'static str>,
    today: NaiveDate,
) -> String {
    let notice = fault.map(|text| {
        view! {
            <div class="notice notice--refuse" role="alert">
                <span class="mark mark--no" aria-hidden="true"></span>
                <div class="notice__body"><p class="notice__title">{words::NOT_MOVED}</p><p>{text}</p></div>
            </div>
        }
    });
    let rows = others.iter().map(|one| {
        let to = [&one.sitting.key.rule.to_string(), "/", &one.sitting.key.planned.to_string()].concat();
        view! {
            <li>
                <button class="cell cell--act" type="submit" name="to" value=to><span class="cell__body">
                    <span class="cell__title">{words::when(&one.sitting, today)}</span>
                    <span class="cell__note">{words::who(&one.sitting.leader)}</span>
                    <span class="cell__note">{one.sitting.place.as_str().to_owned()}</span>
                    <span class="cell__note">{words::free(one.free)}</span>
                </span></button>
            </li>
        }
    });
    let list = if others.is_empty() {
        view! { <p>{words::NO_OTHERS}</p> }.into_any()
    } else {
        view! {
            <form method="post" action="/jf/move">
                {hidden(secret)}
                <ul class="cells">{rows.collect_view()}</ul>
            </form>
        }
        .into_any()
    };
    let title = if fault.is_some() { [words::NOT_MOVED, " - ", words::MOVE].concat() } else { words::MOVE.to_owned() };
    let main = view! {
        <h1 class="lookup__title">{words::MOVE}</h1>
        {notice}
        <p>{words::MOVE_NOTE}</p>
        {list}
        <form method="post" action="/jf/mine">
            {hidden(secret)}
            <button class="btn btn--text btn--block" type="submit">{words::MOVE_NOT}</button>
        </form>
        {or_call(frame)}
    };
    let switch = frame.again_switch("/jf/move", None, &[("number", secret.number), ("proof", secret.proof)]);
    frame.page_with_switch(&title, switch, main)
}

/// What opens the booking, for a form.
pub(super) fn hidden(secret: Secret<'_>) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="number" value=secret.number.to_owned()/>
        <input type="hidden" name="proof" value=secret.proof.to_owned()/>
    }
}
