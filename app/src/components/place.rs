//! 问题属地: first the town, then the village. Names repeat within a county, so a place is its code.

use case_core::place::DivisionCode;
use leptos::prelude::*;

use super::field::{Need, Select};
use crate::client::{self, Answer};
use crate::load::{Load, Loader, load};
use crate::text::screen::place as words;
use case_core::wire::desk::Division;

/// The towns of the county; a server that begins with the county is asked once more.
async fn towns() -> Answer<Vec<Division>> {
    let top = client::places::divisions(None).await?;
    match top.as_slice() {
        [county] if county.code.town().is_none() => client::places::divisions(Some(&county.code)).await,
        _ => Ok(top),
    }
}

fn options(loader: Loader<Vec<Division>>) -> Vec<(String, String)> {
    match loader.state.get() {
        Load::Ready(list) => {
            list.iter().map(|place| (place.code.as_str().to_owned(), place.name.as_str().to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

/// Chooses a place.
#[component]
pub fn PlaceSelect(
    /// Unique on the page; the two lists add to it.
    #[prop(into)]
    id: String,
    /// The code of the village, else of the town, else nothing.
    value: RwSignal<String>,
) -> impl IntoView {
    // What stood there before (a draft, the place registered): the first nine digits are the town.
    let begun = value.get_untracked();
    let town = RwSignal::new(begun.get(..9).unwrap_or_default().to_owned());
    let village = RwSignal::new(if begun.len() == 12 { begun } else { String::new() });
    let all_towns = load(towns);
    let villages = load(move || {
        let under = DivisionCode::parse(&town.get()).ok();
        async move {
            match under {
                Some(code) => client::places::divisions(Some(&code)).await,
                None => Ok(Vec::new()),
            }
        }
    });
    Effect::new(move |before: Option<String>| {
        let (town, now) = (town.get(), village.get());
        // Another town: the village of the old one does not stay.
        let kept = now.starts_with(&town) && !town.is_empty();
        if before.is_some() && !now.is_empty() && !kept {
            village.set(String::new());
        }
        let code = if kept { now } else { town.clone() };
        if value.with_untracked(|old| *old != code) {
            value.set(code);
        }
        town
    });
    // Emptied from outside: a form begins anew.
    Effect::new(move |_| {
        if value.with(String::is_empty) && town.with_untracked(|code| !code.is_empty()) {
            village.set(String::new());
            town.set(String::new());
        }
    });
    view! {
        <Select id=[&id, "-town"].concat() label=words::TOWN value=town need=Need::Optional
            options=Signal::derive(move || options(all_towns))/>
        <Select id=[&id, "-village"].concat() label=words::VILLAGE value=village need=Need::Optional
            options=Signal::derive(move || options(villages))/>
    }
    .into_any()
}
