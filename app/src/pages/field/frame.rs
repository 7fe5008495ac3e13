//! The frame of the phone's screens: header, truth line, what stands in the way of sending, tabs.

use case_offline::Connection;
use leptos::prelude::*;

use super::on_phone::use_phone;
use super::truth::truth;
use crate::components::icon::Icon;
use crate::components::notice::{Tone, notice};
use crate::components::page::Heading;
use crate::text::screen::{common, field as words, field_me};
use crate::who::use_who;

/// The four tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    /// 今日.
    Today,
    /// 走访.
    Visits,
    /// 事项.
    Matters,
    /// 我的.
    Me,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Today, Self::Visits, Self::Matters, Self::Me];

    fn parts(self) -> (&'static str, &'static str, Icon) {
        match self {
            Self::Today => (words::TODAY, "/w/today", Icon::Today),
            Self::Visits => (words::VISITS, "/w/visits", Icon::Visit),
            Self::Matters => (words::MATTERS, "/w/files", Icon::Matter),
            Self::Me => (words::ME, "/w/me", Icon::Me),
        }
    }
}

/// One of the four.
pub(super) fn tabbed(tab: Tab, action: Option<AnyView>, body: AnyView) -> AnyView {
    let title = tab.parts().0;
    let phone = use_phone();
    let unsent = Memo::new(move |_| {
        let status = phone.status();
        status.saved + status.set_aside
    });
    let count = move || {
        (unsent.get() > 0).then(|| {
            view! {
                <span class="badge badge--count"><span class="visually-hidden">{words::UNSENT_COUNT}" "</span>{unsent.get()}</span>
            }
        })
    };
    let link = |entry: Tab| {
        let (name, href, icon) = entry.parts();
        let current = (entry == tab).then_some("page");
        view! {
            <a class="tabs__tab" href=href aria-current=current>
                {icon.draw()}{name}{(entry == Tab::Me).then(|| count.into_any())}
            </a>
        }
    };
    view! {
        <div class="page">
            <a class="skip" href="#main">{common::SKIP}</a>
            {top(title, None, action)}
            <main class="page__main" id="main">{body}</main>
            <nav class="tabs" aria-label=words::TABS>{Tab::ALL.map(link).into_iter().collect_view()}</nav>
        </div>
    }
    .into_any()
}

/// A page above the tabs, with a way back.
pub(super) fn page(title: &str, back: &str, action: Option<AnyView>, body: AnyView) -> AnyView {
    view! {
        <div class="page">
            <a class="skip" href="#main">{common::SKIP}</a>
            {top(title, Some(back), action)}
            <main class="page__main" id="main">{body}</main>
        </div>
    }
    .into_any()
}

fn top(title: &str, back: Option<&str>, action: Option<AnyView>) -> AnyView {
    let back = back.map(|href| {
        view! { <a class="header__back" href=href.to_owned() aria-label=common::BACK></a> }
    });
    view! {
        <header class="page__top">
            <div class="header">
                {back}<Heading title=Signal::stored(title.to_owned()) class="header__title"/>{action}
            </div>
            {truth()}
            {in_the_way()}
        </header>
    }
    .into_any()
}

/// What keeps records from being sent and needs a person, and what keeps them from being saved.
fn in_the_way() -> AnyView {
    let phone = use_phone();
    let who = use_who();
    let connection = Memo::new(move |_| phone.status().connection);
    let broken = Memo::new(move |_| phone.status().store_failure.as_ref().map(field_me::store));
    let sending = move || match connection.get() {
        Connection::NeedsSignIn => Some(
            view! {
                <div class="notice notice--warn" role="status">
                    <div class="notice__body"><p>{words::SIGN_IN_TO_SEND}</p></div>
                    <button class="btn btn--text" type="button" on:click=move |_| who.expire()>{words::SIGN_IN}</button>
                </div>
            }
            .into_any(),
        ),
        Connection::NeedsUpdate => Some(notice(Tone::Warn, words::UPDATE_TO_SEND, None)),
        _ => None,
    };
    view! { {sending}{move || broken.get().map(|words| notice(Tone::Refuse, words, None))} }.into_any()
}

/// While the phone's own store is read.
pub(super) fn skeleton() -> AnyView {
    view! {
        <div class="skeleton" aria-hidden="true">
            <p class="skeleton__line"></p>
            <p class="skeleton__line"></p>
            <p class="skeleton__line skeleton__line--short"></p>
        </div>
    }
    .into_any()
}

/// Nothing is here: what belongs here and how it gets here.
pub(super) fn empty(icon: Icon, title: &'static str, note: &'static str) -> AnyView {
    view! {
        <div class="empty">
            {icon.with_class("empty__icon")}
            <p class="empty__title">{title}</p>
            <p class="empty__note">{note}</p>
        </div>
    }
    .into_any()
}

/// A heading with a count.
pub(super) fn heading(title: &'static str, count: String) -> AnyView {
    view! { <h2 class="heading">{title}" "<span class="heading__count">{count}</span></h2> }.into_any()
}

/// A search box; what is typed stays in `typed`.
pub(super) fn search(typed: RwSignal<String>, label: &'static str, hint: &'static str) -> AnyView {
    view! {
        <form class="search" role="search" on:submit=|ev: leptos::ev::SubmitEvent| ev.prevent_default()>
            {Icon::Search.with_class("search__icon")}
            <label class="visually-hidden" for="q">{label}</label>
            <input class="search__input" id="q" type="search" placeholder=hint autocomplete="off"
                prop:value=move || typed.get() on:input=move |ev| typed.set(event_target_value(&ev))/>
        </form>
    }
    .into_any()
}

/// One fact of a panel.
pub(super) fn fact(name: &'static str, value: impl IntoView) -> AnyView {
    view! { <div class="facts__row"><dt>{name}</dt><dd>{value.into_view()}</dd></div> }.into_any()
}
