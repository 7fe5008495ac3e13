//! Answers to tap: chips (one or several) and the segmented control. Choices are told by their place
//! in the list, so that one component serves every enumeration.

use leptos::prelude::*;

use super::field::{Need, error_words, need_words};

/// How the choices look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Wrapping tags.
    #[default]
    Plain,
    /// Equal widths.
    Grid,
    /// Round filters above a list.
    Filter,
    /// Up to four short exclusive answers in one bar.
    Segmented,
}

/// One of several.
#[component]
pub fn Choice(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// The words of the choices.
    options: Vec<&'static str>,
    /// The place of the chosen one.
    chosen: RwSignal<Option<usize>>,
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// Whether it must be answered.
    #[prop(optional)]
    need: Need,
    /// What is wrong with it.
    #[prop(into, default = Signal::stored(None))]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let (outer, item, input, text) = match look {
        Look::Plain => ("chips", "chip", "chip__input", "chip__text"),
        Look::Grid => ("chips chips--grid", "chip", "chip__input", "chip__text"),
        Look::Filter => ("chips chips--filter", "chip", "chip__input", "chip__text"),
        Look::Segmented => ("segmented", "segmented__item", "segmented__input", "segmented__text"),
    };
    let name = id.clone();
    let choices = options
        .into_iter()
        .enumerate()
        .map(|(at, words)| {
            view! {
                <label class=item>
                    <input class=input type="radio" name=name.clone() value=at.to_string()
                        prop:checked=move || chosen.get() == Some(at) on:change=move |_| chosen.set(Some(at))/>
                    <span class=text>{words}</span>
                </label>
            }
        })
        .collect_view();
    let described = [&id, "-e"].concat();
    view! {
        <fieldset class="field" id=id.clone() tabindex="-1" aria-describedby=described>
            <legend class="field__label">{legend}{need_words(need)}</legend>
            <div class=outer>{choices}</div>
            {error_words(&id, error)}
        </fieldset>
    }
    .into_any()
}

/// Any of several.
#[component]
pub fn Choices(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// The words of the choices.
    options: Vec<&'static str>,
    /// The places of the chosen ones, in the order of the list.
    chosen: RwSignal<Vec<usize>>,
    /// Whether it must be answered.
    #[prop(optional)]
    need: Need,
    /// What is wrong with it.
    #[prop(into, default = Signal::stored(None))]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let toggle = move |at: usize, on: bool| {
        chosen.update(|list| {
            list.retain(|other| *other != at);
            if on {
                list.push(at);
                list.sort_unstable();
            }
        });
    };
    let choices = options
        .into_iter()
        .enumerate()
        .map(|(at, words)| {
            view! {
                <label class="chip">
                    <input class="chip__input" type="checkbox" value=at.to_string()
                        prop:checked=move || chosen.with(|list| list.contains(&at))
                        on:change=move |ev| toggle(at, event_target_checked(&ev))/>
                    <span class="chip__text">{words}</span>
                </label>
            }
        })
        .collect_view();
    let described = [&id, "-e"].concat();
    view! {
        <fieldset class="field" id=id.clone() tabindex="-1" aria-describedby=described>
            <legend class="field__label">{legend}{need_words(need)}</legend>
            <div class="chips">{choices}</div>
            {error_words(&id, error)}
        </fieldset>
    }
    .into_any()
}
