//! What stands around every petitioner's page: the office's name, the switch to large type, a phone
//! number that is always there.

use leptos::prelude::*;

use crate::document::{Assets, public_document};
use crate::text::public as words;

/// 信访局: whose pages these are.
#[derive(Clone, Copy, Debug)]
pub struct Office<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its phone.
    pub phone: &'a str,
}

/// What every page needs.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Addresses of the built files.
    pub assets: &'a Assets,
    /// Whose pages these are.
    pub office: Office<'a>,
    /// 关怀模式.
    pub large: bool,
    /// The address of the page, for the switch to large type.
    pub path: &'a str,
}

/// The mark: two arcs that answer each other.
const MARK: &str = "M16.1 3.9a9.1 9.1 0 1 0 4.6 10.8M12 7.6a4.4 4.4 0 1 1-4.2 5.9";

impl Frame<'_> {
    /// The document around `main`.
    pub(super) fn page(&self, title: &str, main: impl IntoView) -> String {
        let (word, _) = self.other_type();
        let switch = view! {
            <a class="header__action" href=self.type_address() data-type-switch="" data-other=self.this_type()>{word}</a>
        };
        self.page_with_switch(title, switch, main)
    }

    /// The same, with another switch: an answer is the reply to a form and has no address.
    pub(super) fn page_with_switch(&self, title: &str, switch: impl IntoView, main: impl IntoView) -> String {
        let body = view! {
            <div class="page">
                <a class="skip" href="#main">{words::SKIP}</a>
                <header class="page__top no-print">
                    <div class="header">
                        <a class="header__title brand" href="/">
                            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=MARK></path></svg>
                            <span>{self.office.name.to_owned()}</span>
                        </a>
                        {switch}
                    </div>
                </header>
                <main class="lookup" id="main">{main}</main>
                <footer class="foot">
                    <p>{self.office.name.to_owned()}" "{phone_link(self.office.phone)}</p>
                    <p><a href="/b">{words::blank::LINK}</a></p>
                </footer>
            </div>
        };
        public_document(title, self.assets, self.large, body)
    }

    /// The word on the switch, and the value that it sends.
    pub(super) fn other_type(&self) -> (&'static str, &'static str) {
        if self.large { (words::NORMAL, "normal") } else { (words::LARGE, "large") }
    }

    fn this_type(&self) -> &'static str {
        if self.large { words::LARGE } else { words::NORMAL }
    }

    /// This page in the other type.
    pub(super) fn type_address(&self) -> String {
        [self.path, "?type=", self.other_type().1].concat()
    }

    /// The word that the script puts on the switch after switching.
    pub(super) fn word_after(&self) -> &'static str {
        self.this_type()
    }
}

/// A number to tap.
pub(super) fn phone_link(phone: &str) -> impl IntoView + use<> {
    view! { <a class="num" href=dial(phone)>{phone.to_owned()}</a> }
}

/// The address that dials a number: only what can be dialled goes into it.
pub(super) fn dial(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    ["tel:", &digits].concat()
}
