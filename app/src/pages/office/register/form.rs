//! The fields of 信访登记表, and reading them into a registration.

use case_core::code::FormNumber;
use case_core::matter::{
    Category, Channel, Demand, Intake, MAX_REPRESENTATIVES, Particulars, Petitioner, PurposeOfPetition, Refusal,
    Registration, RepeatIntake,
};
use case_core::place::DivisionCode;
use case_core::text::ShortText;
use case_core::wire::desk::RegisterRequest;
use leptos::prelude::*;

use super::Directly;
use super::draft::{DemandField, Fields};
use crate::components::check::{Check, focus};
use crate::components::chips::{Choice, Choices, Look};
use crate::components::field::{Field, Kind, Need, Select};
use crate::components::place::PlaceSelect;
use crate::text;
use crate::text::screen::{life, publish, register as words};

const INTAKES: [Intake; 2] = [Intake::First, Intake::Repeat];

/// The groups of fields. `direct`: whether it is asked if the desk received it directly.
pub(super) fn draw(fields: &Fields, direct: Directly) -> AnyView {
    view! { {how(fields, direct)} {who(fields)} {what(fields)} }.into_any()
}

fn group(legend: &'static str, body: AnyView) -> AnyView {
    view! {
        <fieldset class="desk__group">
            <legend class="desk__legend">{legend}</legend>
            <div class="desk__grid">{body}</div>
        </fieldset>
    }
    .into_any()
}

fn how(fields: &Fields, direct: Directly) -> AnyView {
    let wrong = fields.wrong;
    let channels = Channel::ALL.into_iter().map(text::matter::channel).collect();
    let intakes = INTAKES.into_iter().map(text::matter::intake).collect();
    let directly = (direct == Directly::Asked).then(|| {
        let options = vec![text::screen::file::yes(true), text::screen::file::yes(false)];
        view! {
            <Choice id="direct" legend=words::DIRECT options chosen=fields.direct look=Look::Segmented
                need=Need::Needed error=wrong.direct/>
            <p class="muted desk__wide">{words::DIRECT_HINT}</p>
        }
    });
    let body = view! {
        <Choice id="channel" legend=words::CHANNEL options=channels chosen=fields.channel need=Need::Needed
            error=wrong.channel/>
        <Field id="received" label=words::RECEIVED value=fields.received_on kind=Kind::Day need=Need::Needed
            error=wrong.received_on/>
        <Choice id="intake" legend=words::INTAKE options=intakes chosen=fields.intake look=Look::Segmented
            need=Need::Needed error=wrong.intake/>
        <Choices id="first" legend=words::FIRST options=vec![life::FIRST_IN_COUNTRY, life::FIRST_HERE]
            chosen=fields.first need=Need::Optional/>
        <Field id="form-number" label=words::FORM_NUMBER value=fields.form_number kind=Kind::Number need=Need::Optional
            hint=words::FORM_NUMBER_HINT error=wrong.form_number/>
        {directly}
    };
    group(words::HOW, body.into_any())
}

fn who(fields: &Fields) -> AnyView {
    let wrong = fields.wrong;
    let body = view! {
        <Field id="name" label=words::NAME value=fields.name need=Need::Needed error=wrong.name/>
        <Field id="phone" label=words::PHONE value=fields.phone kind=Kind::Phone need=Need::Optional
            hint=words::PHONE_HINT error=wrong.phone/>
        <Field id="address" label=words::ADDRESS value=fields.address need=Need::Optional error=wrong.address wide=true/>
        <Field id="people" label=words::PEOPLE value=fields.people kind=Kind::Number need=Need::Optional
            hint=words::PEOPLE_HINT error=wrong.people/>
        <Field id="representatives" label=words::REPRESENTATIVES value=fields.representatives kind=Kind::Lines
            need=Need::Optional hint=words::REPRESENTATIVES_HINT error=wrong.representatives wide=true/>
    };
    group(words::WHO, body.into_any())
}

fn what(fields: &Fields) -> AnyView {
    let wrong = fields.wrong;
    let purposes =
        PurposeOfPetition::ALL.into_iter().map(text::matter::purpose).chain([text::screen::sealed::PURPOSE]).collect();
    let categories: Vec<_> = Category::ALL
        .into_iter()
        .enumerate()
        .map(|(at, category)| (at.to_string(), text::matter::category(category).to_owned()))
        .collect();
    let body = view! {
        <Field id="title" label=words::MATTER_TITLE value=fields.title need=Need::Needed error=wrong.title wide=true/>
        <Field id="content" label=words::CONTENT value=fields.content kind=Kind::Lines need=Need::Needed
            hint=words::CONTENT_HINT error=wrong.content wide=true/>
        {demands(fields.demands)}
        <Choice id="purpose" legend=words::PURPOSE options=purposes chosen=fields.purpose look=Look::Segmented
            need=Need::Needed error=wrong.purpose/>
        <Select id="category" label=words::CATEGORY value=fields.category options=Signal::stored(categories)
            need=Need::Needed error=wrong.category/>
        <PlaceSelect id="place" value=fields.place/>
        <Choices id="publish" legend=publish::WISH options=vec![publish::WISH_CHOICE] chosen=fields.publish
            need=Need::Optional/>
    };
    group(words::WHAT, body.into_any())
}

fn demand_id(number: usize) -> String {
    ["demand-", &number.to_string()].concat()
}

/// 诉求: one field each; one at least stays.
fn demands(list: RwSignal<Vec<DemandField>>) -> AnyView {
    let more = move |_| {
        let number = list.with_untracked(|list| list.iter().map(|demand| demand.number + 1).max().unwrap_or(0));
        list.update(|list| list.push(DemandField::new(number, String::new())));
        request_animation_frame(move || focus(&demand_id(number)));
    };
    let remove = move |number: usize| list.update(|list| list.retain(|demand| demand.number != number));
    let draw = move |demand: DemandField| {
        let number = demand.number;
        let single = move || list.with(|list| list.len() < 2);
        view! {
            <div class="desk__wide">
                <Field id=demand_id(number) label=words::DEMAND value=demand.text need=Need::Needed error=demand.wrong/>
                <button class="btn btn--text" type="button" hidden=single on:click=move |_| remove(number)>
                    {words::REMOVE_DEMAND}
                </button>
            </div>
        }
    };
    view! {
        <For each=move || list.get() key=|demand| demand.number children=draw/>
        <div class="desk__wide">
            <button class="btn btn--plain" type="button" on:click=more>{words::MORE_DEMANDS}</button>
        </div>
    }
    .into_any()
}

fn pick<T: Copy>(list: &[T], at: Option<usize>) -> Option<T> {
    at.and_then(|at| list.get(at)).copied()
}

/// The request that the fields make, or `None` when a field has an error (and says so). In the order
/// of the form, so that the first error takes the focus.
pub(super) fn read(fields: &Fields, direct: Directly) -> Option<RegisterRequest> {
    let (check, wrong) = (&mut Check::default(), fields.wrong);
    let channel = pick(&Channel::ALL, fields.channel.get_untracked());
    let channel = check.chosen("channel", words::CHANNEL, channel, wrong.channel);
    let received_on = check.day("received", words::RECEIVED, fields.received_on, wrong.received_on);
    let intake = check.chosen("intake", words::INTAKE, pick(&INTAKES, fields.intake.get_untracked()), wrong.intake);
    let direct = match direct {
        Directly::Asked => {
            check.chosen("direct", words::DIRECT, pick(&[true, false], fields.direct.get_untracked()), wrong.direct)
        }
        Directly::Always => Some(true),
        Directly::Never => Some(false),
    };
    let name = check.text("name", words::NAME, fields.name, wrong.name);
    let phone = check.optional("phone", words::PHONE, fields.phone, wrong.phone);
    let address = check.optional("address", words::ADDRESS, fields.address, wrong.address);
    let particulars = particulars(fields, check);
    let title = check.text("title", words::MATTER_TITLE, fields.title, wrong.title);
    let content = check.text("content", words::CONTENT, fields.content, wrong.content);
    let demands: Vec<_> = fields
        .demands
        .get_untracked()
        .into_iter()
        .map(|demand| check.text(&demand_id(demand.number), words::DEMAND, demand.text, demand.wrong).map(Demand))
        .collect();
    let purpose = pick(&PurposeOfPetition::ALL, fields.purpose.get_untracked());
    let purpose = check.chosen("purpose", words::PURPOSE, purpose, wrong.purpose);
    let category = pick(&Category::ALL, fields.category.get_untracked().parse().ok());
    let category = check.chosen("category", words::CATEGORY, category, wrong.category);
    if !std::mem::take(check).passed() {
        return None;
    }
    Some(RegisterRequest {
        id: fields.id.get_untracked(),
        registration: Registration {
            title: title?,
            content: content?,
            demands: demands.into_iter().collect::<Option<_>>()?,
            purpose: purpose?,
            category: category?,
            channel: channel?,
            intake: intake?,
            petitioner: Petitioner { name: name?, phone: phone?, address: address? },
            place: DivisionCode::parse(&fields.place.get_untracked()).ok(),
            household: None,
            received_on: received_on?,
            direct: direct?,
            received_by: None,
            particulars: particulars?,
        },
    })
}

/// The further columns. The sixth representative is refused here with the words of the law, as the server
/// would.
fn particulars(fields: &Fields, check: &mut Check) -> Option<Particulars> {
    let wrong = fields.wrong;
    let typed = fields.people.get_untracked();
    let people = match typed.trim() {
        "" => Some(None),
        number => number.parse::<u16>().ok().filter(|people| *people > 0).map(Some),
    };
    check.that("people", people.is_some(), wrong.people, words::NOT_A_NUMBER);
    let typed = fields.representatives.get_untracked();
    let names: Vec<&str> =
        typed.split(['\n', '、', '，', ',']).map(str::trim).filter(|name| !name.is_empty()).collect();
    let parsed: Result<Vec<ShortText>, _> = names.into_iter().map(ShortText::parse).collect();
    let id = "representatives";
    let representatives = match parsed {
        Err(fault) => {
            check.that(id, false, wrong.representatives, &text::text_error(words::REPRESENTATIVES, fault));
            None
        }
        Ok(list) => {
            let max = u16::try_from(MAX_REPRESENTATIVES).unwrap_or(u16::MAX);
            let words = text::refusal::refusal(&Refusal::TooManyRepresentatives { max });
            check.that(id, list.len() <= MAX_REPRESENTATIVES, wrong.representatives, &words).map(|()| list)
        }
    };
    let typed = fields.form_number.get_untracked();
    let form_number = match typed.trim() {
        "" => Some(None),
        number => FormNumber::parse(number).ok().map(Some),
    };
    check.that("form-number", form_number.is_some(), wrong.form_number, words::NOT_A_FORM_NUMBER);
    let first = fields.first.get_untracked();
    // What is not marked is not known: nobody said that it is not the first time.
    let marked = |at: usize| first.contains(&at).then_some(true);
    Some(Particulars {
        people: people?,
        representatives: representatives?,
        first_in_country: marked(0),
        first_here: marked(1),
        publish: !fields.publish.get_untracked().is_empty(),
        online: None,
        form_number: form_number?,
    })
}

/// What comes again needs less than what is new: no demands, no class, no place. `None` when a field has an
/// error (and says so).
pub fn read_repeat(fields: &Fields) -> Option<RepeatIntake> {
    let (check, wrong) = (&mut Check::default(), fields.wrong);
    let channel = pick(&Channel::ALL, fields.channel.get_untracked());
    let channel = check.chosen("channel", words::CHANNEL, channel, wrong.channel);
    let received_on = check.day("received", words::RECEIVED, fields.received_on, wrong.received_on);
    let name = check.text("name", words::NAME, fields.name, wrong.name);
    let phone = check.optional("phone", words::PHONE, fields.phone, wrong.phone);
    let address = check.optional("address", words::ADDRESS, fields.address, wrong.address);
    let particulars = particulars(fields, check);
    let title = check.text("title", words::MATTER_TITLE, fields.title, wrong.title);
    let content = check.text("content", words::CONTENT, fields.content, wrong.content);
    if !std::mem::take(check).passed() {
        return None;
    }
    Some(RepeatIntake {
        title: title?,
        content: content?,
        channel: channel?,
        petitioner: Petitioner { name: name?, phone: phone?, address: address? },
        received_on: received_on?,
        particulars: particulars?,
        number: None,
    })
}
