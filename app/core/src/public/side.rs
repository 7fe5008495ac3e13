//! What a petitioner is told of the side paths: why there was more time, where to go instead, what a
//! higher organ found.

use chrono::NaiveDate;

use crate::matter::{
    FilingGround, Matter, NotAcceptGround, Proposal, ReopenGround, ReviewLevel, ReviewOutcome, Route, Stage,
};
use crate::text::{LongText, Paragraph, Title};

/// 延期, and its reason (Article 34: the petitioner is told).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicExtension {
    /// The last day before.
    pub from: NaiveDate,
    /// The last day now.
    pub due: NaiveDate,
    /// 延期理由.
    pub reason: Paragraph,
}

/// How a matter ended otherwise than by an answer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicEnding {
    /// 不予受理.
    NotAccepted {
        /// Which case.
        ground: NotAcceptGround,
        /// Where to go, or where it is being handled.
        organ: Title,
        /// Why.
        reason: Paragraph,
    },
    /// 不再受理.
    NoLongerAccepted {
        /// Why.
        reason: Paragraph,
    },
    /// 导入法定途径.
    Directed {
        /// Which way.
        route: Route,
        /// Who decides there.
        organ: Title,
        /// The last day there, where one was named.
        limit: Option<NaiveDate>,
        /// Why and how.
        reason: Paragraph,
    },
    /// 当场答复.
    Answered {
        /// The answer.
        answer: LongText,
    },
    /// 存.
    Filed {
        /// Which case.
        ground: FilingGround,
    },
    /// 撤回.
    Withdrawn {
        /// The day on which the petitioner said so.
        on: NaiveDate,
    },
}

/// 复查, 复核.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicReview {
    /// Which.
    pub level: ReviewLevel,
    /// 收到申请的日子.
    pub requested_on: NaiveDate,
    /// Who decides.
    pub organ: Title,
    /// What was found, once it was delivered.
    pub found: Option<PublicOpinion>,
}

/// 复查意见, 复核意见, delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicOpinion {
    /// 结论.
    pub outcome: ReviewOutcome,
    /// Word for word.
    pub text: LongText,
    /// 送达日期.
    pub delivered_on: NaiveDate,
    /// Until when it is to be handled anew.
    pub redo_due: Option<NaiveDate>,
}

/// 重开.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicReopening {
    /// On which day.
    pub on: NaiveDate,
    /// Which case.
    pub ground: ReopenGround,
    /// The new last day.
    pub due: NaiveDate,
}

/// 换了单位: it was taken back from one unit for another, or a unit goes on for one that is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicMove {
    /// On which day.
    pub on: NaiveDate,
    /// Whether the unit itself is no more (Article 24).
    pub succession: bool,
    /// Why.
    pub reason: Paragraph,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SidePaths {
    /// 补充材料 that are waited for.
    pub needed: Option<Paragraph>,
    /// 延期.
    pub extension: Option<PublicExtension>,
    /// How it ended.
    pub ending: Option<PublicEnding>,
    /// 复查, 复核 of the present answer.
    pub reviews: Vec<PublicReview>,
    /// 换了单位, each time.
    pub moves: Vec<PublicMove>,
    /// 重开, the latest.
    pub reopening: Option<PublicReopening>,
    /// 终结.
    pub is_final: bool,
}

pub(super) fn side_paths(matter: &Matter) -> SidePaths {
    let waits = matter.stage == Stage::AwaitingMaterial;
    SidePaths {
        needed: matter.materials.last().filter(|_| waits).map(|request| request.what.clone()),
        extension: matter.extension.as_ref().map(|extension| PublicExtension {
            from: extension.from,
            due: extension.due,
            reason: extension.reason.clone(),
        }),
        // While it is handled anew it has no ending.
        ending: ending(matter).filter(|_| !matter.stage.is_open()),
        reviews: matter.reviews.iter().map(review).collect(),
        moves: moves(matter),
        reopening: matter.reopenings.last().map(|reopening| PublicReopening {
            on: reopening.at.date(),
            ground: reopening.ground,
            due: reopening.due,
        }),
        is_final: matter.is_final(),
    }
}

fn moves(matter: &Matter) -> Vec<PublicMove> {
    let recalls = matter.recalls.iter().map(|recall| (recall.at, false, &recall.reason));
    let successions = matter.successions.iter().map(|one| (one.at, true, &one.reason));
    let mut all: Vec<_> = recalls.chain(successions).collect();
    all.sort_by_key(|(at, ..)| *at);
    all.into_iter()
        .map(|(at, succession, reason)| PublicMove { on: at.date(), succession, reason: reason.clone() })
        .collect()
}

fn review(review: &crate::matter::Review) -> PublicReview {
    let found = review.opinion.as_ref().zip(review.delivery.as_ref()).map(|(opinion, delivery)| PublicOpinion {
        outcome: opinion.outcome,
        text: opinion.text.clone(),
        delivered_on: delivery.on,
        redo_due: opinion.redo_due,
    });
    PublicReview { level: review.level, requested_on: review.requested_on, organ: review.organ.clone(), found }
}

fn ending(matter: &Matter) -> Option<PublicEnding> {
    Some(match matter.ending()?.pending.proposal.clone() {
        Proposal::NotAccept { ground, organ, reason } => PublicEnding::NotAccepted { ground, organ, reason },
        Proposal::NoLongerAccept { reason, .. } => PublicEnding::NoLongerAccepted { reason },
        Proposal::Direct { route, organ, limit, reason } => PublicEnding::Directed { route, organ, limit, reason },
        Proposal::AnswerOnSpot { answer } => PublicEnding::Answered { answer },
        Proposal::File { ground, .. } => PublicEnding::Filed { ground },
        Proposal::Withdraw { on, .. } => PublicEnding::Withdrawn { on },
        Proposal::Extend { .. } | Proposal::Reopen { .. } | Proposal::Leader { .. } => return None,
    })
}
