//! 查看完整信息: a file comes without the petitioner's particulars; who needs them says what for.

use case_core::audit::UnmaskReason;
use case_core::wire::desk::{MatterFile, UnmaskRequest};
use leptos::prelude::*;

use crate::client::matters;
use crate::components::check::Check;
use crate::components::chips::Choice;
use crate::components::dialog::Dialog;
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::Failure;
use crate::load::{Load, Loader};
use crate::text::screen::{common, particulars as words};
use crate::who::use_who;

/// The button while the file is masked, and its dialog.
#[component]
pub fn Particulars(
    /// The file; the full one takes its place.
    file: Loader<MatterFile>,
    /// Opens the dialog: papers and files that show particulars do so too.
    #[prop(optional)]
    open: RwSignal<bool>,
) -> impl IntoView {
    let (shown, busy) = (RwSignal::new(false), RwSignal::new(false));
    let masked = Memo::new(move |_| file.state.with(|state| matches!(state, Load::Ready(file) if file.masked)));
    Effect::new(move |_| {
        if masked.get() {
            shown.set(false);
        }
    });
    let reason = RwSignal::new(None::<usize>);
    let typed = RwSignal::new(String::new());
    let (wrong_reason, wrong_words, failure) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
    let who = use_who();
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let chosen = reason.get_untracked().and_then(|at| UnmaskReason::ALL.get(at)).copied();
        let chosen = check.chosen("unmask-reason", words::REASON, chosen, wrong_reason);
        let said = check.optional("unmask-words", words::WORDS, typed, wrong_words);
        if let (Some(UnmaskReason::Other), Some(None)) = (chosen, &said) {
            check.that("unmask-words", false, wrong_words, words::WORDS_NEEDED);
        }
        let id = file.state.with_untracked(|state| match state {
            Load::Ready(file) => Some(file.matter.id),
            Load::Waiting | Load::Failed(_) => None,
        });
        let (true, false, Some(reason), Some(said), Some(id)) =
            (check.passed(), busy.get_untracked(), chosen, said, id)
        else {
            return;
        };
        busy.set(true);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let answer = matters::unmask(id, &UnmaskRequest { reason, words: said }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(full) => {
                    let _ = open.try_set(false);
                    let _ = shown.try_set(true);
                    let _ = file.state.try_set(Load::Ready(full));
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    view! {
        <div class="particulars no-print" hidden=move || !masked.get()>
            <button class="btn btn--plain" type="button" on:click=move |_| open.set(true)>{words::UNMASK}</button>
        </div>
        <p class="particulars muted no-print" role="status">{move || shown.get().then_some(words::SHOWN)}</p>
        <Dialog open id="unmask" title=Signal::stored(words::UNMASK.to_owned())>
            <form class="stack" on:submit=submit novalidate=true>
                <div class="dialog__body"><p>{words::UNMASK_NOTE}</p></div>
                <Choice id="unmask-reason" legend=words::REASON chosen=reason need=Need::Needed error=wrong_reason
                    options=UnmaskReason::ALL.into_iter().map(words::unmask_reason).collect()/>
                <Field id="unmask-words" label=words::WORDS value=typed kind=Kind::Lines error=wrong_words/>
                <Failure message=failure/>
                <div class="dialog__actions">
                    <button class="btn btn--plain" type="button" on:click=move |_| open.set(false)>{common::CANCEL}</button>
                    <button class="btn" type="submit" aria-busy=move || busy.get().then_some("true")>{words::UNMASK}</button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
