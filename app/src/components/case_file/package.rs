//! One round's closure package, demand by demand.

use case_core::matter::{Conclusion, Round, Verdict};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::{fact, name, part, today};
use crate::components::notice::{Tone, notice};
use crate::text::screen::{file as words, list};
use crate::{format, text};

/// Demand → finding → conclusion → basis → performed; then the opinion letter and the plan.
#[must_use]
pub fn package(file: &MatterFile, round: &Round) -> AnyView {
    let today = today(file);
    let answers = round
        .package
        .answers
        .iter()
        .enumerate()
        .map(|(at, answer)| {
            let demand = file.matter.registration.demands.get(at).map_or("", |demand| demand.0.as_str());
            let lacking = answer.is_unperformed_support();
            let badge = match answer.conclusion {
                Conclusion::Support => "badge badge--act",
                Conclusion::Explain | Conclusion::Decline => "badge",
            };
            view! {
                <article class=if lacking { "demand demand--missing" } else { "demand" }>
                    <div class="demand__head">
                        <h3 class="demand__title">
                            <span class="demand__no">{text::demand_name(at)}</span>{demand.to_owned()}
                        </h3>
                        <span class=badge>{text::matter::conclusion(answer.conclusion)}</span>
                    </div>
                    <dl class="facts">
                        {fact(words::FINDING, answer.finding.as_str().to_owned())}
                        {fact(words::BASIS, answer.basis.as_str().to_owned())}
                        {fact(words::PERFORMED, text::matter::performance(&answer.performed, today))}
                    </dl>
                </article>
            }
        })
        .collect_view();
    let measures: Vec<_> = round.package.measures.iter().map(|measure| text::matter::measure(*measure)).collect();
    let by = name(file, round.submitted_by).unwrap_or_default();
    let submitted = [&format::moment(round.submitted_at, today), " · ", &by].concat();
    let body = view! {
        {answers}
        <section class="panel">
            <h3>{words::OPINION}</h3>
            <blockquote class="words">{round.package.opinion.as_str().to_owned()}</blockquote>
            <dl class="facts">
                {(!measures.is_empty()).then(|| fact(words::MEASURES, measures.join("、")))}
                {fact(words::DELIVERY_PLAN, text::command::delivery_mode(round.package.delivery_plan))}
                {fact(words::SUBMITTED, submitted)}
            </dl>
        </section>
        {verdict(file, round)}
    };
    part(list::round(round.number), body.into_any())
}

/// Why it was sent back, when it was.
pub fn verdict(file: &MatterFile, round: &Round) -> Option<AnyView> {
    let Verdict::Returned { at, reasons, text: said, due, .. } = &round.verdict else { return None };
    let today = today(file);
    let listed: Vec<_> = reasons.iter().map(|reason| text::matter::return_reason(*reason)).collect();
    let more = view! {
        <p>{listed.join("、")}</p>
        <p>{said.as_str().to_owned()}</p>
        <p class="muted">{words::returned_on(&format::day(at.date(), today), &format::day(*due, today))}</p>
    };
    Some(notice(Tone::Warn, words::RETURNED_WHY, Some(more.into_any())))
}
