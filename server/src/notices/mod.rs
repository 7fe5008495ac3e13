//! 通知信访人: what goes out of this server by itself, and how.
//!
//! ```text
//! mod.rs      the loop: takes what is due out of the box, sends it, writes down what came of it
//! gateway.rs  short messages: the interface, and a gateway that speaks HTTP
//! push.rs     web push without content: which addresses are allowed, and the signature (VAPID, RFC 8292)
//! reach.rs    requests to elsewhere, and addresses that are never asked
//! ```
//! Nothing is sent at night, whatever is waiting. Where there is no gateway, no mobile number, or all tries have
//! failed, a clerk phones: the desk's list 待电话告知.

pub mod gateway;
pub mod push;
mod reach;

use std::sync::Arc;
use std::time::Duration;

use app::text::public::notice as words;
use case_core::notice::{is_quiet, mobile, wait_after};
use case_store::{Claimed, Reach, StoreError};

use crate::settings::Settings;
use crate::state::AppState;
use gateway::{Gateway, HttpGateway, Sms, Undelivered};
use push::Pusher;

const EVERY: Duration = Duration::from_secs(15);
/// Of one look; what is left comes with the next.
const AT_ONCE: u32 = 200;

/// How things leave this server.
#[derive(Clone, Debug)]
pub struct Outbox {
    /// For short messages; none: a clerk phones.
    pub gateway: Option<Arc<dyn Gateway>>,
    /// For browsers.
    pub pusher: Arc<Pusher>,
}

impl Outbox {
    /// As the settings say.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let gateway =
            settings.sms.clone().map(|sms| Arc::new(HttpGateway::new(sms, reach::PATIENCE)) as Arc<dyn Gateway>);
        Self { gateway, pusher: Arc::new(Pusher::new(settings.push_hosts.clone())) }
    }
}

/// Sends what is due, for as long as the server runs.
pub async fn run(state: AppState) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        match send_due(&state).await {
            Ok(0) => {}
            Ok(done) => tracing::info!(done, "notices"),
            // The next look tries again.
            Err(error) => tracing::warn!(%error, "notices not sent"),
        }
    }
}

/// Sends what is due now; how many messages were looked at.
///
/// # Errors
/// [`StoreError`]; what was sent before stays sent.
pub async fn send_due(state: &AppState) -> Result<u32, StoreError> {
    // A list for the morning disturbs nobody.
    let mut done = match state.outbox.gateway {
        Some(_) => 0,
        None => u32::try_from(state.store.hand_to_clerk(state.now()).await?).unwrap_or(u32::MAX),
    };
    for _ in 0..AT_ONCE {
        if is_quiet(state.now()) {
            break;
        }
        let Some(claimed) = state.store.claim_notice(state.now()).await? else { break };
        deliver(state, claimed).await?;
        done = done.saturating_add(1);
    }
    Ok(done)
}

async fn deliver(state: &AppState, claimed: Claimed) -> Result<(), StoreError> {
    let (store, id) = (&state.store, claimed.id.as_str());
    let last = wait_after(claimed.tries).is_none();
    match claimed.reach {
        None => store.notice_dropped(id).await,
        Some(Reach::Phone(phone)) => {
            let (Some(gateway), Some(to)) = (state.outbox.gateway.clone(), mobile(&phone)) else {
                return store.notice_to_call(id).await;
            };
            let text = words::sms(&state.settings.base_url, &state.settings.office_phone);
            // The gateway's id of it: tells which message it is, and nothing of the matter.
            let sms = Sms { id: state.secrets.tag("sms-id", &[id.as_bytes()]), to, text };
            match off_thread(move || gateway.send(&sms)).await {
                Ok(()) => store.notice_sent(id).await,
                Err(Undelivered::Refused) => store.notice_to_call(id).await,
                Err(Undelivered::Later) if last => store.notice_to_call(id).await,
                Err(Undelivered::Later) => Ok(()),
            }
        }
        Some(Reach::Browser { subscription, endpoint }) => {
            let Some(endpoint) = state.outbox.pusher.allowed(&endpoint) else {
                return store.forget_push(&subscription, state.now()).await;
            };
            let vapid = push::vapid(&state.secrets, &endpoint, &state.settings.base_url, state.now());
            let pusher = Arc::clone(&state.outbox.pusher);
            match off_thread(move || pusher.send(&endpoint, &vapid)).await {
                Ok(()) => store.notice_sent(id).await,
                Err(push::Unpushed::Gone) => store.forget_push(&subscription, state.now()).await,
                Err(push::Unpushed::Refused) => store.notice_dropped(id).await,
                Err(push::Unpushed::Later) if last => store.notice_dropped(id).await,
                Err(push::Unpushed::Later) => Ok(()),
            }
        }
    }
}

/// Requests wait; so they wait on a thread of their own. One that panics is tried again.
async fn off_thread<E: Later + Send + 'static>(send: impl FnOnce() -> Result<(), E> + Send + 'static) -> Result<(), E> {
    tokio::task::spawn_blocking(send).await.unwrap_or_else(|_| Err(E::later()))
}

trait Later {
    fn later() -> Self;
}

impl Later for Undelivered {
    fn later() -> Self {
        Self::Later
    }
}

impl Later for push::Unpushed {
    fn later() -> Self {
        Self::Later
    }
}
