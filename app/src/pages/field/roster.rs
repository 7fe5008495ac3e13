//! 户册修改: what is different at the door from what the roster says.

use case_core::field::Payload;
use case_core::id::HouseholdId;
use case_offline::DraftKind;
use leptos::prelude::*;

use super::bind::bind;
use super::frame::{empty, page as plain_page, skeleton};
use super::on_phone::use_phone;
use super::own_edits::own_edits;
use super::plain_form::about_household;
use super::sheet::{Sheet, Wrongs, form as form_of, with_draft};
use crate::browser;
use crate::components::field::{Field, Kind, Need};
use crate::components::icon::Icon;
use crate::forms::{MemberForm, Name, RosterForm, Spot, with_own};
use crate::text::screen::{field, field_form as form_words, field_more as words};

/// The page.
pub(super) fn page(household: HouseholdId) -> AnyView {
    let phone = use_phone();
    let back = ["/w/household/", &household.to_string()].concat();
    let Some(card) = phone.work().household(household).cloned() else {
        return plain_page(words::ROSTER, &back, None, empty(Icon::Visit, field::GONE, field::GONE_NOTE));
    };
    let own = own_edits(phone, household);
    let read = Memo::new(move |_| own.with(Option::is_some));
    let then = back.clone();
    let body = move || {
        if !read.get() {
            return skeleton();
        }
        // A second edit is typed over what the first one says, or it would clash with it.
        let card = own.with_untracked(|own| with_own(&card, own.iter().flatten()));
        let then = then.clone();
        with_draft(
            DraftKind::RosterEdit(household),
            move |kept: Option<RosterForm>| kept.unwrap_or_default().fitted(&card),
            move |sheet| draw(sheet, household, then.clone()),
        )
    };
    let body = view! { {about_household(household)}<p class="section muted">{words::ROSTER_NOTE}</p>{body} };
    plain_page(words::ROSTER, &back, None, body.into_any())
}

fn draw(sheet: Sheet<RosterForm>, household: HouseholdId, then: String) -> AnyView {
    let members = bind(sheet.form, |form: &mut RosterForm| &mut form.members);
    let keys = Memo::new(move |_| members.with(|list| list.iter().map(|one| one.key).collect::<Vec<_>>()));
    let add = move |_| members.update(|list| list.push(MemberForm::after(list)));
    let masked = sheet.form.with_untracked(|form| form.phone.contains('*'));
    let hint = if masked { words::MASKED_HINT } else { "" };
    let finish =
        move |form: &RosterForm| form.finish(household, browser::now()).map(|edit| Payload::RosterEdit(Box::new(edit)));
    let fields = view! {
        {sheet.text(Name::Head, Kind::Line, Need::Needed, "", |form| &mut form.head)}
        {sheet.text(Name::ContactPhone, Kind::Phone, Need::Optional, hint, |form| &mut form.phone)}
        {sheet.text(Name::Remark, Kind::Lines, Need::Optional, "", |form| &mut form.remark)}
        <h2 class="field__label">{field::MEMBERS}</h2>
        <For each=move || keys.get() key=|key| *key children=move |key| member(members, key, sheet.wrongs)/>
        <button class="btn btn--plain btn--block" type="button" on:click=add>{words::ADD_MEMBER}</button>
        {sheet.end(finish, then)}
    };
    form_of(fields.into_any())
}

fn member(list: RwSignal<Vec<MemberForm>>, key: u32, wrongs: Wrongs) -> AnyView {
    let known = list.with_untracked(|list| list.iter().find(|one| one.key == key).cloned());
    let form = RwSignal::new(known.unwrap_or_default());
    Effect::new(move |before: Option<()>| {
        let now = form.get();
        if before.is_some() {
            let _ = list.try_update(|list| {
                // Taken away meanwhile: then nothing is written.
                if let Some(one) = list.iter_mut().find(|one| one.key == key) {
                    *one = now;
                }
            });
        }
    });
    let input = move |name: Name, kind: Kind, need: Need, value: RwSignal<String>| {
        let spot = Spot { item: Some(key), name };
        view! { <Field id=spot.id() label=form_words::label(name) value kind need error=wrongs.at(spot)/> }
    };
    let sure = RwSignal::new(false);
    let remove = move |_| {
        if sure.get_untracked() || form.with_untracked(|form| form.name.trim().is_empty()) {
            list.update(|list| list.retain(|one| one.key != key));
        } else {
            sure.set(true);
        }
    };
    view! {
        <section class="panel stack">
            {input(Name::MemberName, Kind::Line, Need::Needed, bind(form, |form: &mut MemberForm| &mut form.name))}
            {input(Name::Relation, Kind::Line, Need::Optional, bind(form, |form: &mut MemberForm| &mut form.relation))}
            {input(Name::BirthYear, Kind::Number, Need::Optional, bind(form, |form: &mut MemberForm| &mut form.birth_year))}
            {input(Name::ContactPhone, Kind::Phone, Need::Optional, bind(form, |form: &mut MemberForm| &mut form.phone))}
            <button class="btn btn--text" type="button" on:click=remove>
                {move || if sure.get() { form_words::REMOVE_SURE } else { words::REMOVE_MEMBER }}
            </button>
        </section>
    }
    .into_any()
}
