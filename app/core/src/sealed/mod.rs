//! 检举控告: a report against an official or a unit (Articles 22, 30 and 46). It never becomes a matter: it
//! has no search keys, no place, no unit, no clock that a list could show. What it says is sealed for the
//! officers of the channel, one copy for each of them; what stands beside it in plain is its number, the
//! day and the [`SealedStage`].
//!
//! ```text
//! 已收 ──拆阅──► 已拆阅 ──移送──► 已移送 ──办结──► 已办结
//!                  ▲ └拆阅┘        └移送┘
//! ```
//! Every step, every further reading too, is an entry of an append-only journal. The journal's plain line says
//! who, when and which step; the words (why it was read, to whom it went) are sealed like the report itself.
//!
//! Who may know of a report is decided by [`rule`]: never somebody accused, never an accused unit, nor the
//! unit of an accused person, nor any unit under these. An officer of the channel who may not know gets no
//! copy, so that no later mistake can show it: there is nothing that the officer's key would open.

mod body;
mod rule;

pub use body::{AccusedPerson, Handover, OrganKind, SealedBody, SealedContent, SealedPetitioner};
pub use rule::{Accused, Barred, Party, UnitTree, namesakes};

use serde::{Deserialize, Serialize};

/// 检举控告件所处的阶段: all that is known of it without a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealedStage {
    /// 已收.
    Received,
    /// 已拆阅.
    Opened,
    /// 已移送.
    HandedOver,
    /// 已办结.
    Closed,
}

impl SealedStage {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Received, Self::Opened, Self::HandedOver, Self::Closed];

    /// The word under which it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Opened => "opened",
            Self::HandedOver => "handed_over",
            Self::Closed => "closed",
        }
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// The stage after a step.
    ///
    /// # Errors
    /// [`SealedRefusal::WrongStage`] when the step is not possible here.
    pub fn after(self, step: SealedStep) -> Result<Self, SealedRefusal> {
        match (self, step) {
            (Self::Received, SealedStep::Read) => Ok(Self::Opened),
            // Reading again changes nothing, and is noted all the same.
            (_, SealedStep::Read) => Ok(self),
            (Self::Opened | Self::HandedOver, SealedStep::HandOver) => Ok(Self::HandedOver),
            (Self::HandedOver, SealedStep::Close) => Ok(Self::Closed),
            (_, SealedStep::Register | SealedStep::HandOver | SealedStep::Close) => Err(SealedRefusal::WrongStage),
        }
    }
}

/// A line of a report's journal, without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealedStep {
    /// 登记.
    Register,
    /// 拆阅.
    Read,
    /// 移送.
    HandOver,
    /// 办结.
    Close,
}

impl SealedStep {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Register, Self::Read, Self::HandOver, Self::Close];

    /// The word under which it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Read => "read",
            Self::HandOver => "hand_over",
            Self::Close => "close",
        }
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// Why the sealed channel refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealedRefusal {
    /// No officer has a key yet: nothing can be sealed, so nothing is taken in.
    #[error("the channel is not open")]
    NotOpen,
    /// Every officer is accused, or belongs to an accused unit or one under it.
    #[error("no officer may know of it")]
    NobodyMayKnow,
    /// Neither a person nor a unit is named as accused: then nobody could be kept out.
    #[error("nobody is accused")]
    NoAccused,
    /// The passphrase does not open the officer's key.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// A new passphrase is too short.
    #[error("the passphrase is too short")]
    WeakPassphrase,
    /// To be handed to an accused unit.
    #[error("the receiver is accused")]
    ReceiverAccused,
    /// To be handed to a unit under an accused one.
    #[error("the receiver stands under an accused unit")]
    ReceiverUnderAccused,
    /// To be handed to the unit of somebody accused.
    #[error("the receiver is the unit of somebody accused")]
    ReceiverOfAccused,
    /// Neither a unit nor an organ was named as receiver, or both.
    #[error("no receiver")]
    NoReceiver,
    /// Not possible at this stage.
    #[error("not possible at this stage")]
    WrongStage,
    /// The day lies before the report came in, or has not come yet.
    #[error("no such day")]
    BadDay,
    /// Somebody else moved it on meanwhile.
    #[error("it has moved on")]
    Stale,
}

impl SealedRefusal {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::NotOpen,
        Self::NobodyMayKnow,
        Self::NoAccused,
        Self::WrongPassphrase,
        Self::WeakPassphrase,
        Self::ReceiverAccused,
        Self::ReceiverUnderAccused,
        Self::ReceiverOfAccused,
        Self::NoReceiver,
        Self::WrongStage,
        Self::BadDay,
        Self::Stale,
    ];
}

/// The fewest characters of a passphrase.
pub const MIN_PASSPHRASE: usize = 12;
