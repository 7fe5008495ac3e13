//! The workbench: who is signed in, which screen is open, and what lies above every screen.

use case_core::actor::Role;
use leptos::prelude::*;

use crate::components::toast::{ToastList, Toasts};
use crate::history;
use crate::pages::field;
use crate::pages::session::{SignInAgain, SignInPage};
use crate::routes::Screen;
use crate::who::{Who, use_who};

/// The whole workbench.
#[component]
pub fn Shell() -> impl IntoView {
    history::begin();
    field::OnPhone::begin(Who::begin());
    let toasts = Toasts::begin();
    view! {
        <Workbench/>
        <SignInAgain/>
        <ToastList toasts/>
    }
}

/// The open screen.
#[component]
fn Workbench() -> impl IntoView {
    let who = use_who();
    let path = history::current_path();
    // The review page follows its own address, so that its queue stays while another matter opens.
    let screen = Memo::new(move |_| match Screen::of_path(&path.get()) {
        Screen::Review(_) => Screen::Review(None),
        other => other,
    });
    let role = Memo::new(move |_| who.role());
    move || match role.get() {
        None => view! { <SignInPage/> }.into_any(),
        Some(role) => draw(&screen.get(), role),
    }
}

fn draw(screen: &Screen, role: Role) -> AnyView {
    match screen {
        Screen::Home | Screen::SignIn => home(role),
        Screen::Field(parts) => field::screen(parts),
        other => desk::draw(other),
    }
}

fn home(role: Role) -> AnyView {
    match role {
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk | Role::TownLeader => {
            field::screen(&["today".to_owned()])
        }
        Role::UnitHandler | Role::UnitHead | Role::Registrar | Role::Reviewer | Role::Observer => {
            desk::draw(&Screen::Matters)
        }
        Role::JointOffice | Role::CountyLeader => desk::draw(&Screen::Waiting),
        Role::Supervisor => desk::draw(&Screen::Review(None)),
        Role::Admin => desk::draw(&Screen::Import),
        Role::SecurityAdmin => desk::draw(&Screen::Accounts),
        Role::AuditAdmin => desk::draw(&Screen::Audit),
        Role::SealedOfficer => desk::draw(&Screen::Sealed),
    }
}

/// The desk's screens, in the bundle that holds them.
#[cfg(feature = "desk")]
mod desk {
    use super::{AnyView, Screen};
    use crate::components::page::no_such_page;
    use crate::pages::{admin, office, review};

    pub fn draw(screen: &Screen) -> AnyView {
        match screen {
            Screen::Matters => office::matters(),
            Screen::Matter(id) => office::matter(*id),
            Screen::Register => office::register(),
            Screen::Review(_) => review::review(),
            Screen::Flagged => review::flagged(),
            Screen::Calls => office::calls(),
            Screen::Import => admin::import(),
            Screen::Devices => admin::devices(),
            Screen::Holidays => admin::holidays(),
            Screen::Publish(None) => office::publications(),
            Screen::Publish(Some(id)) => office::publication(*id),
            Screen::Accounts => admin::accounts(),
            Screen::Audit => admin::audit(),
            Screen::Reports => office::reports(),
            Screen::Receptions => office::receptions(),
            Screen::Reception(key) => office::reception(*key),
            Screen::TalkPoints => office::talk_points(),
            Screen::Waiting => office::waiting(),
            Screen::Sealed => office::sealed(),
            Screen::SealedNew => office::sealed_new(),
            Screen::Home | Screen::SignIn | Screen::Field(_) => no_such_page(),
        }
    }
}

/// The phone's bundle leaves the desk's screens out: they need the network anyway, and a phone is to
/// download only what it can use without. The page is opened anew, and the boot script takes the
/// bundle that the address asks for. When it could not, it says so on the root element, and there
/// is no second try by itself.
#[cfg(not(feature = "desk"))]
mod desk {
    use super::{AnyView, Screen};
    use crate::pages::session::desk_unreachable;
    use crate::{browser, routes};

    pub fn draw(screen: &Screen) -> AnyView {
        if !browser::desk_tried() {
            browser::open_anew(&routes::address(screen));
        }
        desk_unreachable()
    }
}
