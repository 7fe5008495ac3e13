//! A report on the screen: what was reported, its journal, and the next step. Gone when it is put away.

use case_core::sealed::{SealedContent, SealedStage};
use case_core::wire::desk::Unit;
use case_core::wire::sealed::{SealedLine, SealedOpened};
use leptos::prelude::*;

use super::handover::{CloseForm, HandOverForm};
use super::list::hand_over;
use crate::components::case_file::{fact, part};
use crate::components::notice::{Tone, notice};
use crate::text::screen::sealed as words;
use crate::{format, text};

/// The parts; `away` when it is put away or a step was done.
pub fn opened(it: SealedOpened, away: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let number = format::in_fours(it.row.number.as_str());
    let journal = it.journal.iter().map(line).collect_view();
    let step = match it.row.stage {
        SealedStage::Received => ().into_any(),
        SealedStage::Opened => {
            view! { <HandOverForm row=it.row.clone() barred=it.barred.clone() done=away/> }.into_any()
        }
        SealedStage::HandedOver => view! {
            <CloseForm row=it.row.clone() done=away/>
            <HandOverForm row=it.row.clone() barred=it.barred.clone() done=away/>
        }
        .into_any(),
        SealedStage::Closed => ().into_any(),
    };
    view! {
        <div class="no-print">{notice(Tone::Warn, words::ON_SCREEN, None)}</div>
        <p><span class="num">{number}</span>" "<span class="badge">{text::sealed::stage(it.row.stage)}</span></p>
        {it.row.hand_over.map(hand_over)}
        {part(words::CONTENT, view! { <p class="panel words">{it.content.text.as_str().to_owned()}</p> }.into_any())}
        {part(words::ACCUSED, accused(&it.content, &it.units))}
        {part(words::PETITIONER, petitioner(&it.content))}
        {part(words::JOURNAL, view! { <ol class="panel">{journal}</ol> }.into_any())}
        {step}
        <button class="btn btn--block" type="button" on:click=move |_| away()>{words::PUT_AWAY}</button>
    }
    .into_any()
}

fn accused(content: &SealedContent, units: &[Unit]) -> AnyView {
    let name = |id| units.iter().find(|unit| unit.id == id).map_or("", |unit| unit.name.as_str());
    let persons = content.accused_persons.iter().map(|person| {
        let office = person.office.as_ref().map_or("", |office| office.as_str());
        let unit = person.unit.map_or("", name);
        fact(person.name.as_str(), [unit, " ", office].concat())
    });
    let whole = content.accused_units.iter().map(|unit| fact(words::ACCUSED_UNIT, name(*unit).to_owned()));
    view! { <dl class="panel facts facts--lines">{persons.chain(whole).collect_view()}</dl> }.into_any()
}

fn petitioner(content: &SealedContent) -> AnyView {
    let Some(petitioner) = &content.petitioner else {
        return view! { <p class="panel">{words::ANONYMOUS}</p> }.into_any();
    };
    let phone = petitioner.phone.as_ref().map(|phone| fact(words::PHONE, phone.as_str().to_owned()));
    let address = petitioner.address.as_ref().map(|address| fact(words::ADDRESS, address.as_str().to_owned()));
    view! {
        <dl class="panel facts facts--lines">
            {fact(words::NAME, petitioner.name.as_str().to_owned())}
            {phone}
            {address}
            {fact(words::CHANNEL, text::matter::channel(content.channel))}
        </dl>
    }
    .into_any()
}

fn line(line: &SealedLine) -> AnyView {
    let at = [&format::full_day(line.at.date()), " ", &format::time(line.at)].concat();
    let organ = line.organ.map(|organ| [" · ", text::sealed::organ(organ)].concat());
    let on = line.on.map(|day| [" · ", &format::full_day(day)].concat());
    view! {
        <li class="timeline__step">
            <p class="timeline__what">{text::sealed::step(line.step)}" · "{line.by.as_str().to_owned()}</p>
            <p class="timeline__when">{at}</p>
            <p class="timeline__note">{line.words.as_ref().map(|words| words.as_str().to_owned())}{organ}{on}</p>
        </li>
    }
    .into_any()
}
