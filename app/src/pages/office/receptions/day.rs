//! `/w/receptions/{rule}/{day}`: who comes, who came, and what it led to.

use case_core::id::BookingId;
use case_core::reception::SittingKey;
use case_core::text::Paragraph;
use case_core::wire::receptions::{BookingAct, BookingResult, BookingRow, InviteRequest, SittingList, matter_of};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::table;
use crate::client::receptions;
use crate::components::dialog::Dialog;
use crate::components::field::{Field, Kind, Need};
use crate::components::loading::loaded;
use crate::components::notice::{Failure, Tone, notice};
use crate::components::page::{DeskPage, Section};
use crate::components::toast::use_toasts;
use crate::load::{Loader, load};
use crate::text::reception as names;
use crate::text::screen::{common, receptions as words};
use crate::who::use_who;
use crate::{format, routes};

/// Does something with a booking, and reads the list anew.
#[derive(Clone, Copy)]
struct Acts {
    list: Loader<SittingList>,
    failure: RwSignal<Option<String>>,
    /// The booking whose result is asked for.
    came: RwSignal<Option<BookingRow>>,
    open: RwSignal<bool>,
}

impl Acts {
    fn send(self, id: BookingId, act: BookingAct) {
        let (who, toasts) = (use_who(), use_toasts());
        self.failure.set(None);
        leptos::task::spawn_local(async move {
            match receptions::act(id, &act).await {
                Ok(_) => {
                    toasts.say(words::NOTED);
                    let _ = self.open.try_set(false);
                    self.list.reload();
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = self.failure.try_set(Some(error.message()));
                }
            }
        });
    }
}

/// The page.
#[component]
pub fn DayPage(
    /// Which reception.
    key: SittingKey,
) -> impl IntoView {
    let acts = Acts {
        list: load(move || receptions::list(key)),
        failure: RwSignal::new(None),
        came: RwSignal::new(None),
        open: RwSignal::new(false),
    };
    view! {
        <DeskPage section=Section::Receptions title=Signal::stored(words::LIST.to_owned())>
            <p><a href="/w/receptions">{words::BACK}</a></p>
            <Failure message=acts.failure/>
            {loaded(acts.list, move |list: SittingList| draw(&list, key, acts))}
            <Dialog open=acts.open id="came" title=Signal::stored(words::CAME_TITLE.to_owned())>
                {move || acts.came.get().map(|row| view! { <CameForm row acts/> })}
            </Dialog>
        </DeskPage>
    }
    .into_any()
}

fn draw(list: &SittingList, key: SittingKey, acts: Acts) -> AnyView {
    let head = match &list.sitting {
        None => notice(Tone::Warn, words::NOT_HELD, None),
        Some(sitting) => {
            let why = sitting.reason.as_ref().map(|why| view! { <p>{why.as_str().to_owned()}</p> }.into_any());
            let off = sitting.off.then(|| notice(Tone::Warn, words::OFF, why));
            view! { <p><b>{words::sheet_line(sitting)}</b></p>{off} }.into_any()
        }
    };
    let held = list.sitting.as_ref().is_some_and(|sitting| !sitting.off);
    let invite = (list.keeps && held && !list.begun).then(|| view! { <InviteForm key acts/> });
    if list.bookings.is_empty() {
        return view! { {head}<p role="status">{words::NOBODY}</p>{invite} }.into_any();
    }
    let rows: Vec<_> = list.bookings.iter().map(|row| line(row, list, acts)).collect();
    let print = (list.keeps && list.sitting.is_some()).then(|| {
        view! { <p><a class="btn btn--plain" href=receptions::print_address(key)>{words::PRINT}</a></p> }
    });
    view! { {head}{print}{table(words::LIST, &words::LIST_COLUMNS, rows.into_any())}{invite} }.into_any()
}

fn line(row: &BookingRow, list: &SittingList, acts: Acts) -> AnyView {
    let booking = &row.booking;
    let time = row.now.as_ref().or(booking.told.as_ref()).map(|told| told.time.to_string());
    let phone = booking.phone.as_ref().map_or(words::NO_PHONE, |phone| phone.as_str()).to_owned();
    let matter = matter_of(row).zip(row.number.as_ref()).map(|(id, number)| {
        let number = [words::MATTER, " ", &format::in_fours(number.as_str())].concat();
        view! { <br/><a href=routes::matter(id)>{number}</a> }
    });
    let result = booking.result.as_ref().map(|result| view! { <br/>{result.as_str().to_owned()} });
    let told = row.to_tell.then(|| view! { <br/><b>{words::MUST_BE_TOLD}</b> });
    let button = |verb: &'static str, act: BookingAct| {
        let (id, label) = (booking.id, [verb, "：", booking.name.as_str()].concat());
        let go = move |_| acts.send(id, act.clone());
        view! { <button class="btn btn--text" type="button" aria-label=label on:click=go>{verb}</button> }
    };
    let can = list.keeps && booking.state.takes_a_place();
    let came = (can && list.begun).then(|| {
        let (shown, label) = (row.clone(), [words::CAME, "：", booking.name.as_str()].concat());
        let ask = move |_| {
            acts.failure.set(None);
            acts.came.set(Some(shown.clone()));
            acts.open.set(true);
        };
        view! { <button class="btn btn--text" type="button" aria-label=label on:click=ask>{words::CAME}</button> }
    });
    let absent = (can && list.begun).then(|| button(words::ABSENT, BookingAct::Absent));
    let cancel = (can && booking.state.waits()).then(|| button(words::CANCEL, BookingAct::Cancel));
    let twice = (list.keeps && row.twice).then(|| view! { <br/>{words::TWICE} });
    let paper = (can && booking.invited_by.is_some() && booking.state.waits() && row.now.is_some()).then(|| {
        let label = [words::PRINT_INVITATION, "：", booking.name.as_str()].concat();
        let address = receptions::invitation_address(booking.id);
        view! { <a class="btn btn--text" href=address aria-label=label>{words::PRINT_INVITATION}</a> }
    });
    view! {
        <tr>
            <th scope="row" class="num">{time}</th>
            <td class="num">{booking.name.as_str().to_owned()}</td>
            <td class="num">{phone}</td>
            <td class="table__long">{names::state(booking.state)}{told}{twice}{matter}{result}</td>
            <td>{came}{absent}{cancel}{paper}</td>
        </tr>
    }
    .into_any()
}

/// 约访: a place for the petitioner of a matter.
#[component]
fn InviteForm(
    /// Which reception.
    key: SittingKey,
    /// Shows what came of it.
    acts: Acts,
) -> impl IntoView {
    let number = RwSignal::new(String::new());
    // Kept over tries: what is sent twice is one invitation.
    let id = StoredValue::new(BookingId(crate::browser::new_uuid_v7()));
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let (who, toasts) = (use_who(), use_toasts());
        acts.failure.set(None);
        let request = InviteRequest { id: id.get_value(), number: number.get_untracked() };
        leptos::task::spawn_local(async move {
            match receptions::invite(key, &request).await {
                Ok(_) => {
                    toasts.say(words::INVITED);
                    acts.list.reload();
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = acts.failure.try_set(Some(error.message()));
                }
            }
        });
    };
    view! {
        <section class="stack" aria-label=words::INVITE>
            <h2>{words::INVITE}</h2>
            <p class="muted">{words::INVITE_NOTE}</p>
            <form class="stack" on:submit=submit novalidate=true>
                <Field id="invite-number" label=words::NUMBER value=number kind=Kind::Number need=Need::Needed/>
                <button class="btn btn--plain" type="submit">{words::INVITE_GO}</button>
            </form>
        </section>
    }
    .into_any()
}

/// 来了: what it led to.
#[component]
fn CameForm(
    /// Whose.
    row: BookingRow,
    /// Sends it.
    acts: Acts,
) -> impl IntoView {
    let known = row.number.as_ref().map(|number| number.as_str().to_owned()).unwrap_or_default();
    let said = row.booking.result.as_ref().map(|result| result.as_str().to_owned()).unwrap_or_default();
    let (number, result) = (RwSignal::new(known), RwSignal::new(said));
    let id = row.booking.id;
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let typed = number.get_untracked();
        let typed = Some(typed.split_whitespace().collect::<String>()).filter(|number| !number.is_empty());
        let words = Paragraph::parse_optional(&result.get_untracked()).ok().flatten();
        acts.send(id, BookingAct::Attended(BookingResult { number: typed, words }));
    };
    view! {
        <form on:submit=submit novalidate=true>
            <div class="dialog__body stack">
                <p>{row.booking.name.as_str().to_owned()}</p>
                <p class="muted">{words::CAME_NOTE}" "<a href="/w/register">{words::REGISTER}</a></p>
                <Field id="came-number" label=words::NUMBER value=number kind=Kind::Number need=Need::Optional/>
                <Field id="came-words" label=words::WORDS value=result kind=Kind::Lines need=Need::Optional/>
                <Failure message=acts.failure/>
            </div>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| acts.open.set(false)>{common::CANCEL}</button>
                <button class="btn" type="submit">{words::SAVE}</button>
            </div>
        </form>
    }
    .into_any()
}
