//! The server's moves: a request becomes a job (memory), each record of it has its own transaction,
//! and only when all are done is the answer signed. A crash anywhere in between forgets the job and
//! keeps what was committed.

use crate::state::{Answer, Asked, Job, Message, Request, Row, Signed, State, insert};
use crate::world::{Broken, Set, World, each, one};

/// Whether so many places of a batch, as a set of places.
fn places(batch: Set, of: Set) -> Set {
    (0_u8..).zip(each(batch)).filter(|(_, record)| of & one(*record) != 0).fold(0, |set, (place, _)| set | one(place))
}

/// The request reaches a worker.
pub fn begin(world: &World, state: &mut State, phone: u8, asked: Asked) {
    let left = match asked.request {
        Request::Push { records, .. } | Request::Sealed { records, .. } => records,
        Request::Compare { .. } | Request::Piece { .. } => 0,
    };
    let seen = if world.breaks(Broken::LookThenInsert) { world.same_id(state.server.disk.records()) } else { 0 };
    if world.breaks(Broken::SignBeforeCommit) && left != 0 {
        let answer = Answer::Outcomes {
            stored: places(left, left),
            aside: 0,
            signed: Some(Signed { leaves: left }),
            lineage: if world.named { state.server.lineage } else { 0 },
        };
        state.post(Message::Reply { phone, to: asked, answer });
    }
    insert(&mut state.server.jobs, Job { phone, asked, left, stored: 0, aside: 0, seen });
}

/// One transaction of a job, or its answer.
pub fn work(world: &World, state: &mut State, at: usize) {
    let mut job = state.server.jobs.remove(at);
    if let Some(record) = each(job.left).next() {
        job.left &= !one(record);
        if take_in(world, state, &job, record) {
            job.stored |= one(record);
            state.ever |= one(record);
        } else {
            job.aside |= one(record);
        }
        insert(&mut state.server.jobs, job);
        return;
    }
    let named = if world.named { state.server.lineage } else { 0 };
    let answer = match job.asked.request {
        Request::Push { records, .. } | Request::Sealed { records, .. } => Answer::Outcomes {
            stored: places(records, job.stored),
            aside: job.aside,
            signed: (job.stored != 0).then_some(Signed { leaves: job.stored }),
            lineage: named,
        },
        Request::Compare { held, .. } => {
            let there = state.server.disk.records();
            let different = held & !there & world.same_id(there);
            let whole = |record: u8| state.server.disk.file.iter().copied().eq(0..world.record(record).pieces);
            let unfinished = world.with_file().filter(|record| !whole(*record)).map_or(0, one) & held & there;
            let missing = held & !there & !different;
            Answer::Compared { missing, different, unfinished, lineage: state.server.lineage }
        }
        Request::Piece { record, at } => match take_piece(world, state, record, at) {
            Some(have) => Answer::Have { have, lineage: named },
            None => Answer::NoSuchFile,
        },
    };
    state.post(Message::Reply { phone: job.phone, to: job.asked, answer });
}

/// One transaction: claims the id and inserts, or finds that it is there already. Whether it is stored.
fn take_in(world: &World, state: &mut State, job: &Job, record: u8) -> bool {
    if !world.record(record).readable {
        return false;
    }
    let rows = &mut state.server.disk.rows;
    let claimed = rows.iter().find(|row| world.record(row.record).id == world.record(record).id).map(|row| row.record);
    let claimed = match world.broken {
        Some(Broken::InsertUnclaimed) => None,
        Some(Broken::LookThenInsert) if job.seen & one(record) == 0 => None,
        _ => claimed,
    };
    match claimed {
        Some(there) => there == record,
        None => {
            let own = world.record(record).official;
            let by = match job.asked.request {
                Request::Push { by, .. } => by,
                Request::Sealed { session, .. } if world.breaks(Broken::SealedToSession) => session.unwrap_or(own),
                _ => own,
            };
            insert(rows, Row { record, by });
            true
        }
    }
}

/// One transaction: a piece is appended where it belongs. How many are there now;
/// `None` when no record names it.
fn take_piece(world: &World, state: &mut State, record: u8, at: u8) -> Option<u8> {
    let disk = &mut state.server.disk;
    let blind = world.breaks(Broken::BlindPieces);
    let count = |file: &[u8]| u8::try_from(file.len()).unwrap_or(u8::MAX);
    if disk.records() & one(record) == 0 {
        return None;
    }
    let total = world.record(record).pieces;
    if count(&disk.file) < total && (blind || count(&disk.file) == at) {
        disk.file.push(at);
        if count(&disk.file) == total && !blind && !disk.file.iter().copied().eq(0..total) {
            disk.file.clear();
        }
    }
    Some(count(&disk.file))
}
