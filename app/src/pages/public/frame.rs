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
    /// The address of the page, for the switch to large type; with its query, where it has one.
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

    /// The same, with another switch: the reply to a form has no address.
    pub(super) fn page_with_switch(&self, title: &str, switch: impl IntoView, main: impl IntoView) -> String {
        let body = view! { <div class="page">{self.around(switch, main)}</div> };
        public_document(title, self.assets, self.large, body)
    }

    /// What stands above and below.
    pub(super) fn around(&self, switch: impl IntoView, main: impl IntoView) -> impl IntoView {
        view! {
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
        }
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
        self.typed(self.path)
    }

    /// An address, in the other type.
    fn typed(&self, address: &str) -> String {
        let joint = if address.contains('?') { "&type=" } else { "?type=" };
        [address, joint, self.other_type().1].concat()
    }

    /// The switch of a page with a form: it sends the form to `address`, with what was typed so far, and `go` says
    /// that it is only to be drawn ([`DRAW`]).
    pub(super) fn form_switch(
        &self,
        form: &'static str,
        address: &str,
        go: Option<&'static str>,
    ) -> impl IntoView + use<> {
        let (word, _) = self.other_type();
        view! {
            {enter(form)}
            <button class="header__action" type="submit" form=form formaction=self.typed(address) formnovalidate
                name=go.map(|_| "go") value=go data-type-switch="" data-other=self.this_type()>{word}</button>
        }
    }

    /// A button that sends the form around it to this page's address, in the other type. Without the script of the
    /// other pages: it stands on paper, which has none of theirs.
    pub(crate) fn other_type_button(&self) -> impl IntoView + use<> {
        view! { <button type="submit" formaction=self.typed(self.path)>{self.other_type().0}</button> }
    }

    /// The switch of a reply that has no form of its own: what was asked is asked again, or `go` names the page.
    pub(super) fn again_switch(
        &self,
        address: &str,
        kind: Option<&'static str>,
        fields: &[(&'static str, &str)],
    ) -> impl IntoView + use<> {
        let (word, _) = self.other_type();
        view! {
            <form method="post" action=self.typed(address) enctype=kind>
                {carried(fields)}
                <button class="header__action" type="submit" data-type-switch="" data-other=self.this_type()>{word}</button>
            </form>
        }
    }

    /// The word that the script puts on the switch after switching.
    pub(super) fn word_after(&self) -> &'static str {
        self.this_type()
    }
}

/// What a switch sends as `go`: the form is to be drawn with what was typed, and nothing else is to be done with it.
pub const DRAW: &str = "draw";

/// What the Enter key presses in a form: the first button that belongs to it. That must not be the switch, which
/// stands above the form.
pub(super) fn enter(form: &'static str) -> impl IntoView {
    view! { <button class="visually-hidden" type="submit" form=form tabindex="-1" aria-hidden="true"></button> }
}

/// Hidden fields of a form.
pub(super) fn carried(fields: &[(&'static str, &str)]) -> impl IntoView + use<> {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
}

/// A number to tap.
pub(crate) fn phone_link(phone: &str) -> impl IntoView + use<> {
    view! { <a class="num" href=dial(phone)>{phone.to_owned()}</a> }
}

/// The address that dials a number: only what can be dialled goes into it.
pub(super) fn dial(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    ["tel:", &digits].concat()
}
