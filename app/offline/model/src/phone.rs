//! The phone's moves. Each write to its disk is one transaction; requests, doubts and what it thinks
//! of a file are in memory only.

use crate::state::{Answer, Message, Phone, Request, State, insert};
use crate::world::{Broken, Set, World, each, one};

/// What a phone could ask now.
pub fn could_ask(world: &World, state: &State, number: u8) -> Vec<Request> {
    let phone = &state.phones[usize::from(number)];
    let mut requests = Vec::new();
    if phone.awaits.len() >= world.tabs || phone.later != 0 {
        return requests;
    }
    // That the lineage has changed is said by the session answer, at every start and every contact.
    let compare = phone.doubt || phone.lineage != state.server.lineage;
    if compare && !world.breaks(Broken::NoCompare) {
        let only = if world.breaks(Broken::CompareOnlyConfirmed) { phone.confirmed } else { phone.kept };
        let comparing = phone.awaits.iter().any(|request| matches!(request, Request::Compare { .. }));
        if !comparing {
            requests.push(Request::Compare { held: only });
        }
    }
    if phone.doubt {
        return requests;
    }
    let own = phone.user.map_or(0, |user| world.that(|written| written.official == user));
    let (own, others) = (phone.waiting() & own, phone.waiting() & !own);
    match phone.user {
        Some(by) if world.breaks(Broken::PushedByOther) && own | others != 0 => {
            requests.push(Request::Push { by, records: own | others });
        }
        user => {
            if let (Some(by), true) = (user, own != 0) {
                requests.push(Request::Push { by, records: own });
            }
            if others != 0 {
                requests.push(Request::Sealed { session: user, records: others });
            }
        }
    }
    if let Some(record) = world.with_file()
        && phone.confirmed & !phone.complete & one(record) != 0
    {
        requests.push(Request::Piece { record, at: phone.have });
    }
    requests
}

/// Sends.
pub fn ask(world: &World, state: &mut State, number: u8, request: Request) {
    let phone = &mut state.phones[usize::from(number)];
    if let Request::Push { records, .. } | Request::Sealed { records, .. } = request {
        match world.broken {
            Some(Broken::DeleteOnSend) => phone.kept &= !records,
            Some(Broken::SendingOnDisk) => phone.sending |= records,
            _ => {}
        }
    }
    insert(&mut phone.awaits, request);
    state.post(Message::Ask { phone: number, request });
}

/// No longer waits for the answer to a request.
pub fn give_up(phone: &mut Phone, at: usize) -> Request {
    let request = phone.awaits.remove(at);
    if let Request::Push { records, .. } | Request::Sealed { records, .. } = request {
        phone.sending &= !records;
    }
    request
}

/// The answer to the request at this place has come.
pub fn hear(world: &World, state: &mut State, number: u8, at: usize, answer: Answer) {
    let phone = &mut state.phones[usize::from(number)];
    let request = give_up(phone, at);
    match (request, answer) {
        (Request::Push { records, .. } | Request::Sealed { records, .. }, Answer::Outcomes { .. }) => {
            judge(world, phone, records, answer);
        }
        (Request::Compare { .. }, Answer::Compared { missing, different, lineage }) => {
            compared(world, phone, missing, different, lineage);
        }
        (Request::Piece { record, .. }, Answer::Have { have, lineage }) => {
            if lineage == phone.lineage || world.breaks(Broken::LineageNotNamed) {
                phone.have = have;
                if have == world.record(record).pieces {
                    phone.complete |= one(record) & phone.confirmed;
                }
            } else {
                phone.doubt = true;
            }
        }
        _ => {}
    }
    state.shown |= state.phones[usize::from(number)].confirmed;
}

/// Reads the outcomes of a push. The phone rebuilds the leaves from its own bytes: the signature
/// holds for exactly those or nothing is believed.
fn judge(world: &World, phone: &mut Phone, batch: Set, answer: Answer) {
    let Answer::Outcomes { stored, aside, signed, lineage } = answer else { return };
    let members: Vec<u8> = each(batch).collect();
    let mine =
        each(stored).filter_map(|place| members.get(usize::from(place))).fold(0, |set, record| set | one(*record));
    let whole = stored.count_ones() == mine.count_ones();
    let signature = match (signed, world.broken) {
        (_, Some(Broken::BelieveOk)) => true,
        (Some(signed), Some(Broken::ReceiptById)) => world.same_id(signed.leaves) & mine == mine,
        (Some(signed), _) => signed.leaves == mine,
        (None, _) => false,
    };
    let same_life = lineage == phone.lineage || world.breaks(Broken::LineageNotNamed);
    if !(whole && signature && same_life) {
        phone.doubt = !world.breaks(Broken::NoCompare);
        return;
    }
    let named = world.same_id(aside) & batch & !mine;
    if world.breaks(Broken::OneBadStopsAll) && named != 0 {
        return;
    }
    // What is settled already (by another tab, or put back by a compare and sent again) stays kept.
    phone.confirmed |= mine & phone.kept & !phone.aside;
    phone.aside |= named & phone.kept & !phone.confirmed;
}

/// Takes the answer to a compare: one transaction with the new lineage in it.
fn compared(world: &World, phone: &mut Phone, missing: Set, different: Set, lineage: u8) {
    phone.doubt = false;
    if lineage != phone.lineage {
        phone.lineage = lineage;
        phone.have = 0;
        if !world.breaks(Broken::FilesNotAskedAgain) {
            phone.complete = 0;
        }
    }
    if world.breaks(Broken::LineageBeforeRecords) {
        phone.later = missing & phone.confirmed;
    } else {
        put_back(phone, missing);
    }
    phone.confirmed &= !different;
    phone.aside |= different & phone.kept;
}

/// Confirmed records that the server no longer has wait again.
pub fn put_back(phone: &mut Phone, missing: Set) {
    phone.confirmed &= !missing;
    phone.complete &= !missing;
    phone.later = 0;
}
