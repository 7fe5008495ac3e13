//! Requests that are under way at the same time. On a slow line the way there and back costs as much as
//! many records, so when there are many, the next batches are sent before the first is answered. A
//! batch behind another names the last record of the one before, and the server waits for that one: the
//! records are taken in in the order in which they were made, whichever request arrives first.
//!
//! A flight is volatile like everything of the engine: dropped with its step or its tab, its records are
//! still waiting in the store and are sent again. One flight that fails takes those behind it along.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};

use case_core::field::Record;
use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::PROTOCOL;
use case_core::wire::sync::PushResponse;
use serde::Serialize;

use super::Engine;
use crate::api::{self, Failure};
use crate::environment::Environment;
use crate::outbox::Entry;
use crate::store::{Ground, LocalStore, StoreError};
use crate::transport::{Body, Method, Transport};

/// So many batches are under way at most. A line that breaks costs no more than their bytes.
const MOST: usize = 3;
/// The first batch is smaller: the line is used from the start, while the next is still being read.
const FIRST: usize = 100;

#[derive(Serialize)]
struct PushBody<'a> {
    protocol: u16,
    device: DeviceId,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<RecordId>,
    records: Vec<&'a Record>,
}

type Answer = Result<PushResponse, Failure>;

/// A batch that is under way.
pub(super) struct Flight {
    pub(super) batch: Vec<Entry>,
    /// It took as many as it may, so there may be more behind it.
    full: bool,
    /// What the answer will be believed on.
    pub(super) ground: Ground,
    pub(super) asked: Moment,
    coming: Pin<Box<dyn Future<Output = Answer>>>,
    answer: Option<Answer>,
}

impl Flight {
    /// Nothing moves by itself: a request that nobody polls may not even have left.
    fn poll(&mut self, cx: &mut Context<'_>) {
        if self.answer.is_none()
            && let Poll::Ready(answer) = self.coming.as_mut().poll(cx)
        {
            self.answer = Some(answer);
        }
    }

    /// Its answer, while those behind it go on.
    pub(super) async fn land(&mut self, behind: &mut VecDeque<Flight>) -> Answer {
        poll_fn(|cx| {
            self.poll(cx);
            behind.iter_mut().for_each(|flight| flight.poll(cx));
            self.answer.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

/// Does something else while requests are under way.
pub(super) async fn meanwhile<A>(flights: &mut VecDeque<Flight>, work: impl Future<Output = A>) -> A {
    let mut work = pin!(work);
    poll_fn(|cx| {
        flights.iter_mut().for_each(|flight| flight.poll(cx));
        work.as_mut().poll(cx)
    })
    .await
}

impl<S: LocalStore, T: Transport + 'static, E: Environment> Engine<S, T, E> {
    /// Sends a batch on its way.
    async fn launch(&self, owner: AccountId, batch: Vec<Entry>, after: Option<RecordId>) -> Result<Flight, StoreError> {
        let ground = self.store.ground(owner).await?;
        let body = PushBody {
            protocol: PROTOCOL,
            device: self.device,
            after,
            records: batch.iter().map(|entry| &entry.record).collect(),
        };
        let body =
            case_core::json::write(&body).map(Body::Json).map_err(|error| StoreError::Failed(error.to_string()))?;
        let (transport, sender) = (Rc::clone(&self.transport), self.sender(Some(owner)));
        let coming = Box::pin(async move { api::send(&*transport, sender, Method::Post, api::PUSH, body).await });
        let full = batch.len() >= self.most(after.is_none());
        Ok(Flight { batch, full, ground, asked: self.environment.now(), coming, answer: None })
    }

    /// The most records of a batch.
    pub(super) fn most(&self, first: bool) -> usize {
        let full = self.environment.full_batch();
        match self.state.borrow().cap {
            0 if first => full.min(FIRST),
            0 => full,
            cap => cap.min(full),
        }
    }

    /// The batches that are under way: those of the last step, and as many more as there is something for.
    pub(super) async fn fly(&self, owner: AccountId, batch: Vec<Entry>) -> Result<VecDeque<Flight>, StoreError> {
        let mut flights = std::mem::take(&mut self.state.borrow_mut().flights);
        if flights.is_empty() {
            flights.push_back(self.launch(owner, batch, None).await?);
        }
        // Where smaller requests are looked for, one at a time shows which is at fault.
        while self.state.borrow().cap == 0 && flights.len() < MOST {
            self.tell_sending(&flights);
            // What was saved a moment ago goes with the next batch: only behind a full one is time to be won.
            let full = flights.back().filter(|flight| flight.full);
            let Some(last) = full.and_then(|flight| flight.batch.last()) else { break };
            let (id, sequence) = (last.record.id, last.record.sequence);
            let (next, _) = meanwhile(&mut flights, self.batch(owner, sequence, self.most(false))).await?;
            if next.is_empty() {
                break;
            }
            let flight = meanwhile(&mut flights, self.launch(owner, next, Some(id))).await?;
            flights.push_back(flight);
        }
        self.tell_sending(&flights);
        Ok(flights)
    }

    fn tell_sending(&self, flights: &VecDeque<Flight>) {
        let sending = flights.iter().map(|flight| flight.batch.len()).sum::<usize>();
        self.state.borrow_mut().live.sending = u32::try_from(sending).unwrap_or(u32::MAX);
        self.tell();
    }
}
