//! 想多记一点: everything about a visit that may stay empty.

use case_core::field::{Purpose, VisitMode};
use leptos::prelude::*;

use super::bind::{bind, link, names, settled};
use super::locate::locate;
use super::sheet::Sheet;
use crate::components::chips::{Choice, Choices, Look};
use crate::components::field::{Field, Kind, Need};
use crate::components::switch::switch;
use crate::forms::{Name, Spot, VisitForm};
use crate::text;
use crate::text::screen::field_form as words;

/// The fold; `first` stands at its top.
pub(super) fn more(sheet: Sheet<VisitForm>, first: AnyView) -> AnyView {
    let Sheet { form, wrongs, .. } = sheet;
    let text_of = move |name: Name, kind: Kind, hint: &'static str, value: RwSignal<String>| {
        view! {
            <Field id=Spot::of(name).id() label=words::label(name) value kind hint need=Need::Optional error=wrongs.of(name)/>
        }
    };
    let hardship = bind(form, |form: &mut VisitForm| &mut form.hardship);
    let policy = bind(form, |form: &mut VisitForm| &mut form.policy_topics);
    let hazards = bind(form, |form: &mut VisitForm| &mut form.hazards);
    let companions = bind(form, |form: &mut VisitForm| &mut form.companions);
    let place = bind(form, |form: &mut VisitForm| &mut form.place);
    let started = bind(form, |form: &mut VisitForm| &mut form.started);
    let ended = bind(form, |form: &mut VisitForm| &mut form.ended);
    let notice_given = bind(form, |form: &mut VisitForm| &mut form.notice_given);
    let point = bind(form, |form: &mut VisitForm| &mut form.point);
    let mode = settled(form, &VisitMode::ALL, |form: &mut VisitForm| &mut form.mode);
    let purposes = link(
        form,
        |form| {
            Purpose::ALL.iter().enumerate().filter(|(_, one)| form.purposes.contains(one)).map(|(at, _)| at).collect()
        },
        |form, chosen: Vec<usize>| {
            form.purposes = chosen.iter().filter_map(|at| Purpose::ALL.get(*at).copied()).collect();
        },
    );
    view! {
        <details class="fold">
            <summary class="fold__head">{words::MORE}</summary>
            <div class="fold__body">
                <p class="muted">{words::MORE_NOTE}</p>
                {first}
                {text_of(Name::Hardship, Kind::Lines, "", hardship)}
                {text_of(Name::PolicyTopics, Kind::Lines, "", policy)}
                {text_of(Name::Hazards, Kind::Lines, "", hazards)}
                <Choices id="f-purposes" legend=words::PURPOSES options=names(&Purpose::ALL, text::field::purpose)
                    chosen=purposes need=Need::Optional/>
                <Choice id="f-mode" legend=words::MODE options=names(&VisitMode::ALL, text::field::visit_mode)
                    chosen=mode look=Look::Grid/>
                {switch("f-notice", words::NOTICE_GIVEN, words::NOTICE_NOTE, notice_given)}
                {text_of(Name::Companions, Kind::Line, words::COMPANIONS_HINT, companions)}
                {text_of(Name::Started, Kind::Moment, "", started)}
                {text_of(Name::Ended, Kind::Moment, "", ended)}
                {text_of(Name::PlaceText, Kind::Line, words::PLACE_HINT, place)}
                {locate(point)}
            </div>
        </details>
    }
    .into_any()
}
