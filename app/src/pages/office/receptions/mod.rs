//! `/w/receptions`: the calendar of receptions: whom to tell, the coming days, the rules. `/w/receptions/{rule}/{day}`:
//! who comes to one of them. `/w/talk-points`: 说事点.

mod calendar;
mod change;
mod day;
mod points;
mod rule_form;
mod rules;
mod tell;

use case_core::wire::receptions::ReceptionDesk;
use leptos::prelude::*;

use crate::client::{Answer, receptions};
use crate::components::loading::loaded;
use crate::components::notice::Failure;
use crate::components::page::{DeskPage, Section};
use crate::components::toast::use_toasts;
use crate::load::{Load, Loader, load};
use crate::text::screen::receptions as words;
use crate::who::use_who;

pub use day::DayPage;
pub use points::PointsPage;

/// Sends something to which the whole page is the answer.
#[derive(Clone, Copy)]
struct Desk {
    page: Loader<ReceptionDesk>,
    failure: RwSignal<Option<String>>,
}

impl Desk {
    /// Runs the request; says `done`, shows the page as it is now and goes on with `then`.
    fn send<F>(self, request: F, done: &'static str, then: impl FnOnce() + 'static)
    where
        F: Future<Output = Answer<ReceptionDesk>> + 'static,
    {
        let (who, toasts) = (use_who(), use_toasts());
        self.failure.set(None);
        leptos::task::spawn_local(async move {
            match request.await {
                Ok(page) => {
                    toasts.say(done);
                    let _ = self.page.state.try_set(Load::Ready(page));
                    then();
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
pub fn ReceptionsPage() -> impl IntoView {
    let desk = Desk { page: load(receptions::desk), failure: RwSignal::new(None) };
    view! {
        <DeskPage section=Section::Receptions title=Signal::stored(words::TITLE.to_owned())>
            <p class="muted">{words::NOTE}</p>
            <p><a href="/w/talk-points">{words::TO_POINTS}</a>"　"<a href="/jf">{words::TO_PUBLIC}</a></p>
            <Failure message=desk.failure/>
            {loaded(desk.page, move |shown: ReceptionDesk| {
                view! {
                    {tell::part(&shown, desk)}
                    {calendar::part(&shown, desk)}
                    {rules::part(&shown, desk)}
                }
                .into_any()
            })}
        </DeskPage>
    }
    .into_any()
}

/// A table that scrolls in its own box.
fn table(name: &'static str, head: &[&'static str], rows: AnyView) -> AnyView {
    let head: Vec<_> = head.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=name>
            <table class="table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}
