//! What a record says, line by line, as its own page and its correction show it.

use case_core::field::{Interview, Payload, Question, RaisedMatter, ReportedItem, ReturnVisitOutcome};
use chrono::NaiveDate;

use super::field_form::label;
use super::field_more;
use crate::forms::Name;
use crate::{format, text};

/// Lines of a name and a value.
pub type Lines = Vec<(&'static str, String)>;

/// Gathers lines; what is not there is left out.
struct Says(Lines);

impl Says {
    fn put(&mut self, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.0.push((name, value));
        }
    }

    fn some<T: AsRef<str>>(&mut self, name: &'static str, value: Option<&T>) {
        self.put(name, value.map_or("", AsRef::as_ref));
    }

    fn many<T: AsRef<str>>(&mut self, name: &'static str, values: &[T]) {
        self.put(name, values.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("、"));
    }

    fn items(&mut self, items: &[ReportedItem], today: NaiveDate) {
        for item in items {
            self.put(text::field::item_kind(item.kind), item.summary.as_str());
            self.put(label(Name::Promised), item.promised.map(|on| format::day(on, today)).unwrap_or_default());
            if let Some(matter) = &item.raise {
                self.matter(matter);
            }
        }
    }

    fn matter(&mut self, matter: &RaisedMatter) {
        self.put(label(Name::Title), matter.title.as_str());
        for demand in &matter.demands {
            self.put(label(Name::Demands), demand.0.as_str());
        }
        self.put(label(Name::Category), text::matter::category(matter.category));
        self.put(label(Name::Petitioner), matter.petitioner.as_str());
        self.some(label(Name::Phone), matter.phone.as_ref());
        if let Some(interview) = &matter.interview {
            self.interview(interview);
        }
    }

    fn interview(&mut self, interview: &Interview) {
        for question in Question::ALL {
            self.put(text::field::question(question), text::field::answer(interview.answer(question)));
        }
    }
}

/// What a record says.
#[must_use]
pub fn says(payload: &Payload, today: NaiveDate) -> Lines {
    let mut says = Says(Vec::new());
    let happened = payload.happened_at().map(|at| format::moment(at, today));
    says.put(label(Name::When), happened.unwrap_or_default());
    match payload {
        Payload::HouseholdVisit(visit) => {
            says.put(label(Name::Result), text::field::visit_result(visit.result));
            says.items(&visit.items, today);
            says.some(label(Name::Hardship), visit.hardship.as_ref());
            says.some(label(Name::PolicyTopics), visit.policy_topics.as_ref());
            says.some(label(Name::Hazards), visit.hazards.as_ref());
            says.some(label(Name::Note), visit.note.as_ref());
            says.many(label(Name::Companions), &visit.companions);
            says.some(label(Name::PlaceText), visit.place.as_ref());
            says.put(label(Name::NextVisit), visit.next_visit.map(|on| format::day(on, today)).unwrap_or_default());
        }
        Payload::ReturnVisit(visit) => match &visit.outcome {
            ReturnVisitOutcome::NotReached { reason } => says.put(label(Name::Reason), reason.as_str()),
            ReturnVisitOutcome::Refused { note } => {
                says.put(label(Name::Reached), super::file::REFUSED);
                says.some(label(Name::OwnWords), note.as_ref());
            }
            ReturnVisitOutcome::Reached { answers, judgement } => {
                says.put(label(Name::Respondent), text::field::respondent(answers.respondent));
                for (at, answer) in answers.demands.iter().enumerate() {
                    says.put(
                        label(Name::Fulfilment(0)),
                        [&text::demand_name(at), "：", text::field::fulfilment(*answer)].concat(),
                    );
                }
                says.put(label(Name::OfficeRating), text::field::rating(answers.office_rating.rating));
                says.put(label(Name::UnitRating), text::field::rating(answers.unit_rating.rating));
                says.some(label(Name::OwnWords), answers.own_words.as_ref());
                says.put(label(Name::Judgement), text::field::judgement(*judgement));
                says.items(&answers.new_problems, today);
            }
        },
        Payload::Reception(reception) => {
            says.put(label(Name::Visitor), reception.visitor.as_str());
            says.put(label(Name::People), reception.people.to_string());
            says.some(label(Name::ContactPhone), reception.phone.as_ref());
            says.put(label(Name::PlaceText), reception.place.as_str());
            says.put(label(Name::Subject), reception.subject.as_str());
            says.some(label(Name::Opinion), reception.opinion.as_ref());
            says.some(label(Name::Unit), reception.unit.as_ref());
            says.put(label(Name::Due), reception.due.map(|on| format::day(on, today)).unwrap_or_default());
            says.many(label(Name::Companions), &reception.companions);
            says.items(&reception.items, today);
        }
        Payload::Intake(intake) => {
            says.put(label(Name::Content), intake.content.as_str());
            says.some(label(Name::Address), intake.address.as_ref());
            says.matter(&intake.matter);
        }
        Payload::Note(note) => says.put(label(Name::Text), note.text.as_str()),
        Payload::Correction(correction) => says.put(label(Name::Right), correction.text.as_str()),
        Payload::Evidence(evidence) => says.put(label(Name::FileTitle), evidence.title.as_str()),
        Payload::RosterEdit(edit) => {
            for change in &edit.changes {
                let values = [field_more::roster_value(&change.saw), field_more::roster_value(&change.new)];
                says.put(field_more::roster_field(&change.new), [&values[0], " → ", &values[1]].concat());
            }
        }
    }
    let files = payload.attachments().len();
    says.put(label(Name::Files), if files > 0 { [&files.to_string(), " 个"].concat() } else { String::new() });
    says.0
}
