//! The work area down, page by page. The next page is asked for before the last is written, so that
//! on a slow line the disk works while the line does.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use case_core::id::AccountId;
use case_core::time::Moment;
use case_core::wire::PROTOCOL;
use case_core::wire::sync::{PullRequest, PullResponse};

use super::exchange::Path;
use super::{Did, Engine};
use crate::api::{self, Failure};
use crate::environment::Environment;
use crate::plan::PULL_EVERY_MS;
use crate::store::{LocalStore, Page, PageApplied, PullMark, StoreError};
use crate::transport::{Method, Transport};

type Coming = Pin<Box<dyn Future<Output = Result<PullResponse, Failure>>>>;

/// A page that was asked for ahead of time.
pub(super) struct Ahead {
    from: String,
    asked: Moment,
    coming: Coming,
    /// It was there at once (never in a browser).
    done: Option<Result<PullResponse, Failure>>,
}

impl<S: LocalStore, T: Transport + 'static, E: Environment> Engine<S, T, E> {
    fn ask_for_page(&self, owner: AccountId, cursor: Option<String>) -> Coming {
        let (transport, sender) = (Rc::clone(&self.transport), self.sender(Some(owner)));
        Box::pin(async move {
            let body = PullRequest { protocol: PROTOCOL, cursor };
            api::call(&*transport, sender, Method::Post, api::PULL, Some(&body)).await
        })
    }

    pub(super) async fn pull(&self, owner: AccountId) -> Result<Did, StoreError> {
        let mark = self.store.pull_mark(owner).await?;
        let from = mark.as_ref().map(|mark| mark.cursor.clone());
        let ahead = self.state.borrow_mut().ahead.take().filter(|ahead| Some(&ahead.from) == from.as_ref());
        let (asked, answer) = match ahead {
            Some(Ahead { asked, done: Some(done), .. }) => (asked, done),
            Some(Ahead { asked, coming, .. }) => (asked, coming.await),
            None => {
                let asked = self.environment.now();
                (asked, self.ask_for_page(owner, from.clone()).await)
            }
        };
        let response = match answer {
            // A page that leads nowhere would be asked for for ever.
            Ok(page) if page.more && Some(&page.cursor) == from.as_ref() => {
                return Ok(self.fail(Failure::Nonsense { status: 200 }, Path::Pull));
            }
            Ok(page) => page,
            Err(failure) => return Ok(self.fail(failure, Path::Pull)),
        };
        self.measure(asked, response.server_time);
        let now = self.environment.now();
        let (more, reset) = (response.more, response.reset && from.is_some());
        let ahead = more.then(|| self.look_ahead(owner, &response.cursor, now));
        let page = Page { from, ..page(mark.as_ref(), response, now) };
        let applied = self.store.apply_page(owner, &page).await?;
        if !more {
            self.store.contact(owner, now).await?;
        }
        let mut state = self.state.borrow_mut();
        state.reached();
        state.pull.succeed();
        // Perhaps it is another database: what we call delivered may be gone with the old one.
        state.compare_wish |= reset;
        if applied == PageApplied::Stale {
            return Ok(Did::Rested);
        }
        state.ahead = ahead.filter(|_| self.epoch.get() == self.step_epoch.get());
        state.pull_due = if more { None } else { Some(now.plus_ms(PULL_EVERY_MS)) };
        Ok(Did::Pulled(Box::new(page)))
    }

    /// Sends the question on its way; the answer is taken at the next step. Dropping it costs a request.
    fn look_ahead(&self, owner: AccountId, cursor: &str, now: Moment) -> Ahead {
        let mut coming = self.ask_for_page(owner, Some(cursor.to_owned()));
        let done = match coming.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        };
        Ahead { from: cursor.to_owned(), asked: now, coming, done }
    }
}

/// The page as the store applies it, with its mark. Pure.
fn page(before: Option<&PullMark>, response: PullResponse, now: Moment) -> Page {
    let before = before.filter(|_| !response.reset);
    let items = u32::try_from(response.items.len()).unwrap_or(u32::MAX);
    let was_complete = before.is_some_and(|mark| mark.complete);
    let received = before.map_or(0, |mark| mark.received);
    Page {
        from: None,
        reset: response.reset,
        items: response.items,
        gone: response.gone,
        mark: PullMark {
            cursor: response.cursor,
            complete: was_complete || !response.more,
            received: if was_complete { received } else { received.saturating_add(items) },
            pulled_at: now,
        },
    }
}
