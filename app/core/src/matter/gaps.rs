//! What a file lacks: for the supervisor who reads a closure, and for the archive.

use chrono::NaiveDate;

use super::closure::{Gap, Verdict};
use super::notes::ReturnVisitNote;
use super::outcome::ArchiveGap;
use super::stage::Stage;
use super::state::Matter;
use super::voice::Says;
use crate::time::{ClockKind, ClockState, Rules};

impl Matter {
    /// What a supervisor should know first about the closure (spec 2.4, UX: what is missing is said
    /// first). Warnings, not refusals: the decision stays with the person.
    #[must_use]
    pub fn gaps(&self, today: NaiveDate) -> Vec<Gap> {
        use ClockState::{MetLate, Overdue};
        let mut gaps = Vec::new();
        // What the petitioner says first: nothing else in the file weighs as much.
        if self.voices.iter().any(|voice| voice.round == self.round && voice.says == Says::NotSolved) {
            gaps.push(Gap::SaysNotSolved);
        }
        if self.has_denied_visit() {
            gaps.push(Gap::VisitDenied);
        }
        if self.open_voices().next().is_some() {
            gaps.push(Gap::VoiceUnanswered);
        }
        if self.met_on_the_way().next().is_none() {
            gaps.push(Gap::NotMet);
        }
        if self.contacts.is_empty() {
            gaps.push(Gap::NoFeedback);
        }
        for clock in &self.clocks {
            if matches!(clock.state(today), Overdue { .. } | MetLate { .. }) {
                gaps.push(Gap::Late { clock: clock.kind });
            }
        }
        if let Some(round) = self.rounds.last() {
            for (at, answer) in round.package.answers.iter().enumerate() {
                if answer.is_unperformed_support() {
                    gaps.push(Gap::NotPerformed { demand: u16::try_from(at).unwrap_or(u16::MAX) });
                }
            }
        }
        gaps.dedup();
        gaps
    }

    /// Whether there are records of having asked, or of having gone there often enough. A denial that came after
    /// the closing has been answered by the supervisor by now, or [`ArchiveGap::VoiceOpen`] stands before this; and
    /// nobody goes again to a matter that is closed.
    fn sought_afterwards(&self, attempts_needed: u8) -> bool {
        let mut visits = self.counting_return_visits();
        visits.any(ReturnVisitNote::is_reached) || self.counting_return_visits().count() >= usize::from(attempts_needed)
    }

    /// What keeps the file out of the archive (卷内目录).
    #[must_use]
    pub fn archive_gap(&self, pages: u16, today: NaiveDate, rules: &Rules) -> Option<ArchiveGap> {
        if pages == 0 {
            return Some(ArchiveGap::NoPages);
        }
        let runs = |kind| self.clocks.iter().any(|clock| clock.kind == kind && clock.is_running());
        if runs(ClockKind::Notice) || runs(ClockKind::DirectNotice) {
            return Some(ArchiveGap::NoNotice);
        }
        if runs(ClockKind::Commitment) {
            return Some(ArchiveGap::PromiseOpen);
        }
        if runs(ClockKind::SupervisionAnswer) || runs(ClockKind::AdviceAnswer) {
            return Some(ArchiveGap::OversightOpen);
        }
        if self.open_voices().next().is_some() {
            return Some(ArchiveGap::VoiceOpen);
        }
        if self.old_case().is_some() {
            return Some(ArchiveGap::OldCaseOpen);
        }
        let open = |kind| {
            self.clocks
                .iter()
                .any(|clock| clock.kind == kind && matches!(clock.state(today), ClockState::Running { .. }))
        };
        if [ClockKind::ReviewApply, ClockKind::RecheckApply, ClockKind::Observation].into_iter().any(open) {
            return Some(ArchiveGap::WindowOpen);
        }
        let answered = matches!(self.stage, Stage::Closed | Stage::Settled) && self.former_reply.is_none();
        if !answered {
            return None;
        }
        let entered = |stage| self.steps.iter().any(|step| step.stage == stage);
        let approved = self.rounds.iter().any(|round| matches!(round.verdict, Verdict::Approved { .. }));
        [
            (entered(Stage::Accepted), ArchiveGap::NoAcceptance),
            (approved, ArchiveGap::NoOpinion),
            (self.delivery.is_some(), ArchiveGap::NoDelivery),
            (self.sought_afterwards(rules.failed_attempts_to_close), ArchiveGap::NoReturnVisit),
            (self.order.is_none() || !self.reports.is_empty(), ArchiveGap::NoReport),
        ]
        .into_iter()
        .find_map(|(there, gap)| (!there).then_some(gap))
    }
}
