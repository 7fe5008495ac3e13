//! What the issuer of a document types: what the matter itself does not know.

use chrono::NaiveDate;

use super::part::{Part, Shape};
use super::table::DocumentKind as K;
use super::{Facts, forms};
use crate::actor::Role;
use crate::matter::{FieldNoteKind, Matter, Oversight, OversightAct, Proposal};

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

/// What a field holds before anybody types: what the matter and its records say already.
#[must_use]
pub fn prefilled(kind: K, ask: &Ask, matter: &Matter, facts: &Facts<'_>) -> String {
    let unit = || facts.unit.map(|unit| unit.name.as_str().to_owned()).unwrap_or_default();
    let petitioner = || matter.registration.petitioner.name.as_str().to_owned();
    let last_of =
        |kind| facts.last(kind).map(|document| [document.title.as_str(), "（", &document.number, "）"].concat());
    // A day that has passed is none to be named.
    let coming =
        |day: Option<NaiveDate>| day.filter(|day| *day >= facts.today).map(|day| day.to_string()).unwrap_or_default();
    let reception = || matter.notes.iter().rev().find(|note| note.kind == FieldNoteKind::Reception);
    match (ask.part, kind) {
        (P::FinalOpinion, K::FinalityNotice) => {
            let typed = matter.ending().and_then(|ruling| match &ruling.pending.proposal {
                Proposal::NoLongerAccept { opinion, .. } => opinion.as_ref(),
                _ => None,
            });
            typed.map_or_else(String::new, |opinion| {
                [opinion.organ.as_str(), "，", opinion.number.as_str(), "，", &forms::day(opinion.on)].concat()
            })
        }
        (P::OriginalOpinion, K::RecheckOpinion) => last_of(K::ReviewOpinion).unwrap_or_default(),
        (P::OriginalOpinion, _) => last_of(K::Opinion).unwrap_or_default(),
        (P::Limit, K::AssignmentNotice | K::AssignmentLetter) => {
            matter.order.as_ref().map(|order| order.due.to_string()).unwrap_or_default()
        }
        (P::Limit, K::ReceptionRecord) => coming(matter.order.as_ref().map(|order| order.due).or(matter.legal_due())),
        (P::PerformBy, K::LeaderContract) => {
            coming(matter.contract().map(|contract| contract.until).or(matter.legal_due()))
        }
        (P::Solution, K::LeaderContract) => {
            matter.contract().map(|contract| contract.plan.as_str().to_owned()).unwrap_or_default()
        }
        // Who answers for it, whoever writes the paper.
        (P::Leader, K::LeaderContract) => {
            let leads = matter.leader().and_then(|leader| facts.name(leader));
            leads.map_or_else(|| leader(facts), str::to_owned)
        }
        (P::Mediator, _) => matter.mediations.last().map(|one| one.mediator.as_str().to_owned()).unwrap_or_default(),
        (P::Terms, _) => {
            let end = matter.mediations.last().and_then(|one| one.end.as_ref());
            end.and_then(|end| end.agreement.as_ref()).map(|terms| terms.as_str().to_owned()).unwrap_or_default()
        }
        (P::ReviewOrgan, K::Opinion) => facts.review_organ.unwrap_or_default().to_owned(),
        (P::Deliverer, _) => facts.issuer.name.as_str().to_owned(),
        (P::DelivererPhone, _) => facts.unit.map(|unit| unit.phone.as_str().to_owned()).unwrap_or_default(),
        (P::Leader, K::ReceptionRecord) => {
            reception().map_or_else(|| leader(facts), |note| note.by_name.as_str().into())
        }
        (P::Leader, _) => leader(facts),
        (P::Time, K::ReceptionRecord) => reception().map(|note| forms::day(note.at.date())).unwrap_or_default(),
        (P::Time, K::HearingMinutes | K::HearingOpinion) => held(matter).unwrap_or_default(),
        (P::Time, K::EscortSheet) => forms::day(facts.today),
        (P::LeaderOpinion, _) => {
            let opinion = reception().and_then(|note| note.opinion.as_ref());
            opinion.map(|opinion| opinion.as_str().to_owned()).unwrap_or_default()
        }
        (P::Place, K::DownVisitPlan) => facts.place.unwrap_or_default().to_owned(),
        (P::Visitor, _) => visitor(matter),
        (P::Participants, K::HearingMinutes) => {
            [petitioner(), unit()].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join("\n")
        }
        (P::Participants, K::DownVisitPlan) => unit(),
        (P::HearingOpinion, _) => {
            matter.hearings.last().map(|hearing| hearing.note.as_str().to_owned()).unwrap_or_default()
        }
        (P::Escorts, _) => [facts.issuer.name.as_str(), " ", facts.issuer.office.as_str()].concat(),
        (P::Way, _) => way(facts),
        (P::Representatives, _) => {
            let spoken_for = &matter.registration.particulars.representatives;
            let names: Vec<&str> = spoken_for.iter().map(|name| name.as_str()).collect();
            if names.is_empty() { petitioner() } else { names.join("\n") }
        }
        (P::Parties, _) => {
            let other = matter.mediations.last().map(|one| one.other_side.as_str().to_owned()).unwrap_or_else(unit);
            [&petitioner(), "\n", &other].concat()
        }
        (P::Dispute, _) => matter.registration.title.as_str().to_owned(),
        (P::WhereToGo, K::ImprovementAdvice | K::PolicyAdvice | K::AccountabilityAdvice) => {
            let to = overseen(kind, matter).and_then(|act| act.to.as_ref());
            // Which organ makes a policy is not known from the matter.
            let unit = || if kind == K::PolicyAdvice { String::new() } else { unit() };
            to.map_or_else(unit, |to| to.as_str().to_owned())
        }
        (P::Breach, _) => overseen(kind, matter).map(|act| act.breach.as_str().to_owned()).unwrap_or_default(),
        (P::Requirement, _) => overseen(kind, matter).map(|act| act.wanted.as_str().to_owned()).unwrap_or_default(),
        (P::Limit, K::SupervisionNotice) | (P::AdoptionFeedback, _) => {
            coming(overseen(kind, matter).map(|act| act.due))
        }
        _ => String::new(),
    }
}

/// The act that the paper is about: the latest of its kind, so that what was entered at the desk is not typed again.
fn overseen(kind: K, matter: &Matter) -> Option<&Oversight> {
    let act = match kind {
        K::SupervisionNotice => OversightAct::Supervision,
        K::ImprovementAdvice => OversightAct::Improvement,
        K::PolicyAdvice => OversightAct::Policy,
        K::AccountabilityAdvice => OversightAct::Accountability,
        _ => return None,
    };
    matter.oversight.iter().rev().find(|oversight| oversight.act == act)
}

/// The issuer, where that is a leader.
fn leader(facts: &Facts<'_>) -> String {
    match facts.issuer.role {
        Role::CountyLeader | Role::TownLeader => {
            [facts.issuer.name.as_str(), " ", facts.issuer.office.as_str()].concat()
        }
        _ => String::new(),
    }
}

/// Name, and how many came. The phone is for who has the matter in hand.
fn visitor(matter: &Matter) -> String {
    let registration = &matter.registration;
    let mut said = registration.petitioner.name.as_str().to_owned();
    if let Some(people) = registration.particulars.people.filter(|people| *people > 1) {
        said.push_str(&["等", &people.to_string(), "人"].concat());
    }
    said
}

/// The days of the last hearing.
fn held(matter: &Matter) -> Option<String> {
    let hearing = matter.hearings.last()?;
    let first = forms::day(hearing.from);
    Some(if hearing.from == hearing.until { first } else { [&first, "至", &forms::day(hearing.until)].concat() })
}

/// 陪访 goes one level at a time: from the village to the town, from the town to the county.
fn way(facts: &Facts<'_>) -> String {
    let Some(from) = facts.place else { return String::new() };
    match facts.issuer.role {
        Role::TownClerk | Role::TownLeader => ["从", from, "到", facts.office].concat(),
        _ => ["从", from, "到乡镇"].concat(),
    }
}
