//! 上门回访 while it is being written down.

use case_core::field::{
    Attachment, Fulfilment, HandlerMet, Judgement, OpinionReceived, PromiseKept, RatedBy, Rating, Respondent,
    RespondentAnswers, ReturnVisit, ReturnVisitOutcome, Signature, VisitMode,
};
use case_core::id::MatterId;
use case_core::time::Moment;
use serde::{Deserialize, Serialize};

use super::codes::{Codes, Raises, raised_by};
use super::item::{ItemForm, read_all};
use super::read::{Name, Reader, Why, Wrong, moment_input};

/// Q1 意见书收到了吗, without its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Received {
    /// 收到了.
    Yes,
    /// 没收到.
    No,
    /// 记不清.
    Unsure,
}

impl Received {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unsure];
}

/// 上门回访.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReturnForm {
    /// The round that was asked about, from the time when the form was begun.
    pub round: u16,
    /// 时间.
    pub at: String,
    /// 方式.
    pub mode: VisitMode,
    /// Whether somebody was reached.
    pub reached: Option<bool>,
    /// Why not.
    pub reason: String,
    /// 答复人.
    pub respondent: Option<Respondent>,
    /// Q1 意见书收到了吗.
    pub received: Option<Received>,
    /// Q1, the day.
    pub received_on: String,
    /// Q2 每项诉求落实了吗: one per demand.
    pub demands: Vec<Option<Fulfilment>>,
    /// Q3 承办人见过您吗.
    pub handler_met: Option<HandlerMet>,
    /// Q4 承诺的时间兑现了吗.
    pub promise_kept: Option<PromiseKept>,
    /// Q5 对信访部门.
    pub office_rating: Option<Rating>,
    /// Q5, the reason.
    pub office_reason: String,
    /// Q6 对责任单位.
    pub unit_rating: Option<Rating>,
    /// Q6, the reason.
    pub unit_reason: String,
    /// Q7 是否还有新问题.
    pub items: Vec<ItemForm>,
    /// Q8 知道可在30日内申请复查吗: the petitioner was told.
    pub told_of_review: bool,
    /// Q9 生活困难与帮扶.
    pub hardship: String,
    /// Verbatim.
    pub own_words: String,
    /// 签字.
    pub signature: Option<Signature>,
    /// 回访人建议.
    pub judgement: Option<Judgement>,
    /// 照片、录音、签名.
    pub files: Vec<Attachment>,
    /// Codes for the matters raised.
    pub codes: Codes,
}

impl Raises for ReturnForm {
    fn raised(&self) -> Vec<MatterId> {
        // Nobody was reached, or nobody answered: the items of the draft go into no record.
        let asked = self.reached == Some(true) && self.respondent != Some(Respondent::Refused);
        if asked { raised_by(&self.items) } else { Vec::new() }
    }
    fn codes(&mut self) -> Option<&mut Codes> {
        Some(&mut self.codes)
    }
}

impl ReturnForm {
    /// A new one for a matter with so many demands, begun now.
    #[must_use]
    pub fn begin(round: u16, demands: usize, now: Moment) -> Self {
        Self { round, at: moment_input(now), demands: vec![None; demands], ..Self::default() }
    }

    /// Room for one answer per demand, whatever an earlier version of the matter had.
    #[must_use]
    pub fn fitted(mut self, demands: usize) -> Self {
        self.demands.resize(demands, None);
        self
    }

    /// The record, or what is wrong, in the order of the screen.
    ///
    /// # Errors
    /// What is wrong, at least one thing.
    pub fn finish(&self, matter: MatterId, now: Moment) -> Result<ReturnVisit, Vec<Wrong>> {
        let mut reader = Reader::new();
        let at = reader.moment(Name::At, &self.at, now).unwrap_or(now);
        let outcome = match reader.chosen(Name::Reached, self.reached) {
            None => None,
            Some(false) => {
                reader.text(Name::Reason, &self.reason).map(|reason| ReturnVisitOutcome::NotReached { reason })
            }
            Some(true) => self.answers(&mut reader, now),
        };
        let made = outcome.map(|outcome| ReturnVisit {
            matter,
            round: self.round,
            demands: u16::try_from(self.demands.len()).unwrap_or(u16::MAX),
            at,
            mode: self.mode,
            outcome,
            attachments: self.files.clone(),
        });
        reader.finish(made)
    }

    fn answers(&self, reader: &mut Reader, now: Moment) -> Option<ReturnVisitOutcome> {
        let respondent = reader.chosen(Name::Respondent, self.respondent)?;
        if respondent == Respondent::Refused {
            // Nobody answered, whatever was tapped before the refusal.
            let note = reader.optional(Name::OwnWords, &self.own_words);
            return Some(ReturnVisitOutcome::Refused { note });
        }
        let answers = self.given(reader, respondent, now);
        let judgement = reader.chosen(Name::Judgement, self.judgement);
        Some(ReturnVisitOutcome::Reached { answers: Box::new(answers?), judgement: judgement? })
    }

    fn given(&self, reader: &mut Reader, respondent: Respondent, now: Moment) -> Option<RespondentAnswers> {
        let received = reader.chosen(Name::Received, self.received);
        let opinion_received = received.map(|received| match received {
            Received::Yes => {
                let on = reader.day(Name::ReceivedOn, &self.received_on);
                if on.is_some_and(|on| on > now.date()) {
                    reader.note(Name::ReceivedOn, Why::InFuture);
                }
                OpinionReceived::Yes { on }
            }
            Received::No => OpinionReceived::No,
            Received::Unsure => OpinionReceived::Unsure,
        });
        let mut demands = Vec::with_capacity(self.demands.len());
        for (at, answer) in (0_u16..).zip(&self.demands) {
            demands.extend(reader.chosen(Name::Fulfilment(at), *answer));
        }
        let handler_met = reader.chosen(Name::HandlerMet, self.handler_met);
        let promise_kept = reader.chosen(Name::PromiseKept, self.promise_kept);
        let office = reader.chosen(Name::OfficeRating, self.office_rating);
        let office_reason = reader.optional(Name::OfficeReason, &self.office_reason);
        let unit = reader.chosen(Name::UnitRating, self.unit_rating);
        let unit_reason = reader.optional(Name::UnitReason, &self.unit_reason);
        let new_problems = read_all(&self.items, reader, now.date(), &self.codes);
        let hardship = reader.optional(Name::Hardship, &self.hardship);
        let own_words = reader.optional(Name::OwnWords, &self.own_words);
        let signature = reader.chosen(Name::Signature, self.signature);
        Some(RespondentAnswers {
            respondent,
            opinion_received: opinion_received?,
            demands,
            handler_met: handler_met?,
            promise_kept: promise_kept?,
            office_rating: RatedBy { rating: office?, reason: office_reason },
            unit_rating: RatedBy { rating: unit?, reason: unit_reason },
            new_problems,
            told_of_review: self.told_of_review,
            hardship,
            own_words,
            signature: signature?,
        })
    }
}
