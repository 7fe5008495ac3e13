//! Forms that choose somebody: the unit of a transfer, the handler within it.

use case_core::matter::{Command, CommandKind};
use case_core::place::DivisionCode;
use case_core::wire::desk::{MatterFile, Named, Unit};
use leptos::prelude::*;

use super::frame;
use crate::client::places;
use crate::components::check::Check;
use crate::components::field::{Need, Select};
use crate::components::loading::failed;
use crate::components::place::PlaceSelect;
use crate::load::{Load, Loader, load};
use crate::send::Sender;
use crate::text::screen::forms as words;

type Open = RwSignal<Option<CommandKind>>;

fn options<T: Send + Sync>(loader: Loader<Vec<T>>, of: impl Fn(&T) -> (String, String)) -> Vec<(String, String)> {
    loader.state.with(|state| match state {
        Load::Ready(list) => list.iter().map(of).collect(),
        _ => Vec::new(),
    })
}

/// A list that could not be read says so, with a button to try again.
fn trouble<T: Send + Sync>(loader: Loader<Vec<T>>) -> impl Fn() -> Option<AnyView> {
    move || {
        let message = loader.state.with(|state| match state {
            Load::Failed(error) => Some(error.message()),
            _ => None,
        })?;
        Some(failed(&message, move || loader.reload()))
    }
}

/// 转送.
pub fn form(file: &MatterFile, sender: Sender, open: Open) -> AnyView {
    let units = load(places::units);
    let unit = RwSignal::new(String::new());
    let registered = file.matter.registration.place.clone();
    let place = RwSignal::new(registered.as_ref().map_or_else(String::new, |code| code.as_str().to_owned()));
    let wrong = RwSignal::new(None);
    let listed =
        Signal::derive(move || options(units, |unit: &Unit| (unit.id.to_string(), unit.name.as_str().to_owned())));
    let fields = view! {
        {trouble(units)}
        <Select id="unit" label=words::UNIT value=unit options=listed need=Need::Needed error=wrong/>
        <PlaceSelect id="transfer-place" value=place/>
    };
    frame(CommandKind::Transfer, sender, open, fields.into_any(), move || {
        let mut check = Check::default();
        let unit = check.chosen("unit", words::UNIT, unit.get_untracked().parse().ok(), wrong);
        check.passed();
        // Only a place that differs from the registered one is said.
        let place = DivisionCode::parse(&place.get_untracked()).ok().filter(|code| registered.as_ref() != Some(code));
        Some(Command::Transfer { unit: unit?, place, report_by: None, simple: false })
    })
}

/// 确定承办人.
pub fn assign(file: &MatterFile, sender: Sender, open: Open) -> AnyView {
    let unit = file.matter.unit;
    let accounts = load(move || async move {
        match unit {
            Some(unit) => places::accounts(unit).await,
            None => Ok(Vec::new()),
        }
    });
    let handler = RwSignal::new(String::new());
    let wrong = RwSignal::new(None);
    let listed = Signal::derive(move || {
        options(accounts, |named: &Named| {
            (named.account.to_string(), [named.name.as_str(), " ", named.office.as_str()].concat())
        })
    });
    let fields = view! {
        {trouble(accounts)}
        <Select id="handler" label=words::HANDLER value=handler options=listed need=Need::Needed error=wrong/>
    };
    frame(CommandKind::Assign, sender, open, fields.into_any(), move || {
        let mut check = Check::default();
        let handler = check.chosen("handler", words::HANDLER, handler.get_untracked().parse().ok(), wrong);
        check.passed();
        Some(Command::Assign { handler: handler? })
    })
}
