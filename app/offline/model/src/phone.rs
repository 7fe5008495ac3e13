//! The phone's moves. Each write to its disk is one transaction; requests, doubts and what it thinks
//! of a file are in memory only.

use crate::state::{Answer, Asked, Message, Phone, Request, State, insert};
use crate::world::{Broken, Set, World, each, one};

/// What a phone could ask now.
pub fn could_ask(world: &World, state: &State, number: u8) -> Vec<Request> {
    let phone = &state.phones[usize::from(number)];
    let mut requests = Vec::new();
    if phone.awaits.len() >= world.tabs || phone.later != 0 {
        return requests;
    }
    // That the lineage has changed is said by the session answer, at every start and every contact.
    if let Some(by) = phone.user {
        let due = phone.doubt || phone.lineage[usize::from(by)] != state.server.lineage;
        let comparing = phone.awaits.iter().any(|asked| matches!(asked.request, Request::Compare { .. }));
        if due && !comparing && !world.breaks(Broken::NoCompare) {
            let only = if world.breaks(Broken::CompareOnlyConfirmed) { phone.confirmed } else { phone.kept };
            requests.push(Request::Compare { by, held: only & world.that(|written| written.official == by) });
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
    let asked = Asked { request, life: phone.lineage };
    insert(&mut phone.awaits, asked);
    state.post(Message::Ask { phone: number, asked });
}

/// No longer waits for the answer to a request.
pub fn give_up(phone: &mut Phone, at: usize) -> Asked {
    let asked = phone.awaits.remove(at);
    if let Request::Push { records, .. } | Request::Sealed { records, .. } = asked.request {
        phone.sending &= !records;
    }
    asked
}

/// The answer to the request at this place has come.
pub fn hear(world: &World, state: &mut State, number: u8, at: usize, answer: Answer) {
    let phone = &mut state.phones[usize::from(number)];
    let asked = give_up(phone, at);
    match (asked.request, answer) {
        (Request::Push { .. } | Request::Sealed { .. }, Answer::Outcomes { .. }) => judge(world, phone, asked, answer),
        (Request::Compare { by, .. }, Answer::Compared { .. }) => compared(world, phone, by, answer),
        (Request::Piece { record, .. }, Answer::Have { have, lineage }) => {
            let fresh = fresh(world, phone, asked, lineage) & one(record);
            if fresh != 0 {
                phone.have = have;
            }
            if have == world.record(record).pieces {
                phone.complete |= fresh & phone.confirmed;
            }
        }
        // It was confirmed, so the server has been set back. Sending a record again is always right.
        (Request::Piece { record, .. }, Answer::NoSuchFile) if !world.breaks(Broken::MissingFileIgnored) => {
            put_back(phone, one(record));
        }
        _ => {}
    }
    state.shown |= state.phones[usize::from(number)].confirmed;
}

/// The records about which an answer may be believed: those whose official has not compared with
/// another life of the server since the phone asked. Decided in one transaction with what is written
/// because of it; the others wait and are sent again.
fn fresh(world: &World, phone: &mut Phone, asked: Asked, lineage: u8) -> Set {
    let now = phone.lineage;
    let of = |official: u8| usize::from(official);
    let named = world.that(|written| lineage == now[of(written.official)]);
    let unnamed = world.that(|written| asked.life[of(written.official)] == now[of(written.official)]);
    if world.breaks(Broken::AnyLifeBelieved) {
        return Set::MAX;
    }
    // Named and not ours: which of the two is newer only a compare can tell.
    phone.doubt |= world.named && phone.user.is_some_and(|user| lineage != now[of(user)]);
    if world.named { named } else { unnamed }
}

/// Reads the outcomes of a push. The phone rebuilds the leaves from its own bytes: the signature
/// holds for exactly those or nothing is believed.
fn judge(world: &World, phone: &mut Phone, asked: Asked, answer: Answer) {
    let Answer::Outcomes { stored, aside, signed, lineage } = answer else { return };
    let (Request::Push { records: batch, .. } | Request::Sealed { records: batch, .. }) = asked.request else { return };
    let fresh = fresh(world, phone, asked, lineage);
    let members: Vec<u8> = each(batch).collect();
    let mine =
        each(stored).filter_map(|place| members.get(usize::from(place))).fold(0, |set, record| set | one(*record));
    let whole = stored.count_ones() == mine.count_ones();
    let signature = match (signed, world.broken) {
        (_, Some(Broken::BelieveOk)) => true,
        (Some(signed), Some(Broken::ReceiptById)) => world.same_id(signed.leaves) & mine == mine,
        (Some(signed), _) => signed.leaves == mine,
        (None, _) => stored == 0,
    };
    if !(whole && signature) {
        // A compare needs the session of the records' official; sealed ones are just sent again.
        let own = matches!(asked.request, Request::Push { .. });
        phone.doubt |= own && !world.breaks(Broken::NoCompare);
        return;
    }
    let named = world.same_id(aside) & batch & !mine;
    if world.breaks(Broken::OneBadStopsAll) && named != 0 {
        return;
    }
    // What is settled already (by another tab, or put back by a compare and sent again) stays kept.
    phone.confirmed |= mine & fresh & phone.kept & !phone.aside;
    phone.aside |= named & phone.kept & !phone.confirmed;
}

/// Takes the answer to a compare: one transaction with the new lineage in it.
fn compared(world: &World, phone: &mut Phone, by: u8, answer: Answer) {
    let Answer::Compared { missing, different, unfinished, lineage } = answer else { return };
    phone.doubt = false;
    if world.breaks(Broken::LineagePerPhone) {
        phone.lineage = [lineage; 2];
    }
    phone.lineage[usize::from(by)] = lineage;
    phone.have = 0;
    if !world.breaks(Broken::FilesNotCompared) {
        phone.complete &= !unfinished;
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
