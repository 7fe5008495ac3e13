//! Forms of a step, built by naming their fields.
//!
//! A field is named once, in the order of the screen, and answers with a reader. The readers make the
//! command: each wrong field says its own error, the first of them takes the focus, and what was typed
//! stays. The dialog is drawn once when it opens, so a file that is read anew empties no field.

use case_core::id::UnitId;
use case_core::matter::{Command, CommandKind, OutsidePaper, OwedPaper};
use case_core::text::Text;
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::client::{Answer, places};
use crate::components::check::{Check, FieldError};
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind, Need, Select};
use crate::components::loading::failed;
use crate::components::notice::Failure;
use crate::components::place::PlaceSelect;
use crate::load::{Load, Loader, load};
use crate::send::Sender;
use crate::text;
use crate::text::screen::{common, steps as words};
use crate::who::use_who;

/// Reads a field; `None` when it has an error, which it says.
pub type Reader<T> = Box<dyn Fn(&mut Check) -> Option<T>>;

/// With what a field of days begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// Today, by the server's clock.
    Today,
    /// A day that is known already.
    On(NaiveDate),
    /// Nothing.
    Empty,
}

/// The form of a step that grows field by field.
pub struct Form {
    kind: CommandKind,
    sender: Sender,
    open: RwSignal<Option<CommandKind>>,
    fields: Vec<AnyView>,
    paper: Option<Reader<Option<OutsidePaper>>>,
}

fn no_error() -> FieldError {
    RwSignal::new(None)
}

/// Ids are unique on the page: other forms may be open behind the dialog.
fn id_of(name: &'static str) -> String {
    ["step-", name].concat()
}

impl Form {
    /// Begins the form of a step.
    pub fn new(kind: CommandKind, sender: Sender, open: RwSignal<Option<CommandKind>>) -> Self {
        Self { kind, sender, open, fields: Vec::new(), paper: None }
    }

    /// Words between the fields.
    pub fn say(&mut self, words: String) {
        self.fields.push(view! { <p class="muted">{words}</p> }.into_any());
    }

    /// The paper that the step hangs on and that is not there: the way to issue it, and room for number and day of
    /// one that was made outside of the system.
    pub fn owes(&mut self, owed: OwedPaper) {
        let open = self.open;
        self.fields.push(
            view! {
                <p>{text::document::owed(owed)}</p>
                <p><a class="btn btn--plain" href="#part-papers" on:click=move |_| open.set(None)>{words::TO_PAPERS}</a></p>
            }
            .into_any(),
        );
        let (number, no_number) =
            self.field("paper-number", words::PAPER_NUMBER, words::PAPER_HINT, Kind::Line, Need::Optional);
        let (on, no_day) = self.field("paper-on", words::PAPER_ON, "", Kind::Day, Need::Optional);
        self.paper = Some(Box::new(move |check| {
            let empty = |value: RwSignal<String>| value.with_untracked(|typed| typed.trim().is_empty());
            if empty(number) && empty(on) {
                return Some(None);
            }
            let number = check.text(&id_of("paper-number"), words::PAPER_NUMBER, number, no_number);
            let on = check.day(&id_of("paper-on"), words::PAPER_ON, on, no_day);
            Some(Some(OutsidePaper { number: number?, on: on? }))
        }));
    }

    /// Several lines that must be filled.
    pub fn lines<const MAX: usize>(
        &mut self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
    ) -> Reader<Text<MAX>> {
        self.text(id, label, hint, Kind::Lines)
    }

    /// The same, begun with words that are known already.
    pub fn begun_lines<const MAX: usize>(
        &mut self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
        begun: &str,
    ) -> Reader<Text<MAX>> {
        let (value, wrong) = self.field(id, label, hint, Kind::Lines, Need::Needed);
        value.set(begun.to_owned());
        Box::new(move |check| check.text(&id_of(id), label, value, wrong))
    }

    /// One line that must be filled.
    pub fn line<const MAX: usize>(
        &mut self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
    ) -> Reader<Text<MAX>> {
        self.text(id, label, hint, Kind::Line)
    }

    fn text<const MAX: usize>(
        &mut self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
        kind: Kind,
    ) -> Reader<Text<MAX>> {
        let (value, wrong) = self.field(id, label, hint, kind, Need::Needed);
        Box::new(move |check| check.text(&id_of(id), label, value, wrong))
    }

    /// Several lines that may stay empty.
    pub fn optional_lines<const MAX: usize>(
        &mut self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
    ) -> Reader<Option<Text<MAX>>> {
        let (value, wrong) = self.field(id, label, hint, Kind::Lines, Need::Optional);
        Box::new(move |check| check.optional(&id_of(id), label, value, wrong))
    }

    /// One line that may stay empty.
    pub fn optional_line<const MAX: usize>(
        &mut self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
    ) -> Reader<Option<Text<MAX>>> {
        let (value, wrong) = self.field(id, label, hint, Kind::Line, Need::Optional);
        Box::new(move |check| check.optional(&id_of(id), label, value, wrong))
    }

    /// A day that must be named.
    pub fn day(&mut self, id: &'static str, label: &'static str, begin: Begin) -> Reader<NaiveDate> {
        let (value, wrong) = self.field(id, label, "", Kind::Day, Need::Needed);
        match begin {
            Begin::Today => value.set(crate::format::input_day(use_who().office_today())),
            Begin::On(day) => value.set(crate::format::input_day(day)),
            Begin::Empty => {}
        }
        Box::new(move |check| check.day(&id_of(id), label, value, wrong))
    }

    /// A day that may stay open.
    pub fn optional_day(
        &mut self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
    ) -> Reader<Option<NaiveDate>> {
        let (value, wrong) = self.field(id, label, hint, Kind::Day, Need::Optional);
        Box::new(move |check| {
            if value.with_untracked(|typed| typed.trim().is_empty()) {
                check.that(&id_of(id), true, wrong, "");
                return Some(None);
            }
            check.day(&id_of(id), label, value, wrong).map(Some)
        })
    }

    /// A whole number, one at least.
    pub fn number(&mut self, id: &'static str, label: &'static str, hint: &'static str) -> Reader<u16> {
        let (value, wrong) = self.field(id, label, hint, Kind::Number, Need::Needed);
        Box::new(move |check| {
            let number = value.with_untracked(|typed| typed.trim().parse::<u16>().ok()).filter(|number| *number > 0);
            check.that(&id_of(id), number.is_some(), wrong, &words::no_number(label))?;
            number
        })
    }

    /// One of a few, none chosen at first.
    pub fn choice<T: Copy + Send + Sync + 'static>(
        &mut self,
        id: &'static str,
        legend: &'static str,
        of: &'static [T],
        name: fn(T) -> &'static str,
    ) -> Reader<T> {
        let (chosen, wrong) = (RwSignal::new(None), no_error());
        let options: Vec<_> = of.iter().map(|value| name(*value)).collect();
        let short = options.len() < 4 && options.iter().all(|words| words.chars().count() < 7);
        let look = if short { Look::Segmented } else { Look::Plain };
        self.fields
            .push(view! { <Choice id=id_of(id) legend options chosen look need=Need::Needed error=wrong/> }.into_any());
        Box::new(move |check| {
            let value = chosen.get_untracked().and_then(|at: usize| of.get(at)).copied();
            check.chosen(&id_of(id), legend, value, wrong)
        })
    }

    /// One of a few, or none of them.
    pub fn optional_choice<T: Copy + Send + Sync + 'static>(
        &mut self,
        id: &'static str,
        legend: &'static str,
        of: &'static [T],
        name: fn(T) -> &'static str,
    ) -> Reader<Option<T>> {
        let (chosen, wrong) = (RwSignal::new(None), no_error());
        let options: Vec<_> = of.iter().map(|value| name(*value)).collect();
        let choice = view! {
            <Choice id=id_of(id) legend options chosen look=Look::Segmented need=Need::Optional error=wrong/>
        };
        self.fields.push(choice.into_any());
        Box::new(move |_| Some(chosen.get_untracked().and_then(|at: usize| of.get(at)).copied()))
    }

    /// 是 or 否.
    pub fn yes(&mut self, id: &'static str, legend: &'static str) -> Reader<bool> {
        self.choice(id, legend, &[true, false], crate::text::screen::file::yes)
    }

    /// One of a list that is known; its values as text.
    pub fn select<T: std::str::FromStr + 'static>(
        &mut self,
        id: &'static str,
        label: &'static str,
        options: Signal<Vec<(String, String)>>,
    ) -> Reader<T> {
        let (value, wrong) = (RwSignal::new(String::new()), no_error());
        self.fields.push(view! { <Select id=id_of(id) label value options need=Need::Needed error=wrong/> }.into_any());
        Box::new(move |check| {
            let chosen = value.with_untracked(|code| code.parse().ok());
            check.chosen(&id_of(id), label, chosen, wrong)
        })
    }

    /// A list that is looked for by what is typed: the field, and the button that asks. What stands there at
    /// first is asked for at once.
    pub fn find<T: Send + Sync + 'static, Fut: Future<Output = Answer<Vec<T>>> + 'static>(
        &mut self,
        id: &'static str,
        label: &'static str,
        begun: String,
        ask: impl Fn(String) -> Fut + 'static,
    ) -> Loader<Vec<T>> {
        let (value, _) = self.field(id, label, "", Kind::Line, Need::Optional);
        value.set(begun);
        let list = load(move || ask(value.get_untracked()));
        let none = move || list.state.with(|state| matches!(state, Load::Ready(list) if list.is_empty()));
        let more = view! {
            <div><button class="btn btn--plain" type="button" on:click=move |_| list.reload()>{words::FIND}</button></div>
            <p class="muted" role="status">{move || none().then_some(words::FOUND_NONE)}</p>
        };
        self.fields.push(more.into_any());
        list
    }

    /// One of a list that is read from the server; a list that could not be read says so.
    pub fn listed<T: Send + Sync + 'static, V: std::str::FromStr + 'static>(
        &mut self,
        id: &'static str,
        label: &'static str,
        list: Loader<Vec<T>>,
        of: impl Fn(&T) -> Option<(String, String)> + Send + Sync + 'static,
    ) -> Reader<V> {
        let trouble = move || {
            let message = list.state.with(|state| match state {
                Load::Failed(error) => Some(error.message()),
                _ => None,
            })?;
            Some(failed(&message, move || list.reload()))
        };
        self.fields.push(trouble.into_any());
        let options = Signal::derive(move || {
            list.state.with(|state| match state {
                Load::Ready(list) => list.iter().filter_map(&of).collect(),
                _ => Vec::new(),
            })
        });
        self.select(id, label, options)
    }

    /// The same, where none need be chosen.
    pub fn optional_listed<T: Send + Sync + 'static, V: std::str::FromStr + 'static>(
        &mut self,
        id: &'static str,
        label: &'static str,
        list: Loader<Vec<T>>,
        of: impl Fn(&T) -> Option<(String, String)> + Send + Sync + 'static,
    ) -> Reader<Option<V>> {
        let (value, wrong) = (RwSignal::new(String::new()), no_error());
        let options = Signal::derive(move || {
            list.state.with(|state| match state {
                Load::Ready(list) => list.iter().filter_map(&of).collect(),
                _ => Vec::new(),
            })
        });
        self.fields
            .push(view! { <Select id=id_of(id) label value options need=Need::Optional error=wrong/> }.into_any());
        Box::new(move |_| Some(value.with_untracked(|code| code.parse().ok())))
    }

    /// A unit, but not the one that is named.
    pub fn unit(&mut self, id: &'static str, label: &'static str, but: Option<UnitId>) -> Reader<UnitId> {
        self.listed(id, label, load(places::units), move |unit: &case_core::wire::desk::Unit| {
            (Some(unit.id) != but).then(|| (unit.id.to_string(), unit.name.as_str().to_owned()))
        })
    }

    /// A place of the area; the signal holds its code, empty for none.
    pub fn place(&mut self, id: &'static str, begun: String) -> RwSignal<String> {
        let value = RwSignal::new(begun);
        self.fields.push(view! { <PlaceSelect id=id_of(id) value/> }.into_any());
        value
    }

    fn field(
        &mut self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
        kind: Kind,
        need: Need,
    ) -> (RwSignal<String>, FieldError) {
        let (value, wrong) = (RwSignal::new(String::new()), no_error());
        self.fields.push(view! { <Field id=id_of(id) label value kind need hint error=wrong/> }.into_any());
        (value, wrong)
    }

    /// The whole form: what the step means, its fields, what went wrong, two buttons. `command` reads
    /// every field before it gives up, so that all errors stand there at once.
    pub fn done(self, command: impl Fn(&mut Check) -> Option<Command> + 'static) -> AnyView {
        let Self { kind, sender, open, fields, paper } = self;
        let submit = move |ev: leptos::ev::SubmitEvent| {
            ev.prevent_default();
            let mut check = Check::default();
            let named = paper.as_ref().map_or(Some(None), |paper| paper(&mut check));
            let command = command(&mut check);
            if let (true, Some(command), Some(named)) = (check.passed(), command, named) {
                sender.send_with(command, named);
            }
        };
        view! {
            <form class="stack" on:submit=submit novalidate=true>
                <div class="dialog__body"><p>{text::command::explain(kind)}</p></div>
                {fields}
                <Failure message=sender.failure/>
                <div class="dialog__actions">
                    <button class="btn btn--plain" type="button" on:click=move |_| open.set(None)>{common::CANCEL}</button>
                    <button class="btn" type="submit" aria-busy=move || sender.busy.get().then_some("true")>
                        {move || if sender.busy.get() { common::SENDING } else { text::command::name(kind) }}
                    </button>
                </div>
            </form>
        }
        .into_any()
    }
}
