//! One matter before the supervisor: what is missing first, then the package demand by demand, the
//! petitioner's own words, the former round beside it, everything else below.

use case_core::id::MatterId;
use case_core::matter::{CommandKind, Round};
use case_core::wire::desk::MatterFile;
use leptos::html;
use leptos::prelude::*;

use super::decide::DecisionBar;
use crate::browser;
use crate::client::matters;
use crate::components::case_file::{
    Particulars, Recusals, beside, between, clocks, contacts, content, flagged, intakes, journal, name, notes,
    other_files, oversight, package, pending, return_visits, sent, summary, timeline, today, turns, visits, voices,
};
use crate::components::deadline::deadline;
use crate::components::loading::loaded;
use crate::components::notice::{Failure, Tone, notice};
use crate::load::{Load, load};
use crate::routes;
use crate::send::Sender;
use crate::text;
use crate::text::screen::{file as file_words, list, review as words};

/// The right side.
#[component]
pub fn Detail<F>(
    /// The matter.
    id: MatterId,
    /// Called after a decision was done.
    decided: F,
) -> impl IntoView
where
    F: Fn(MatterId, CommandKind) + Send + Sync + 'static,
{
    let file = load(move || matters::file(id));
    let act = RwSignal::new(None::<CommandKind>);
    let done = move |kind| match kind {
        // Beside the decision, which is still to be made.
        CommandKind::Supervise | CommandKind::Summon => {
            act.set(None);
            file.reload();
        }
        kind => decided(id, kind),
    };
    let sender = Sender::new(done, move || file.reload());
    Effect::new(move |_| {
        file.state.with(|state| {
            if let Load::Ready(file) = state {
                sender.shows(file.matter.id, file.matter.version);
            }
        });
    });
    view! {
        <main class="split__detail" id="main">
            <div class="split__scroll" tabindex="0" role="region" aria-label=words::PACKAGE>
                <a class="btn btn--text no-print" href="/w/review" hidden=browser::is_wide()>{words::BACK}</a>
                <Failure message=sender.failure/>
                <Particulars file/>
                {loaded(file, |file| body(&file))}
                <Recusals file/>
            </div>
            <DecisionBar file sender act/>
        </main>
    }
    .into_any()
}

fn body(file: &MatterFile) -> AnyView {
    let (last, earlier) = match file.matter.rounds.split_last() {
        Some((last, earlier)) => (Some(last), earlier),
        None => (None, [].as_slice()),
    };
    view! {
        {head(file)}
        {waiting(file)}
        {missing(file)}
        {flagged(file)}
        {voices(file)}
        {sent(file)}
        {return_visits(file)}
        {last.map(|round| package(file, round))}
        {beside(file)}
        {earlier.iter().rev().map(|round| folded(file, round)).collect_view()}
        {intakes(file)}
        {between(file)}
        {oversight(file)}
        {turns(file)}
        {visits(file)}
        {notes(file)}
        {other_files(file)}
        {contacts(file)}
        {clocks(file)}
        {summary(file)}
        {content(file)}
        {timeline(file)}
        {journal(file)}
    }
    .into_any()
}

/// Title, who, unit, round, the nearest deadline.
fn head(file: &MatterFile) -> AnyView {
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(element) = heading.get() {
            let _ = element.focus();
        }
    });
    let matter = &file.matter;
    let mut who = vec![matter.registration.petitioner.name.as_str().to_owned()];
    who.extend(file.unit.as_ref().map(|unit| unit.name.as_str().to_owned()));
    who.extend(matter.handler.and_then(|handler| name(file, handler)));
    who.push(list::round(matter.round));
    who.push(text::stage::stage(matter.stage).to_owned());
    let today = today(file);
    view! {
        <div class="section">
            <h2 class="split__title" tabindex="-1" node_ref=heading>{matter.registration.title.as_str().to_owned()}</h2>
            <p class="muted">{who.join(" · ")}</p>
            {matter.nearest_clock().map(|clock| deadline(clock, today))}
        </div>
    }
    .into_any()
}

/// What was proposed is decided in the file, where all that it rests on stands.
fn waiting(file: &MatterFile) -> Option<AnyView> {
    let door = view! { <p><a href=routes::matter(file.matter.id)>{words::TO_FILE}</a></p> };
    pending(file, Some(door.into_any())).map(|notice| view! { <div class="section">{notice}</div> }.into_any())
}

/// What a supervisor should know first.
fn missing(file: &MatterFile) -> AnyView {
    let notice = if file.gaps.is_empty() {
        // Only where there is a package can it be complete.
        if file.matter.rounds.is_empty() {
            return ().into_any();
        }
        notice(Tone::Plain, file_words::NO_GAPS, None)
    } else {
        let lines = file.gaps.iter().map(|gap| view! { <li>{text::matter::gap(gap)}</li> }).collect_view();
        let more = view! { <ul>{lines}</ul> }.into_any();
        notice(Tone::Warn, file_words::gaps(file.gaps.len()), Some(more))
    };
    view! { <div class="section">{notice}</div> }.into_any()
}

fn folded(file: &MatterFile, round: &Round) -> AnyView {
    let name = file_words::round_on(round.number, round.submitted_at.date(), today(file));
    view! {
        <details class="fold">
            <summary class="fold__head">{name}</summary>
            <div class="fold__body">{package(file, round)}</div>
        </details>
    }
    .into_any()
}
