//! Rows of lists: matters, households, records.

use std::collections::HashSet;
use std::time::Duration;

use case_core::field::Payload;
use case_core::id::{HouseholdId, MatterId};
use case_core::matter::Stage;
use case_core::time::nearest;
use case_core::wire::sync::{HouseholdCard, MatterCard};
use case_offline::{Entry, EntryState, Subject, WorkArea};
use chrono::NaiveDate;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::on_phone::OnPhone;
use crate::components::deadline::deadline_html;
use crate::components::notice::{Mark, Tone, notice};
use crate::forms::{Told, told};
use crate::html::escaped;
use crate::text;
use crate::text::screen::{field as words, field_me, field_more};

/// Lists show so many rows at most; typing narrows them. 1,500 households stay quick.
pub(super) const MOST: usize = 60;

/// So many rows answer what was typed: beside the keyboard there is room for three. A slow phone draws the others
/// when the thumb rests.
pub(super) const FEW: usize = 4;
/// Rows that are added at once, and how long a thumb has rested before that.
const MORE: usize = 13;
const REST: Duration = Duration::from_millis(400);

/// How many rows to draw now: `first` when the list is opened, [`FEW`] whenever something else is typed,
/// and from there on more and more up to [`MOST`].
pub(super) fn growing(typed: RwSignal<String>, first: usize) -> Memo<usize> {
    let grown = RwSignal::new((typed.get_untracked(), first));
    Effect::new(move |before: Option<Option<TimeoutHandle>>| {
        if let Some(timer) = before.flatten() {
            timer.clear();
        }
        let now = typed.get();
        let rows = grown.with(|(of, rows)| (*of == now).then_some(*rows));
        let Some(rows) = rows else {
            // Also what was typed before begins anew: it is not drawn at length at the touch of a key.
            grown.set((now, FEW));
            return None;
        };
        if rows >= MOST {
            return None;
        }
        let grow = move || {
            // The list may be gone by now.
            let _ = grown.try_set((now, rows + MORE));
        };
        set_timeout_with_handle(grow, REST).ok()
    });
    Memo::new(move |_| grown.with(|(of, rows)| typed.with(|typed| if typed == of { *rows } else { FEW })).min(MOST))
}

/// Why two signs of a list would be too many: the rest is counted.
pub(super) fn cut(shown: usize, all: usize) -> AnyView {
    (all > shown).then(|| view! { <p class="section muted">{words::more(shown, all)}</p> }).into_any()
}

/// What waits on this phone, by what it is about: lists say so before the server knows.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Waiting {
    pub(super) households: HashSet<HouseholdId>,
    pub(super) matters: HashSet<MatterId>,
}

impl Waiting {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut waiting = Self::default();
        for entry in entries {
            match &entry.record.payload {
                Payload::HouseholdVisit(visit) => {
                    waiting.households.insert(visit.household);
                }
                Payload::ReturnVisit(visit) => {
                    waiting.matters.insert(visit.matter);
                }
                _ => {}
            }
        }
        waiting
    }
}

/// What waits now. Only a real change is told: a list that is drawn anew under a thumb loses the tap.
pub(super) fn waiting(phone: OnPhone) -> Memo<Waiting> {
    let known = phone.records(|handle| async move { Ok(Waiting::of(&handle.outbox().await?)) });
    Memo::new(move |_| known.with(|known| known.clone().unwrap_or_default()))
}

/// The row of a matter, as HTML: title, stage, who and where, the nearest deadline. All lists of matters are
/// [`matter_rows`], so there is one such row.
fn matter_row(card: &MatterCard, today: NaiveDate, href: &str) -> String {
    let badge = match card.stage {
        Stage::AwaitingReturnVisit => "badge badge--act",
        Stage::Returned => "badge badge--over",
        _ => "badge",
    };
    let address = card.address.as_ref().map_or_else(String::new, |address| [" · ", address.as_str()].concat());
    [
        "<li><a class=\"matter\" href=\"",
        &escaped(href),
        "\"><div class=\"matter__head\"><h3 class=\"matter__title\">",
        &escaped(card.title.as_str()),
        "</h3><span class=\"",
        badge,
        "\">",
        text::stage::stage(card.now()),
        "</span></div><p class=\"matter__who\">",
        &escaped(&[card.petitioner.as_str(), &address].concat()),
        "</p>",
        &nearest(&card.clocks).map_or_else(String::new, |clock| deadline_html(clock, today)),
        "</a></li>",
    ]
    .concat()
}

/// Rows of matters, each with the address behind which it stands (`/w/files/`).
pub(super) fn matter_rows<'a>(cards: impl Iterator<Item = (&'a MatterCard, &'static str)>, today: NaiveDate) -> String {
    let row = |(card, below): (&MatterCard, &str)| matter_row(card, today, &[below, &card.id.to_string()].concat());
    cards.map(row).collect()
}

/// The list of them.
pub(super) fn matter_list(rows: String) -> AnyView {
    view! { <ul class="cells" inner_html=rows></ul> }.into_any()
}

/// Where a matter's own page is, for [`matter_rows`].
pub(super) const FILES: &str = "/w/files/";

/// A household as a list shows it: head, address, when it was last visited.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct HouseholdLine {
    href: String,
    head: String,
    address: String,
    value: String,
}

/// What the list says of a household.
pub(super) fn household_line(card: &HouseholdCard, today: NaiveDate, waiting: bool, href: String) -> HouseholdLine {
    let value = if waiting {
        words::RECORDED_HERE.to_owned()
    } else if let Some(next) = card.next_visit.filter(|next| *next >= today) {
        words::planned(next, today)
    } else {
        card.last_visit.map_or_else(|| words::NOT_VISITED.to_owned(), |last| words::visited(last, today))
    };
    HouseholdLine { href, head: words::home_of(card.head.as_str()), address: card.address.as_str().to_owned(), value }
}

/// The row of a household.
pub(super) fn household_row(line: HouseholdLine) -> AnyView {
    view! {
        <li>
            <a class="cell cell--link" href=line.href>
                <span class="cell__body">
                    <span class="cell__title">{line.head}</span>
                    <span class="cell__note">{line.address}</span>
                </span>
                <span class="cell__value">{line.value}</span>
            </a>
        </li>
    }
    .into_any()
}

/// What a record is called: 登门遍访 · 林秀英家.
pub(super) fn entry_title(entry: &Entry, work: &WorkArea) -> String {
    let about = match entry.subject() {
        Some(Subject::Household(id)) => work.household(id).map(|card| words::home_of(card.head.as_str())),
        Some(Subject::Matter(id)) => work.matter(id).map(|card| card.title.as_str().to_owned()),
        None => None,
    };
    let kind = field_more::called(&entry.record.payload);
    about.map_or_else(|| kind.to_owned(), |about| [kind, " · ", &about].concat())
}

/// The mark of a record's state.
pub(super) fn entry_mark(state: &EntryState, sending: bool) -> Mark {
    match state {
        EntryState::Waiting if sending => Mark::Sending,
        EntryState::Waiting => Mark::Saved,
        EntryState::Confirmed { .. } => Mark::Ok,
        EntryState::SetAside { .. } => Mark::No,
    }
}

/// 查询码 of the matters that a record raised; nothing when it raised none.
pub(super) fn codes(entry: &Entry) -> AnyView {
    let receipt = match &entry.state {
        EntryState::Confirmed { receipt, .. } => Some((receipt.raised.as_slice(), receipt.flags.as_slice())),
        _ => None,
    };
    let one = |told: Told| {
        let number = told.number.map(|number| {
            view! { <p>{field_me::NUMBER}" "{crate::format::in_fours(number.as_str())}</p> }
        });
        let replaced = match (told.replaced, &told.code) {
            (true, Some(_)) => Some(notice(Tone::Warn, field_more::CODE_REPLACED, None)),
            (true, None) => Some(notice(Tone::Warn, field_more::CODE_REPLACED_UNKNOWN, None)),
            (false, _) => None,
        };
        let code = match told.code {
            Some(code) => view! {
                <p>{field_more::CODE_GIVE}</p>
                <p>{field_me::QUERY_CODE}</p>
                <p class="receipt__digits">{code}</p>
            }
            .into_any(),
            None if told.replaced => ().into_any(),
            None => view! { <p class="section">{field_more::CODE_LATER}</p> }.into_any(),
        };
        view! {
            <div class="receipt__code">
                <p class="section"><b>{field_more::code_for(&told.petitioner)}</b>"："{told.title}</p>
                {number}{code}{replaced}
            </div>
        }
    };
    told(&entry.record.payload, receipt).into_iter().map(one).collect_view().into_any()
}

/// What a list and its own page say of a record: its name, when it was saved, where it stands.
pub(super) fn entry_face(phone: OnPhone, entry: &Entry, work: &WorkArea, sending: bool, today: NaiveDate) -> AnyView {
    let files = phone.handle().map(|handle| handle.files_of(entry)).unwrap_or_default();
    let state = field_me::state(&entry.state, &files, sending, today);
    let when = field_me::saved_at(entry.record.made_at, today);
    let flags = match &entry.state {
        EntryState::Confirmed { receipt, .. } => receipt.flags.as_slice(),
        _ => &[],
    };
    let warn = |words: String| view! { <span class="cell__note">{Mark::Warn.draw()}" "{words}</span> };
    let warnings: Vec<_> =
        flags.iter().map(|flag| text::record::flag(*flag).to_owned()).chain(field_me::lost(&files)).map(warn).collect();
    view! {
        <span class="cell__icon">{entry_mark(&entry.state, sending).draw()}</span>
        <span class="cell__body">
            <span class="cell__title">{entry_title(entry, work)}</span>
            <span class="cell__note">{[&when, "，", &field_me::summary(&entry.record.payload)].concat()}</span>
            <span class="cell__note">{state}</span>
            {warnings}
        </span>
    }
    .into_any()
}

/// A record with its state, and the codes of what it raised. A tap shows all that it says.
pub(super) fn entry_row(
    phone: OnPhone,
    entry: &Entry,
    work: &WorkArea,
    sending: bool,
    today: NaiveDate,
    act: Option<AnyView>,
) -> AnyView {
    let href = ["/w/record/", &entry.record.id.to_string()].concat();
    view! {
        <li>
            <a class="cell cell--link" href=href>{entry_face(phone, entry, work, sending, today)}</a>
            {act}
            {codes(entry)}
        </li>
    }
    .into_any()
}
