//! The envelope of a record.

use serde::{Deserialize, Serialize};

use super::{
    About, Attachment, Correction, Evidence, FieldIntake, HouseholdVisit, Note, Reception, ReturnVisit, RosterEdit,
};
use crate::digest::Digest;
use crate::id::{AccountId, DeviceId, HouseholdId, MatterId, RecordId};
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Payload {
    /// 登门遍访.
    HouseholdVisit(Box<HouseholdVisit>),
    /// 上门回访.
    ReturnVisit(Box<ReturnVisit>),
    /// 开门接访、专门约访.
    Reception(Box<Reception>),
    /// 登记.
    Intake(Box<FieldIntake>),
    /// 记事.
    Note(Box<Note>),
    /// 更正.
    Correction(Box<Correction>),
    /// 材料.
    Evidence(Box<Evidence>),
    /// 户册修改.
    RosterEdit(Box<RosterEdit>),
}

crate::read_tagged!(Payload by "kind" {
    "household_visit" => HouseholdVisit(Box<HouseholdVisit>),
    "return_visit" => ReturnVisit(Box<ReturnVisit>),
    "reception" => Reception(Box<Reception>),
    "intake" => Intake(Box<FieldIntake>),
    "note" => Note(Box<Note>),
    "correction" => Correction(Box<Correction>),
    "evidence" => Evidence(Box<Evidence>),
    "roster_edit" => RosterEdit(Box<RosterEdit>),
});

/// The kind of a record, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// 登门遍访.
    HouseholdVisit,
    /// 上门回访.
    ReturnVisit,
    /// 开门接访、专门约访.
    Reception,
    /// 登记.
    Intake,
    /// 记事.
    Note,
    /// 更正.
    Correction,
    /// 材料.
    Evidence,
    /// 户册修改.
    RosterEdit,
}

impl RecordKind {
    /// A stable word for storage.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::HouseholdVisit => "household_visit",
            Self::ReturnVisit => "return_visit",
            Self::Reception => "reception",
            Self::Intake => "intake",
            Self::Note => "note",
            Self::Correction => "correction",
            Self::Evidence => "evidence",
            Self::RosterEdit => "roster_edit",
        }
    }
}

impl RecordKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::HouseholdVisit,
        Self::ReturnVisit,
        Self::Reception,
        Self::Intake,
        Self::Note,
        Self::Correction,
        Self::Evidence,
        Self::RosterEdit,
    ];

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Payload {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::HouseholdVisit(_) => RecordKind::HouseholdVisit,
            Self::ReturnVisit(_) => RecordKind::ReturnVisit,
            Self::Reception(_) => RecordKind::Reception,
            Self::Intake(_) => RecordKind::Intake,
            Self::Note(_) => RecordKind::Note,
            Self::Correction(_) => RecordKind::Correction,
            Self::Evidence(_) => RecordKind::Evidence,
            Self::RosterEdit(_) => RecordKind::RosterEdit,
        }
    }

    /// What it names.
    #[must_use]
    pub fn names(&self) -> Names {
        match self {
            Self::HouseholdVisit(visit) => Names { matter: visit.matter, household: Some(visit.household) },
            Self::ReturnVisit(visit) => Names { matter: Some(visit.matter), household: None },
            Self::Reception(reception) => Names { matter: reception.matter, household: reception.household },
            Self::Intake(intake) => Names { matter: None, household: intake.household },
            Self::Note(note) => Names { matter: note.about.matter(), household: note.about.household() },
            Self::Correction(note) => {
                Names { matter: note.about.and_then(About::matter), household: note.about.and_then(About::household) }
            }
            Self::Evidence(note) => Names { matter: note.about.matter(), household: note.about.household() },
            Self::RosterEdit(edit) => Names { matter: None, household: Some(edit.household) },
        }
    }

    /// The earlier record that it speaks of: the one that it corrects, or whose clash it settles.
    #[must_use]
    pub fn earlier(&self) -> Option<RecordId> {
        match self {
            Self::Correction(correction) => Some(correction.corrects),
            Self::RosterEdit(edit) => edit.settles,
            Self::HouseholdVisit(_)
            | Self::ReturnVisit(_)
            | Self::Reception(_)
            | Self::Intake(_)
            | Self::Note(_)
            | Self::Evidence(_) => None,
        }
    }

    /// Its files.
    #[must_use]
    pub fn attachments(&self) -> &[Attachment] {
        match self {
            Self::HouseholdVisit(visit) => &visit.attachments,
            Self::ReturnVisit(visit) => &visit.attachments,
            Self::Reception(reception) => &reception.attachments,
            Self::Intake(intake) => &intake.attachments,
            Self::Note(note) => &note.attachments,
            Self::Evidence(evidence) => &evidence.attachments,
            Self::Correction(_) | Self::RosterEdit(_) => &[],
        }
    }

    /// When it happened, by the phone's clock; `None`: when it was saved.
    #[must_use]
    pub fn happened_at(&self) -> Option<Moment> {
        match self {
            Self::HouseholdVisit(visit) => Some(visit.started),
            Self::ReturnVisit(visit) => Some(visit.at),
            Self::Reception(reception) => Some(reception.at),
            Self::Intake(intake) => Some(intake.at),
            Self::Note(note) => Some(note.at),
            Self::Evidence(evidence) => Some(evidence.at),
            Self::Correction(_) | Self::RosterEdit(_) => None,
        }
    }
}

/// What a record names; neither need be known to the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// A matter that there is.
    pub matter: Option<MatterId>,
    /// A household.
    pub household: Option<HouseholdId>,
}

/// What a form still lacks before it can be saved as a record. The phone names the field; the
/// server sets such a record aside (our own phone never sends one).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
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
    /// A reception of nobody.
    #[error("nobody was received")]
    NoPeople,
    /// Evidence without a file.
    #[error("evidence without a file")]
    NoAttachment,
    /// More files than one record holds.
    #[error("more than {max} files")]
    TooManyAttachments {
        /// The most.
        max: u16,
    },
    /// A file that is empty or larger than a file may be.
    #[error("a file is empty or too large")]
    AttachmentTooLarge,
    /// A change of the roster that changes nothing, or mixes two fields.
    #[error("a change of the roster without a change")]
    NoChange,
}

crate::read_tagged!(RecordFault by "fault" {
    "no_demand" => NoDemand { item: u16 },
    "too_many_items" => TooManyItems { max: u16 },
    "ends_before_start" => EndsBeforeStart,
    "answers_do_not_match" => AnswersDoNotMatch { demands: u16, answers: u16 },
    "bad_point" => BadPoint,
    "no_people" => NoPeople,
    "no_attachment" => NoAttachment,
    "too_many_attachments" => TooManyAttachments { max: u16 },
    "attachment_too_large" => AttachmentTooLarge,
    "no_change" => NoChange,
});

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
            Payload::Reception(reception) => reception.check(),
            Payload::Intake(intake) => intake.check(),
            Payload::Note(note) => super::attachment::check(&note.attachments),
            Payload::Evidence(evidence) => evidence.check(),
            Payload::RosterEdit(edit) => edit.check(),
            Payload::Correction(_) => Ok(()),
        }
    }

    /// What a receipt confirms: the digest of the record's own JSON, byte for byte as it is sent. Fields
    /// that are added later must be left out while they are empty, or old records would get new digests.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self)
    }
}
