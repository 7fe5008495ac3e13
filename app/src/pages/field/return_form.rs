//! 上门回访: whether somebody was reached; then the answers, and apart from them the visitor's view.

use case_core::field::{Judgement, Payload, Respondent, VisitMode};
use case_core::id::MatterId;
use case_core::wire::sync::MatterCard;
use case_offline::DraftKind;
use leptos::prelude::*;

use super::answers::answers;
use super::bind::{choice, link, names, settled};
use super::frame::{empty, page as plain_page};
use super::more::files;
use super::namecard::namecard_button;
use super::on_phone::use_phone;
use super::sheet::{Sheet, Wrongs, with_draft};
use crate::browser;
use crate::components::chips::{Choice, Look};
use crate::components::field::{Kind, Need};
use crate::components::icon::Icon;
use crate::components::notice::{Tone, notice};
use crate::forms::{Name, ReturnForm, Spot};
use crate::text;
use crate::text::screen::{field, field_form as words};

/// The page.
pub(super) fn page(matter: MatterId) -> AnyView {
    let phone = use_phone();
    let back = ["/w/files/", &matter.to_string()].concat();
    // As it is now: a pull while somebody writes must not draw the form anew.
    let Some(card) = phone.work().matter(matter).cloned() else {
        return plain_page(words::RETURN, &back, None, empty(Icon::ReturnVisit, field::GONE, field::GONE_NOTE));
    };
    if phone.account().is_some_and(|me| card.handled_by.contains(&me)) {
        let more = view! { <p>{field::NOT_ONESELF_NOTE}</p> }.into_any();
        return plain_page(words::RETURN, &back, None, notice(Tone::Warn, field::NOT_ONESELF, Some(more)));
    }
    let (round, demands) = (card.round, card.demands.len());
    let then = back.clone();
    let body = with_draft(
        DraftKind::ReturnVisit { matter },
        move |kept: Option<ReturnForm>| match kept {
            Some(form) => form.fitted(demands),
            None => ReturnForm::begin(round, demands, browser::now()),
        },
        move |sheet| draw(sheet, &card, then.clone()),
    );
    plain_page(words::RETURN, &back, Some(namecard_button()), body)
}

/// One of several answers to a named question.
pub(super) fn ask<E: Copy + PartialEq + Send + Sync + 'static>(
    sheet: Sheet<ReturnForm>,
    name: Name,
    look: Look,
    all: &'static [E],
    words_of: impl Fn(E) -> &'static str,
    part: impl Fn(&mut ReturnForm) -> &mut Option<E> + Copy + 'static,
) -> AnyView {
    let chosen = choice(sheet.form, all, part);
    one_of(name, words::label(name).to_owned(), look, names(all, words_of), chosen, sheet.wrongs)
}

/// The same, drawn once for all kinds of answers.
pub(super) fn one_of(
    name: Name,
    legend: String,
    look: Look,
    options: Vec<&'static str>,
    chosen: RwSignal<Option<usize>>,
    wrongs: Wrongs,
) -> AnyView {
    view! { <Choice id=Spot::of(name).id() legend options chosen look error=wrongs.of(name)/> }.into_any()
}

/// A text that may stay empty, unless `need` says otherwise.
pub(super) fn write(
    sheet: Sheet<ReturnForm>,
    name: Name,
    kind: Kind,
    need: Need,
    hint: &'static str,
    part: impl Fn(&mut ReturnForm) -> &mut String + Copy + 'static,
) -> AnyView {
    sheet.text(name, kind, need, hint, part)
}

fn draw(sheet: Sheet<ReturnForm>, card: &MatterCard, then: String) -> AnyView {
    let Sheet { form, wrongs, .. } = sheet;
    let matter = card.id;
    // The first choice is "reached".
    let reached = link(
        form,
        |form| form.reached.map(|reached| usize::from(!reached)),
        |form, at: Option<usize>| form.reached = at.map(|at| at == 0),
    );
    let card = StoredValue::new(card.clone());
    let mode = settled(form, &VisitMode::ALL, |form: &mut ReturnForm| &mut form.mode);
    let respondent = choice(form, &Respondent::ALL, |form: &mut ReturnForm| &mut form.respondent);
    let answered = Memo::new(move |_| respondent.get().and_then(|at| Respondent::ALL.get(at).copied()));
    let asked = move || {
        match answered.get() {
        None => None,
        Some(Respondent::Refused) => Some(
            view! {
                <p class="muted">{words::REFUSED_NOTE}</p>
                {write(sheet, Name::OwnWords, Kind::Lines, Need::Optional, words::REFUSED_HINT, |form| &mut form.own_words)}
            }
            .into_any(),
        ),
        // The visitor's view is of what was said: of a refusal there is none.
        Some(_) => Some(
            view! {
                {card.with_value(|card| answers(sheet, card))}
                <h2 class="field__label">{words::JUDGEMENT}</h2>
                <p class="muted">{words::JUDGEMENT_NOTE}</p>
                {ask(sheet, Name::Judgement, Look::Segmented, &Judgement::ALL, text::field::judgement, |form| &mut form.judgement)}
            }
            .into_any(),
        ),
    }
    };
    let outcome = move || match reached.get() {
        None => None,
        Some(0) => Some(
            view! {
                {one_of(
                    Name::Respondent,
                    words::label(Name::Respondent).to_owned(),
                    Look::Segmented,
                    names(&Respondent::ALL, text::field::respondent),
                    respondent,
                    wrongs,
                )}
                {asked}
            }
            .into_any(),
        ),
        Some(_) => {
            Some(write(sheet, Name::Reason, Kind::Lines, Need::Needed, words::REASON_HINT, |form| &mut form.reason))
        }
    };
    let finish =
        move |form: &ReturnForm| form.finish(matter, browser::now()).map(|visit| Payload::ReturnVisit(Box::new(visit)));
    let head = card.with_value(|card| {
        view! {
            <ul class="cells"><li>
                <a class="cell cell--link" href=then.clone()>
                    <span class="cell__body">
                        <span class="cell__title"><b>{card.title.as_str().to_owned()}</b></span>
                        <span class="cell__note">{card.petitioner.as_str().to_owned()}</span>
                    </span>
                </a>
            </li></ul>
        }
    });
    view! {
        {head}
        <form class="form" on:submit=|ev: leptos::ev::SubmitEvent| ev.prevent_default()>
            {one_of(Name::Reached, words::label(Name::Reached).to_owned(), Look::Segmented, words::REACHED.to_vec(), reached, wrongs)}
            {outcome}
            {files(sheet, |form| &mut form.files, true, Need::Optional)}
            <details class="fold">
                <summary class="fold__head">{words::MORE}</summary>
                <div class="fold__body">
                    <Choice id="f-mode" legend=words::MODE options=names(&VisitMode::ALL, text::field::visit_mode)
                        chosen=mode look=Look::Grid/>
                    {write(sheet, Name::At, Kind::Moment, Need::Optional, "", |form| &mut form.at)}
                </div>
            </details>
            {sheet.end(finish, then)}
        </form>
    }
    .into_any()
}
