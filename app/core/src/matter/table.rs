//! The table: which command leads from which stage to which, and who may give it (spec 2.2, 4).
//! One row per command; what is not in it is illegal. `decide` adds the conditions that need the
//! matter itself (unit, handler, four eyes, digests, days).

use super::command::CommandKind;
use super::state::Stage;
use crate::actor::Role;

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The command.
    pub command: CommandKind,
    /// Stages in which it is possible.
    pub from: &'static [Stage],
    /// The stage after it; `None`: the stage stays.
    pub to: Option<Stage>,
    /// Who may give it.
    pub roles: &'static [Role],
}

use CommandKind as C;
use Role as R;
use Stage as S;

/// The office of the county handles some matters itself, so its people can be handlers too.
const HANDLERS: &[Role] = &[R::UnitHandler, R::UnitHead, R::Registrar, R::Supervisor];
const WORKING: &[Stage] = &[S::Handling, S::Returned];

/// All rows, in the order of the path.
pub const TABLE: [Row; 11] = [
    Row { command: C::Transfer, from: &[S::Registered], to: Some(S::AwaitingSignature), roles: &[R::Registrar] },
    Row { command: C::SignFor, from: &[S::AwaitingSignature], to: Some(S::SignedFor), roles: HANDLERS },
    Row { command: C::Accept, from: &[S::SignedFor], to: Some(S::Accepted), roles: HANDLERS },
    Row { command: C::Assign, from: &[S::Accepted], to: Some(S::Handling), roles: HANDLERS },
    Row { command: C::GiveFeedback, from: WORKING, to: None, roles: HANDLERS },
    Row { command: C::Promise, from: WORKING, to: None, roles: HANDLERS },
    Row { command: C::SubmitClosure, from: WORKING, to: Some(S::ClosureSubmitted), roles: HANDLERS },
    Row { command: C::ReturnClosure, from: &[S::ClosureSubmitted], to: Some(S::Returned), roles: &[R::Supervisor] },
    Row { command: C::ApproveClosure, from: &[S::ClosureSubmitted], to: Some(S::Approved), roles: &[R::Supervisor] },
    Row { command: C::Deliver, from: &[S::Approved], to: Some(S::AwaitingReturnVisit), roles: HANDLERS },
    Row { command: C::Close, from: &[S::AwaitingReturnVisit], to: Some(S::Closed), roles: &[R::Supervisor] },
];

/// Roles that register matters at a desk.
pub const REGISTRARS: &[Role] = &[R::VillageOfficer, R::TownClerk, R::Registrar];

/// The row of a command.
#[must_use]
pub fn row(command: CommandKind) -> &'static Row {
    // The table holds every kind, in the order of `CommandKind`; a test walks it.
    &TABLE[command as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_row() {
        assert_eq!(TABLE.len(), CommandKind::ALL.len());
        for command in CommandKind::ALL {
            assert_eq!(row(command).command, command);
        }
    }

    #[test]
    fn every_stage_can_be_reached_and_every_open_one_left() {
        for stage in Stage::ALL {
            let entered = stage == Stage::Registered || TABLE.iter().any(|row| row.to == Some(stage));
            assert!(entered, "{stage:?} is never entered");
            let left = TABLE.iter().any(|row| row.from.contains(&stage) && row.to.is_some());
            assert_eq!(left, stage.is_open(), "{stage:?}");
        }
    }

    #[test]
    fn administrators_and_village_officers_decide_nothing() {
        for row in TABLE {
            assert!(!row.roles.contains(&Role::Admin) && !row.roles.contains(&Role::VillageOfficer));
        }
    }
}
