//! Who may do what: every route of the server with the right that it asks for, and the rights of every role.
//!
//! The server authorises by this table and by nothing else ([`authorise`]): a route that does not stand here
//! answers nobody. What a right lets somebody do *to which* matter is decided behind it: which matters exist
//! for whom in [`crate::use_cases::visible`], which command at which stage in `case_core::matter::table`.
//!
//! A new route gets a line in [`RULES`]; a new role gets its rights in [`rights`]. The test
//! `tests/it/permissions.rs` runs every route as every role and as nobody.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use case_core::actor::Role;
use case_core::wire::problem::Problem;

use crate::error::ApiError;
use crate::extract::{SignedIn, signed_in};
use crate::state::AppState;

/// What a role may do at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See matters (those that are its own, [`crate::use_cases::visible`]) and give commands on them.
    Matters,
    /// Register matters and print receipts.
    Register,
    /// Choose who handles a matter.
    Assign,
    /// See the records that did not fit.
    Flagged,
    /// Go on visits with a phone: deliver records, load a work area.
    Visit,
    /// Look at the matters that one was let in to, and do nothing with them.
    Observe,
    /// Let people from outside look at a matter.
    Admit,
    /// Declare 回避 for others, be told of it and take it back.
    Recuse,
    /// 待电话告知: phone petitioners whom no message reaches.
    Calls,
    /// 台账与报告: figures about the whole county.
    Reports,
    /// 安排接访: keep the calendar of receptions and 说事点, see who booked, note who came.
    Receptions,
    /// 看接访安排: look at the same, names masked.
    SeeReceptions,
    /// 待办 of the whole county: what waits for the joint conference and for leaders.
    Waiting,
    /// Import files.
    Import,
    /// 公示: see what is proposed and published, note what petitioners wish, take down.
    Publish,
    /// 公示: propose the text.
    ProposePublication,
    /// 公示: let out what another proposed.
    CheckPublication,
    /// Set the table of holidays.
    Calendar,
    /// Take in a report (检举控告), to be sealed at once.
    TakeReports,
    /// Read the audit, and have everything looked through. No matter's content.
    Audit,
    /// Keep accounts: who may sign in, who is locked out; let phones in again.
    Accounts,
    /// Open sealed reports; which, the key and the accused decide ([`crate::use_cases::sealed_reports`]).
    OpenReports,
}

use Right as R;

/// The rights of a role.
#[must_use]
pub fn rights(role: Role) -> &'static [Right] {
    match role {
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk => &[R::Matters, R::Register, R::Visit],
        Role::TownLeader => &[R::Matters, R::Register, R::Assign, R::Visit],
        Role::UnitHandler | Role::UnitHead => &[R::Matters, R::Register, R::Assign, R::Visit],
        Role::Registrar => &[
            R::Matters,
            R::Register,
            R::Assign,
            R::Visit,
            R::Import,
            R::Calls,
            R::TakeReports,
            R::Publish,
            R::ProposePublication,
            R::Receptions,
            R::Reports,
        ],
        Role::Supervisor => &[
            R::Matters,
            R::Assign,
            R::Flagged,
            R::Admit,
            R::Recuse,
            R::Visit,
            R::Publish,
            R::CheckPublication,
            R::SeeReceptions,
            R::Reports,
        ],
        Role::JointOffice => &[R::Matters, R::Admit, R::Visit, R::Receptions, R::Reports, R::Waiting],
        Role::CountyLeader => &[R::Matters, R::Visit, R::SeeReceptions, R::Reports, R::Waiting],
        Role::Reviewer => &[R::Matters],
        // 三员: who runs the system reads no matter's content.
        Role::Admin => &[R::Import, R::Calendar],
        Role::SealedOfficer => &[R::TakeReports, R::OpenReports],
        // One matter at a time, masked, with nothing to take away.
        Role::Observer => &[R::Observe],
        Role::SecurityAdmin => &[R::Accounts],
        Role::AuditAdmin => &[R::Audit],
    }
}

/// Whom a route answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Everybody: it shows nothing of anybody, or asks for a proof of its own.
    Open,
    /// Whoever is signed in, for what is their own.
    SignedIn,
    /// Roles with the right.
    Has(Right),
    /// Roles with one right or the other.
    Either(Right, Right),
}

impl Door {
    /// Whether it lets a role in.
    #[must_use]
    pub fn admits(self, role: Role) -> bool {
        match self {
            Self::Open | Self::SignedIn => true,
            Self::Has(right) => rights(role).contains(&right),
            Self::Either(one, other) => rights(role).contains(&one) || rights(role).contains(&other),
        }
    }
}

/// A route and whom it answers.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The method; HEAD counts as GET.
    pub method: &'static str,
    /// The path, as it is registered.
    pub path: &'static str,
    /// Whom it answers.
    pub door: Door,
}

const fn get(path: &'static str, door: Door) -> Rule {
    Rule { method: "GET", path, door }
}

const fn post(path: &'static str, door: Door) -> Rule {
    Rule { method: "POST", path, door }
}

const fn delete(path: &'static str, door: Door) -> Rule {
    Rule { method: "DELETE", path, door }
}

use Door::{Either, Has, Open, SignedIn as Own};

/// All routes.
pub const RULES: &[Rule] = &[
    // Petitioners and watchers. The workbench is a page without content.
    get("/", Open),
    get("/c", Open),
    post("/c", Open),
    post("/c/documents/{id}", Open),
    post("/c/ask/{what}", Open),
    post("/c/say/{what}", Open),
    post("/c/send", Open),
    get("/t", Open),
    get("/t/for", Open),
    post("/t", Open),
    get("/b", Open),
    // 领导接访, 说事点: what is published; a booking is opened by its number and the end of the phone number.
    get("/jf", Open),
    get("/jf/mine", Open),
    post("/jf/mine", Open),
    post("/jf/cancel", Open),
    post("/jf/ics", Open),
    post("/jf/move", Open),
    post("/jf/accept", Open),
    get("/jf/{id}/{day}", Open),
    post("/jf/{id}/{day}", Open),
    get("/sd", Open),
    get("/m/{what}", Open),
    post("/c/notices/{what}", Open),
    get("/v", Open),
    post("/v", Open),
    get("/p", Open),
    get("/p/{id}", Open),
    get("/p/{id}/removal", Open),
    post("/p/{id}/removal", Open),
    get("/healthz", Open),
    get("/w", Open),
    get("/w/", Open),
    get("/w/{*screen}", Open),
    // Signing in and out.
    post("/api/v1/session", Open),
    get("/api/v1/session", Own),
    delete("/api/v1/session", Open),
    // Matters.
    get("/api/v1/matters", Either(R::Matters, R::Observe)),
    post("/api/v1/matters", Has(R::Register)),
    post("/api/v1/matters/alike", Has(R::Register)),
    get("/api/v1/matters/{id}", Either(R::Matters, R::Observe)),
    get("/api/v1/matters/{id}/sent/{digest}", Has(R::Matters)),
    post("/api/v1/matters/{id}/commands", Has(R::Matters)),
    post("/api/v1/matters/{id}/unmask", Has(R::Matters)),
    post("/api/v1/matters/{id}/recusal", Has(R::Matters)),
    post("/api/v1/matters/{id}/recusals/{account}", Has(R::Recuse)),
    post("/api/v1/matters/{id}/recusals/{account}/lift", Has(R::Recuse)),
    post("/api/v1/matters/{id}/receipt", Has(R::Register)),
    get("/api/v1/matters/{id}/intakes/{place}/receipt", Has(R::Register)),
    // 文书: who may issue which is in `case_core::document`.
    get("/api/v1/matters/{id}/leaders", Has(R::Matters)),
    get("/api/v1/matters/{id}/documents", Has(R::Matters)),
    post("/api/v1/matters/{id}/documents", Has(R::Matters)),
    get("/api/v1/documents/{id}/print", Has(R::Matters)),
    get("/api/v1/documents/{id}/docx", Has(R::Matters)),
    // 公示.
    get("/api/v1/publications", Has(R::Publish)),
    get("/api/v1/matters/{id}/publication", Has(R::Publish)),
    post("/api/v1/matters/{id}/publication", Has(R::ProposePublication)),
    post("/api/v1/matters/{id}/publication/check", Has(R::CheckPublication)),
    post("/api/v1/matters/{id}/publication/withdraw", Has(R::Publish)),
    post("/api/v1/matters/{id}/publication/keep", Has(R::Publish)),
    post("/api/v1/matters/{id}/publication/wish", Has(R::Publish)),
    // 台账与报告.
    get("/api/v1/reports", Has(R::Reports)),
    get("/api/v1/reports/choices", Has(R::Reports)),
    get("/api/v1/reports/print", Has(R::Reports)),
    get("/api/v1/reports/docx", Has(R::Reports)),
    get("/api/v1/reports/csv", Has(R::Reports)),
    // 接访安排, 说事点.
    get("/api/v1/receptions", Either(R::Receptions, R::SeeReceptions)),
    post("/api/v1/receptions/rules", Has(R::Receptions)),
    post("/api/v1/receptions/rules/{id}/end", Has(R::Receptions)),
    post("/api/v1/receptions/changes", Has(R::Receptions)),
    post("/api/v1/receptions/bookings/{id}", Has(R::Receptions)),
    get("/api/v1/receptions/bookings/{id}/print", Has(R::Receptions)),
    post("/api/v1/receptions/{id}/{day}/invite", Has(R::Receptions)),
    get("/api/v1/receptions/{id}/{day}", Either(R::Receptions, R::SeeReceptions)),
    get("/api/v1/receptions/{id}/{day}/print", Has(R::Receptions)),
    get("/api/v1/matters/{id}/bookings", Has(R::Matters)),
    get("/api/v1/talk-points", Either(R::Receptions, R::SeeReceptions)),
    post("/api/v1/talk-points", Has(R::Receptions)),
    get("/api/v1/waiting", Has(R::Waiting)),
    // 检举控告.
    get("/api/v1/sealed", Has(R::OpenReports)),
    post("/api/v1/sealed", Has(R::TakeReports)),
    post("/api/v1/sealed/passphrase", Has(R::OpenReports)),
    post("/api/v1/sealed/{id}/open", Has(R::OpenReports)),
    post("/api/v1/sealed/{id}/handover", Has(R::OpenReports)),
    post("/api/v1/sealed/{id}/close", Has(R::OpenReports)),
    get("/api/v1/flagged", Has(R::Flagged)),
    // 待电话告知.
    get("/api/v1/calls", Has(R::Calls)),
    post("/api/v1/calls/{id}", Has(R::Calls)),
    post("/api/v1/calls/{id}/phone", Has(R::Calls)),
    // Names to choose from.
    get("/api/v1/units", Own),
    get("/api/v1/units/{id}/accounts", Has(R::Assign)),
    get("/api/v1/observers", Has(R::Admit)),
    get("/api/v1/divisions", Own),
    // Phones: one's own, and for those who keep the system or accounts all.
    get("/api/v1/devices", Own),
    post("/api/v1/devices/{account}/{id}/revoke", Own),
    post("/api/v1/devices/{account}/{id}/restore", Own),
    // Those who keep accounts, and those who read the audit.
    get("/api/v1/accounts", Has(R::Accounts)),
    post("/api/v1/accounts/{account}/active", Has(R::Accounts)),
    post("/api/v1/accounts/{account}/unlock", Has(R::Accounts)),
    get("/api/v1/audit", Has(R::Audit)),
    get("/api/v1/audit/verification", Has(R::Audit)),
    post("/api/v1/audit/verification", Has(R::Audit)),
    // Records up, work area down. A sealed record brings its proof with it.
    post("/api/v1/sync/push", Has(R::Visit)),
    post("/api/v1/sync/sealed", Open),
    post("/api/v1/sync/compare", Has(R::Visit)),
    post("/api/v1/sync/codes", Has(R::Visit)),
    post("/api/v1/sync/pull", Has(R::Visit)),
    // Files: pieces come by a name that only the phone and the record know.
    get("/api/v1/attachments/{name}", Open),
    post("/api/v1/attachments/{name}", Open),
    post("/api/v1/attachments/{name}/lost", Open),
    get("/api/v1/attachments/{name}/file", Has(R::Matters)),
    // Imports.
    post("/api/v1/imports", Has(R::Import)),
    get("/api/v1/imports/{id}", Has(R::Import)),
    // 节假日 and what becomes of a last day on one.
    get("/api/v1/holidays", Has(R::Calendar)),
    post("/api/v1/holidays", Has(R::Calendar)),
    post("/api/v1/holidays/last-day", Has(R::Calendar)),
];

/// Whom the route answers; nobody when it does not stand in the table.
#[must_use]
pub fn door(method: &Method, path: &str) -> Option<Door> {
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    RULES.iter().find(|rule| rule.method == method && rule.path == path).map(|rule| rule.door)
}

/// Lets a request through to its route, or refuses it. Who is signed in goes along with it.
pub(crate) async fn authorise(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // What no route is for is answered by a file or by "not found".
    let Some(path) = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()) else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    match door(&parts.method, &path) {
        Some(Door::Open) => {}
        Some(door) => match signed_in(&parts, &state).await {
            Err(error) => return error.into_response(),
            Ok(actor) if !door.admits(actor.role) => return ApiError::Problem(Problem::Forbidden).into_response(),
            Ok(actor) => {
                parts.extensions.insert(SignedIn(actor));
            }
        },
        None if path.starts_with("/api/") => return ApiError::Problem(Problem::NotFound).into_response(),
        None => {
            return crate::public::wrong_way(State(state), crate::public::Reader::of(&parts.uri, &parts.headers)).await;
        }
    }
    next.run(Request::from_parts(parts, body)).await
}
