//! The fields of the form: a label, a hint, what was typed, what is wrong with it.

use case_core::public::FilingField;
use leptos::prelude::*;

use crate::html::escaped;

/// A field for words.
pub(super) struct Text<'a> {
    pub field: FilingField,
    pub label: &'a str,
    pub hint: Option<String>,
    pub value: &'a str,
    pub wrong: Option<String>,
    /// What stands beside the label where it may stay empty.
    pub optional: Option<&'static str>,
    /// Digits are wanted.
    pub phone: bool,
}

impl Text<'_> {
    /// Nothing of it.
    pub(super) const NONE: Self =
        Text { field: FilingField::Text, label: "", hint: None, value: "", wrong: None, optional: None, phone: false };

    fn described(&self) -> Option<String> {
        let id = id(self.field);
        let parts =
            [self.hint.as_ref().map(|_| [&id, "-h"].concat()), self.wrong.as_ref().map(|_| [&id, "-e"].concat())];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    fn head(&self) -> impl IntoView + use<> {
        let id = id(self.field);
        let hint = self.hint.clone().map(|hint| {
            view! { <p class="field__hint" id=[&id, "-h"].concat()>{hint}</p> }
        });
        view! {
            <label class="field__label" for=id.clone()>
                {self.label.to_owned()}
                {self.optional.map(|words| view! { <span class="field__opt">{words}</span> })}
            </label>
            {hint}
        }
    }
}

/// The id of a field on the page.
pub(super) fn id(field: FilingField) -> String {
    match field {
        FilingField::Demand(at) => ["demand-", &at.to_string()].concat(),
        FilingField::Purpose => "purpose".to_owned(),
        other => name(other).to_owned(),
    }
}

/// Its name in what is sent.
pub(super) fn name(field: FilingField) -> &'static str {
    match field {
        FilingField::Purpose => "purpose",
        FilingField::Text => "text",
        FilingField::Demand(_) => "demand",
        FilingField::Place => "place",
        FilingField::Name => "name",
        FilingField::Phone => "phone",
        FilingField::Address => "address",
        FilingField::HelperName => "helper_name",
        FilingField::HelperRelation => "helper_relation",
        FilingField::HelperPhone => "helper_phone",
        FilingField::Heard => "heard",
    }
}

/// One line.
pub(super) fn input(text: &Text<'_>) -> impl IntoView + use<> {
    let wrong = text.wrong.is_some();
    view! {
        <div class="field">
            {text.head()}
            <input
                class="field__input"
                id=id(text.field)
                name=name(text.field)
                type=if text.phone { "tel" } else { "text" }
                value=text.value.to_owned()
                autocomplete="off"
                spellcheck="false"
                aria-describedby=text.described()
                aria-invalid=wrong.then_some("true")
            />
            {error(text.field, text.wrong.clone())}
        </div>
    }
}

/// Many lines.
pub(super) fn area(text: &Text<'_>, rows: u8) -> impl IntoView + use<> {
    let wrong = text.wrong.is_some();
    // The one element whose content the renderer puts out as it is. A first line break belongs to the markup.
    let typed = ["\n", &escaped(text.value)].concat();
    view! {
        <div class="field">
            {text.head()}
            <textarea
                class="field__input"
                id=id(text.field)
                name=name(text.field)
                rows=rows
                aria-describedby=text.described()
                aria-invalid=wrong.then_some("true")
            >{typed}</textarea>
            {error(text.field, text.wrong.clone())}
        </div>
    }
}

/// What is wrong with a field, below it.
pub(super) fn error(field: FilingField, wrong: Option<String>) -> Option<impl IntoView + use<>> {
    wrong.map(|wrong| {
        view! {
            <p class="field__error" id=[&id(field), "-e"].concat()>
                <span class="mark mark--no" aria-hidden="true"></span>
                <span>{wrong}</span>
            </p>
        }
    })
}
