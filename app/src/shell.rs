//! The workbench: who is signed in, which screen is open, and what lies above every screen.

use case_core::actor::Role;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::components::page::no_such_page;
use crate::components::toast::{ToastList, Toasts};
use crate::pages::session::{SignInAgain, SignInPage};
use crate::pages::{admin, field, office, review};
use crate::routes::{self, Screen};
use crate::who::{Who, use_who};

/// The whole workbench.
#[component]
pub fn Shell() -> impl IntoView {
    field::OnPhone::begin(Who::begin());
    let toasts = Toasts::begin();
    view! {
        <Router>
            <FlatRoutes fallback=no_such_page>
                <Route path=path!("/*rest") view=Workbench/>
            </FlatRoutes>
            <SignInAgain/>
            <ToastList toasts/>
        </Router>
    }
}

/// The open screen.
#[component]
fn Workbench() -> impl IntoView {
    let who = use_who();
    let path = routes::current_path();
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
        Screen::Matters => office::matters(),
        Screen::Matter(id) => office::matter(*id),
        Screen::Register => office::register(),
        Screen::Review(_) => review::review(),
        Screen::Import => admin::import(),
        Screen::Field(parts) => field::screen(parts),
    }
}

fn home(role: Role) -> AnyView {
    match role {
        Role::VillageOfficer | Role::TownClerk => field::screen(&["today".to_owned()]),
        Role::UnitHandler | Role::UnitHead | Role::Registrar => office::matters(),
        Role::Supervisor => review::review(),
        Role::Admin => admin::import(),
    }
}
