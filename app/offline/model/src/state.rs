//! The state of the world: disks, memories, and what is on its way.

use crate::world::{FAULTS, Set, World};

/// What a phone asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Request {
    /// Records of the official who is signed in.
    Push {
        /// Whose session.
        by: u8,
        /// Which.
        records: Set,
    },
    /// Records of others, each in its envelope.
    Sealed {
        /// Who is signed in; the server must not care.
        session: Option<u8>,
        /// Which.
        records: Set,
    },
    /// "Which of these do you not have?" Needs a session: an official asks for their own only.
    Compare {
        /// Whose session.
        by: u8,
        /// What the phone holds.
        held: Set,
    },
    /// A piece of a file.
    Piece {
        /// Whose file.
        record: u8,
        /// Which piece.
        at: u8,
    },
}

/// A request as the phone remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asked {
    /// What was asked.
    pub request: Request,
    /// [`Phone::lineage`] when it was sent. Not on the wire: the tab remembers it.
    pub life: [u8; 2],
}

/// A signature of the server: it cannot be made by anybody else, and it holds for exactly these leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signed {
    /// The records (id and digest) that are stored.
    pub leaves: Set,
}

/// What comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// To a push, sealed or not.
    Outcomes {
        /// Which *places* of the request were stored. No names: the phone knows what it sent.
        stored: Set,
        /// Which records were set aside, by name.
        aside: Set,
        /// The signature; none from a hotspot, and none when nothing was stored.
        signed: Option<Signed>,
        /// From which life of the server, if answers say so ([`World::named`]).
        lineage: u8,
    },
    /// To a compare.
    Compared {
        /// Not there.
        missing: Set,
        /// There with other content.
        different: Set,
        /// There, but not the whole of its file.
        unfinished: Set,
        /// From which life of the server.
        lineage: u8,
    },
    /// To a piece of a file that no record names: the record is not there.
    NoSuchFile,
    /// To a piece.
    Have {
        /// So many pieces are there.
        have: u8,
        /// From which life of the server, if answers say so ([`World::named`]).
        lineage: u8,
    },
}

/// On its way, in no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Message {
    /// To the server.
    Ask {
        /// From this phone.
        phone: u8,
        /// What.
        asked: Asked,
    },
    /// To the phone. Taken by whichever tab waits for the answer to an *equal* request: also a late
    /// answer to an earlier sending, which is more than HTTP would allow.
    Reply {
        /// To this phone.
        phone: u8,
        /// The request.
        to: Asked,
        /// The answer.
        answer: Answer,
    },
}

/// A phone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone {
    /// Disk: every record that was saved and is still there.
    pub kept: Set,
    /// Disk: those of them with a verified receipt (已送达).
    pub confirmed: Set,
    /// Disk: those of them that need a person.
    pub aside: Set,
    /// Disk: those of them whose file is known to be complete on the server.
    pub complete: Set,
    /// Disk: only if "sending" is wrongly kept there.
    pub sending: Set,
    /// Disk: for each official, the life of the server with which their records were last compared.
    pub lineage: [u8; 2],
    /// Disk: who is signed in.
    pub user: Option<u8>,
    /// Memory: the requests whose answers are awaited, in order.
    pub awaits: Vec<Asked>,
    /// Memory: something did not fit, compare before anything else.
    pub doubt: bool,
    /// Memory: how many pieces the server is thought to have.
    pub have: u8,
    /// Memory: only if a compare is wrongly written in two steps: what is still to be put back.
    pub later: Set,
}

impl Phone {
    /// Saved, and neither confirmed nor set aside.
    #[must_use]
    pub fn waiting(&self) -> Set {
        self.kept & !self.confirmed & !self.aside & !self.sending
    }
}

/// A record in the server's store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row {
    /// Which content.
    pub record: u8,
    /// Under whose name.
    pub by: u8,
}

/// A request on which the server works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Job {
    /// Who asks.
    pub phone: u8,
    /// What.
    pub asked: Asked,
    /// The records not yet committed.
    pub left: Set,
    /// Those that were stored, now or earlier.
    pub stored: Set,
    /// Those that were set aside.
    pub aside: Set,
    /// Only if the server wrongly looks first: what was there when it looked.
    pub seen: Set,
}

/// What is on the server's disk, and in its backup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Disk {
    /// Records, in order.
    pub rows: Vec<Row>,
    /// The pieces of the one file, as they were appended.
    pub file: Vec<u8>,
}

impl Disk {
    /// The contents that are there.
    #[must_use]
    pub fn records(&self) -> Set {
        self.rows.iter().fold(0, |set, row| set | crate::world::one(row.record))
    }
}

/// The server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Server {
    /// Disk.
    pub disk: Disk,
    /// Elsewhere: yesterday's disk.
    pub backup: Option<Disk>,
    /// Disk: its life; a restore begins a new one.
    pub lineage: u8,
    /// Memory: requests under way, in order.
    pub jobs: Vec<Job>,
}

/// Everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// The phones.
    pub phones: Vec<Phone>,
    /// The server.
    pub server: Server,
    /// What is on its way, in order of value because the network has no order.
    pub net: Vec<Message>,
    /// Faults that may still strike, by kind.
    pub faults: [u8; FAULTS],
    /// Faults that may still strike in all.
    pub total: u8,
    /// Sign-ins left.
    pub switches: u8,
    /// Backups left.
    pub backups: u8,
    /// For the properties only: what people were told is saved.
    pub told: Set,
    /// For the properties only: what was ever on the server's disk.
    pub ever: Set,
    /// For the properties only: what was ever confirmed on a phone.
    pub shown: Set,
}

impl State {
    /// Before anything is written.
    #[must_use]
    pub fn first(world: &World) -> Self {
        let phone = |user: &Option<u8>| Phone {
            kept: 0,
            confirmed: 0,
            aside: 0,
            complete: 0,
            sending: 0,
            lineage: [0; 2],
            user: *user,
            awaits: Vec::new(),
            doubt: false,
            have: 0,
            later: 0,
        };
        Self {
            phones: world.signed_in.iter().map(phone).collect(),
            server: Server::default(),
            net: Vec::new(),
            faults: world.faults,
            total: world.total,
            switches: world.switches,
            backups: world.backups,
            told: 0,
            ever: 0,
            shown: 0,
        }
    }

    /// Puts a message on its way.
    pub fn post(&mut self, message: Message) {
        insert(&mut self.net, message);
    }
}

/// Inserts in order, so that equal collections are equal states.
pub fn insert<T: Ord>(sorted: &mut Vec<T>, item: T) {
    let at = sorted.partition_point(|other| *other <= item);
    sorted.insert(at, item);
}
