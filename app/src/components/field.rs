//! Fields of forms: a label, a hint, the input, an error that names the field. All values are
//! signals of text, so that a form can be kept as a draft at every keystroke.

use leptos::prelude::*;

use super::notice::Mark;
use crate::text::screen::common;

/// Whether a field must be filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// Says nothing beside the label.
    #[default]
    Unsaid,
    /// 必填.
    Needed,
    /// 可不填.
    Optional,
}

/// What is typed into a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    #[default]
    Line,
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// A day and a time.
    Moment,
    /// A phone number.
    Phone,
    /// A whole number.
    Number,
    /// A name under which one signs in.
    Login,
    /// A password.
    Password,
    /// A PIN: digits, hidden, kept by no password manager.
    Pin,
    /// A passphrase: hidden, kept by no password manager.
    Secret,
}

/// The words beside a label.
#[must_use]
pub fn need_words(need: Need) -> AnyView {
    match need {
        Need::Unsaid => ().into_any(),
        Need::Needed => view! { " "<span class="field__need">{common::NEEDED}</span> }.into_any(),
        Need::Optional => view! { " "<span class="field__opt">{common::OPTIONAL}</span> }.into_any(),
    }
}

/// The error below a field; the input names it by `{id}-e`.
#[must_use]
pub fn error_words(id: &str, error: Signal<Option<String>>) -> AnyView {
    let id = [id, "-e"].concat();
    view! {
        <div id=id aria-live="polite">
            {move || error.get().map(|text| view! { <p class="field__error">{Mark::No.draw()}{text}</p> })}
        </div>
    }
    .into_any()
}

/// A labelled input.
#[component]
pub fn Field(
    /// Unique on the page; errors move the focus here.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: String,
    /// The text.
    value: RwSignal<String>,
    /// What is typed.
    #[prop(optional)]
    kind: Kind,
    /// Whether it must be filled.
    #[prop(optional)]
    need: Need,
    /// Help below the label.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with it.
    #[prop(into, default = Signal::stored(None))]
    error: Signal<Option<String>>,
    /// Takes two columns of a grid.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let hint_id = [&id, "-h"].concat();
    let described = [&hint_id, " ", &id, "-e"].concat();
    let invalid = move || error.get().is_some().then_some("true");
    let on_input = move |ev| value.set(event_target_value(&ev));
    let input = if kind == Kind::Lines {
        view! {
            <textarea class="field__input" id=id.clone() aria-describedby=described aria-invalid=invalid
                prop:value=move || value.get() on:input=on_input></textarea>
        }
        .into_any()
    } else {
        let (typed, mode, complete) = match kind {
            Kind::Line | Kind::Lines => ("text", None, "off"),
            Kind::Day => ("date", None, "off"),
            Kind::Moment => ("datetime-local", None, "off"),
            Kind::Phone => ("tel", Some("tel"), "off"),
            Kind::Number => ("text", Some("numeric"), "off"),
            Kind::Login => ("text", None, "username"),
            Kind::Password => ("password", None, "current-password"),
            Kind::Pin => ("password", Some("numeric"), "off"),
            Kind::Secret => ("password", None, "off"),
        };
        view! {
            <input class="field__input" id=id.clone() type=typed inputmode=mode autocomplete=complete
                autocapitalize="off" aria-describedby=described aria-invalid=invalid
                prop:value=move || value.get() on:input=on_input/>
        }
        .into_any()
    };
    view! {
        <div class=if wide { "field desk__wide" } else { "field" }>
            <label class="field__label" for=id.clone()>{label}{need_words(need)}</label>
            <p class="field__hint" id=hint_id hidden=hint.is_empty()>{hint}</p>
            {input}
            {error_words(&id, error)}
        </div>
    }
    .into_any()
}

/// A labelled list to choose from. The value is the chosen option's own value; empty: none.
#[component]
pub fn Select(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// Values and their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Whether it must be filled.
    #[prop(optional)]
    need: Need,
    /// What is wrong with it.
    #[prop(into, default = Signal::stored(None))]
    error: Signal<Option<String>>,
    /// Takes two columns of a grid.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let described = [&id, "-e"].concat();
    let choices = move || {
        let chosen = value.get();
        let choice = |(code, words): (String, String)| {
            let selected = code == chosen;
            view! { <option value=code selected=selected>{words}</option> }
        };
        let none = (String::new(), common::CHOOSE.to_owned());
        std::iter::once(none).chain(options.get()).map(choice).collect_view()
    };
    view! {
        <div class=if wide { "field desk__wide" } else { "field" }>
            <label class="field__label" for=id.clone()>{label}{need_words(need)}</label>
            <span class="select">
                <select class="field__input" id=id.clone() aria-describedby=described
                    aria-invalid=move || error.get().is_some().then_some("true")
                    on:change=move |ev| value.set(event_target_value(&ev))>
                    {choices}
                </select>
            </span>
            {error_words(&id, error)}
        </div>
    }
    .into_any()
}
