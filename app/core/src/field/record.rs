//! The envelope of a record.

use serde::{Deserialize, Serialize};

use super::{HouseholdVisit, ReturnVisit};
use crate::digest::Digest;
use crate::id::{AccountId, DeviceId, RecordId};
use crate::time::Moment;

/// One fact from the field.
///
/// `made_at` is the phone's clock and may be wrong: it is kept for people to read and never decides
/// a legal date; the server adds its own time when it takes the record in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// UUIDv7 made on the phone; the key of idempotency.
    pub id: RecordId,
    /// The browser that it was made in.
    pub device: DeviceId,
    /// Counts the records of that device from 1, so that a gap can be seen.
    pub sequence: u64,
    /// 记录人.
    pub by: AccountId,
    /// When it was saved, by the phone's clock.
    pub made_at: Moment,
    /// The content.
    pub payload: Payload,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Payload {
    /// 登门遍访.
    HouseholdVisit(Box<HouseholdVisit>),
    /// 上门回访.
    ReturnVisit(Box<ReturnVisit>),
}

/// The kind of a record, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// 登门遍访.
    HouseholdVisit,
    /// 上门回访.
    ReturnVisit,
}

impl RecordKind {
    /// A stable word for storage.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::HouseholdVisit => "household_visit",
            Self::ReturnVisit => "return_visit",
        }
    }
}

impl Payload {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::HouseholdVisit(_) => RecordKind::HouseholdVisit,
            Self::ReturnVisit(_) => RecordKind::ReturnVisit,
        }
    }
}

/// What a form still lacks before it can be saved as a record. The phone names the field; the
/// server sets such a record aside (our own phone never sends one).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum RecordFault {
    /// An item to become a matter lacks a demand.
    #[error("item {item} is to become a matter but asks for nothing")]
    NoDemand {
        /// Which item, from 0.
        item: u16,
    },
    /// More items than one visit holds.
    #[error("more than {max} items")]
    TooManyItems {
        /// The most.
        max: u16,
    },
    /// The visit ends before it begins.
    #[error("the visit ends before it begins")]
    EndsBeforeStart,
    /// Not one answer per demand.
    #[error("{answers} answers to {demands} demands")]
    AnswersDoNotMatch {
        /// Demands of the matter.
        demands: u16,
        /// Answers given.
        answers: u16,
    },
    /// Coordinates that are on no map.
    #[error("the coordinates are on no map")]
    BadPoint,
}

/// The most items of one visit.
pub const MAX_ITEMS: usize = 20;

impl Record {
    /// The first thing that keeps it from being a record.
    ///
    /// # Errors
    /// [`RecordFault`].
    pub fn check(&self) -> Result<(), RecordFault> {
        match &self.payload {
            Payload::HouseholdVisit(visit) => visit.check(),
            Payload::ReturnVisit(visit) => visit.check(),
        }
    }

    /// What a receipt confirms: the digest of the record's own JSON.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self)
    }
}
