//! `/w/import`: choose what and which file, watch it go in, read what did not.

use std::time::Duration;

use case_core::id::ImportId;
use case_core::wire::desk::ImportProgress;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::report::report;
use crate::client::ClientError;
use crate::client::imports::{self, ImportKind};
use crate::components::check::Check;
use crate::components::chips::Choice;
use crate::components::field::{Need, error_words};
use crate::components::notice::{Failure, Tone, notice};
use crate::components::page::{DeskPage, Section};
use crate::format;
use crate::text;
use crate::text::screen::{common, import as words};
use crate::who::{Who, use_who};

const POLL: Duration = Duration::from_millis(600);
/// While the server does not answer.
const POLL_LOST: Duration = Duration::from_secs(4);

/// The signals of one run; copied freely.
#[derive(Clone, Copy)]
struct Run {
    who: Who,
    name: RwSignal<String>,
    progress: RwSignal<Option<ImportProgress>>,
    lost: RwSignal<bool>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<String>>,
}

impl Run {
    /// Shows how it stands and looks again while it runs.
    fn shows(self, progress: ImportProgress) {
        let (id, finished) = (progress.id, progress.finished);
        let _ = self.lost.try_set(false);
        // The page may be gone: then nobody watches, the import goes on by itself.
        if self.progress.try_set(Some(progress)).is_some() {
            return;
        }
        if finished {
            self.busy.set(false);
        } else {
            set_timeout(move || self.look(id), POLL);
        }
    }

    fn look(self, id: ImportId) {
        leptos::task::spawn_local(async move {
            match imports::progress(id).await {
                Ok(progress) => self.shows(progress),
                Err(ClientError::Offline) => {
                    if self.lost.try_set(true).is_none() {
                        set_timeout(move || self.look(id), POLL_LOST);
                    }
                }
                Err(error) => self.failed(&error),
            }
        });
    }

    fn failed(self, error: &ClientError) {
        self.who.heed(error);
        let _ = self.busy.try_set(false);
        let _ = self.failure.try_set(Some(error.message()));
    }
}

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let run = Run {
        who: use_who(),
        name: RwSignal::new(String::new()),
        progress: RwSignal::new(None),
        lost: RwSignal::new(false),
        busy: RwSignal::new(false),
        failure: RwSignal::new(None),
    };
    let kind = RwSignal::new(None);
    let (wrong_kind, wrong_file) = (RwSignal::new(None), RwSignal::new(None));
    let input = NodeRef::<html::Input>::new();
    // What was chosen, by name and size: a dead input says nothing by itself.
    let picked = RwSignal::new(None::<String>);
    let file = move || input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
    let change = move |_| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is whole and positive"
        )]
        let words = file().map(|file| [&file.name(), " · ", &format::bytes(file.size() as u64)].concat());
        picked.set(words);
        wrong_file.set(None);
    };
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if run.busy.get_untracked() {
            return;
        }
        let mut check = Check::default();
        let chosen = kind.get_untracked().and_then(|at: usize| ImportKind::ALL.get(at)).copied();
        let chosen = check.chosen("kind", words::KIND, chosen, wrong_kind);
        let file = file();
        check.that("file", file.is_some(), wrong_file, words::NO_FILE);
        let (true, Some(kind), Some(file)) = (check.passed(), chosen, file) else { return };
        run.name.set(file.name());
        run.progress.set(None);
        run.failure.set(None);
        run.busy.set(true);
        leptos::task::spawn_local(async move {
            match imports::start(kind, &file).await {
                Ok(progress) => run.shows(progress),
                Err(error) => run.failed(&error),
            }
        });
    };
    let kinds = ImportKind::ALL.into_iter().map(|kind| text::import::kind(kind.code())).collect();
    let face = move || picked.get().unwrap_or_else(|| words::FILE.to_owned());
    view! {
        <DeskPage section=Section::Import title=Signal::stored(words::TITLE.to_owned())>
            <form class="stack" on:submit=submit novalidate=true>
                <Choice id="kind" legend=words::KIND options=kinds chosen=kind need=Need::Needed error=wrong_kind/>
                <div class="field">
                    <label class="file">
                        <input class="file__input" id="file" type="file" node_ref=input on:change=change
                            aria-label=words::FILE aria-describedby="file-e"
                            accept=".csv,.txt,.xlsx,.xls,.ods,.jsonl,.json"/>
                        <span class="file__face">{face}<span class="file__note">{words::FILE_NOTE}</span></span>
                    </label>
                    {error_words("file", wrong_file.into())}
                </div>
                <Failure message=run.failure/>
                <button class="btn" type="submit" aria-busy=move || run.busy.get().then_some("true")>{words::DO}</button>
            </form>
            {move || progress(run)}
        </DeskPage>
    }
    .into_any()
}

/// The bar while it runs, the report when it has ended.
fn progress(run: Run) -> AnyView {
    let lost = run.lost.get().then(|| notice(Tone::Warn, words::LOST, None));
    match run.progress.get() {
        None if run.busy.get() => view! { <p class="muted" role="status">{words::UPLOADING}</p> }.into_any(),
        None => ().into_any(),
        Some(progress) if progress.finished => report(&run.name.get(), &progress),
        Some(p) => {
            let counts = text::import::progress(p.done, p.total, p.added, p.unchanged, p.updated, p.bad);
            // Not yet counted: a bar without an end.
            let bar = if p.total == 0 {
                view! { <progress class="progress__bar" id="progress"></progress> }.into_any()
            } else {
                view! {
                    <progress class="progress__bar" id="progress" max=p.total.to_string() value=p.done.to_string()></progress>
                }
                .into_any()
            };
            view! {
                <section class="desk__group stack" aria-label=common::LOADING>
                    {lost}
                    <div class="progress">
                        <label for="progress">{words::running(&run.name.get())}</label>
                        {bar}
                        <p class="progress__words" role="status">{counts}</p>
                    </div>
                </section>
            }
            .into_any()
        }
    }
}
