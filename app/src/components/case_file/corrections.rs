//! 更正登记: what stood before and what stands now, each with its reason.

use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::visits::line;
use super::{part, signed_at};
use crate::text;
use crate::text::screen::file as words;

/// The corrections, the newest first; nothing where there are none.
#[must_use]
pub fn corrections(file: &MatterFile) -> AnyView {
    if file.matter.corrections.is_empty() {
        return ().into_any();
    }
    let lines = file.matter.corrections.iter().rev().map(|correction| {
        let changed = text::event::corrected(correction).join("；");
        let reason = [words::CORRECTED_WHY, correction.reason.as_str()].concat();
        line(changed, signed_at(file, correction.at, correction.by), Some(reason), None)
    });
    let lines: Vec<AnyView> = lines.collect();
    let body = view! { <section class="panel"><ol class="timeline">{lines}</ol></section> };
    part(words::CORRECTIONS, body.into_any())
}
