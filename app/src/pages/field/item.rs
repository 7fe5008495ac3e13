//! 反映事项: none, one or several, each of which can become a matter.

use case_core::field::{ItemKind, Urgency};
use leptos::prelude::*;

use super::bind::{bind, choice, names, settled};
use super::raise::raise;
use super::sheet::Wrongs;
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind, Need};
use crate::components::switch::switch;
use crate::forms::{ItemForm, Name, Spot};
use crate::text;
use crate::text::screen::field_form as words;

/// What a new matter begins with.
#[derive(Clone, Default)]
pub(super) struct Begin {
    /// 信访人.
    pub(super) petitioner: String,
    /// 联系电话.
    pub(super) phone: Option<String>,
}

/// The items of a form.
pub(super) fn items(
    list: RwSignal<Vec<ItemForm>>,
    wrongs: Wrongs,
    begin: StoredValue<Begin>,
    title: &'static str,
) -> AnyView {
    let keys = Memo::new(move |_| list.with(|items| items.iter().map(|item| item.key).collect::<Vec<_>>()));
    let none = move || keys.with(Vec::is_empty);
    let add = move |_| list.update(|items| items.push(ItemForm::after(items)));
    view! {
        <h2 class="field__label" id=Spot::of(Name::Items).id() tabindex="-1">{title}</h2>
        {move || none().then(|| view! { <p class="muted">{words::NO_ITEMS}</p> })}
        <For each=move || keys.get() key=|key| *key children=move |key| item(list, key, wrongs, begin)/>
        <button class="btn btn--plain btn--block" type="button" on:click=add>
            {move || if none() { words::ADD_ITEM } else { words::ADD_ANOTHER }}
        </button>
    }
    .into_any()
}

fn item(list: RwSignal<Vec<ItemForm>>, key: u32, wrongs: Wrongs, begin: StoredValue<Begin>) -> AnyView {
    let known = list.with_untracked(|items| items.iter().find(|item| item.key == key).cloned());
    let form = RwSignal::new(known.unwrap_or_default());
    Effect::new(move |before: Option<()>| {
        let now = form.get();
        if before.is_some() {
            let _ = list.try_update(|items| {
                // Taken away meanwhile: then nothing is written.
                if let Some(item) = items.iter_mut().find(|item| item.key == key) {
                    *item = now;
                }
            });
        }
    });
    let spot = move |name: Name| Spot { item: Some(key), name };
    let kind = choice(form, &ItemKind::ALL, |form: &mut ItemForm| &mut form.kind);
    let summary = bind(form, |form: &mut ItemForm| &mut form.summary);
    let urgency = settled(form, &Urgency::ALL, |form: &mut ItemForm| &mut form.urgency);
    let solved = bind(form, |form: &mut ItemForm| &mut form.solved_on_spot);
    let promised = bind(form, |form: &mut ItemForm| &mut form.promised);
    let sure = RwSignal::new(false);
    let remove = move |_| {
        let empty = form.with_untracked(|form| form.summary.trim().is_empty() && !form.raised);
        if empty || sure.get_untracked() {
            list.update(|items| items.retain(|item| item.key != key));
        } else {
            sure.set(true);
        }
    };
    let id = move |part: &str| ["item-", &key.to_string(), "-", part].concat();
    let place = move || {
        let at = list.with(|items| items.iter().position(|item| item.key == key));
        at.map(words::item)
    };
    view! {
        <section class="panel stack">
            <h3>{place}</h3>
            <Field id=spot(Name::Summary).id() label=words::label(Name::Summary) value=summary kind=Kind::Lines
                need=Need::Needed hint=words::SUMMARY_HINT error=wrongs.at(spot(Name::Summary))/>
            <Choice id=spot(Name::ItemKind).id() legend=words::label(Name::ItemKind) look=Look::Grid
                options=names(&ItemKind::ALL, text::field::item_kind) chosen=kind need=Need::Needed
                error=wrongs.at(spot(Name::ItemKind))/>
            <Choice id=id("urgency") legend=words::URGENCY look=Look::Segmented
                options=names(&Urgency::ALL, text::field::urgency) chosen=urgency/>
            {switch(&id("solved"), words::SOLVED, "", solved)}
            <Field id=spot(Name::Promised).id() label=words::label(Name::Promised) value=promised kind=Kind::Day
                need=Need::Optional hint=words::PROMISED_HINT error=wrongs.at(spot(Name::Promised))/>
            {raise(form, key, wrongs, begin)}
            <button class="btn btn--text" type="button" on:click=remove>
                {move || if sure.get() { words::REMOVE_SURE } else { words::REMOVE }}
            </button>
        </section>
    }
    .into_any()
}
