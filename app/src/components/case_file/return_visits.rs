//! Return visits: the petitioner's own words unedited beside the visitor's judgement.

use case_core::field::{OpinionReceived, RatedBy, RespondentAnswers};
use case_core::matter::ReturnVisitNote;
use case_core::wire::desk::MatterFile;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::{fact, files_of, part, today};
use crate::components::notice::{Tone, notice};
use crate::text::field as answer_words;
use crate::text::screen::{file as words, list};
use crate::{format, text};

/// All return visits, the newest first; nothing when there was none.
#[must_use]
pub fn return_visits(file: &MatterFile) -> AnyView {
    if file.matter.return_visits.is_empty() {
        return ().into_any();
    }
    let today = today(file);
    let visits = file.matter.return_visits.iter().rev().map(|visit| one(file, visit, today)).collect_view();
    part(words::RETURN_VISITS, visits.into_any())
}

fn one(file: &MatterFile, visit: &ReturnVisitNote, today: NaiveDate) -> AnyView {
    let when =
        [&format::moment(visit.at, today), " · ", visit.by_name.as_str(), " · ", &list::round(visit.round)].concat();
    let denied = file.matter.visit_confirmed(visit.record) == Some(false);
    let doubt = match (denied, visit.counts) {
        (true, _) => Some(notice(Tone::Warn, words::DENIED, None)),
        (false, false) => Some(notice(Tone::Warn, words::NOT_COUNTING, None)),
        (false, true) => None,
    };
    let files = files_of(file, visit.record);
    let how = text::matter::meeting(visit.meeting());
    if visit.is_refused() {
        return refused(visit, [&how, " · ", &when].concat(), doubt, files);
    }
    let Some(answers) = &visit.answers else {
        return view! {
            <section class="panel"><p>{how}</p><p class="muted">{when}</p>{doubt}{files}</section>
        }
        .into_any();
    };
    let own = match &answers.own_words {
        Some(said) => view! { <blockquote class="words">{said.as_str().to_owned()}</blockquote> }.into_any(),
        None => view! { <p class="muted">{words::NO_WORDS}</p> }.into_any(),
    };
    let judged = visit.judgement.map(|judgement| view! { <p>{answer_words::judgement(judgement)}</p> });
    view! {
        <section class="panel stack">
            <p>{how}</p>
            <p class="muted">{when}</p>
            {doubt}
            <div class="beside">
                <div class="beside__side beside__side--now">
                    <h3 class="beside__head">{words::PETITIONER_SAYS}</h3>
                    {own}
                    {said(answers, today)}
                </div>
                <div class="beside__side">
                    <h3 class="beside__head">{words::VISITOR_SAYS}</h3>
                    {judged}
                </div>
            </div>
            {files}
        </section>
    }
    .into_any()
}

/// 拒绝接受回访, with what was said; no answers, also where an older record has empty ones.
fn refused(visit: &ReturnVisitNote, when: String, doubt: Option<AnyView>, files: Option<AnyView>) -> AnyView {
    let before = || visit.answers.as_ref().and_then(|answers| answers.own_words.as_ref());
    let note = visit.refused.as_ref().and_then(|refused| refused.note.as_ref()).or_else(before);
    let note = note.map(|said| view! { <blockquote class="words">{said.as_str().to_owned()}</blockquote> });
    let why = view! { <p>{words::REFUSED_NOTE}</p> }.into_any();
    view! {
        <section class="panel stack">
            <p class="muted">{when}</p>
            {notice(Tone::Warn, words::REFUSED, Some(why))}
            {note}
            {doubt}
            {files}
        </section>
    }
    .into_any()
}

/// The answers, one a row.
fn said(answers: &RespondentAnswers, today: NaiveDate) -> AnyView {
    let received = match answers.opinion_received {
        OpinionReceived::Yes { on: Some(on) } => {
            [answer_words::opinion_received(&answers.opinion_received), "，", &format::day(on, today)].concat()
        }
        _ => answer_words::opinion_received(&answers.opinion_received).to_owned(),
    };
    let demands = answers
        .demands
        .iter()
        .enumerate()
        .map(|(at, done)| fact(text::demand_name(at), answer_words::fulfilment(*done)))
        .collect_view();
    let hardship = answers.hardship.as_ref().map(|text| fact(words::Q_HARDSHIP, text.as_str().to_owned()));
    view! {
        <dl class="facts">
            {demands}
            {fact(words::Q_UNIT, rated(&answers.unit_rating))}
            {fact(words::Q_OFFICE, rated(&answers.office_rating))}
            {fact(words::Q_OPINION, received)}
            {fact(words::Q_MET, answer_words::handler_met(answers.handler_met))}
            {fact(words::Q_PROMISE, answer_words::promise_kept(answers.promise_kept))}
            {fact(words::Q_REVIEW, words::yes(answers.told_of_review))}
            {hardship}
            {fact(words::Q_RESPONDENT, answer_words::respondent(answers.respondent))}
            {fact(words::Q_SIGNATURE, answer_words::signature(answers.signature))}
        </dl>
    }
    .into_any()
}

fn rated(rated: &RatedBy) -> String {
    match &rated.reason {
        Some(reason) => [answer_words::rating(rated.rating), "：", reason.as_str()].concat(),
        None => answer_words::rating(rated.rating).to_owned(),
    }
}
