//! Giving a command: it names the version that was seen, the same decision sent twice is done once,
//! and what went wrong is said where the person looks.

use case_core::id::{CommandId, MatterId};
use case_core::matter::{Command, CommandKind, OutsidePaper};
use case_core::wire::desk::CommandRequest;
use leptos::prelude::*;

use crate::browser;
use crate::client::{ClientError, matters};
use crate::components::toast::{Toasts, use_toasts};
use crate::text;
use crate::who::{Who, use_who};

/// Gives the commands of one open matter; copied freely.
#[derive(Clone, Copy)]
pub struct Sender {
    /// The matter and the version on the screen; none before it was read.
    seen: StoredValue<Option<(MatterId, u32)>>,
    /// Under way.
    pub busy: RwSignal<bool>,
    /// What went wrong with the last one.
    pub failure: RwSignal<Option<String>>,
    last: StoredValue<Option<CommandRequest>>,
    /// 系统外文书 that goes along with the next command.
    paper: StoredValue<Option<OutsidePaper>>,
    done: Callback<CommandKind>,
    outdated: Callback<()>,
    who: Who,
    toasts: Toasts,
}

impl Sender {
    /// `done` follows a command that was done, `outdated` one that was refused because the matter is
    /// no longer as it was shown.
    pub fn new(
        done: impl Fn(CommandKind) + Send + Sync + 'static,
        outdated: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            seen: StoredValue::new(None),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            last: StoredValue::new(None),
            paper: StoredValue::new(None),
            done: Callback::new(done),
            outdated: Callback::new(move |()| outdated()),
            // Events have no context: both are taken while the screen is built.
            who: use_who(),
            toasts: use_toasts(),
        }
    }

    /// To be called with every file that comes on the screen.
    pub fn shows(self, matter: MatterId, version: u32) {
        self.seen.set_value(Some((matter, version)));
    }

    /// Forgets the last failure: another form opens.
    pub fn clear(self) {
        self.failure.set(None);
    }

    /// Gives a command.
    pub fn send(self, command: Command) {
        self.send_then(command, || ());
    }

    /// Gives a command that hangs on a paper; one that was made outside of the system is named with it.
    pub fn send_with(self, command: Command, paper: Option<OutsidePaper>) {
        self.paper.set_value(paper);
        self.send(command);
    }

    /// Gives a command; `after` runs once it was done, before anything else.
    pub fn send_then(self, command: Command, after: impl FnOnce() + 'static) {
        let Some((matter, seen)) = self.seen.get_value() else { return };
        if self.busy.get_untracked() {
            return;
        }
        let paper = self.paper.get_value();
        self.paper.set_value(None);
        // The same decision on the same version keeps its id: trying again after a lost answer is safe.
        let request = self
            .last
            .get_value()
            .filter(|last| last.seen == seen && last.command == command && last.paper == paper)
            .unwrap_or_else(|| CommandRequest {
                paper,
                ..CommandRequest::new(CommandId(browser::new_uuid()), seen, command)
            });
        self.last.set_value(Some(request.clone()));
        self.failure.set(None);
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = matters::command(matter, &request).await;
            let _ = self.busy.try_set(false);
            match answer {
                Ok(_) => {
                    after();
                    let kind = request.command.kind();
                    self.toasts.say(text::command::done(kind));
                    let _ = self.last.try_set_value(None);
                    self.done.try_run(kind);
                }
                Err(error) => self.failed(&error),
            }
        });
    }

    fn failed(self, error: &ClientError) {
        self.who.heed(error);
        let _ = self.failure.try_set(Some(error.message()));
        if error.is_outdated() {
            self.outdated.try_run(());
        }
    }
}
