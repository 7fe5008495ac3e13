//! The server of Huiyin 回音: pages, API, sync, import.
//!
//! ```text
//! main.rs        command line: serve, import, account
//! settings.rs    from the environment        secrets.rs   keys, query codes
//! state.rs       what handlers share         error.rs     the one HTTP error
//! permissions.rs who may do what: every route
//! security.rs    headers, same origin        session.rs   sign-in
//! site.rs        the built files             public/      petitioners' pages
//! api/           /api/v1, thin               use_cases/   load → decide → append
//! papers/        文书 as files
//! device.rs      which browser asks        phone_keys.rs signing receipts, opening envelopes
//! limits.rs      who guesses has to wait   jobs.rs      once an hour
//! guard/         who guesses at query codes: waiting that grows, proofs of work, what an attacker needs
//! notices/       messages to petitioners: the box, the gateway, web push
//! heavy.rs       long sums, off the threads that answer
//! anchors.rs     heads of the chains, kept beside the secret
//! envelope.rs    sealed to a public key    keyring.rs   a key under a passphrase
//! ```
//! Arrows: `api` and `public` call `use_cases`, these call the store and the pure rules.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests"))]

pub mod anchors;
mod api;
mod device;
mod envelope;
pub mod error;
mod extract;
pub mod guard;
mod keyring;
mod limits;
mod papers;
pub mod permissions;
mod pinyin;
mod public;
mod security;
mod telemetry;

pub mod heavy;
pub mod jobs;
pub mod notices;
pub mod phone_keys;
pub mod secrets;
pub mod session;
pub mod settings;
pub mod site;
pub mod state;
pub mod use_cases;

use std::sync::{Arc, RwLock};

use app::document::{Assets, workbench_shell};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use case_core::audit::Trace;
use case_core::digest::Digest;
use case_core::time::{CalendarError, Moment};
use case_store::{Store, StoreError};
use tower_http::catch_panic::CatchPanicLayer;

pub use telemetry::init as init_telemetry;

use secrets::{SecretError, Secrets};
use settings::Settings;
use site::Site;
use state::{AppState, Shared};

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error("database: {0}")]
    Store(#[from] StoreError),
    /// The secret file.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The holiday table.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The built pages are missing: `make run` builds them.
    #[error("the folder {folder} with the built pages cannot be used: {cause}")]
    Site {
        /// Where they were looked for.
        folder: String,
        /// Why not.
        cause: std::io::Error,
    },
    /// A file named by the settings.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// Opens everything that the settings name.
///
/// # Errors
/// [`StartError`] says what is missing.
pub async fn open(settings: Settings) -> Result<AppState, StartError> {
    let at_site = |cause| StartError::Site { folder: settings.site.display().to_string(), cause };
    let manifest = std::fs::read_to_string(settings.site.join("manifest.json")).map_err(at_site)?;
    let sheet = |url: &str| std::fs::read_to_string(settings.site.join(url.trim_start_matches('/')));
    let assets =
        Assets::from_manifest(&manifest, sheet).map_err(|error| at_site(std::io::Error::other(error.to_string())))?;
    let mut site = Site::load(&settings.site).map_err(at_site)?;
    fill_service_worker(&mut site, &settings, &assets).map_err(at_site)?;
    site.add("/paper.css", papers::CSS.to_owned());
    site.add("/paper.js", papers::JS.to_owned());
    site.add("/proof.js", public::PROOF_JS.to_owned());
    site.add("/filing.js", public::FILING_JS.to_owned());
    site.add("/remind.js", public::REMIND_JS.to_owned());
    site.add("/remind-worker.js", public::REMIND_WORKER.to_owned());
    if let Some(folder) = settings.database_url.strip_prefix("sqlite:").and_then(|p| std::path::Path::new(p).parent()) {
        private_folder(folder)?;
    }
    // Only a database without a table takes this one; later years are imported on the page.
    let first = match &settings.holidays {
        Some(path) => use_cases::holidays::table(&std::fs::read_to_string(path)?)?,
        None => use_cases::holidays::table(include_str!("../../app/core/data/holidays.csv"))?,
    };
    let store = Store::connect(&settings.database_url).await?;
    let now = Moment(chrono::Utc::now().timestamp_millis());
    let calendar = use_cases::holidays::calendar(&store, &first, Trace::system(now)).await?;
    Ok(AppState::from(Shared {
        store,
        secrets: Arc::new(Secrets::load_or_create(&settings.secret_file)?),
        calendar: Arc::new(RwLock::new(Arc::new(calendar))),
        rules: Arc::new(settings.rules.clone()),
        policy: security::content_policy(&assets.public_css),
        assets: Arc::new(assets),
        site,
        outbox: notices::Outbox::of(&settings),
        settings: Arc::new(settings),
        imports: use_cases::import::Imports::default(),
        verifying: use_cases::audit_log::Verifying::default(),
        heavy: heavy::Heavy::on_all_cores(),
        time: state::TimeSource::default(),
        patience: use_cases::push::PATIENCE,
    }))
}

/// Makes a folder that nobody else on the machine can look into: it will hold the database and the
/// secret. One that exists stays as its owner made it.
fn private_folder(folder: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The worker stores exact files; its version covers them and the shell page that the server makes.
fn fill_service_worker(site: &mut Site, settings: &Settings, assets: &Assets) -> std::io::Result<()> {
    let body = std::fs::read_to_string(settings.site.join("sw.js"))?;
    let shell = Digest::of_bytes(workbench_shell(assets).as_bytes()).hex();
    let version = format!("{}-{}", assets.version, &shell[..8]);
    let precache = serde_json::to_string(&assets.precache)?;
    site.add("/sw.js", body.replace("__VERSION__", &version).replace("__PRECACHE__", &precache));
    Ok(())
}

/// All routes.
pub fn build_router(state: AppState) -> Router {
    Router::new()
        .nest("/api/v1", api::router())
        .route("/w", get(|| async { Redirect::permanent("/w/") }))
        .route("/w/", get(workbench))
        .route("/w/{*screen}", get(workbench))
        .route("/healthz", get(health))
        .layer(from_fn_with_state(state.clone(), permissions::authorise))
        .layer(from_fn(security::same_origin))
        .merge(public::router(state.clone()).layer(from_fn_with_state(state.clone(), permissions::authorise)))
        .fallback(site::serve)
        .layer(from_fn(telemetry::log))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(state.clone(), security::headers))
        .with_state(state)
}

/// The officials' workbench: one empty page for all its screens.
async fn workbench(State(state): State<AppState>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, workbench_shell(&state.assets)).into_response()
}

/// For watchers: the database answers.
async fn health(State(state): State<AppState>) -> Result<&'static str, error::ApiError> {
    state.store.ping().await?;
    Ok("ok\n")
}

fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let what = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(what, "panic");
    error::ApiError::Internal("panic".to_owned()).into_response()
}
