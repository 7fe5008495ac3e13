//! 报批中: what waits for somebody's decision, who proposed it and why.

use case_core::matter::Decider;
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::{name, today};
use crate::components::notice::{Tone, notice};
use crate::text::screen::steps as words;
use crate::{format, text};

/// The notice, with what `more` says below it; nothing when nothing waits.
#[must_use]
pub fn pending(file: &MatterFile, more: Option<AnyView>) -> Option<AnyView> {
    let pending = file.matter.pending.as_ref()?;
    let today = today(file);
    let who = name(file, pending.by).unwrap_or_default();
    let decider = match file.matter.decider() {
        Some(Decider::UnitHead) => words::DECIDED_BY_HEAD,
        Some(Decider::CountyLeader) => words::DECIDED_BY_LEADER,
        Some(Decider::Supervisor) | None => words::DECIDED_BY_SUPERVISOR,
    };
    let body = view! {
        <p>{text::paths::proposal(&pending.proposal, today)}</p>
        <p class="muted">
            {[&words::proposed_by(&who, &format::moment(pending.at, today)), "，", decider].concat()}
        </p>
        {more}
    };
    Some(notice(Tone::Warn, words::PENDING, Some(body.into_any())))
}
