//! 反映谁: people and units, one set of fields each. Somebody must be named before it can be sealed.

use case_core::id::UnitId;
use case_core::sealed::{AccusedPerson, SealedRefusal};
use case_core::wire::desk::Unit;
use leptos::prelude::*;

use super::choices;
use crate::components::check::{Check, FieldError, focus};
use crate::components::field::{Field, Need, Select};
use crate::load::Loader;
use crate::text;
use crate::text::screen::sealed as words;

/// A person on the form.
#[derive(Clone, Copy)]
struct Person {
    number: usize,
    name: RwSignal<String>,
    office: RwSignal<String>,
    unit: RwSignal<String>,
    wrong_name: FieldError,
    wrong_office: FieldError,
}

/// A unit on the form.
#[derive(Clone, Copy)]
struct AccusedUnit {
    number: usize,
    unit: RwSignal<String>,
}

/// All of them.
#[derive(Clone, Copy)]
pub struct AccusedFields {
    persons: RwSignal<Vec<Person>>,
    units: RwSignal<Vec<AccusedUnit>>,
}

fn person(number: usize) -> Person {
    let empty = || RwSignal::new(String::new());
    Person {
        number,
        name: empty(),
        office: empty(),
        unit: empty(),
        wrong_name: RwSignal::new(None),
        wrong_office: RwSignal::new(None),
    }
}

fn unit(number: usize) -> AccusedUnit {
    AccusedUnit { number, unit: RwSignal::new(String::new()) }
}

fn id(what: &str, number: usize) -> String {
    [what, &number.to_string()].concat()
}

impl AccusedFields {
    /// One person and one unit to fill in.
    pub fn new() -> Self {
        Self { persons: RwSignal::new(vec![person(0)]), units: RwSignal::new(vec![unit(0)]) }
    }

    /// Empties them.
    pub fn clear(self) {
        self.persons.set(vec![person(0)]);
        self.units.set(vec![unit(0)]);
    }

    /// Whom the fields name, or `None` when a field has an error (and says so). A row with nothing in it is none.
    pub fn read(self, check: &mut Check) -> Option<(Vec<AccusedPerson>, Vec<UnitId>)> {
        let units: Vec<UnitId> =
            self.units.get_untracked().iter().filter_map(|row| row.unit.get_untracked().parse().ok()).collect();
        let mut persons = Some(Vec::new());
        let rows = self.persons.get_untracked();
        let blank = |row: &Person| {
            [row.name, row.office, row.unit].iter().all(|text| text.with_untracked(|text| text.trim().is_empty()))
        };
        for row in rows.iter().filter(|row| !blank(row)) {
            let name = check.text(&id("person-", row.number), words::PERSON, row.name, row.wrong_name);
            let office = check.optional(&id("office-", row.number), words::OFFICE, row.office, row.wrong_office);
            let read = name.zip(office).map(|(name, office)| AccusedPerson {
                name,
                office,
                unit: row.unit.get_untracked().parse().ok(),
                accounts: Vec::new(),
            });
            persons = persons.zip(read).map(|(mut all, one)| {
                all.push(one);
                all
            });
        }
        if let Some(first) = rows.first().filter(|_| units.is_empty() && rows.iter().all(blank)) {
            let missing = text::sealed::refusal(SealedRefusal::NoAccused);
            check.that(&id("person-", first.number), false, first.wrong_name, missing)?;
        }
        persons.map(|persons| (persons, units))
    }

    /// The fields.
    pub fn draw(self, known: Loader<Vec<Unit>>) -> AnyView {
        let options = Signal::derive(move || choices(known, &[]));
        let persons = self.persons;
        let more_persons = move |_| {
            let number = persons.with_untracked(|all| all.iter().map(|row| row.number + 1).max().unwrap_or(0));
            persons.update(|all| all.push(person(number)));
            request_animation_frame(move || focus(&id("person-", number)));
        };
        let units = self.units;
        let more_units = move |_| {
            let number = units.with_untracked(|all| all.iter().map(|row| row.number + 1).max().unwrap_or(0));
            units.update(|all| all.push(unit(number)));
            request_animation_frame(move || focus(&id("accused-unit-", number)));
        };
        let draw_person = move |row: Person| {
            let number = row.number;
            let single = move || persons.with(|all| all.len() < 2);
            view! {
                <div class="desk__wide desk__grid">
                    <Field id=id("person-", number) label=words::PERSON value=row.name error=row.wrong_name/>
                    <Field id=id("office-", number) label=words::OFFICE value=row.office need=Need::Optional
                        error=row.wrong_office/>
                    <Select id=id("person-unit-", number) label=words::PERSON_UNIT value=row.unit options need=Need::Optional/>
                    <button class="btn btn--text" type="button" hidden=single
                        on:click=move |_| persons.update(|all| all.retain(|row| row.number != number))>
                        {words::REMOVE}
                    </button>
                </div>
            }
        };
        let draw_unit = move |row: AccusedUnit| {
            let number = row.number;
            view! {
                <Select id=id("accused-unit-", number) label=words::ACCUSED_UNIT value=row.unit options need=Need::Optional/>
            }
        };
        view! {
            <p class="muted desk__wide">{words::WHOM_NOTE}</p>
            <For each=move || persons.get() key=|row| row.number children=draw_person/>
            <div class="desk__wide">
                <button class="btn btn--plain" type="button" on:click=more_persons>{words::MORE_PERSONS}</button>
            </div>
            <For each=move || units.get() key=|row| row.number children=draw_unit/>
            <div class="desk__wide">
                <button class="btn btn--plain" type="button" on:click=more_units>{words::MORE_UNITS}</button>
            </div>
        }
        .into_any()
    }
}
