//! 转为信访事项: what a reported item needs to become a matter.

use case_core::matter::Category;
use leptos::prelude::*;

use super::bind::{bind, link};
use super::interview::interview;
use super::item::Begin;
use super::on_phone::use_phone;
use super::sheet::Wrongs;
use crate::components::field::{Field, Kind, Need, Select};
use crate::components::switch::switch;
use crate::forms::{ItemForm, Name, Spot};
use crate::text;
use crate::text::screen::field_form as words;

/// The switch, and the fields below it once it is on.
pub(super) fn raise(form: RwSignal<ItemForm>, key: u32, wrongs: Wrongs, begin: StoredValue<Begin>) -> AnyView {
    let phone = use_phone();
    let raised = link(
        form,
        |form| form.raised,
        move |form, on: bool| {
            form.raised = on;
            if on && form.raise.id.is_none() {
                // Made once: however often the record is sent, the matter exists once.
                form.raise.id = phone.handle().map(|handle| handle.new_matter_id());
            }
        },
    );
    let id = ["item-", &key.to_string(), "-raise"].concat();
    let on = Memo::new(move |_| form.with(|form| form.raised));
    let fields = move || {
        on.get().then(|| {
            // What can be guessed is filled in and can be changed.
            form.update(|form| begin.with_value(|begin| propose(form, begin)));
            fields(form, key, wrongs, true)
        })
    };
    view! { {switch(&id, words::RAISE, words::RAISE_NOTE, raised)}{fields} }.into_any()
}

/// Fills in what can be guessed and was not written yet.
pub(super) fn propose(form: &mut ItemForm, begin: &Begin) {
    let title = form.proposed_title();
    let fill = |part: &mut String, value: &str| {
        if part.is_empty() {
            value.clone_into(part);
        }
    };
    fill(&mut form.raise.title, &title);
    fill(&mut form.raise.petitioner, &begin.petitioner);
    // A masked number helps nobody to sign in.
    let whole = begin.phone.as_deref().filter(|number| !number.contains('*'));
    fill(&mut form.raise.phone, whole.unwrap_or_default());
}

/// What the matter needs. Without `titled` the title may be left to the first sentence.
pub(super) fn fields(form: RwSignal<ItemForm>, key: u32, wrongs: Wrongs, titled: bool) -> AnyView {
    let title = bind(form, |form: &mut ItemForm| &mut form.raise.title);
    let demands = bind(form, |form: &mut ItemForm| &mut form.raise.demands);
    let petitioner = bind(form, |form: &mut ItemForm| &mut form.raise.petitioner);
    let number = bind(form, |form: &mut ItemForm| &mut form.raise.phone);
    let asked = bind(form, |form: &mut ItemForm| &mut form.raise.asked);
    let category = link(
        form,
        |form| {
            let chosen = form.raise.category;
            let at = Category::ALL.iter().position(|one| Some(*one) == chosen);
            at.map(|at| at.to_string()).unwrap_or_default()
        },
        |form, at: String| form.raise.category = at.parse().ok().and_then(|at: usize| Category::ALL.get(at).copied()),
    );
    let categories: Vec<_> = Category::ALL
        .iter()
        .enumerate()
        .map(|(at, one)| (at.to_string(), text::matter::category(*one).to_owned()))
        .collect();
    let spot = move |name: Name| Spot { item: Some(key), name };
    let asked_id = ["item-", &key.to_string(), "-asked"].concat();
    let (need, hint) = if titled { (Need::Needed, "") } else { (Need::Optional, words::TITLE_HINT) };
    view! {
        <Field id=spot(Name::Title).id() label=words::label(Name::Title) value=title need hint
            error=wrongs.at(spot(Name::Title))/>
        <Field id=spot(Name::Demands).id() label=words::label(Name::Demands) value=demands kind=Kind::Lines
            need=Need::Needed hint=words::DEMANDS_HINT error=wrongs.at(spot(Name::Demands))/>
        <Select id=spot(Name::Category).id() label=words::label(Name::Category) value=category
            options=Signal::stored(categories) need=Need::Needed error=wrongs.at(spot(Name::Category))/>
        <Field id=spot(Name::Petitioner).id() label=words::label(Name::Petitioner) value=petitioner
            need=Need::Needed error=wrongs.at(spot(Name::Petitioner))/>
        <Field id=spot(Name::Phone).id() label=words::label(Name::Phone) value=number kind=Kind::Phone
            need=Need::Optional hint=words::PHONE_HINT error=wrongs.at(spot(Name::Phone))/>
        {switch(&asked_id, words::INTERVIEW, words::INTERVIEW_NOTE, asked)}
        {move || asked.get().then(|| interview(form, key, wrongs))}
    }
    .into_any()
}
