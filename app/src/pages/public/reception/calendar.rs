//! `/jf`: who receives when and where, with a way to book.

use case_core::reception::Sitting;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::super::frame::Frame;
use super::or_call;
use crate::text::public::reception as words;

/// A reception with its free places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The reception.
    pub sitting: Sitting,
    /// Free places.
    pub free: u16,
    /// Whether booking is open: its day lies ahead.
    pub open: bool,
}

impl Offered {
    /// Whether somebody can book it now.
    #[must_use]
    pub fn bookable(&self) -> bool {
        self.open && self.free > 0 && !self.sitting.off
    }

    /// Where it is booked: nothing of anybody stands in it.
    #[must_use]
    pub fn address(&self) -> String {
        ["/jf/", &self.sitting.key.rule.to_string(), "/", &self.sitting.key.planned.to_string()].concat()
    }
}

/// The page.
#[must_use]
pub fn calendar(frame: &Frame<'_>, offered: &[Offered], today: NaiveDate) -> String {
    let rows = offered.iter().map(|one| line(one, today)).collect_view();
    let list = if offered.is_empty() {
        view! { <p>{words::NONE}</p> }.into_any()
    } else {
        view! { <ul class="cells">{rows}</ul> }.into_any()
    };
    let door = |address: &'static str, name: &'static str, note: &'static str| {
        view! {
            <a class="cell cell--link" href=address><span class="cell__body">
                <span class="cell__title">{name}</span><span class="cell__note">{note}</span>
            </span></a>
        }
    };
    let main = view! {
        <h1 class="lookup__title">{words::TITLE}</h1>
        <p>{words::NOTE}</p>
        {list}
        <h2>{words::MORE}</h2>
        <nav class="cells" aria-label=words::MORE>
            {door("/jf/mine", words::MINE, words::MINE_NOTE)}
            {door("/sd", words::POINTS, words::POINTS_NOTE)}
        </nav>
        {or_call(frame)}
    };
    frame.page(words::TITLE, main)
}

/// One reception: its times first, then who and where.
fn line(one: &Offered, today: NaiveDate) -> impl IntoView + use<> {
    let sitting = &one.sitting;
    let reason = sitting.reason.as_ref().filter(|_| sitting.off || !sitting.is_moved());
    let why = reason.map(|reason| [words::WHY, reason.as_str()].concat());
    let moved = (sitting.is_moved() && !sitting.off).then(|| words::moved(sitting, today));
    let mark = match (sitting.off, moved.is_some()) {
        (true, _) => Some(("badge badge--over", words::OFF)),
        (false, true) => Some(("badge badge--near", words::MOVED)),
        (false, false) => None,
    };
    let places = match (sitting.off, one.open, one.free) {
        (true, ..) => None,
        (_, false, _) => Some(words::CLOSED.to_owned()),
        (_, _, 0) => Some(words::FULL.to_owned()),
        (_, _, free) => Some(words::free(free)),
    };
    let link = one.bookable().then(|| {
        let label = words::book(sitting, today);
        view! { <a class="btn btn--plain" href=one.address() aria-label=label>{words::BOOK}</a> }
    });
    view! {
        <li class="cell">
            <span class="cell__body">
                <span class="cell__title">
                    {words::when(sitting, today)}{mark.map(|(class, word)| view! { " "<span class=class>{word}</span> })}
                </span>
                <span class="cell__note">{words::who(&sitting.leader)}</span>
                <span class="cell__note">{sitting.place.as_str().to_owned()}</span>
                {moved.map(|moved| view! { <span class="cell__note">{moved}</span> })}
                {why.map(|why| view! { <span class="cell__note">{why}</span> })}
                {places.map(|places| view! { <span class="cell__note">{places}</span> })}
            </span>
            {link}
        </li>
    }
}
