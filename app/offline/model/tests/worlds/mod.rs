//! The worlds that are checked: small enough to be walked through whole, each about one kind of trouble.
#![allow(dead_code, reason = "each test file uses some")]

use sync_model::world::Fault::{Double, Hotspot, Lose, Mixup, PhoneCrash, Restore, Rewind, ServerCrash, Slow};
use sync_model::world::{World, Written, plain};

pub fn two_phones() -> World {
    World::new(vec![plain(0, 0), plain(0, 1), plain(1, 2), plain(1, 3)])
        .with(Lose, 1)
        .with(Double, 1)
        .with(Slow, 1)
        .with(PhoneCrash, 1)
        .with(ServerCrash, 1)
        .with(Hotspot, 1)
        .with(Mixup, 1)
        .total(2)
}

pub fn two_tabs() -> World {
    World { tabs: 2, ..World::new(vec![plain(0, 0), plain(0, 1)]) }
        .with(Lose, 1)
        .with(Double, 1)
        .with(Slow, 1)
        .with(ServerCrash, 1)
        .with(Mixup, 1)
        .with(Hotspot, 1)
        .total(2)
}

/// No crash of the phone: whoever signs in makes it forget what is in memory, which is the same.
pub fn shared_phone() -> World {
    let other = Written { official: 1, ..plain(0, 1) };
    World { switches: 2, workers: 1, signed_in: vec![Some(0)], ..World::new(vec![plain(0, 0), other]) }
        .with(Lose, 1)
        .with(Double, 1)
        .with(Slow, 1)
        .with(ServerCrash, 1)
        .with(Mixup, 1)
        .total(2)
}

pub fn same_id() -> World {
    let unreadable = Written { readable: false, ..plain(0, 1) };
    World::new(vec![plain(0, 0), unreadable, plain(1, 0)])
        .with(Lose, 1)
        .with(Double, 1)
        .with(Slow, 1)
        .with(ServerCrash, 1)
        .with(Mixup, 1)
        .total(2)
}

pub fn file() -> World {
    let filed = Written { pieces: 2, ..plain(0, 0) };
    World { signed_in: vec![Some(0)], ..World::new(vec![filed, plain(0, 1)]) }
        .with(Lose, 1)
        .with(Double, 1)
        .with(Slow, 1)
        .with(PhoneCrash, 1)
        .with(ServerCrash, 1)
        .total(3)
}

pub fn restore() -> World {
    World { backups: 1, ..World::new(vec![plain(0, 0), plain(1, 1)]) }
        .with(Restore, 1)
        .with(Slow, 1)
        .with(Lose, 1)
        .with(PhoneCrash, 1)
        .with(Rewind, 1)
        .total(2)
}

pub fn restore_with_file() -> World {
    let filed = Written { pieces: 2, ..plain(0, 0) };
    World { backups: 1, signed_in: vec![Some(0)], ..World::new(vec![filed]) }
        .with(Restore, 1)
        .with(Slow, 1)
        .with(Lose, 1)
        .with(Double, 1)
        .with(PhoneCrash, 1)
        .total(4)
}

pub fn restore_two_tabs() -> World {
    World { tabs: 2, backups: 1, signed_in: vec![Some(0)], ..World::new(vec![plain(0, 0), plain(0, 1)]) }
        .with(Restore, 1)
        .with(Slow, 1)
        .with(PhoneCrash, 1)
        .total(2)
}

/// No slow phone: whoever signs in makes it forget requests whose answers are still to come.
pub fn restore_shared_phone() -> World {
    let other = Written { official: 1, ..plain(0, 1) };
    let two = World::new(vec![plain(0, 0), other]);
    World { backups: 1, switches: 2, workers: 1, signed_in: vec![Some(0)], ..two }.with(Restore, 1).total(1)
}
