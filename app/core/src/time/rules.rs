//! Lengths of the clocks. The statutory ones are the law's upper bounds; which local ones run at all is a
//! setting of the installation.

use chrono::NaiveDate;

use super::moment::plus_days;
use super::{Calendar, ClockKind};

/// Lengths of the clocks, and which of the local ones run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Natural days for 转送、交办 (Article 22).
    pub transfer_days: u16,
    /// Natural days for 书面告知 (Article 23).
    pub notice_days: u16,
    /// Working days for 异议 (Article 23).
    pub objection_working_days: u16,
    /// Natural days for 办结 (Article 34).
    pub handling_days: u16,
    /// Natural days for the answer to a 建议意见, from the day on which it was taken up. Article 29 names none; a
    /// suggestion waits no longer than a request does.
    pub suggestion_days: u16,
    /// The most natural days of an extension (Article 34).
    pub extension_days: u16,
    /// Natural days for asking for 复查 or 复核 (Articles 35, 36).
    pub review_apply_days: u16,
    /// Natural days for deciding on it.
    pub review_decide_days: u16,
    /// Natural days for 见面.
    pub meet_days: u16,
    /// Natural days for 反馈.
    pub feedback_days: u16,
    /// Natural days for local 办结.
    pub settle_days: u16,
    /// Working days for the supervisor's review.
    pub review_working_days: u16,
    /// Natural days from delivery to the return visit.
    pub return_visit_days: u16,
    /// Failed attempts after which a matter may be closed without a return visit.
    pub failed_attempts_to_close: u8,
    /// Natural days for 调解.
    pub mediation_days: u16,
    /// Natural days for asking for 司法确认.
    pub confirmation_days: u16,
    /// Natural days of observation before a closed matter counts as 已化解.
    pub observation_days: u16,
    /// Natural days for 评价 of an answer.
    pub evaluation_days: u16,
    /// 来信四个当日.
    pub letters_same_day: bool,
    /// 没有答复时的评价, after so many days and until so many (provincial practice: 90, 120).
    pub silence_evaluation: Option<(u16, u16)>,
    /// Working days for registering and deciding (浙江: 5).
    pub local_decision: Option<u16>,
    /// Working days for a 12345 order (5).
    pub hotline: Option<u16>,
    /// Working days for deciding whether a 复查 or 复核 is taken (山东: 3).
    pub review_take: Option<u16>,
    /// 简易办理: working days to accept and to finish (3, 10).
    pub simple: Option<(u16, u16)>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            transfer_days: 15,
            notice_days: 15,
            objection_working_days: 5,
            handling_days: 60,
            suggestion_days: 60,
            extension_days: 30,
            review_apply_days: 30,
            review_decide_days: 30,
            meet_days: 3,
            feedback_days: 7,
            settle_days: 21,
            review_working_days: 3,
            return_visit_days: 7,
            failed_attempts_to_close: 3,
            mediation_days: 30,
            confirmation_days: 30,
            observation_days: 90,
            evaluation_days: 30,
            letters_same_day: true,
            silence_evaluation: None,
            local_decision: None,
            hotline: None,
            review_take: None,
            simple: None,
        }
    }
}

impl Rules {
    /// Whether the clock runs in this installation.
    #[must_use]
    pub fn runs(&self, kind: ClockKind) -> bool {
        match kind {
            ClockKind::SilenceEvaluation => self.silence_evaluation.is_some(),
            ClockKind::LocalDecision => self.local_decision.is_some(),
            ClockKind::Hotline => self.hotline.is_some(),
            ClockKind::ReviewTake => self.review_take.is_some(),
            ClockKind::SimpleAccept | ClockKind::SimpleHandling => self.simple.is_some(),
            ClockKind::LetterReceived
            | ClockKind::LetterReported
            | ClockKind::LetterForwarded
            | ClockKind::LetterReplied => self.letters_same_day,
            _ => true,
        }
    }

    /// The last day for a clock that starts on `start`. Those that people set
    /// ([`ClockKind::is_set_by_people`]) and those of the same day end where they start.
    #[must_use]
    pub fn due(&self, kind: ClockKind, start: NaiveDate, calendar: &Calendar) -> NaiveDate {
        let working = |days: u16| calendar.after_working_days(start, days);
        let days = match kind {
            ClockKind::Transfer => self.transfer_days,
            ClockKind::Notice | ClockKind::DirectNotice => self.notice_days,
            ClockKind::Handling => self.handling_days,
            ClockKind::Suggestion => self.suggestion_days,
            ClockKind::Meet => self.meet_days,
            ClockKind::Feedback => self.feedback_days,
            ClockKind::Settle => self.settle_days,
            ClockKind::ReturnVisit => self.return_visit_days,
            ClockKind::Mediation => self.mediation_days,
            ClockKind::JudicialConfirmation => self.confirmation_days,
            ClockKind::ReviewApply | ClockKind::RecheckApply => self.review_apply_days,
            ClockKind::ReviewDecide | ClockKind::RecheckDecide => self.review_decide_days,
            ClockKind::Evaluation => self.evaluation_days,
            // It starts on the day from which it can be used.
            ClockKind::SilenceEvaluation => {
                self.silence_evaluation.map_or(0, |(from, until)| until.saturating_sub(from))
            }
            ClockKind::Observation => self.observation_days,
            ClockKind::Review => return working(self.review_working_days),
            ClockKind::Objection => return working(self.objection_working_days),
            ClockKind::LocalDecision => return working(self.local_decision.unwrap_or(0)),
            ClockKind::ReviewTake => return working(self.review_take.unwrap_or(0)),
            ClockKind::Hotline => return working(self.hotline.unwrap_or(0)),
            ClockKind::SimpleAccept => return working(self.simple.map_or(0, |(accept, _)| accept)),
            ClockKind::SimpleHandling => return working(self.simple.map_or(0, |(_, finish)| finish)),
            ClockKind::Commitment
            | ClockKind::Rework
            | ClockKind::Order
            | ClockKind::CoHandling
            | ClockKind::Redo
            | ClockKind::Statute
            | ClockKind::SupervisionAnswer
            | ClockKind::AdviceAnswer
            | ClockKind::LetterReceived
            | ClockKind::LetterReported
            | ClockKind::LetterForwarded
            | ClockKind::LetterReplied => return start,
        };
        calendar.after_days(start, days)
    }

    /// From which day a missing answer can be evaluated, if that is a rule here.
    #[must_use]
    pub fn silence_from(&self, received: NaiveDate) -> Option<NaiveDate> {
        self.silence_evaluation.map(|(from, _)| plus_days(received, i64::from(from)))
    }

    /// The last day of the sixty days that began on `started` and end on `original_due`, after an extension of `days`;
    /// `None` when it asks for more than Article 34 allows, or for nothing.
    ///
    /// The days are added to the sixtieth day itself and not to the working day to which a holiday moved it: nobody
    /// gets one holiday twice. It is a day more than before at the least.
    #[must_use]
    pub fn extended(
        &self,
        started: NaiveDate,
        original_due: NaiveDate,
        days: u16,
        calendar: &Calendar,
    ) -> Option<NaiveDate> {
        let (all, more) = (self.handling_days.saturating_add(days), plus_days(original_due, 1));
        // A clock that was set by another length or another table of holidays is added to as it is.
        let by_rule = self.due(ClockKind::Handling, started, calendar) == original_due;
        let last = if by_rule { calendar.after_days(started, all) } else { calendar.after_days(original_due, days) };
        (1..=self.extension_days).contains(&days).then(|| last.max(more))
    }
}
