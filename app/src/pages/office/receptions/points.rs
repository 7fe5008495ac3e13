//! `/w/talk-points`: 说事点, added, changed and closed.

use case_core::place::DivisionCode;
use case_core::text::{ShortText, Title};
use case_core::wire::receptions::{TalkPointList, TalkPointRequest, TalkPointRow};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::table;
use crate::client::receptions;
use crate::components::dialog::Dialog;
use crate::components::field::{Field, Kind, Need, Select};
use crate::components::loading::loaded;
use crate::components::notice::Failure;
use crate::components::page::{DeskPage, Section};
use crate::components::toast::use_toasts;
use crate::load::{Load, Loader, load};
use crate::text::screen::common;
use crate::text::screen::receptions as shared;
use crate::text::screen::receptions::points as words;
use crate::who::use_who;

#[derive(Clone, Copy)]
struct Points {
    list: Loader<TalkPointList>,
    failure: RwSignal<Option<String>>,
    open: RwSignal<bool>,
    chosen: RwSignal<Option<TalkPointRow>>,
}

impl Points {
    fn send(self, request: TalkPointRequest) {
        let (who, toasts) = (use_who(), use_toasts());
        self.failure.set(None);
        leptos::task::spawn_local(async move {
            match receptions::set_point(&request).await {
                Ok(list) => {
                    toasts.say(words::SAVED);
                    let _ = self.open.try_set(false);
                    let _ = self.list.state.try_set(Load::Ready(list));
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
pub fn PointsPage() -> impl IntoView {
    let points = Points {
        list: load(receptions::points),
        failure: RwSignal::new(None),
        open: RwSignal::new(false),
        chosen: RwSignal::new(None),
    };
    let divisions = Signal::derive(move || {
        points.list.state.with(|state| match state {
            Load::Ready(list) => {
                list.divisions.iter().map(|(code, name)| (code.as_str().to_owned(), name.as_str().to_owned())).collect()
            }
            Load::Waiting | Load::Failed(_) => Vec::new(),
        })
    });
    let heading = Signal::derive(move || {
        if points.chosen.with(Option::is_some) { words::EDIT.to_owned() } else { words::NEW.to_owned() }
    });
    view! {
        <DeskPage section=Section::Receptions title=Signal::stored(words::TITLE.to_owned())>
            <p class="muted">{words::NOTE}</p>
            <p><a href="/w/receptions">{shared::BACK}</a></p>
            <Failure message=points.failure/>
            {loaded(points.list, move |list: TalkPointList| draw(&list, points))}
            <Dialog open=points.open id="point" title=heading>
                {move || view! { <PointForm points divisions/> }}
            </Dialog>
        </DeskPage>
    }
    .into_any()
}

fn draw(list: &TalkPointList, points: Points) -> AnyView {
    let rows: Vec<_> = list.points.iter().map(|row| line(row, list.keeps, points)).collect();
    let body = if rows.is_empty() {
        view! { <p role="status">{words::NONE}</p> }.into_any()
    } else {
        table(words::TITLE, &words::COLUMNS, rows.into_any())
    };
    let fresh = list.keeps.then(|| {
        let begin = move |_| {
            points.failure.set(None);
            points.chosen.set(None);
            points.open.set(true);
        };
        view! { <div><button class="btn" type="button" on:click=begin>{words::NEW}</button></div> }
    });
    view! { {body}{fresh} }.into_any()
}

fn line(row: &TalkPointRow, keeps: bool, points: Points) -> AnyView {
    let point = &row.point;
    let place = [row.town.as_str(), row.village.as_ref().map_or("", Title::as_str)].concat();
    let closed = point.closed.then(|| view! { <br/><span class="muted">{words::CLOSED}</span> });
    let label = |verb: &str| [verb, " ", point.name.as_str()].concat();
    let buttons = keeps.then(|| {
        let (shown, turned) = (row.clone(), request_of(row, !point.closed));
        let edit = move |_| {
            points.failure.set(None);
            points.chosen.set(Some(shown.clone()));
            points.open.set(true);
        };
        let verb = if point.closed { words::REOPEN } else { words::CLOSE };
        view! {
            <button class="btn btn--text" type="button" aria-label=label(words::EDIT) on:click=edit>{words::EDIT}</button>
            <button class="btn btn--text" type="button" aria-label=label(verb)
                on:click=move |_| points.send(turned.clone())>{verb}</button>
        }
    });
    view! {
        <tr>
            <th scope="row">{place}<br/>{point.place.as_str().to_owned()}</th>
            <td>{point.name.as_str().to_owned()}{closed}</td>
            <td>{point.keeper.as_str().to_owned()}</td>
            <td>{point.hours.as_str().to_owned()}</td>
            <td class="num">{point.phone.as_str().to_owned()}</td>
            <td>{buttons}</td>
        </tr>
    }
    .into_any()
}

fn request_of(row: &TalkPointRow, closed: bool) -> TalkPointRequest {
    let point = row.point.clone();
    TalkPointRequest {
        id: Some(point.id),
        division: point.division,
        name: point.name,
        place: point.place,
        keeper: point.keeper,
        hours: point.hours,
        phone: point.phone,
        closed,
    }
}

/// The form, in a dialog.
#[component]
fn PointForm(
    /// Sends it.
    points: Points,
    /// Towns and villages.
    divisions: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let row = points.chosen.get_untracked();
    let field = |read: &dyn Fn(&TalkPointRow) -> String| RwSignal::new(row.as_ref().map(read).unwrap_or_default());
    let division = field(&|row| row.point.division.as_str().to_owned());
    let name = field(&|row| row.point.name.as_str().to_owned());
    let place = field(&|row| row.point.place.as_str().to_owned());
    let keeper = field(&|row| row.point.keeper.as_str().to_owned());
    let hours = field(&|row| row.point.hours.as_str().to_owned());
    let phone = field(&|row| row.point.phone.as_str().to_owned());
    let (id, closed) = (row.as_ref().map(|row| row.point.id), row.as_ref().is_some_and(|row| row.point.closed));
    let wrong = RwSignal::new(None::<String>);
    let read = move || {
        Some(TalkPointRequest {
            id,
            division: DivisionCode::parse(&division.get_untracked()).ok()?,
            name: ShortText::parse(&name.get_untracked()).ok()?,
            place: Title::parse(&place.get_untracked()).ok()?,
            keeper: ShortText::parse(&keeper.get_untracked()).ok()?,
            hours: Title::parse(&hours.get_untracked()).ok()?,
            phone: ShortText::parse(&phone.get_untracked()).ok()?,
            closed,
        })
    };
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        match read() {
            Some(request) => {
                wrong.set(None);
                points.send(request);
            }
            None => wrong.set(Some(words::MISSING.to_owned())),
        }
    };
    view! {
        <form on:submit=submit novalidate=true>
            <div class="dialog__body stack">
                <Select id="point-division" label=words::DIVISION value=division options=divisions need=Need::Needed/>
                <Field id="point-name" label=words::NAME value=name need=Need::Needed/>
                <Field id="point-place" label=words::PLACE value=place need=Need::Needed/>
                <Field id="point-keeper" label=words::KEEPER value=keeper need=Need::Needed/>
                <Field id="point-hours" label=words::HOURS value=hours need=Need::Needed/>
                <Field id="point-phone" label=words::PHONE value=phone kind=Kind::Phone need=Need::Needed/>
                <Failure message=wrong/>
                <Failure message=points.failure/>
            </div>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| points.open.set(false)>{common::CANCEL}</button>
                <button class="btn" type="submit">{shared::SAVE}</button>
            </div>
        </form>
    }
    .into_any()
}
