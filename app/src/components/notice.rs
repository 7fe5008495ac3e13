//! Notices: what happened, what was kept, what to do; and the small marks beside words.

use leptos::prelude::*;

/// The signs beside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Confirmed by the server.
    Ok,
    /// Near, missing.
    Warn,
    /// Overdue, refused.
    No,
    /// Information.
    Info,
    /// Saved on this device.
    Saved,
    /// On its way.
    Sending,
    /// No network.
    Off,
}

impl Mark {
    fn class(self) -> &'static str {
        match self {
            Self::Ok => "mark mark--ok",
            Self::Warn => "mark mark--warn",
            Self::No => "mark mark--no",
            Self::Info => "mark mark--info",
            Self::Saved => "mark mark--saved",
            Self::Sending => "mark mark--sending",
            Self::Off => "mark mark--off",
        }
    }

    /// Drawn.
    #[must_use]
    pub fn draw(self) -> AnyView {
        view! { <span class=self.class() aria-hidden="true"></span> }.into_any()
    }
}

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Information.
    Plain,
    /// Something is missing or near.
    Warn,
    /// Refused or failed.
    Refuse,
    /// Confirmed by the server.
    Confirmed,
}

/// A notice with a title and perhaps more below it.
#[must_use]
pub fn notice(tone: Tone, title: impl Into<String>, more: Option<AnyView>) -> AnyView {
    let (class, role, mark) = match tone {
        Tone::Plain => ("notice notice--card", "status", Mark::Info),
        Tone::Warn => ("notice notice--card notice--warn", "status", Mark::Warn),
        Tone::Refuse => ("notice notice--card notice--refuse", "alert", Mark::No),
        Tone::Confirmed => ("notice notice--card notice--confirmed", "status", Mark::Ok),
    };
    view! {
        <div class=class role=role>
            {mark.draw()}
            <div class="notice__body">
                <p class="notice__title">{title.into()}</p>
                {more}
            </div>
        </div>
    }
    .into_any()
}

/// The place where a form says what went wrong: empty until then, read aloud when filled.
#[component]
pub fn Failure(
    /// What went wrong.
    #[prop(into)]
    message: Signal<Option<String>>,
) -> impl IntoView {
    view! { <div aria-live="assertive">{move || message.get().map(|text| notice(Tone::Refuse, text, None))}</div> }
        .into_any()
}
