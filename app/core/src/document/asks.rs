//! What the issuer of a document types: what the matter itself does not know.

use super::Facts;
use super::part::{Part, Shape};
use super::table::DocumentKind as K;
use crate::matter::Matter;

/// One field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What for.
    pub part: Part,
    /// What is typed.
    pub shape: Shape,
    /// Whether it must be there.
    pub needed: bool,
}

const fn line(part: Part) -> Ask {
    Ask { part, shape: Shape::Line, needed: true }
}
const fn lines(part: Part) -> Ask {
    Ask { part, shape: Shape::Lines, needed: true }
}
const fn day(part: Part) -> Ask {
    Ask { part, shape: Shape::Day, needed: true }
}
const fn may(ask: Ask) -> Ask {
    Ask { needed: false, ..ask }
}

use Part as P;

const MEDIATION: &[Ask] = &[
    lines(P::Parties),
    lines(P::Dispute),
    lines(P::Responsibility),
    lines(P::Terms),
    lines(P::Manner),
    day(P::PerformBy),
    line(P::Mediator),
];
const SETTLEMENT: &[Ask] = &[
    lines(P::Parties),
    lines(P::Dispute),
    lines(P::Responsibility),
    lines(P::Terms),
    lines(P::Manner),
    day(P::PerformBy),
];
const ADVICE: &[Ask] = &[line(P::WhereToGo), lines(P::Breach), lines(P::Requirement), day(P::AdoptionFeedback)];

/// The form of a kind, in the order of its fields.
#[must_use]
pub fn asks(kind: K) -> Vec<Ask> {
    match kind {
        K::RegistrationForm | K::IntakeReceipt | K::TransferNotice | K::TransferLetter | K::AcceptanceNotice => vec![],
        K::ClosureReport | K::HomeVisitSheet | K::ReturnVisitSheet | K::FileContents | K::FileCover => vec![],
        K::RefusalNotice | K::ReplyLetter | K::ExtensionNotice | K::ExtensionForm => vec![],
        K::FinalityNotice => vec![line(P::FinalOpinion)],
        K::RouteNotice => vec![may(line(P::RouteLimit))],
        K::ReviewOpinion => vec![line(P::OriginalOpinion), line(P::ReviewOrgan)],
        K::RecheckOpinion => vec![line(P::OriginalOpinion)],
        K::AssignmentNotice => vec![day(P::Limit)],
        K::AssignmentLetter => vec![lines(P::Reason), day(P::Limit)],
        K::ObjectionLetter => vec![line(P::WhereToGo)],
        K::ReturnLetter => vec![lines(P::Materials)],
        K::Opinion => vec![line(P::ReviewOrgan)],
        K::DeliveryReceipt => vec![line(P::Deliverer), line(P::DelivererPhone)],
        K::MediationAgreement => MEDIATION.to_vec(),
        K::SettlementAgreement => SETTLEMENT.to_vec(),
        K::HearingNotice => vec![line(P::Time), line(P::Place), line(P::Chair), lines(P::Members)],
        K::HearingMinutes => vec![
            line(P::Time),
            line(P::Place),
            line(P::Chair),
            lines(P::Members),
            lines(P::Participants),
            may(lines(P::Minutes)),
        ],
        K::HearingOpinion => {
            vec![line(P::Time), line(P::Place), line(P::Chair), lines(P::Members), lines(P::HearingOpinion)]
        }
        K::SupervisionNotice => vec![lines(P::Breach), lines(P::Requirement), day(P::Limit)],
        K::ImprovementAdvice | K::PolicyAdvice | K::AccountabilityAdvice => ADVICE.to_vec(),
        K::ReceptionRecord => vec![
            line(P::Leader),
            line(P::Time),
            line(P::Place),
            line(P::Visitor),
            lines(P::LeaderOpinion),
            day(P::Limit),
            may(line(P::Participants)),
        ],
        K::DownVisitPlan => {
            vec![line(P::Leader), line(P::Time), line(P::Place), lines(P::Plan), may(line(P::Participants))]
        }
        K::LeaderContract => vec![line(P::Leader), lines(P::Solution), day(P::PerformBy)],
        K::EscortSheet => vec![line(P::Way), line(P::Time), lines(P::Escorts), lines(P::Representatives)],
    }
}

/// What a field holds before anybody types: what the matter says already.
#[must_use]
pub fn prefilled(kind: K, ask: &Ask, matter: &Matter, facts: &Facts<'_>) -> String {
    let unit = || facts.unit.map(|unit| unit.name.as_str().to_owned()).unwrap_or_default();
    let last_of =
        |kind| facts.last(kind).map(|document| [document.title.as_str(), "（", &document.number, "）"].concat());
    match ask.part {
        P::OriginalOpinion if kind == K::RecheckOpinion => last_of(K::ReviewOpinion).unwrap_or_default(),
        P::OriginalOpinion => last_of(K::Opinion).unwrap_or_default(),
        P::Limit if matches!(kind, K::AssignmentNotice | K::AssignmentLetter) => {
            matter.order.as_ref().map(|order| order.due.to_string()).unwrap_or_default()
        }
        P::Mediator => matter.mediations.last().map(|one| one.mediator.as_str().to_owned()).unwrap_or_default(),
        P::Terms => {
            let end = matter.mediations.last().and_then(|one| one.end.as_ref());
            end.and_then(|end| end.agreement.as_ref()).map(|terms| terms.as_str().to_owned()).unwrap_or_default()
        }
        P::ReviewOrgan if kind == K::Opinion => facts.review_organ.unwrap_or_default().to_owned(),
        P::Deliverer => facts.issuer.name.as_str().to_owned(),
        P::DelivererPhone => facts.unit.map(|unit| unit.phone.as_str().to_owned()).unwrap_or_default(),
        P::Visitor => matter.registration.petitioner.name.as_str().to_owned(),
        P::Representatives => matter.registration.petitioner.name.as_str().to_owned(),
        P::Parties => {
            let other = matter.mediations.last().map(|one| one.other_side.as_str().to_owned()).unwrap_or_else(unit);
            [matter.registration.petitioner.name.as_str(), "\n", &other].concat()
        }
        P::Dispute => matter.registration.title.as_str().to_owned(),
        P::WhereToGo if matches!(kind, K::ImprovementAdvice | K::AccountabilityAdvice) => unit(),
        _ => String::new(),
    }
}
