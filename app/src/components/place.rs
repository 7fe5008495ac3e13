//! 问题属地: the county where there are several, then the town, then the village. Names repeat within
//! a county, so a place is its code.

use case_core::place::DivisionCode;
use case_core::wire::desk::Division;
use leptos::prelude::*;

use super::field::{Need, Select};
use crate::client;
use crate::load::{Load, Loader, load};
use crate::text::screen::place as words;

/// The places below the one in `under`; none while nothing is chosen.
fn below(under: RwSignal<String>) -> Loader<Vec<Division>> {
    load(move || {
        let code = DivisionCode::parse(&under.get()).ok();
        async move {
            match code {
                Some(code) => client::places::divisions(Some(&code)).await,
                None => Ok(Vec::new()),
            }
        }
    })
}

fn options(loader: Loader<Vec<Division>>) -> Vec<(String, String)> {
    loader.state.with(|state| match state {
        Load::Ready(list) => {
            list.iter().map(|place| (place.code.as_str().to_owned(), place.name.as_str().to_owned())).collect()
        }
        Load::Waiting | Load::Failed(_) => Vec::new(),
    })
}

/// Chooses a place.
#[component]
pub fn PlaceSelect(
    /// Unique on the page; the lists add to it.
    #[prop(into)]
    id: String,
    /// The code of the village, else of the town, else nothing.
    value: RwSignal<String>,
) -> impl IntoView {
    // What stood there before (a draft, the place registered): its first digits name what it lies in.
    let begun = value.get_untracked();
    let part = |digits: usize| RwSignal::new(begun.get(..digits).unwrap_or_default().to_owned());
    let (county, town, village) = (part(6), part(9), part(12));
    let counties = load(|| client::places::divisions(None));
    let (towns, villages) = (below(county), below(town));
    let county_options = Memo::new(move |_| options(counties));
    // Where there is only one county, nobody is asked for it.
    let single = Memo::new(move |_| county_options.with(|list| list.len() < 2));
    Effect::new(move |_| {
        let only = county_options.with(|list| list.first().filter(|_| list.len() == 1).map(|(code, _)| code.clone()));
        if let Some(code) = only {
            county.set(code);
        }
    });
    Effect::new(move |_| {
        let (county, town_now, village_now) = (county.get(), town.get(), village.get());
        // Another county or town: what lay in the old one does not stay.
        if !town_now.is_empty() && !county.is_empty() && !town_now.starts_with(&county) {
            town.set(String::new());
            return;
        }
        if !village_now.is_empty() && (town_now.is_empty() || !village_now.starts_with(&town_now)) {
            village.set(String::new());
            return;
        }
        let code = if village_now.is_empty() { town_now } else { village_now };
        if value.with_untracked(|old| *old != code) {
            value.set(code);
        }
    });
    // Emptied from outside: a form begins anew.
    Effect::new(move |_| {
        if value.with(String::is_empty) && town.with_untracked(|code| !code.is_empty()) {
            village.set(String::new());
            town.set(String::new());
        }
    });
    let county_id = [&id, "-county"].concat();
    let ask_county = move || {
        (!single.get()).then(|| {
            view! {
                <Select id=county_id.clone() label=words::COUNTY value=county options=county_options need=Need::Optional/>
            }
        })
    };
    view! {
        {ask_county}
        <Select id=[&id, "-town"].concat() label=words::TOWN value=town need=Need::Optional
            options=Signal::derive(move || options(towns))/>
        <Select id=[&id, "-village"].concat() label=words::VILLAGE value=village need=Need::Optional
            options=Signal::derive(move || options(villages))/>
    }
    .into_any()
}
