//! `/api/v1`: plain JSON, versioned. Handlers extract, call one use case, and answer.

mod attachments;
mod calls;
mod desk;
mod devices;
mod documents;
mod holidays;
mod imports;
mod keepers;
mod publications;
mod receptions;
mod reports;
mod sealed_reports;
mod sync;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::routing::{get, post};
use case_core::wire::problem::Problem;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::error::ApiError;
use crate::session;
use crate::state::AppState;

/// A form, even with the longest text, is smaller.
const MAX_FORM: usize = 512 * 1024;
/// The largest request of a phone, unpacked: a full push, sealed and so a third longer.
const MAX_SYNC: usize = 2 * case_core::wire::sync::MAX_PUSH_BYTES;
/// Brotli's: beyond this an answer takes longer to pack than it saves on a slow line.
const QUALITY: i32 = 5;

/// All routes below `/api/v1`.
pub(crate) fn router() -> Router<AppState> {
    let forms = Router::new()
        .route("/session", post(session::sign_in).get(session::who).delete(session::sign_out))
        .route("/matters", get(desk::list).post(desk::register))
        .route("/matters/alike", post(desk::alike))
        .route("/matters/{id}", get(desk::file))
        .route("/matters/{id}/commands", post(desk::command))
        .route("/matters/{id}/unmask", post(desk::unmask))
        .route("/matters/{id}/recusal", post(desk::recuse_myself))
        .route("/matters/{id}/recusals/{account}", post(desk::recuse))
        .route("/matters/{id}/recusals/{account}/lift", post(desk::lift_recusal))
        .route("/matters/{id}/receipt", post(desk::reissue))
        .route("/matters/{id}/intakes/{place}/receipt", get(desk::intake_receipt))
        .route("/matters/{id}/documents", get(documents::shelf).post(documents::issue))
        .route("/publications", get(publications::list))
        .route("/matters/{id}/publication", get(publications::desk).post(publications::propose))
        .route("/matters/{id}/publication/check", post(publications::check))
        .route("/matters/{id}/publication/withdraw", post(publications::withdraw))
        .route("/matters/{id}/publication/keep", post(publications::keep))
        .route("/matters/{id}/publication/wish", post(publications::wish))
        .route("/documents/{id}/print", get(documents::print))
        .route("/documents/{id}/docx", get(documents::docx))
        .route("/reports", get(reports::show))
        .route("/reports/choices", get(reports::choices))
        .route("/reports/print", get(reports::print))
        .route("/reports/docx", get(reports::docx))
        .route("/reports/csv", get(reports::csv))
        .route("/receptions", get(receptions::show))
        .route("/receptions/rules", post(receptions::set_rule))
        .route("/receptions/rules/{id}/end", post(receptions::end_rule))
        .route("/receptions/changes", post(receptions::change))
        .route("/receptions/bookings/{id}", post(receptions::act))
        .route("/receptions/bookings/{id}/print", get(receptions::invitation))
        .route("/receptions/{id}/{day}/invite", post(receptions::invite))
        .route("/receptions/{id}/{day}", get(receptions::list))
        .route("/receptions/{id}/{day}/print", get(receptions::print))
        .route("/matters/{id}/bookings", get(receptions::of_matter))
        .route("/talk-points", get(receptions::points).post(receptions::set_point))
        .route("/calls", get(calls::list))
        .route("/calls/{id}", post(calls::outcome))
        .route("/calls/{id}/phone", post(calls::phone))
        .route("/flagged", get(desk::flagged))
        .route("/units", get(desk::units))
        .route("/units/{id}/accounts", get(desk::unit_accounts))
        .route("/matters/{id}/leaders", get(desk::leaders))
        .route("/waiting", get(desk::waiting))
        .route("/observers", get(desk::observers))
        .route("/divisions", get(desk::divisions))
        .route("/devices", get(devices::list))
        .route("/devices/{account}/{id}/revoke", post(devices::revoke))
        .route("/devices/{account}/{id}/restore", post(devices::restore))
        .route("/accounts", get(keepers::accounts))
        .route("/accounts/{account}/active", post(keepers::set_active))
        .route("/accounts/{account}/unlock", post(keepers::unlock))
        .route("/audit", get(keepers::audit))
        .route("/audit/verification", get(keepers::verification).post(keepers::verify))
        .route("/imports/{id}", get(imports::progress))
        .route("/holidays", get(holidays::table).post(holidays::import))
        .route("/holidays/last-day", post(holidays::last_day))
        .route("/sealed", get(sealed_reports::list).post(sealed_reports::register))
        .route("/sealed/passphrase", post(sealed_reports::passphrase))
        .route("/sealed/{id}/open", post(sealed_reports::open))
        .route("/sealed/{id}/handover", post(sealed_reports::hand_over))
        .route("/sealed/{id}/close", post(sealed_reports::close))
        .layer(DefaultBodyLimit::max(MAX_FORM));
    // Packed both ways. The limit holds for what was unpacked, while it is being unpacked: a small
    // request cannot become a large one. No other site can ask (same origin, strict cookie), so the
    // length of an answer tells nobody anything.
    let phones = Router::new()
        .route("/sync/push", post(sync::push))
        .route("/sync/sealed", post(sync::sealed))
        .route("/sync/compare", post(sync::compare))
        .route("/sync/codes", post(sync::codes))
        .route("/sync/pull", post(sync::pull))
        .layer(DefaultBodyLimit::max(MAX_SYNC))
        .layer(RequestDecompressionLayer::new().pass_through_unaccepted(true))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(QUALITY)));
    let files =
        Router::new().route("/imports", post(imports::begin)).layer(DefaultBodyLimit::max(case_import::MAX_BYTES));
    // The body is read by the handler, after the name.
    let pieces = Router::new()
        .route("/attachments/{name}", get(attachments::status).post(attachments::piece))
        .route("/attachments/{name}/lost", post(attachments::lost))
        .route("/attachments/{name}/file", get(attachments::file))
        .route("/matters/{id}/sent/{digest}", get(attachments::sent))
        .layer(DefaultBodyLimit::max(case_core::wire::sync::MAX_PIECE));
    forms
        .merge(phones)
        .merge(pieces)
        .merge(files)
        .fallback(|| async { ApiError::Problem(Problem::NotFound) })
        .method_not_allowed_fallback(|| async { ApiError::Problem(Problem::NotFound) })
        // What stands in an answer is personal data: no cache keeps it.
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
}
