//! From what was typed to what the domain takes: each field says its own error, the first one takes
//! the focus.

use case_core::text::Text;
use chrono::NaiveDate;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::text;
use crate::text::screen::common;

/// The error of one field.
pub type FieldError = RwSignal<Option<String>>;

/// One look over a form.
#[derive(Default)]
pub struct Check {
    first: Option<String>,
}

impl Check {
    fn note(&mut self, id: &str, error: FieldError, words: Option<String>) {
        if words.is_some() && self.first.is_none() {
            self.first = Some(id.to_owned());
        }
        // Unchanged errors are not said again.
        if error.with_untracked(|before| *before != words) {
            error.set(words);
        }
    }

    /// A text that must be there.
    pub fn text<const MAX: usize>(
        &mut self,
        id: &str,
        label: &str,
        value: RwSignal<String>,
        error: FieldError,
    ) -> Option<Text<MAX>> {
        let parsed = Text::parse(&value.get_untracked());
        self.note(id, error, parsed.as_ref().err().map(|fault| text::text_error(label, *fault)));
        parsed.ok()
    }

    /// A text that may be left out; the outer `None` is an error.
    pub fn optional<const MAX: usize>(
        &mut self,
        id: &str,
        label: &str,
        value: RwSignal<String>,
        error: FieldError,
    ) -> Option<Option<Text<MAX>>> {
        let parsed = Text::parse_optional(&value.get_untracked());
        self.note(id, error, parsed.as_ref().err().map(|fault| text::text_error(label, *fault)));
        parsed.ok()
    }

    /// A day.
    pub fn day(&mut self, id: &str, label: &str, value: RwSignal<String>, error: FieldError) -> Option<NaiveDate> {
        let day = crate::format::read_day(&value.get_untracked());
        self.note(id, error, day.is_none().then(|| common::no_date(label)));
        day
    }

    /// Something chosen.
    pub fn chosen<T>(&mut self, id: &str, label: &str, value: Option<T>, error: FieldError) -> Option<T> {
        self.note(id, error, value.is_none().then(|| common::not_chosen(label)));
        value
    }

    /// Anything else that can be wrong with a field.
    pub fn that(&mut self, id: &str, right: bool, error: FieldError, words: &str) -> Option<()> {
        self.note(id, error, (!right).then(|| words.to_owned()));
        right.then_some(())
    }

    /// Ends the look: moves the focus to the first field with an error, and says whether all is well.
    pub fn passed(self) -> bool {
        let Some(id) = self.first else { return true };
        focus(&id);
        false
    }
}

/// Moves the focus to an element of the page.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}
