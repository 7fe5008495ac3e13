//! One demand: what was found, the answer, its basis, what was done about it.

use case_core::matter::{Conclusion, DemandAnswer, Performance};
use leptos::prelude::*;

use super::draft::AnswerFields;
use crate::components::check::Check;
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind, Need};
use crate::text;
use crate::text::screen::forms as words;

const PERFORMED: [&str; 3] = [words::DONE, words::PROMISED, words::NOTHING];

fn id(at: usize, part: &str) -> String {
    ["d", &at.to_string(), "-", part].concat()
}

/// The fields of the demand at a place.
pub fn fields(at: usize, asked: &str, answer: &AnswerFields) -> AnyView {
    let AnswerFields { finding, conclusion, basis, performed, done_on, evidence, promised_by, wrong } = *answer;
    let [w_finding, w_conclusion, w_basis, w_performed, w_done_on, w_evidence, w_promised] = wrong;
    let conclusions = Conclusion::ALL.into_iter().map(text::matter::conclusion).collect();
    let how = move || {
        match performed.get() {
        Some(0) => view! {
            <Field id=id(at, "done-on") label=words::DONE_ON value=done_on kind=Kind::Day need=Need::Needed error=w_done_on/>
            <Field id=id(at, "evidence") label=words::EVIDENCE value=evidence kind=Kind::Lines need=Need::Needed
                error=w_evidence wide=true/>
        }
        .into_any(),
        Some(1) => view! {
            <Field id=id(at, "promised") label=words::PROMISED_BY value=promised_by kind=Kind::Day need=Need::Needed
                error=w_promised/>
        }
        .into_any(),
        _ => ().into_any(),
    }
    };
    view! {
        <fieldset class="desk__group">
            <legend class="desk__legend">{[&text::demand_name(at), "：", asked].concat()}</legend>
            <div class="desk__grid">
                <Field id=id(at, "finding") label=words::FINDING value=finding kind=Kind::Lines need=Need::Needed
                    error=w_finding wide=true/>
                <Choice id=id(at, "conclusion") legend=words::CONCLUSION options=conclusions chosen=conclusion
                    look=Look::Segmented need=Need::Needed error=w_conclusion/>
                <Field id=id(at, "basis") label=words::BASIS value=basis kind=Kind::Lines need=Need::Needed
                    error=w_basis wide=true/>
                <Choice id=id(at, "performed") legend=words::PERFORMED options=PERFORMED.to_vec() chosen=performed
                    look=Look::Segmented need=Need::Needed error=w_performed/>
                {how}
            </div>
        </fieldset>
    }
    .into_any()
}

/// The answer that the fields make; errors are said at the fields.
pub fn read(check: &mut Check, at: usize, answer: &AnswerFields) -> Option<DemandAnswer> {
    let [w_finding, w_conclusion, w_basis, w_performed, w_done_on, w_evidence, w_promised] = answer.wrong;
    let finding = check.text(&id(at, "finding"), words::FINDING, answer.finding, w_finding);
    let conclusion = answer.conclusion.get_untracked().and_then(|at| Conclusion::ALL.get(at)).copied();
    let conclusion = check.chosen(&id(at, "conclusion"), words::CONCLUSION, conclusion, w_conclusion);
    let basis = check.text(&id(at, "basis"), words::BASIS, answer.basis, w_basis);
    let performed = check.chosen(&id(at, "performed"), words::PERFORMED, answer.performed.get_untracked(), w_performed);
    let performed = match performed? {
        0 => {
            let on = check.day(&id(at, "done-on"), words::DONE_ON, answer.done_on, w_done_on);
            let evidence = check.text(&id(at, "evidence"), words::EVIDENCE, answer.evidence, w_evidence);
            Performance::Done { on: on?, evidence: evidence? }
        }
        1 => {
            let by = check.day(&id(at, "promised"), words::PROMISED_BY, answer.promised_by, w_promised);
            Performance::Promised { by: by? }
        }
        _ => Performance::Nothing,
    };
    Some(DemandAnswer { finding: finding?, conclusion: conclusion?, basis: basis?, performed })
}
