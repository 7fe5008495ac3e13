//! 五必问: the card first, then the five questions, one open at a time; at the end the read-back.

use case_core::field::{Question, ReadBack};
use leptos::prelude::*;

use super::bind::{bind, choice, names, settled};
use super::namecard::shown_by;
use super::sheet::Wrongs;
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind, Need};
use crate::forms::{ItemForm, Name, Said, Spot};
use crate::text;
use crate::text::screen::field_form as words;

/// The interview of an item that becomes a matter.
pub(super) fn interview(form: RwSignal<ItemForm>, key: u32, wrongs: Wrongs) -> AnyView {
    let blocks =
        Question::ALL.iter().enumerate().map(|(at, question)| block(form, key, wrongs, at, *question)).collect_view();
    let spot = Spot { item: Some(key), name: Name::ReadBack };
    let read_back = choice(form, &ReadBack::ALL, |form: &mut ItemForm| &mut form.raise.interview.read_back);
    // What is read back is made of the answers, as they are now.
    let summary = move || {
        let line = |question: Question| {
            let (said, answer) = form.with(|form| {
                let block = form.raise.interview.block(question);
                (block.said, block.text.trim().to_owned())
            });
            (!answer.is_empty()).then(|| {
                let how = if said == Said::Given { String::new() } else { [words::said(said), "："].concat() };
                view! { <p><b>{text::field::question(question)}</b>"："{how}{answer}</p> }
            })
        };
        Question::ALL.map(line).into_iter().collect_view()
    };
    view! {
        {shown_by("btn btn--plain btn--block", words::SHOW_CARD)}
        {blocks}
        <p class="field__label">{words::READ_BACK}</p>
        <blockquote class="words">{summary}</blockquote>
        <Choice id=spot.id() legend=words::label(Name::ReadBack) options=names(&ReadBack::ALL, text::field::read_back)
            chosen=read_back need=Need::Needed error=wrongs.at(spot)/>
    }
    .into_any()
}

fn block(form: RwSignal<ItemForm>, key: u32, wrongs: Wrongs, at: usize, question: Question) -> AnyView {
    let spot = Spot { item: Some(key), name: Name::Answer(question) };
    let said = settled(form, &Said::ALL, move |form: &mut ItemForm| &mut form.raise.interview.block_mut(question).said);
    let answer = bind(form, move |form: &mut ItemForm| &mut form.raise.interview.block_mut(question).text);
    let title = [&text::chinese_number(at + 1), "、", text::field::question(question)].concat();
    let given = Memo::new(move |_| said.get() == Some(0));
    let filled = move || {
        let filled = answer.with(|answer| !answer.trim().is_empty());
        let how = if given.get() { words::FILLED } else { words::said(Said::ALL[said.get().unwrap_or(0).min(2)]) };
        filled.then(|| view! { " "<span class="badge badge--ok">{how}</span> })
    };
    let input = move || {
        let label = if given.get() { words::ANSWER } else { words::ANSWER_REASON };
        view! {
            <Field id=spot.id() label=label value=answer kind=Kind::Lines need=Need::Needed error=wrongs.at(spot)/>
        }
    };
    // One name for the five: where the browser can, opening one closes the others.
    let group = ["ask-", &key.to_string()].concat();
    view! {
        <details class="fold" name=group>
            <summary class="fold__head">{title}{filled}</summary>
            <div class="fold__body">
                <p>{text::field::question_asked(question)}</p>
                <Choice id=[&spot.id(), "-how"].concat() legend=words::HOW_ANSWERED look=Look::Segmented
                    options=names(&Said::ALL, words::said) chosen=said/>
                {input}
            </div>
        </details>
    }
    .into_any()
}
