//! What is typed into the closure form, as it is kept on the device.

use case_core::matter::{Conclusion, DeliveryMode, Measure, Performance};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::browser;
use crate::components::check::FieldError;
use crate::format;

/// One demand's answer as typed. Choices are places in the lists of the domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerDraft {
    pub finding: String,
    pub conclusion: Option<usize>,
    pub basis: String,
    /// 0 done, 1 promised, 2 nothing to do.
    pub performed: Option<usize>,
    pub done_on: String,
    pub evidence: String,
    pub promised_by: String,
}

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosureDraft {
    pub answers: Vec<AnswerDraft>,
    pub opinion: String,
    pub measures: Vec<usize>,
    pub plan: Option<usize>,
}

/// The name under which the draft of a matter's round lies.
pub fn key(file: &MatterFile) -> String {
    ["closure.", &file.matter.id.to_string(), ".", &file.matter.round.to_string()].concat()
}

fn place_of<T: PartialEq>(list: &[T], value: &T) -> Option<usize> {
    list.iter().position(|other| other == value)
}

impl ClosureDraft {
    /// The draft that was kept; else what was handed in last time, to be mended; else empty.
    pub fn begin(key: &str, file: &MatterFile) -> Self {
        let mut draft = browser::stored(key).unwrap_or_else(|| Self::of_last_round(file));
        draft.answers.resize_with(file.matter.registration.demands.len(), AnswerDraft::default);
        draft
    }

    fn of_last_round(file: &MatterFile) -> Self {
        let Some(round) = file.matter.rounds.last() else { return Self::default() };
        let answers = round.package.answers.iter().map(|answer| {
            let mut draft = AnswerDraft {
                finding: answer.finding.as_str().to_owned(),
                conclusion: place_of(&Conclusion::ALL, &answer.conclusion),
                basis: answer.basis.as_str().to_owned(),
                ..AnswerDraft::default()
            };
            match &answer.performed {
                Performance::Done { on, evidence } => {
                    draft.performed = Some(0);
                    draft.done_on = format::input_day(*on);
                    draft.evidence = evidence.as_str().to_owned();
                }
                Performance::Promised { by } => {
                    draft.performed = Some(1);
                    draft.promised_by = format::input_day(*by);
                }
                Performance::Nothing => draft.performed = Some(2),
            }
            draft
        });
        Self {
            answers: answers.collect(),
            opinion: round.package.opinion.as_str().to_owned(),
            measures: round.package.measures.iter().filter_map(|m| place_of(&Measure::ALL, m)).collect(),
            plan: place_of(&DeliveryMode::ALL, &round.package.delivery_plan),
        }
    }
}

/// The signals of one demand's answer, and their errors.
#[derive(Clone, Copy)]
pub struct AnswerFields {
    pub finding: RwSignal<String>,
    pub conclusion: RwSignal<Option<usize>>,
    pub basis: RwSignal<String>,
    pub performed: RwSignal<Option<usize>>,
    pub done_on: RwSignal<String>,
    pub evidence: RwSignal<String>,
    pub promised_by: RwSignal<String>,
    pub wrong: [FieldError; 7],
}

/// The signals of the form.
pub struct Fields {
    pub answers: Vec<AnswerFields>,
    pub opinion: RwSignal<String>,
    pub measures: RwSignal<Vec<usize>>,
    pub plan: RwSignal<Option<usize>>,
    pub opinion_wrong: FieldError,
    pub plan_wrong: FieldError,
}

impl Fields {
    /// Signals that begin with a draft.
    pub fn of(draft: &ClosureDraft) -> StoredValue<Self> {
        let answers = draft.answers.iter().map(|answer| AnswerFields {
            finding: RwSignal::new(answer.finding.clone()),
            conclusion: RwSignal::new(answer.conclusion),
            basis: RwSignal::new(answer.basis.clone()),
            performed: RwSignal::new(answer.performed),
            done_on: RwSignal::new(answer.done_on.clone()),
            evidence: RwSignal::new(answer.evidence.clone()),
            promised_by: RwSignal::new(answer.promised_by.clone()),
            wrong: [(); 7].map(|()| RwSignal::new(None)),
        });
        StoredValue::new(Self {
            answers: answers.collect(),
            opinion: RwSignal::new(draft.opinion.clone()),
            measures: RwSignal::new(draft.measures.clone()),
            plan: RwSignal::new(draft.plan),
            opinion_wrong: RwSignal::new(None),
            plan_wrong: RwSignal::new(None),
        })
    }

    /// What is typed now; an effect that reads it runs at every keystroke.
    pub fn snapshot(&self) -> ClosureDraft {
        let answers = self.answers.iter().map(|answer| AnswerDraft {
            finding: answer.finding.get(),
            conclusion: answer.conclusion.get(),
            basis: answer.basis.get(),
            performed: answer.performed.get(),
            done_on: answer.done_on.get(),
            evidence: answer.evidence.get(),
            promised_by: answer.promised_by.get(),
        });
        ClosureDraft {
            answers: answers.collect(),
            opinion: self.opinion.get(),
            measures: self.measures.get(),
            plan: self.plan.get(),
        }
    }
}
