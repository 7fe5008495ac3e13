//! 安排走访.

use case_core::wire::visit_plan::{AssignVisits, VisitPlan};

use super::{Answer, http};

/// The households of the own village, and who goes there.
///
/// # Errors
/// [`super::ClientError`].
pub async fn plan() -> Answer<VisitPlan> {
    http::get("/visit-plan").await
}

/// Gives households to an official, or to nobody.
///
/// # Errors
/// [`super::ClientError`].
pub async fn assign(request: &AssignVisits) -> Answer<VisitPlan> {
    http::post("/visit-plan", request).await
}
