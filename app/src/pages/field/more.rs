//! The field screens that the full bundle has and the phone's first one has not: they are opened less
//! often than a plain visit, and are not what an official's first minutes on a slow line should wait for.

use case_core::field::{About, ReceptionKind};
use leptos::prelude::*;

use super::{clash, intake, plain_form, reception, record, return_form, roster, this_phone};

pub(super) use super::clash::rows as clashes;
pub(super) use super::files::files;
pub(super) use super::item::{Begin, items};
pub(super) use super::visit_more::more;

/// The screen of an address, if it is one of these.
pub(super) fn page(parts: &[&str]) -> Option<AnyView> {
    match parts {
        ["return", id] => id.parse().ok().map(return_form::page),
        ["reception"] => Some(reception::page(ReceptionKind::OpenDoor, None)),
        ["appointment"] => Some(reception::page(ReceptionKind::Appointment, None)),
        ["appointment", id] => id.parse().ok().map(|id| reception::page(ReceptionKind::Appointment, Some(id))),
        ["intake"] => Some(intake::page(None)),
        ["intake", "new"] => Some(intake::choose()),
        ["intake", id] => id.parse().ok().map(|id| intake::page(Some(id))),
        ["note", what, id] => about(what, id).map(plain_form::note),
        ["evidence", what, id] => about(what, id).map(plain_form::evidence),
        ["correct", id] => id.parse().ok().map(plain_form::correction),
        ["record", id] => id.parse().ok().map(record::page),
        ["code", id] => id.parse().ok().map(record::code),
        ["roster", id] => id.parse().ok().map(roster::page),
        ["clash", id] => id.parse().ok().map(clash::page),
        ["phone"] => Some(this_phone::page()),
        _ => None,
    }
}

fn about(what: &str, id: &str) -> Option<About> {
    match what {
        "household" => id.parse().ok().map(About::Household),
        "matter" => id.parse().ok().map(About::Matter),
        _ => None,
    }
}
