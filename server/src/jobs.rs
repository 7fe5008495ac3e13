//! What nobody asks for, but has to be done from time to time.

use std::time::Duration;

use crate::anchors;
use crate::guard;
use crate::state::AppState;
use crate::use_cases::{sealed, sent_files, settle};

const EVERY: Duration = Duration::from_secs(3_600);
/// Longer than any window in which failed tries are counted.
const KEEP_FAILURES_MS: i64 = guard::WINDOW_MS + 3_600_000;

/// Forgets sessions that have ended and failed tries that no longer count, finds what has settled, tries again
/// what phones handed in that nobody could read, clears up files of forms that were never sent, forgets old bookings that led to no matter, and writes down where the chains end, once an hour.
pub async fn sweep(state: AppState) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let now = state.now();
        let swept = async {
            let sessions = state.store.purge_sessions(now).await?;
            let failures = state.store.purge_failures(now.plus_ms(-KEEP_FAILURES_MS)).await?;
            let kept = chrono::Days::new(u64::from(state.settings.booking_days));
            let oldest = now.date().checked_sub_days(kept).unwrap_or(now.date());
            let bookings = state.store.purge_bookings(oldest).await?;
            Ok::<_, case_store::StoreError>((sessions, failures, bookings))
        };
        let anchored = async {
            let heads = state.store.anchors().await.map_err(|error| error.to_string())?;
            anchors::write_down(&state.settings.anchors_file(), &heads, now).map_err(|error| error.to_string())
        };
        if let Err(error) = anchored.await {
            tracing::error!(error, "anchors not written down");
        }
        // Another server on the same database may have imported a year.
        if let Err(error) = state.reload_calendar().await {
            tracing::warn!(%error, "holidays not read anew");
        }
        match swept.await {
            Ok((sessions, failures, bookings)) => tracing::info!(sessions, failures, bookings, "swept"),
            // The next hour tries again; nothing hangs on it.
            Err(error) => tracing::warn!(%error, "not swept"),
        }
        match sealed::take_kept(&state).await {
            Ok(0) => {}
            Ok(taken) => tracing::info!(taken, "records made of what phones had handed in unread"),
            Err(error) => tracing::warn!(%error, "what phones had handed in unread was not tried again"),
        }
        match sent_files::clear_up(&state).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "files of forms that were never sent are gone"),
            Err(error) => tracing::warn!(%error, "files of forms were not cleared up"),
        }
        match settle::all(&state).await {
            Ok(0) => {}
            Ok(settled) => tracing::info!(settled, "settled"),
            Err(error) => tracing::warn!(%error, "not all settled"),
        }
    }
}
