//! 户册再次导入: what an import brings meets what officials have changed at the door.
//!
//! Per field there are three values: the one that was imported last, the one that stands here, and the
//! one that the import brings. An import that brings again what it brought before says nothing new, so a
//! change at the door stays. Where nobody changed anything, the import's value is written. Where the
//! door and the import both say something new, the door's value stays and the import's is told to
//! whoever imports: nobody's knowledge is overwritten in silence. The same holds where it is not known
//! what was imported last.

use case_core::field::RosterValue;
use case_core::wire::sync::HouseholdCard;

use crate::types::KeptEdit;

/// The card after an import, and what was kept against it. Its search keys are still those of the
/// card that was brought.
#[must_use]
pub(crate) fn merge(
    before: Option<&HouseholdCard>,
    now: &HouseholdCard,
    brought: &HouseholdCard,
) -> (HouseholdCard, Vec<KeptEdit>) {
    let mut card = HouseholdCard {
        id: now.id,
        last_visit: now.last_visit.or(brought.last_visit),
        next_visit: now.next_visit.or(brought.next_visit),
        ..brought.clone()
    };
    let mut kept = Vec::new();
    for value in fields(brought) {
        let (here, before) = (value.on(now), before.map(|before| value.on(before)));
        if here == value || before.as_ref() == Some(&here) {
            continue;
        }
        here.write(&mut card);
        if before.as_ref() != Some(&value) {
            kept.push(KeptEdit { head: now.head.clone(), address: now.address.clone(), here, brought: value });
        }
    }
    (card, kept)
}

/// What officials can change at the door.
pub(crate) fn fields(card: &HouseholdCard) -> [RosterValue; 4] {
    [
        RosterValue::Head(card.head.clone()),
        RosterValue::Phone(card.phone.clone()),
        RosterValue::Members(card.members.clone()),
        RosterValue::Remark(card.remark.clone()),
    ]
}
