//! The frame of the desk's pages: skip link, bar with the mark, sections by role, one heading that
//! takes the focus when the page opens.

use case_core::actor::Role;
use leptos::html;
use leptos::prelude::*;

use super::icon::Icon;
use crate::pages::field::use_phone;
use crate::text::screen::{
    accounts, audit, calls, common, desk, devices, holidays, receptions, reports, sealed, waiting,
};
use crate::who::use_who;
use crate::{browser, history, text};

/// Which section of the desk is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// 审核.
    Review,
    /// 留意.
    Flagged,
    /// 事项.
    Matters,
    /// 登记.
    Register,
    /// 待电话告知.
    Calls,
    /// 导入.
    Import,
    /// 手机.
    Devices,
    /// 节假日.
    Holidays,
    /// 公示.
    Publish,
    /// 账号.
    Accounts,
    /// 审计.
    Audit,
    /// 台账与报告.
    Reports,
    /// 接访.
    Receptions,
    /// 保密件.
    Sealed,
    /// 待办.
    Waiting,
    /// 走访: the phone's screens.
    Field,
}

impl Section {
    /// Where it is.
    #[must_use]
    pub fn address(self) -> &'static str {
        match self {
            Self::Review => "/w/review",
            Self::Flagged => "/w/flagged",
            Self::Matters => "/w/matters",
            Self::Register => "/w/register",
            Self::Calls => "/w/calls",
            Self::Import => "/w/import",
            Self::Devices => "/w/devices",
            Self::Holidays => "/w/holidays",
            Self::Publish => "/w/publish",
            Self::Accounts => "/w/accounts",
            Self::Audit => "/w/audit",
            Self::Reports => "/w/reports",
            Self::Receptions => "/w/receptions",
            Self::Sealed => "/w/sealed",
            Self::Waiting => "/w/waiting",
            Self::Field => "/w/today",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => desk::REVIEW,
            Self::Flagged => desk::FLAGGED,
            Self::Matters => desk::MATTERS,
            Self::Register => desk::REGISTER,
            Self::Calls => calls::TITLE,
            Self::Import => desk::IMPORT,
            Self::Devices => devices::TITLE,
            Self::Holidays => holidays::TITLE,
            Self::Publish => desk::PUBLISH,
            Self::Accounts => accounts::TITLE,
            Self::Audit => audit::TITLE,
            Self::Reports => reports::TITLE,
            Self::Receptions => receptions::TITLE,
            Self::Sealed => sealed::TITLE,
            Self::Waiting => waiting::TITLE,
            Self::Field => desk::FIELD,
        }
    }
}

/// The sections that a role has, the first of them its home.
#[must_use]
pub fn sections(role: Role) -> &'static [Section] {
    match role {
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk | Role::TownLeader => {
            &[Section::Field, Section::Matters, Section::Register]
        }
        Role::UnitHandler | Role::UnitHead => &[Section::Matters, Section::Register, Section::Field],
        Role::JointOffice | Role::CountyLeader => {
            &[Section::Waiting, Section::Matters, Section::Receptions, Section::Reports, Section::Field]
        }
        Role::Registrar => &[
            Section::Matters,
            Section::Register,
            Section::Publish,
            Section::Calls,
            Section::Receptions,
            Section::Reports,
            Section::Import,
            Section::Field,
        ],
        Role::Supervisor => &[
            Section::Review,
            Section::Flagged,
            Section::Matters,
            Section::Publish,
            Section::Receptions,
            Section::Reports,
            Section::Field,
        ],
        Role::Reviewer | Role::Observer => &[Section::Matters],
        Role::Admin => &[Section::Import, Section::Holidays, Section::Devices],
        Role::SealedOfficer => &[Section::Sealed],
        Role::SecurityAdmin => &[Section::Accounts, Section::Devices],
        Role::AuditAdmin => &[Section::Audit],
    }
}

/// The bar above every desk page.
#[component]
pub fn DeskTop(
    /// The open section.
    section: Section,
) -> impl IntoView {
    let who = use_who();
    let links = move || {
        let role = who.role();
        let link = |entry: &Section| {
            let current = (*entry == section).then_some("page");
            view! { <a class="desk__link" href=entry.address() aria-current=current>{entry.name()}</a> }
        };
        role.map(|role| sections(role).iter().map(link).collect_view())
    };
    let person = move || who.actor().map(|actor| [text::actor::role(actor.role), " · ", actor.name.as_str()].concat());
    let phone = use_phone();
    let leave = move |_| {
        leptos::task::spawn_local(phone.sign_out(who));
    };
    view! {
        <header class="page__top">
            <div class="header">
                <p class="header__title brand">{Icon::Echo.draw()}{common::PRODUCT}</p>
                <span class="muted">{person}</span>
                <LargeTypeButton/>
                <button class="header__action" type="button" on:click=leave>{desk::SIGN_OUT}</button>
            </div>
            <nav class="desk__nav" aria-label=desk::SECTIONS>{links}</nav>
        </header>
    }
    .into_any()
}

/// Switches large type (关怀模式) on and off.
#[component]
pub fn LargeTypeButton() -> impl IntoView {
    let large = RwSignal::new(browser::large_type());
    let switch = move |_| {
        large.update(|on| *on = !*on);
        browser::set_large_type(large.get_untracked());
    };
    view! {
        <button class="header__action" type="button" on:click=switch>
            {move || if large.get() { common::NORMAL_TYPE } else { common::LARGE_TYPE }}
        </button>
    }
    .into_any()
}

/// A page of the desk.
#[component]
pub fn DeskPage(
    /// The open section.
    section: Section,
    /// The heading, and the name of the page.
    #[prop(into)]
    title: Signal<String>,
    /// Below the heading.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="page">
            <a class="skip" href="#main">{common::SKIP}</a>
            <DeskTop section/>
            <main class="desk stack" id="main">
                <Heading title class="desk__title no-print"/>
                {children()}
            </main>
        </div>
    }
    .into_any()
}

/// The one heading of a page: takes the focus when the page opens, so that it is read aloud first.
#[component]
pub fn Heading(
    /// The words.
    #[prop(into)]
    title: Signal<String>,
    /// Its class.
    class: &'static str,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| browser::set_title(&title.get()));
    Effect::new(move |_| {
        if let Some(element) = heading.get() {
            let _ = element.focus();
        }
    });
    view! { <h1 class=class tabindex="-1" node_ref=heading>{move || title.get()}</h1> }.into_any()
}

/// A page that does not exist.
#[must_use]
pub fn no_such_page() -> AnyView {
    let home = history::go();
    view! {
        <DeskPage section=Section::Matters title=Signal::stored(common::NO_SUCH_PAGE.to_owned())>
            <p>{common::NO_SUCH_PAGE_NOTE}</p>
            <button class="btn" type="button" on:click=move |_| home("/w/")>{common::HOME}</button>
        </DeskPage>
    }
    .into_any()
}
