//! What one run of the checker is about: who writes what, how often each fault may strike, and (in
//! the tests which prove that the model can fail) the one rule that is broken.

/// A set of records, by their place in [`World::records`].
pub type Set = u8;

/// The set that holds one record.
#[must_use]
pub fn one(record: u8) -> Set {
    1 << record
}

/// The records of a set, in order.
pub fn each(set: Set) -> impl Iterator<Item = u8> {
    (0..8).filter(move |record| set & one(*record) != 0)
}

/// A record as one phone wrote it. Its place in [`World::records`] stands for its content (and so for
/// its digest): two with the same `id` are two contents under one id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Whose phone.
    pub phone: u8,
    /// Who wrote it.
    pub official: u8,
    /// The id that it was given.
    pub id: u8,
    /// Whether the server can make a record of it.
    pub readable: bool,
    /// Pieces of its file; 0: it has none. At most one record of a world has a file.
    pub pieces: u8,
}

/// What may go wrong, and what people may do. Each kind has its own budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// A message is lost.
    Lose,
    /// A message arrives twice.
    Double,
    /// A phone gives up waiting although the request or its answer is still on its way.
    Slow,
    /// A phone loses what is not on its disk.
    PhoneCrash,
    /// The server loses what is not on its disk.
    ServerCrash,
    /// Something in between answers "200, all stored", without a signature.
    Hotspot,
    /// An answer is handed to another request of the same kind, of this or of the other phone.
    Mixup,
    /// A phone's disk is set back to before its first answer.
    Rewind,
    /// Yesterday's backup of the server is put back; it has a new lineage.
    Restore,
}

/// How many kinds of fault there are.
pub const FAULTS: usize = 9;

/// One rule of the protocol, broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The phone confirms on "200, all stored" without a receipt.
    BelieveOk,
    /// The phone compares the ids of a receipt and not the digests.
    ReceiptById,
    /// The phone deletes what it has sent.
    DeleteOnSend,
    /// "Sending" is a state on the disk and survives a crash.
    SendingOnDisk,
    /// A record that was set aside sends the whole batch back.
    OneBadStopsAll,
    /// The phone never compares.
    NoCompare,
    /// The phone writes the new lineage first and puts the missing records back afterwards.
    LineageBeforeRecords,
    /// An answer is believed whatever has become of the server since it was given.
    AnyLifeBelieved,
    /// A compare names only the confirmed records, not those that still wait.
    CompareOnlyConfirmed,
    /// The lineage is kept for the phone and not for each official on it.
    LineagePerPhone,
    /// A compare does not say which files are no longer whole.
    FilesNotCompared,
    /// "No record names this file" does not make the phone send the record again.
    MissingFileIgnored,
    /// The server inserts without claiming the id.
    InsertUnclaimed,
    /// The server looks whether the id is there and inserts later, in two steps.
    LookThenInsert,
    /// The server signs before it has committed.
    SignBeforeCommit,
    /// The server books a sealed record to the official who is signed in.
    SealedToSession,
    /// The phone sends records of another official in the session of the one who is signed in.
    PushedByOther,
    /// The server appends each piece without looking where it belongs, and does not check the digest.
    BlindPieces,
}

/// One run of the checker.
#[derive(Clone, Debug)]
pub struct World {
    /// All that is ever written.
    pub records: Vec<Written>,
    /// How many requests a phone may have under way: its open tabs, when no lock keeps them apart.
    pub tabs: usize,
    /// How many requests the server works on at once.
    pub workers: usize,
    /// How often each fault may strike, in the order of [`Fault`].
    pub faults: [u8; FAULTS],
    /// How often faults may strike in all.
    pub total: u8,
    /// How often somebody else signs in.
    pub switches: u8,
    /// How often the server is backed up.
    pub backups: u8,
    /// Who is signed in at first, for each phone.
    pub signed_in: Vec<Option<u8>>,
    /// Whether answers to pushes and pieces name the lineage from which they come. If not, the phone
    /// believes an answer only while its own disk has the lineage that it had when it asked. Not for
    /// worlds with sealed records: whose official is away, nobody can compare.
    pub named: bool,
    /// The broken rule.
    pub broken: Option<Broken>,
}

impl World {
    /// Two phones, each with its own official, and nothing that goes wrong.
    #[must_use]
    pub fn new(records: Vec<Written>) -> Self {
        let signed_in = vec![Some(0), Some(1)];
        let (faults, total, switches, backups) = ([0; FAULTS], 0, 0, 0);
        Self { records, tabs: 1, workers: 2, faults, total, switches, backups, signed_in, named: false, broken: None }
    }

    /// Lets a fault strike so often.
    #[must_use]
    pub fn with(mut self, fault: Fault, times: u8) -> Self {
        self.faults[fault as usize] = times;
        self
    }

    /// Lets at most so many faults strike in all.
    #[must_use]
    pub fn total(mut self, total: u8) -> Self {
        self.total = total;
        self
    }

    /// The same world with one rule broken.
    #[must_use]
    pub fn broken(mut self, broken: Broken) -> Self {
        self.broken = Some(broken);
        self
    }

    /// Whether this rule is the broken one.
    #[must_use]
    pub fn breaks(&self, broken: Broken) -> bool {
        self.broken == Some(broken)
    }

    /// The record at this place.
    #[must_use]
    pub fn record(&self, record: u8) -> &Written {
        &self.records[usize::from(record)]
    }

    /// The records for which something holds.
    pub fn that(&self, holds: impl Fn(&Written) -> bool) -> Set {
        (0_u8..).zip(&self.records).filter(|(_, written)| holds(written)).fold(0, |set, (at, _)| set | one(at))
    }

    /// All records that have the id of one in the set.
    #[must_use]
    pub fn same_id(&self, set: Set) -> Set {
        self.that(|written| each(set).any(|other| self.record(other).id == written.id))
    }

    /// The record with a file.
    #[must_use]
    pub fn with_file(&self) -> Option<u8> {
        (0_u8..).zip(&self.records).find(|(_, written)| written.pieces > 0).map(|(at, _)| at)
    }
}

/// A plain record of a phone's own official.
#[must_use]
pub fn plain(phone: u8, id: u8) -> Written {
    Written { phone, official: phone, id, readable: true, pieces: 0 }
}
