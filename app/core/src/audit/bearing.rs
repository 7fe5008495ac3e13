//! What a deed changes of what petitioners read.

use super::Deed;
use crate::id::MatterId;

/// Whose answers to a look-up a deed may change: for whoever keeps such answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// None.
    Nobody,
    /// Those of these matters.
    Matters(Vec<MatterId>),
    /// All may be.
    Everybody,
}

impl Deed {
    /// Whose answers it may change. A deed about a matter may change that matter's, whatever it is.
    #[must_use]
    pub fn bearing(&self) -> Bearing {
        match self {
            // Names and phones of units, days off, settings, another past.
            Self::UnitSet { .. } | Self::HolidaysSet { .. } | Self::SettingSet { .. } | Self::Restored { .. } => {
                Bearing::Everybody
            }
            // A reception that is moved moves the places taken at it.
            Self::ReceptionRuleSet { .. } | Self::ReceptionChanged { .. } => Bearing::Everybody,
            Self::Adopted { .. }
            | Self::MattersMoved { .. }
            | Self::CodeReissued { .. }
            | Self::Unmasked { .. }
            | Self::Recused { .. }
            | Self::RecusalLifted { .. }
            | Self::PetitionerPhoned { .. }
            | Self::NoticesStopped { .. }
            | Self::RemindersSet { .. }
            | Self::DocumentIssued { .. }
            | Self::DocumentTaken { .. }
            | Self::Publication { .. } => Bearing::Matters(self.matters()),
            // Set without a matter: of a booking that may have been made with a code.
            Self::ReceptionBooked { matter, .. } | Self::ReceptionBookingSet { matter, .. } => {
                matter.map_or(Bearing::Everybody, |matter| Bearing::Matters(vec![matter]))
            }
            Self::SignedIn { .. }
            | Self::SignInFailed { .. }
            | Self::AccountMade { .. }
            | Self::PasswordSet { .. }
            | Self::AccountActive { .. }
            | Self::AccountUnlocked { .. }
            | Self::DeviceRevoked { .. }
            | Self::RecordKept { .. }
            | Self::DeviceRestored { .. }
            | Self::ImportBegan { .. }
            | Self::ImportEnded { .. }
            | Self::CodesReserved { .. }
            | Self::SealedMoved { .. }
            | Self::SealedKey { .. }
            | Self::Verified { .. }
            | Self::TalkPointSet { .. }
            | Self::FileTaken { .. }
            | Self::BackedUp => Bearing::Nobody,
        }
    }
}
