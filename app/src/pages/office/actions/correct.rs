//! 撤销关联, and 更正登记: its form begins with what stands; what nobody touches is not sent, so that who sees no particulars changes
//! none of them.

use case_core::id::MatterId;
use case_core::matter::{
    Category, Command, Corrections, Demand, FormField, FormPart, Intake, OwnForm, PurposeOfPetition, Reworded, table,
};
use case_core::place::DivisionCode;
use case_core::text::Paragraph;
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::build::{Begun, Form};
use crate::components::chips::{Choice, Look};
use crate::components::field::{Kind, Need, Select};
use crate::text::matter::{form_field, form_value};
use crate::text::screen::{register, steps as words};
use crate::{browser, format, text};

/// 更正登记.
pub fn correct(mut form: Form, file: &MatterFile) -> AnyView {
    let matter = &file.matter;
    let part = FormPart::of(&matter.registration);
    if file.masked {
        form.say(words::CORRECT_MASKED.to_owned());
    }
    let field = |form: &mut Form, id: &str, field: FormField, kind: Kind, hint: &'static str| {
        let person = &part.petitioner;
        let empty = match field {
            FormField::Phone => person.phone.is_none(),
            FormField::Address => person.address.is_none(),
            FormField::People => part.people.is_none(),
            FormField::Representatives => part.representatives.is_empty(),
            _ => false,
        };
        let stands = if empty { String::new() } else { form_value(&part, field) };
        let stands = if field == FormField::Representatives { stands.replace('、', "\n") } else { stands };
        form.begun(id, form_field(field).to_owned(), hint, kind, stands)
    };
    let name = field(&mut form, "name", FormField::Name, Kind::Line, "");
    let phone = field(&mut form, "phone", FormField::Phone, Kind::Phone, words::CORRECT_PHONE_HINT);
    let address = field(&mut form, "address", FormField::Address, Kind::Line, "");
    let title = field(&mut form, "title", FormField::Title, Kind::Line, "");
    let category = category(&mut form, Some(part.category));
    let settled = matter.pending.is_none();
    let purpose = if settled && !matter.was_accepted() && matter.stage.is_open() {
        Some(purpose(&mut form, part.purpose))
    } else {
        form.say(words::PURPOSE_FIXED.to_owned());
        None
    };
    let (demands, more) = if settled && table::DEMANDS_OPEN.contains(&matter.stage) {
        demands(&mut form, &part)
    } else {
        form.say(words::DEMANDS_FIXED.to_owned());
        (Vec::new(), None)
    };
    let people = field(&mut form, "people", FormField::People, Kind::Number, "");
    let names = field(&mut form, "representatives", FormField::Representatives, Kind::Lines, words::CORRECT_NAMES_HINT);
    let reason = form.lines("reason", words::CORRECT_WHY, words::CORRECT_WHY_HINT);
    let (was, aimed) = (part.category, part.purpose);
    form.done(move |check| {
        // Every field is read before any is given up.
        let (name, phone, address) = (name.text(check), phone.anew(check), address.anew(check));
        let title = title.text(check);
        let reworded: Vec<_> = demands.iter().map(|demand| demand.text(check)).collect();
        let more = more.as_ref().map_or(Some(None), |more| more.each(check));
        let (people, names, reason) = (people.number(check), names.each(check), reason(check));
        let reworded: Option<Vec<Option<Paragraph>>> = reworded.into_iter().collect();
        let reworded = reworded?.into_iter().enumerate();
        let demands = reworded.filter_map(|(at, text)| Some((u16::try_from(at).ok()?, text?)));
        let corrections = Corrections {
            name: name?,
            phone: phone?,
            address: address?,
            title: title?,
            category: category.get_untracked().filter(|category| *category != was),
            purpose: purpose.and_then(|chosen| chosen.get_untracked()).filter(|purpose| *purpose != aimed),
            demands: demands.map(|(demand, text)| Reworded { demand, text: Demand(text) }).collect(),
            more_demands: more?.unwrap_or_default().into_iter().map(Demand).collect(),
            people: people?,
            representatives: names?,
        };
        Some(Command::CorrectRegistration { corrections: Box::new(corrections), reason: reason? })
    })
}

/// 内容分类, as it stands.
fn category(form: &mut Form, stands: Option<Category>) -> Signal<Option<Category>> {
    let at = Category::ALL.iter().position(|category| Some(*category) == stands);
    let value = RwSignal::new(at.map_or_else(String::new, |at| at.to_string()));
    let options: Vec<_> = Category::ALL
        .into_iter()
        .enumerate()
        .map(|(at, category)| (at.to_string(), text::matter::category(category).to_owned()))
        .collect();
    let select = view! {
        <Select id="step-category" label=form_field(FormField::Category) value options=Signal::stored(options)
            need=Need::Unsaid/>
    };
    form.push(select.into_any());
    Signal::derive(move || value.get().parse().ok().and_then(|at: usize| Category::ALL.get(at)).copied())
}

/// 信访目的, as it stands.
fn purpose(form: &mut Form, stands: PurposeOfPetition) -> Signal<Option<PurposeOfPetition>> {
    let chosen = RwSignal::new(PurposeOfPetition::ALL.iter().position(|purpose| *purpose == stands));
    let options = PurposeOfPetition::ALL.into_iter().map(text::matter::purpose).collect();
    let choice = view! {
        <Choice id="step-purpose" legend=form_field(FormField::Purpose) options chosen look=Look::Segmented
            need=Need::Unsaid error=RwSignal::new(None)/>
    };
    form.push(choice.into_any());
    Signal::derive(move || chosen.get().and_then(|at: usize| PurposeOfPetition::ALL.get(at)).copied())
}

/// 诉求: each that is there, and room for those that were forgotten.
fn demands(form: &mut Form, part: &FormPart) -> (Vec<Begun>, Option<Begun>) {
    let there = part.demands.iter().enumerate();
    let fields = there.map(|(at, demand)| {
        let id = ["demand-", &at.to_string()].concat();
        form.begun(&id, text::demand_name(at), "", Kind::Lines, demand.0.as_str().to_owned())
    });
    let fields = fields.collect();
    let more = (words::MORE_DEMANDS.to_owned(), words::MORE_DEMANDS_HINT);
    (fields, Some(form.begun("more-demands", more.0, more.1, Kind::Lines, String::new())))
}

/// 撤销关联: which one, and what it needs to be a matter of its own.
pub fn unlink(mut form: Form, file: &MatterFile) -> AnyView {
    const INTAKES: &[Intake] = &[Intake::First, Intake::Repeat];
    // Made with the form, so that sending it twice makes one matter.
    let matter = MatterId(browser::new_uuid_v7());
    let today = file.server_time.date();
    let linked = file.matter.intakes.iter().enumerate().filter(|(_, linked)| linked.stands());
    let options = linked.map(|(at, linked)| {
        let intake = &linked.intake;
        let day = format::day(intake.received_on, today);
        let words = [&day, " ", intake.petitioner.name.as_str(), "，", intake.title.as_str()].concat();
        (at.to_string(), words)
    });
    let which = form.select("which", words::WHICH_INTAKE, Signal::stored(options.collect()));
    let demands =
        form.begun("demands", words::OWN_DEMANDS.to_owned(), words::OWN_DEMANDS_HINT, Kind::Lines, String::new());
    let purpose =
        form.choice("own-purpose", form_field(FormField::Purpose), &PurposeOfPetition::ALL, text::matter::purpose);
    let categories = Category::ALL.into_iter().enumerate();
    let categories = categories.map(|(at, category)| (at.to_string(), text::matter::category(category).to_owned()));
    let class =
        form.select::<usize>("own-category", form_field(FormField::Category), Signal::stored(categories.collect()));
    let intake = form.choice("own-intake", register::INTAKE, INTAKES, text::matter::intake);
    let place = form.place("own-place", String::new());
    let reason = form.lines("reason", words::UNLINK_WHY, "");
    form.done(move |check| {
        let (which, demands) = (which(check), demands.needed(check));
        let (purpose, class, intake, reason) = (purpose(check), class(check), intake(check), reason(check));
        let form = OwnForm {
            demands: demands?.into_iter().map(Demand).collect(),
            purpose: purpose?,
            category: Category::ALL.get(class?).copied()?,
            intake: intake?,
            place: DivisionCode::parse(&place.get_untracked()).ok(),
        };
        Some(Command::UnlinkIntake { intake: which?, matter, form: Box::new(form), reason: reason? })
    })
}
