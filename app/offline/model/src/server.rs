//! The server's moves: a request becomes a job (memory), each record of it has its own transaction,
//! and only when all are done is the answer signed. A crash anywhere in between forgets the job and
//! keeps what was committed.

use crate::state::{Answer, Job, Message, Request, Row, Signed, State, insert};
use crate::world::{Broken, Set, World, each, one};

/// Whether so many places of a batch, as a set of places.
fn places(batch: Set, of: Set) -> Set {
    (0_u8..).zip(each(batch)).filter(|(_, record)| of & one(*record) != 0).fold(0, |set, (place, _)| set | one(place))
}

/// The request reaches a worker.
pub fn begin(world: &World, state: &mut State, phone: u8, request: Request) {
    let left = match request {
        Request::Push { records, .. } | Request::Sealed { records, .. } => records,
        Request::Compare { .. } | Request::Piece { .. } => 0,
    };
    let seen = if world.breaks(Broken::LookThenInsert) { world.same_id(state.server.disk.records()) } else { 0 };
    if world.breaks(Broken::SignBeforeCommit) && left != 0 {
        let answer = Answer::Outcomes {
            stored: places(left, left),
            aside: 0,
            signed: Some(Signed { leaves: left }),
            lineage: state.server.lineage,
        };
        state.post(Message::Reply { phone, to: request, answer });
    }
    insert(&mut state.server.jobs, Job { phone, request, left, stored: 0, aside: 0, seen });
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
    let lineage = state.server.lineage;
    let answer = match job.request {
        Request::Push { records, .. } | Request::Sealed { records, .. } => Answer::Outcomes {
            stored: places(records, job.stored),
            aside: job.aside,
            signed: Some(Signed { leaves: job.stored }),
            lineage,
        },
        Request::Compare { held } => {
            let there = state.server.disk.records();
            let different = held & !there & world.same_id(there);
            Answer::Compared { missing: held & !there & !different, different, lineage }
        }
        Request::Piece { record, at } => Answer::Have { have: take_piece(world, state, record, at), lineage },
    };
    state.post(Message::Reply { phone: job.phone, to: job.request, answer });
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
            let by = match job.request {
                Request::Push { by, .. } => by,
                Request::Sealed { session, .. } if world.breaks(Broken::SealedToSession) => session.unwrap_or(own),
                _ => own,
            };
            insert(rows, Row { record, by });
            true
        }
    }
}

/// One transaction: a piece is appended where it belongs. How many are there now.
fn take_piece(world: &World, state: &mut State, record: u8, at: u8) -> u8 {
    let disk = &mut state.server.disk;
    let blind = world.breaks(Broken::BlindPieces);
    let count = |file: &[u8]| u8::try_from(file.len()).unwrap_or(u8::MAX);
    if disk.records() & one(record) == 0 {
        return 0;
    }
    let total = world.record(record).pieces;
    if count(&disk.file) < total && (blind || count(&disk.file) == at) {
        disk.file.push(at);
        if count(&disk.file) == total && !blind && !disk.file.iter().copied().eq(0..total) {
            disk.file.clear();
        }
    }
    count(&disk.file)
}
