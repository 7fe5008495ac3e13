//! Long sums: hashing passwords, opening files of ten megabytes. They are done off the threads that answer
//! requests, as many at once as there are cores (a password takes 19 MiB and a tenth of a second).

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::error::ApiError;

/// Where long sums are done.
#[derive(Clone, Debug)]
pub enum Heavy {
    /// On threads of their own, so many at once.
    OffThread(Arc<Semaphore>),
    /// Here and now: for a simulation, which has one thread and short sums.
    Here,
}

impl Heavy {
    /// On threads of their own, as many at once as there are cores.
    #[must_use]
    pub fn on_all_cores() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self::OffThread(Arc::new(Semaphore::new(cores)))
    }

    /// Does a long sum; `what` names it when it cannot be done.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        what: &str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let Self::OffThread(places) = self else { return Ok(work()) };
        let stopped = |error: &dyn std::fmt::Display| ApiError::Internal(format!("{what}: {error}"));
        let permit = Arc::clone(places).acquire_owned().await.map_err(|error| stopped(&error))?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(|error| stopped(&error))
    }
}
