//! The phone's first bundle leaves these screens out: the page is opened anew, and the boot script takes
//! the full bundle, from the phone where it has been stored, else from the network.

use case_core::field::Attachment;
use leptos::prelude::*;

use super::sheet::{Sheet, Wrongs};
use crate::browser;
use crate::components::field::Need;
use crate::forms::{ItemForm, VisitForm};
use crate::pages::session::desk_unreachable;
use crate::text::screen::field_form as words;

const FIRST_PARTS: [&str; 12] = [
    "return",
    "reception",
    "appointment",
    "intake",
    "note",
    "evidence",
    "correct",
    "record",
    "code",
    "roster",
    "clash",
    "phone",
];

/// The screen of an address, if it is one of these: opened anew, or why that does not help.
pub(super) fn page(parts: &[&str]) -> Option<AnyView> {
    parts.first().filter(|first| FIRST_PARTS.contains(first))?;
    if !browser::desk_tried() {
        browser::open_anew(&["/w/", &parts.join("/")].concat());
    }
    Some(desk_unreachable())
}

/// Clashes are settled on a screen of the full bundle, and listed by it.
pub(super) fn clashes() -> AnyView {
    ().into_any()
}

/// Photos come with the full bundle.
pub(super) fn files<F: Send + Sync + 'static>(
    _sheet: Sheet<F>,
    _part: impl Fn(&mut F) -> &mut Vec<Attachment> + Copy + 'static,
    _sign: bool,
    _need: Need,
) -> AnyView {
    ().into_any()
}

/// What a new matter begins with; its form is in the full bundle, which takes it from the card again.
#[expect(dead_code, reason = "the form that reads it is in the full bundle")]
pub(super) struct Begin {
    /// 信访人.
    pub(super) petitioner: String,
    /// 联系电话.
    pub(super) phone: Option<String>,
}

/// What was reported is written down in the full bundle: the page is opened anew with it, and the draft
/// goes on where it was.
pub(super) fn items(
    _list: RwSignal<Vec<ItemForm>>,
    _wrongs: Wrongs,
    _begin: StoredValue<Begin>,
    title: &'static str,
) -> AnyView {
    let anew = |_| browser::open_in_full();
    view! {
        <h2 class="field__label">{title}</h2>
        <button class="btn btn--plain btn--block" type="button" on:click=anew>{words::ADD_ITEM}</button>
    }
    .into_any()
}

/// The rest of a visit's fields are in the full bundle.
pub(super) fn more(_sheet: Sheet<VisitForm>, first: AnyView) -> AnyView {
    first
}
