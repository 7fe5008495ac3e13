//! What must hold in every state that can be reached.

use stateright::Property;

use crate::state::{Answer, Message, Phone, State};
use crate::step::ours;
use crate::world::{Set, World, each, one};

/// What the screen calls saved is on the phone's disk.
pub const SAVED: &str = "what was saved is never lost";
/// What a phone shows as delivered is on the server, unless the server was set back since the phone
/// last compared.
pub const CONFIRMED: &str = "what was confirmed is never lost";
/// No id is on the server twice.
pub const ONCE: &str = "nothing is taken in twice";
/// A signature names only what is on the server's disk, and a phone shows as delivered only what the
/// server had in the very same words.
pub const RECEIPT: &str = "a receipt never lies";
/// When no move of ours is left, all is on the server once, with its file, or set aside for its own fault.
pub const DRAINS: &str = "the queue drains once faults stop";
/// Each record stands under the name of its own official.
pub const OFFICIAL: &str = "each record keeps its official";
/// A file that is called complete has each piece in its place.
pub const WHOLE: &str = "complete means every piece";

/// All of them. All are `always`: the checker's `eventually` is not sound where paths join again.
#[must_use]
pub fn all() -> Vec<Property<World>> {
    vec![
        Property::always(SAVED, saved),
        Property::always(CONFIRMED, confirmed),
        Property::always(ONCE, once),
        Property::always(RECEIPT, receipt),
        Property::always(DRAINS, drains),
        Property::always(OFFICIAL, official),
        Property::always(WHOLE, whole),
    ]
}

fn saved(_: &World, state: &State) -> bool {
    state.phones.iter().fold(0, |kept, phone| kept | phone.kept) == state.told
}

/// The records on this phone whose official has compared with the present life of the server.
fn compared(world: &World, state: &State, phone: &Phone) -> Set {
    world.that(|written| phone.lineage[usize::from(written.official)] == state.server.lineage)
}

fn confirmed(world: &World, state: &State) -> bool {
    let there = state.server.disk.records();
    let lost = |phone: &Phone| phone.confirmed & compared(world, state, phone) & !there & !phone.later;
    state.phones.iter().all(|phone| lost(phone) == 0)
}

fn once(world: &World, state: &State) -> bool {
    let rows = &state.server.disk.rows;
    let id = |at: usize| world.record(rows[at].record).id;
    (0..rows.len()).all(|a| (a + 1..rows.len()).all(|b| id(a) != id(b)))
}

fn receipt(_: &World, state: &State) -> bool {
    let there = state.server.disk.records();
    let honest = |message: &Message| match message {
        // After a restore, an answer from before it is true of what was there then.
        Message::Reply { answer: Answer::Outcomes { signed: Some(signed), .. }, .. } => {
            let true_of = if state.server.lineage == 0 { there } else { state.ever };
            signed.leaves & !true_of == 0
        }
        _ => true,
    };
    state.shown & !state.ever == 0 && state.net.iter().all(honest)
}

fn official(world: &World, state: &State) -> bool {
    state.server.disk.rows.iter().all(|row| row.by == world.record(row.record).official)
}

fn file_is_whole(world: &World, state: &State, record: u8) -> bool {
    state.server.disk.file.iter().copied().eq(0..world.record(record).pieces)
}

fn whole(world: &World, state: &State) -> bool {
    let Some(record) = world.with_file() else { return true };
    let full = state.server.disk.file.len() == usize::from(world.record(record).pieces);
    let fits = |phone: &Phone| phone.complete & one(record) & compared(world, state, phone) == 0;
    file_is_whole(world, state, record) || (!full && state.phones.iter().all(fits))
}

/// Whether nothing is left to be done by phone, network and server.
#[must_use]
pub fn is_quiet(world: &World, state: &State) -> bool {
    let mut steps = Vec::new();
    ours(world, state, &mut steps);
    steps.is_empty()
}

fn drains(world: &World, state: &State) -> bool {
    !is_quiet(world, state) || is_drained(world, state)
}

/// Whether every saved record is confirmed and on the server, or set aside for its own fault. What a
/// restore took from an official who is not signed in must wait for them: nobody else may compare.
#[must_use]
pub fn is_drained(world: &World, state: &State) -> bool {
    let there = state.server.disk.records();
    let faulty = world.that(|written| !written.readable || world.that(|other| other.id == written.id).count_ones() > 1);
    state.phones.iter().all(|phone| {
        let away = world.that(|written| phone.user != Some(written.official)) & !compared(world, state, phone);
        let settled = phone.waiting() | phone.sending == 0 && phone.awaits.is_empty() && !phone.doubt;
        let files = each(phone.confirmed & !away).all(|record| {
            world.record(record).pieces == 0 || phone.complete & one(record) != 0 && file_is_whole(world, state, record)
        });
        settled && phone.confirmed & !away & !there == 0 && phone.aside & !faulty == 0 && files
    })
}
