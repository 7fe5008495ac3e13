//! Units, their people, and places.

use case_core::id::{MatterId, UnitId};
use case_core::place::DivisionCode;
use case_core::wire::desk::{Division, Named, Unit};

use super::{Answer, http};

/// All units.
///
/// # Errors
/// [`super::ClientError`].
pub async fn units() -> Answer<Vec<Unit>> {
    http::get("/units").await
}

/// Whom one can let in to look at a matter.
///
/// # Errors
/// [`super::ClientError`].
pub async fn observers() -> Answer<Vec<Named>> {
    http::get("/observers").await
}

/// Leaders who can answer for a matter (包案): first those whose area it lies in.
///
/// # Errors
/// [`super::ClientError`].
pub async fn leaders(matter: MatterId) -> Answer<Vec<Named>> {
    http::get(&["/matters/", &matter.to_string(), "/leaders"].concat()).await
}

/// The accounts of a unit.
///
/// # Errors
/// [`super::ClientError`].
pub async fn accounts(unit: UnitId) -> Answer<Vec<Named>> {
    http::get(&["/units/", &unit.to_string(), "/accounts"].concat()).await
}

/// The places right below one; below nothing: the towns.
///
/// # Errors
/// [`super::ClientError`].
pub async fn divisions(under: Option<&DivisionCode>) -> Answer<Vec<Division>> {
    match under {
        Some(code) => http::get(&["/divisions?under=", code.as_str()].concat()).await,
        None => http::get("/divisions").await,
    }
}
