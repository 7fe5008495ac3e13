//! What is typed into the registration form, as it is kept on the device.

use case_core::id::MatterId;
use case_core::matter::PurposeOfPetition;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::components::check::FieldError;
use crate::pages::office::sealed::Carried;
use crate::{browser, format};

/// The name under which the draft lies.
pub const KEY: &str = "register";

/// The form as typed. Choices are places in the lists of the domain.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegisterDraft {
    /// Made with the draft, so that sending it twice registers once.
    pub id: MatterId,
    pub channel: Option<usize>,
    pub received_on: String,
    pub intake: Option<usize>,
    pub name: String,
    pub phone: String,
    pub address: String,
    pub title: String,
    pub content: String,
    pub demands: Vec<String>,
    pub purpose: Option<usize>,
    pub category: Option<usize>,
    pub place: String,
    /// 初次 flags: places in the list. Not in drafts kept before there were such; so the three below.
    #[serde(default)]
    pub first: Vec<usize>,
    /// 公开意愿: chosen or not.
    #[serde(default)]
    pub publish: Vec<usize>,
    #[serde(default)]
    pub direct: Option<usize>,
    #[serde(default)]
    pub people: String,
    #[serde(default)]
    pub representatives: String,
    #[serde(default)]
    pub form_number: String,
}

impl RegisterDraft {
    fn empty(today: NaiveDate) -> Self {
        Self {
            id: MatterId(browser::new_uuid_v7()),
            channel: None,
            received_on: format::input_day(today),
            // Most matters are first intakes that ask for something.
            intake: Some(0),
            name: String::new(),
            phone: String::new(),
            address: String::new(),
            title: String::new(),
            content: String::new(),
            demands: vec![String::new()],
            purpose: Some(0),
            category: None,
            place: String::new(),
            first: Vec::new(),
            publish: Vec::new(),
            // Most who come to a desk bring it there themselves.
            direct: Some(0),
            people: String::new(),
            representatives: String::new(),
            form_number: String::new(),
        }
    }

    /// Whether nothing has been typed.
    pub fn is_blank(&self) -> bool {
        let group = [&self.people, &self.representatives, &self.form_number];
        let typed = [&self.name, &self.phone, &self.address, &self.title, &self.content, &self.place];
        typed.iter().chain(&group).all(|text| text.trim().is_empty())
            && self.demands.iter().all(|text| text.trim().is_empty())
    }
}

/// A demand on the form, with its own number so that removing one does not redraw the others.
#[derive(Clone, Copy)]
pub struct DemandField {
    pub number: usize,
    pub text: RwSignal<String>,
    pub wrong: FieldError,
}

impl DemandField {
    pub fn new(number: usize, text: String) -> Self {
        Self { number, text: RwSignal::new(text), wrong: RwSignal::new(None) }
    }
}

/// The errors of the form, a signal a field.
#[derive(Clone, Copy)]
pub struct Wrong {
    pub channel: FieldError,
    pub received_on: FieldError,
    pub intake: FieldError,
    pub name: FieldError,
    pub phone: FieldError,
    pub address: FieldError,
    pub title: FieldError,
    pub content: FieldError,
    pub direct: FieldError,
    pub purpose: FieldError,
    pub category: FieldError,
    pub people: FieldError,
    pub representatives: FieldError,
    pub form_number: FieldError,
}

impl Wrong {
    fn none() -> Self {
        let none = || RwSignal::new(None);
        Self {
            channel: none(),
            received_on: none(),
            intake: none(),
            name: none(),
            phone: none(),
            address: none(),
            title: none(),
            content: none(),
            direct: none(),
            purpose: none(),
            category: none(),
            people: none(),
            representatives: none(),
            form_number: none(),
        }
    }
}

/// The signals of the form.
#[derive(Clone, Copy)]
pub struct Fields {
    pub id: RwSignal<MatterId>,
    pub channel: RwSignal<Option<usize>>,
    pub received_on: RwSignal<String>,
    pub intake: RwSignal<Option<usize>>,
    pub name: RwSignal<String>,
    pub phone: RwSignal<String>,
    pub address: RwSignal<String>,
    pub title: RwSignal<String>,
    pub content: RwSignal<String>,
    pub demands: RwSignal<Vec<DemandField>>,
    pub purpose: RwSignal<Option<usize>>,
    /// A place in the list, as text: the select holds text.
    pub category: RwSignal<String>,
    pub place: RwSignal<String>,
    pub first: RwSignal<Vec<usize>>,
    pub publish: RwSignal<Vec<usize>>,
    pub direct: RwSignal<Option<usize>>,
    pub people: RwSignal<String>,
    pub representatives: RwSignal<String>,
    pub form_number: RwSignal<String>,
    pub wrong: Wrong,
}

fn category_text(category: Option<usize>) -> String {
    category.map_or_else(String::new, |at| at.to_string())
}

fn demand_fields(texts: Vec<String>) -> Vec<DemandField> {
    texts.into_iter().enumerate().map(|(number, text)| DemandField::new(number, text)).collect()
}

impl Fields {
    /// Begins with the draft that was kept under `key`, else empty.
    pub fn begin(key: &str, today: NaiveDate) -> Self {
        let draft: RegisterDraft = browser::stored(key).unwrap_or_else(|| RegisterDraft::empty(today));
        Self {
            id: RwSignal::new(draft.id),
            channel: RwSignal::new(draft.channel),
            received_on: RwSignal::new(draft.received_on),
            intake: RwSignal::new(draft.intake),
            name: RwSignal::new(draft.name),
            phone: RwSignal::new(draft.phone),
            address: RwSignal::new(draft.address),
            title: RwSignal::new(draft.title),
            content: RwSignal::new(draft.content),
            demands: RwSignal::new(demand_fields(draft.demands)),
            purpose: RwSignal::new(draft.purpose),
            category: RwSignal::new(category_text(draft.category)),
            place: RwSignal::new(draft.place),
            first: RwSignal::new(draft.first),
            publish: RwSignal::new(draft.publish),
            direct: RwSignal::new(draft.direct),
            people: RwSignal::new(draft.people),
            representatives: RwSignal::new(draft.representatives),
            form_number: RwSignal::new(draft.form_number),
            wrong: Wrong::none(),
        }
    }

    /// Empties the form for the next matter; the way it came in stays, letters come in piles.
    pub fn clear(&self, today: NaiveDate) {
        let draft = RegisterDraft::empty(today);
        self.id.set(draft.id);
        self.received_on.set(draft.received_on);
        self.intake.set(draft.intake);
        let of_the_group = [self.people, self.representatives, self.form_number];
        let texts = [self.name, self.phone, self.address, self.title, self.content, self.category, self.place];
        for text in texts.into_iter().chain(of_the_group) {
            text.set(String::new());
        }
        self.demands.set(demand_fields(draft.demands));
        self.purpose.set(draft.purpose);
        self.first.set(draft.first);
        self.publish.set(draft.publish);
        self.direct.set(draft.direct);
    }

    /// Whether 检举控告 was chosen, which stands behind all purposes of a plain matter.
    pub fn is_report(&self) -> bool {
        self.purpose.get() == Some(PurposeOfPetition::ALL.len())
    }

    /// What was typed, for the form of reports.
    pub fn carry(&self) -> Carried {
        let taken = |text: RwSignal<String>| text.get_untracked();
        let mut lines = vec![taken(self.title), taken(self.content)];
        self.demands.with_untracked(|all| lines.extend(all.iter().map(|one| taken(one.text))));
        lines.retain(|line| !line.trim().is_empty());
        Carried {
            text: lines.join("\n"),
            name: taken(self.name),
            phone: taken(self.phone),
            address: taken(self.address),
        }
    }

    /// It was sealed: nothing of it stays here.
    pub fn sealed(&self, today: NaiveDate) {
        let purpose = self.purpose.get_untracked();
        self.clear(today);
        self.purpose.set(purpose);
    }

    /// What is typed now; an effect that reads it runs at every keystroke.
    pub fn snapshot(&self) -> RegisterDraft {
        RegisterDraft {
            id: self.id.get(),
            channel: self.channel.get(),
            received_on: self.received_on.get(),
            intake: self.intake.get(),
            name: self.name.get(),
            phone: self.phone.get(),
            address: self.address.get(),
            title: self.title.get(),
            content: self.content.get(),
            demands: self.demands.get().into_iter().map(|demand| demand.text.get()).collect(),
            purpose: self.purpose.get(),
            category: self.category.get().parse().ok(),
            place: self.place.get(),
            first: self.first.get(),
            publish: self.publish.get(),
            direct: self.direct.get(),
            people: self.people.get(),
            representatives: self.representatives.get(),
            form_number: self.form_number.get(),
        }
    }
}
