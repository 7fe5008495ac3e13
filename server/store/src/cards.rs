//! What of a matter goes onto a phone: enough for a visit, and no more.

use case_core::matter::Matter;
use case_core::text::{LongText, Paragraph, ShortText};
use case_core::time::Clock;
use case_core::wire::sync::MatterCard;

use crate::error::{Result, StoreError};

/// How much of a long text a card shows.
const EXCERPT: usize = 500;

/// The card of a matter.
pub(crate) fn matter_card(matter: Matter, unit: Option<ShortText>, keys: String) -> Result<MatterCard> {
    // Before it was delivered the opinion is a draft, and the return visit does not ask about it.
    let delivered = matter.delivery.as_ref().and_then(|_| matter.approved_closure());
    let opinion = delivered.map(|package| excerpt(&package.opinion)).transpose()?;
    let excerpt = excerpt(&matter.registration.content)?;
    let nearest = matter.stage.on_phones();
    let stage_word = if nearest == matter.stage { None } else { ShortText::parse(matter.stage.code()).ok() };
    let on_phones = |clock: Clock| clock.kind.on_phones().map(|kind| Clock { kind, ..clock });
    let clocks = matter.clocks.into_iter().filter_map(on_phones).collect();
    let registration = matter.registration;
    Ok(MatterCard {
        id: matter.id,
        number: matter.number,
        title: registration.title,
        excerpt,
        stage: nearest,
        stage_word,
        demands: registration.demands,
        petitioner: registration.petitioner.name,
        phone: registration.petitioner.phone,
        address: registration.petitioner.address,
        household: registration.household,
        unit,
        handled_by: matter.handled_by,
        round: matter.round,
        clocks,
        commitments: matter.commitments,
        opinion,
        keys,
    })
}

fn excerpt(text: &LongText) -> Result<Paragraph> {
    let start: String = text.as_str().chars().take(EXCERPT).collect();
    Paragraph::parse(&start).map_err(|_| StoreError::Corrupt { what: "a long text" })
}
