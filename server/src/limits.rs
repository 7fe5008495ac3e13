//! Limits on what fails: who guesses has to wait.

use case_core::time::Moment;
use case_core::wire::problem::Problem;
use case_store::Failures;

use crate::error::ApiError;
use crate::state::AppState;

/// Failures are counted over a quarter of an hour.
const WINDOW_MS: i64 = 15 * 60_000;

/// Until when each of the keys is refused, where it is.
pub(crate) async fn locked(state: &AppState, keys: &[String], limit: u32) -> Result<Vec<Option<Moment>>, ApiError> {
    let now = state.now();
    let failures = state.store.failures_since(keys, now.plus_ms(-WINDOW_MS)).await?;
    let until = |failures: Failures| failures.oldest.filter(|_| failures.count >= limit);
    Ok(failures.into_iter().map(|one| until(one).map(|oldest| oldest.plus_ms(WINDOW_MS))).collect())
}

/// Refuses when one of the keys has failed too often lately; each key comes with its limit.
pub(crate) async fn check(state: &AppState, keys: &[(String, u32)]) -> Result<(), ApiError> {
    let now = state.now();
    let names: Vec<String> = keys.iter().map(|(key, _)| key.clone()).collect();
    let failures = state.store.failures_since(&names, now.plus_ms(-WINDOW_MS)).await?;
    for (failures, (_, limit)) in failures.iter().zip(keys) {
        if failures.count >= *limit {
            let free = failures.oldest.unwrap_or(now).plus_ms(WINDOW_MS);
            let retry_after = u32::try_from(now.ms_until(free).max(1_000) / 1_000).unwrap_or(900);
            return Err(Problem::TooMany { retry_after }.into());
        }
    }
    Ok(())
}
