//! How much comes from one address: intakes, and forms with files. Counted in the database, by keyed hashes, as
//! failed look-ups are: so it holds over a restart and over several servers. The bounds are wide, for a village's
//! official fills in for many, and many phones share one address of their network.

use std::net::IpAddr;

use super::tries::network;
use crate::error::ApiError;
use crate::state::AppState;

const HOUR_MS: i64 = 3_600_000;

/// What is counted, over which time, and how many there may be.
type Bound = (&'static str, i64, u32);

/// Intakes.
const FILED: [Bound; 2] = [("filing-hour", HOUR_MS, 12), ("filing-day", 24 * HOUR_MS, 40)];
/// Forms with files; one that is put right is sent anew.
const UPLOADS: [Bound; 2] = [("upload-hour", HOUR_MS, 20), ("upload-day", 24 * HOUR_MS, 60)];
/// Bytes of all files that wait for their forms, from everywhere: 2 GB. Above it forms come without files until
/// some were taken in or have gone.
const MOST_WAITING: u64 = 2 * 1024 * 1024 * 1024;

/// Whether one more intake may come from there.
pub(super) async fn may_file(state: &AppState, address: IpAddr) -> Result<bool, ApiError> {
    is_below(state, &FILED, address).await
}

/// One came.
pub(super) async fn filed(state: &AppState, address: IpAddr) -> Result<(), ApiError> {
    count(state, &FILED, address).await
}

/// Whether one more form with files may come from there; it is counted.
pub(super) async fn admit(state: &AppState, address: IpAddr) -> Result<bool, ApiError> {
    let below = is_below(state, &UPLOADS, address).await? && state.store.staged_bytes().await? < MOST_WAITING;
    if below {
        count(state, &UPLOADS, address).await?;
    }
    Ok(below)
}

fn keys(state: &AppState, bounds: &[Bound], address: IpAddr) -> Vec<String> {
    let network = network(address);
    bounds.iter().map(|(scope, ..)| state.secrets.limiter_key(scope, &network)).collect()
}

async fn is_below(state: &AppState, bounds: &[Bound], address: IpAddr) -> Result<bool, ApiError> {
    let now = state.now();
    for (key, (_, window, most)) in keys(state, bounds, address).into_iter().zip(bounds) {
        let counted = state.store.failures_since(&[key], now.plus_ms(-window)).await?;
        if counted.iter().any(|one| one.count >= *most) {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn count(state: &AppState, bounds: &[Bound], address: IpAddr) -> Result<(), ApiError> {
    Ok(state.store.record_failure(&keys(state, bounds, address), state.now()).await?)
}
