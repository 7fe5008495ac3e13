//! Devices: listing them, shutting one out.

use case_core::wire::device::Device;

use super::{Answer, http};

/// All devices that were signed in on, the last seen first.
///
/// # Errors
/// [`super::ClientError`].
pub async fn list() -> Answer<Vec<Device>> {
    http::get("/devices").await
}

/// Shuts a device out, or lets it in again; answers with all of them.
///
/// # Errors
/// [`super::ClientError`].
pub async fn shut_out(device: &Device, out: bool) -> Answer<Vec<Device>> {
    let verb = if out { "/revoke" } else { "/restore" };
    let path = ["/devices/", &device.account.to_string(), "/", &device.id.to_string(), verb].concat();
    http::post(&path, &()).await
}
