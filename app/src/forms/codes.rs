//! 查询码: from the phone's reserve into the draft, from the draft into the record, from the record
//! before the petitioner's eyes.
//!
//! A code is taken when the form is saved, once for each matter that it raises, and stands in the
//! draft under the matter's id: a second try to save finds it there, whatever was typed in between.

use case_core::code::{MatterNumber, QueryCode};
use case_core::field::{Flag, Payload, RaisedMatter, ReportedItem, ReturnVisitOutcome};
use case_core::id::MatterId;
use case_core::wire::sync::Raised;
use serde::{Deserialize, Serialize};

use super::item::ItemForm;

/// The codes that a draft holds, by matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Codes(Vec<(MatterId, QueryCode)>);

impl Codes {
    /// The code of a matter.
    #[must_use]
    pub fn of(&self, matter: MatterId) -> Option<&QueryCode> {
        self.0.iter().find(|(id, _)| *id == matter).map(|(_, code)| code)
    }

    /// Gives a matter its code. The first one stays.
    pub fn give(&mut self, matter: MatterId, code: QueryCode) {
        if self.of(matter).is_none() {
            self.0.push((matter, code));
        }
    }
}

/// A form that may raise matters, each of which gets a code when it is saved.
pub trait Raises {
    /// The matters that it raises as it stands.
    fn raised(&self) -> Vec<MatterId> {
        Vec::new()
    }

    /// The codes that it holds; none: it never raises anything.
    fn codes(&mut self) -> Option<&mut Codes> {
        None
    }

    /// A matter that still lacks its code.
    fn lacks_code(&mut self) -> Option<MatterId> {
        let raised = self.raised();
        let codes = self.codes()?;
        raised.into_iter().find(|matter| codes.of(*matter).is_none())
    }
}

/// The matters that reported items raise.
pub(super) fn raised_by(items: &[ItemForm]) -> Vec<MatterId> {
    items.iter().filter(|item| item.raised).filter_map(|item| item.raise.id).collect()
}

/// What the petitioner is told of a matter that a record raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// 标题.
    pub title: String,
    /// 信访人.
    pub petitioner: String,
    /// 信访件编号, once the server has given it.
    pub number: Option<MatterNumber>,
    /// 查询码 in groups of four; none: it comes with the receipt.
    pub code: Option<String>,
    /// Another code holds than the one that was given at the door.
    pub replaced: bool,
}

/// What is to be told of the matters that a record raises. `receipt` is what the server has said of
/// them and of the record, once it has.
#[must_use]
pub fn told(payload: &Payload, receipt: Option<(&[Raised], &[Flag])>) -> Vec<Told> {
    let (answers, flags) = receipt.unwrap_or_default();
    raised(payload)
        .into_iter()
        .map(|matter| {
            let answer = answers.iter().find(|answer| answer.matter == matter.id);
            let given = matter.code.as_ref().map(QueryCode::grouped);
            let now = answer.and_then(|answer| answer.query_code.clone());
            // Several matters share one flag: only the codes themselves tell which one was replaced.
            // A sealed answer names no codes; then every code of the record is in doubt.
            let doubted = now.is_none() && flags.contains(&Flag::CodeNotReserved);
            let replaced = given.is_some() && (doubted || now.is_some() && now != given);
            Told {
                title: matter.title.as_str().to_owned(),
                petitioner: matter.petitioner.as_str().to_owned(),
                number: answer.map(|answer| answer.number.clone()),
                code: if doubted { None } else { now.or(given) },
                replaced,
            }
        })
        .collect()
}

/// The matters that a record raises.
#[must_use]
pub fn raised(payload: &Payload) -> Vec<&RaisedMatter> {
    fn of(items: &[ReportedItem]) -> Vec<&RaisedMatter> {
        items.iter().filter_map(|item| item.raise.as_ref()).collect()
    }
    match payload {
        Payload::HouseholdVisit(visit) => of(&visit.items),
        Payload::Reception(reception) => of(&reception.items),
        Payload::Intake(intake) => vec![&intake.matter],
        Payload::ReturnVisit(visit) => match &visit.outcome {
            ReturnVisitOutcome::Reached { answers, .. } => of(&answers.new_problems),
            ReturnVisitOutcome::NotReached { .. } | ReturnVisitOutcome::Refused { .. } => Vec::new(),
        },
        Payload::Note(_) | Payload::Correction(_) | Payload::Evidence(_) | Payload::RosterEdit(_) => Vec::new(),
    }
}
