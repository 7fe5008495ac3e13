//! 报审: the closure package, demand by demand. Kept as a draft at every keystroke.

mod demand;
mod draft;

use case_core::matter::{ClosurePackage, Command, CommandKind, DeliveryMode, Measure};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use crate::browser;
use crate::components::case_file::verdict;
use crate::components::check::{Check, focus};
use crate::components::chips::{Choice, Choices, Look};
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::Failure;
use crate::send::Sender;
use crate::text;
use crate::text::screen::{common, forms as words};
use crate::who::use_who;
use draft::{ClosureDraft, Fields};

/// The form, above the file.
#[component]
pub fn ClosureForm(
    /// The file as it was when the form opened.
    file: StoredValue<MatterFile>,
    /// Sends it.
    sender: Sender,
    /// Closes it.
    open: RwSignal<Option<CommandKind>>,
) -> impl IntoView {
    let key = use_who().key(&file.with_value(draft::key));
    let begun = file.with_value(|file| ClosureDraft::begin(&key, file));
    let fields = Fields::of(&begun);
    let kept = key.clone();
    Effect::new(move |_| fields.with_value(|fields| browser::store(&kept, &fields.snapshot())));
    // Handed in: the draft has done its work.
    let submitted = move || browser::forget(&key);
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let package = fields.with_value(read);
        if let Some(package) = package {
            sender.send_then(Command::SubmitClosure { package }, submitted.clone());
        }
    };
    // Sent back before: what to mend stands above the form.
    let returned = file.with_value(|file| file.matter.rounds.last().and_then(|round| verdict(file, round)));
    request_animation_frame(|| focus("closure"));
    let demands = file.with_value(|file| {
        let demands = file.matter.registration.demands.iter();
        let draw = |(at, asked): (usize, &case_core::matter::Demand)| {
            fields
                .with_value(|fields| fields.answers.get(at).map(|answer| demand::fields(at, asked.0.as_str(), answer)))
        };
        demands.enumerate().map(draw).collect_view()
    });
    let measures = Measure::ALL.into_iter().map(text::matter::measure).collect();
    let plans = DeliveryMode::ALL.into_iter().map(text::command::delivery_mode).collect();
    let (opinion, chosen, plan) = fields.with_value(|fields| (fields.opinion, fields.measures, fields.plan));
    let (opinion_wrong, plan_wrong) = fields.with_value(|fields| (fields.opinion_wrong, fields.plan_wrong));
    view! {
        <form class="desk__form" on:submit=submit novalidate=true>
            <h2 id="closure" tabindex="-1">{words::CLOSURE}</h2>
            <p class="muted">{words::CLOSURE_NOTE}</p>
            {returned}
            {demands}
            <fieldset class="desk__group">
                <legend class="desk__legend">{words::OPINION}</legend>
                <div class="desk__grid">
                    <Field id="opinion-letter" label=words::OPINION value=opinion kind=Kind::Lines need=Need::Needed
                        hint=words::OPINION_HINT error=opinion_wrong wide=true/>
                    <Choices id="measures" legend=words::MEASURES options=measures chosen need=Need::Optional/>
                    <Choice id="plan" legend=words::DELIVERY_PLAN options=plans chosen=plan look=Look::Segmented
                        need=Need::Needed error=plan_wrong/>
                </div>
            </fieldset>
            <Failure message=sender.failure/>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| open.set(None)>{common::CANCEL}</button>
                <button class="btn" type="submit" aria-busy=move || sender.busy.get().then_some("true")>
                    {move || if sender.busy.get() { common::SENDING } else { words::CLOSURE }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// The package that the fields make, or `None` when a field has an error (and says so).
fn read(fields: &Fields) -> Option<ClosurePackage> {
    let mut check = Check::default();
    let answers: Vec<_> =
        fields.answers.iter().enumerate().map(|(at, answer)| demand::read(&mut check, at, answer)).collect();
    let opinion = check.text("opinion-letter", words::OPINION, fields.opinion, fields.opinion_wrong);
    let plan = fields.plan.get_untracked().and_then(|at| DeliveryMode::ALL.get(at)).copied();
    let plan = check.chosen("plan", words::DELIVERY_PLAN, plan, fields.plan_wrong);
    let measures =
        fields.measures.with_untracked(|list| list.iter().filter_map(|at| Measure::ALL.get(*at)).copied().collect());
    if !check.passed() {
        return None;
    }
    let answers = answers.into_iter().collect::<Option<Vec<_>>>()?;
    Some(ClosurePackage { answers, opinion: opinion?, measures, delivery_plan: plan? })
}
