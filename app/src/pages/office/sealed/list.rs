//! `/w/sealed`: the lines that this officer may open. What is opened stands in this page until it is put away.

use case_core::id::SealedReportId;
use case_core::wire::sealed::{OpenSealed, Passphrase, SealedDue, SealedList, SealedOpened, SealedRow};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::opened::opened;
use super::passphrase::ChangeDialog;
use super::{fail, send_button};
use crate::client::sealed;
use crate::components::check::Check;
use crate::components::dialog::Dialog;
use crate::components::field::{Field, Kind, Need};
use crate::components::loading::loaded;
use crate::components::page::{DeskPage, Section};
use crate::load::load;
use crate::text::clock::Level;
use crate::text::screen::sealed as words;
use crate::who::use_who;
use crate::{format, text};

/// The page.
#[component]
pub fn ListPage() -> impl IntoView {
    let all = load(sealed::list);
    let asking = RwSignal::new(None::<SealedReportId>);
    let shown = RwSignal::new(None::<SealedOpened>);
    let changing = RwSignal::new(false);
    let list = move || {
        shown.with(Option::is_none).then(|| {
            view! {
                <p class="muted">{words::NOTE}</p>
                <div class="dialog__actions">
                    <a class="btn btn--plain" href="/w/sealed/new">{words::REGISTER}</a>
                    <button class="btn btn--plain" type="button" on:click=move |_| changing.set(true)>
                        {words::CHANGE}
                    </button>
                </div>
                {loaded(all, move |list| rows(&list, asking))}
            }
        })
    };
    let reading = move || {
        shown.get().map(|it| {
            opened(it, move || {
                shown.set(None);
                all.reload();
            })
        })
    };
    view! {
        <DeskPage section=Section::Sealed title=Signal::stored(words::TITLE.to_owned())>
            {list}
            {reading}
            <OpenDialog asking shown/>
            <ChangeDialog open=changing/>
        </DeskPage>
    }
    .into_any()
}

fn rows(list: &SealedList, asking: RwSignal<Option<SealedReportId>>) -> AnyView {
    if list.rows.is_empty() {
        return view! { <p role="status">{words::NONE}</p> }.into_any();
    }
    let row = |row: &SealedRow| {
        let (id, number) = (row.id, format::in_fours(row.number.as_str()));
        let received = [words::RECEIVED, " ", &format::full_day(row.received_on)].concat();
        let label = words::open_which(&number);
        view! {
            <li class="matter">
                <div class="matter__head">
                    <h2 class="matter__title">{words::TITLE}" "<span class="num">{number}</span></h2>
                    <span class="badge">{text::sealed::stage(row.stage)}</span>
                </div>
                <p class="matter__who">{received}</p>
                {row.hand_over.map(hand_over)}
                <button class="btn btn--plain" type="button" aria-label=label on:click=move |_| asking.set(Some(id))>
                    {words::OPEN}
                </button>
            </li>
        }
    };
    view! { <ul class="cells">{list.rows.iter().map(row).collect_view()}</ul> }.into_any()
}

/// The last day for handing it over, and how far off that is: said in words, and in a colour.
pub(super) fn hand_over(due: SealedDue) -> AnyView {
    let state = due.state();
    let class = match text::clock::level(state) {
        Level::Calm => "clock",
        Level::Near => "clock clock--near",
        Level::Over => "clock clock--over",
    };
    let said = [words::HAND_OVER_BY, " ", &format::full_day(due.last_day), " · ", &text::clock::state(state)].concat();
    view! { <p class=class><span class="clock__words">{said}</span></p> }.into_any()
}

/// Asks for passphrase and reason. Both are gone when it closes.
#[component]
fn OpenDialog(asking: RwSignal<Option<SealedReportId>>, shown: RwSignal<Option<SealedOpened>>) -> impl IntoView {
    let who = use_who();
    let open = RwSignal::new(false);
    let (passphrase, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (wrong_passphrase, wrong_reason) = (RwSignal::new(None), RwSignal::new(None));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    Effect::new(move |_| open.set(asking.with(Option::is_some)));
    // Closed with Escape, or done.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            asking.set(None);
            passphrase.set(String::new());
            reason.set(String::new());
            failure.set(None);
        }
        now
    });
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let typed = passphrase.get_untracked();
        let filled = check.that(
            "passphrase",
            !typed.trim().is_empty(),
            wrong_passphrase,
            &text::text_error(words::PASSPHRASE, case_core::text::TextError::Empty),
        );
        let reason = check.text("reason", words::REASON, reason, wrong_reason);
        let (true, Some(()), Some(reason), Some(id)) = (check.passed(), filled, reason, asking.get_untracked()) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = sealed::open(id, &OpenSealed { passphrase: Passphrase(typed), reason }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(it) => {
                    let _ = shown.try_set(Some(it));
                    let _ = asking.try_set(None);
                }
                Err(error) => fail(who, failure, &error),
            }
        });
    };
    view! {
        <Dialog open id="open-sealed" title=Signal::stored(words::OPEN.to_owned())>
            <form class="dialog__body" novalidate=true autocomplete="off" on:submit=submit>
                <Field id="reason" label=words::REASON value=reason need=Need::Needed error=wrong_reason/>
                <Field id="passphrase" label=words::PASSPHRASE value=passphrase kind=Kind::Secret need=Need::Needed
                    hint=words::PASSPHRASE_HINT error=wrong_passphrase/>
                {send_button(words::OPEN, words::OPENING, busy, failure)}
            </form>
        </Dialog>
    }
    .into_any()
}
