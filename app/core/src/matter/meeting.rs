//! 来往: every time at which somebody says to have met, sought or called the petitioner, as what it was.
//!
//! A visit to the home, somebody received at the office, a call: each is said in its own words, to the officials and
//! to the petitioner. Only what is said to have happened at the home can be confirmed or denied by the petitioner;
//! only where the petitioner stood there in person do the three days of 见面 end (spec 1-11). Notes of visits of
//! before their way was kept say no more than whether somebody was met; they are read as visits to the home.

use super::notes::{FieldNote, FieldNoteKind, ReturnVisitNote, VisitNote};
use super::state::Matter;
use crate::field::{Respondent, VisitMode, VisitResult};
use crate::id::RecordId;
use crate::time::Moment;

/// 来往的方式.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// 上门.
    AtHome,
    /// 接待: at the office, or wherever a leader receives.
    Received,
    /// 登记: brought forward to an official on the way.
    BroughtForward,
    /// 电话.
    Phone,
    /// 微信.
    Chat,
    /// 视频.
    Video,
    /// 其他.
    Other,
    /// A visit of before the way was kept.
    Unsaid,
}

impl Way {
    fn of(mode: VisitMode) -> Self {
        match mode {
            VisitMode::AtHome => Self::AtHome,
            VisitMode::Reception => Self::Received,
            VisitMode::Phone => Self::Phone,
            VisitMode::Chat => Self::Chat,
            VisitMode::Video => Self::Video,
            VisitMode::Other => Self::Other,
        }
    }

    /// Whether people stood before each other.
    #[must_use]
    pub fn in_person(self) -> bool {
        matches!(self, Self::AtHome | Self::Received | Self::BroughtForward | Self::Unsaid)
    }

    /// Whether it is said to have been at the home, so that the petitioner can know whether it was so.
    #[must_use]
    pub fn at_home(self) -> bool {
        matches!(self, Self::AtHome | Self::Unsaid)
    }
}

/// Who was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// 本人.
    Petitioner,
    /// 家人.
    Family,
    /// 代理人, or whoever came in the petitioner's place.
    Other,
    /// Somebody who would not be asked.
    Refused,
    /// Nobody.
    Nobody,
    /// The petitioner or the family: older notes do not tell them apart.
    Unclear,
}

/// 一次来往.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The record that says so.
    pub record: RecordId,
    /// When (by the phone's clock).
    pub at: Moment,
    /// How.
    pub way: Way,
    /// Who was reached.
    pub reached: Reached,
    /// 回访: asked afterwards what came of it.
    pub afterwards: bool,
}

impl Meeting {
    /// Whether the petitioner stood before an official. Older notes are taken at their word.
    #[must_use]
    pub fn with_petitioner(self) -> bool {
        self.way.in_person() && matches!(self.reached, Reached::Petitioner | Reached::Unclear)
    }
}

impl VisitNote {
    /// It as a meeting.
    #[must_use]
    pub fn meeting(&self) -> Meeting {
        let reached = match self.result {
            Some(VisitResult::MetPerson) => Reached::Petitioner,
            Some(VisitResult::MetFamily) => Reached::Family,
            Some(VisitResult::Refused) => Reached::Refused,
            Some(VisitResult::NotAtHome | VisitResult::Empty | VisitResult::Moved) => Reached::Nobody,
            None if self.met => Reached::Unclear,
            None => Reached::Nobody,
        };
        let way = self.mode.map_or(Way::Unsaid, Way::of);
        Meeting { record: self.record, at: self.at, way, reached, afterwards: false }
    }
}

impl ReturnVisitNote {
    /// It as a meeting.
    #[must_use]
    pub fn meeting(&self) -> Meeting {
        let reached = match &self.answers {
            _ if self.is_refused() => Reached::Refused,
            Some(answers) if answers.respondent == Respondent::Petitioner => Reached::Petitioner,
            Some(_) => Reached::Other,
            None => Reached::Nobody,
        };
        let way = self.mode.map_or(Way::Unsaid, Way::of);
        Meeting { record: self.record, at: self.at, way, reached, afterwards: true }
    }
}

impl FieldNote {
    /// It as a meeting; notes and evidence are none, and are the office's own.
    #[must_use]
    pub fn meeting(&self) -> Option<Meeting> {
        let way = match self.kind {
            FieldNoteKind::Reception => Way::Received,
            FieldNoteKind::Intake => Way::BroughtForward,
            FieldNoteKind::Note | FieldNoteKind::Correction | FieldNoteKind::Evidence => return None,
        };
        let reached = if self.by_another { Reached::Other } else { Reached::Petitioner };
        Some(Meeting { record: self.record, at: self.at, way, reached, afterwards: false })
    }
}

impl Matter {
    /// All of them, in no order.
    pub fn meetings(&self) -> impl Iterator<Item = Meeting> {
        let visits = self.visits.iter().map(VisitNote::meeting);
        let afterwards = self.return_visits.iter().map(ReturnVisitNote::meeting);
        visits.chain(self.notes.iter().filter_map(FieldNote::meeting)).chain(afterwards)
    }

    /// Those at the home: was somebody there? The petitioner can say.
    pub fn home_visits(&self) -> impl Iterator<Item = Meeting> {
        self.meetings().filter(|meeting| meeting.way.at_home())
    }

    /// Meetings with the petitioner on the way, as far as the petitioner does not deny them.
    pub fn met_on_the_way(&self) -> impl Iterator<Item = Meeting> {
        let met = |meeting: &Meeting| meeting.with_petitioner() && !meeting.afterwards;
        self.meetings().filter(met).filter(|meeting| self.visit_confirmed(meeting.record) != Some(false))
    }

    /// Return visits of the round that count and that the petitioner does not deny: what they say was said.
    pub fn asked_in(&self, round: u16) -> impl Iterator<Item = &ReturnVisitNote> {
        let denied = |record| self.visit_confirmed(record) == Some(false);
        self.return_visits.iter().filter(move |visit| visit.counts && visit.round == round && !denied(visit.record))
    }
}
