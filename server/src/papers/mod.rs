//! 文书 as files: the codes to scan, the pictures of them, and the `.docx` of a document or a
//! report, and the CSV of a ledger. The pages to print are drawn by `app::pages::paper` and `app::pages::report`.

pub(crate) mod csv;
pub(crate) mod docx;
mod png;

use qrcode::{EcLevel, QrCode, render::svg};

use crate::error::ApiError;

/// The style of the printed page.
pub(crate) const CSS: &str = include_str!("../../../style/paper.css");
/// Its button.
pub(crate) const JS: &str = include_str!("print.js");

fn code(address: &str) -> Result<QrCode, ApiError> {
    QrCode::with_error_correction_level(address, EcLevel::M)
        .map_err(|error| ApiError::Internal(format!("QR code: {error}")))
}

/// A QR code to stand inside HTML.
pub(crate) fn qr_svg(address: &str) -> Result<String, ApiError> {
    let svg = code(address)?.render::<svg::Color<'_>>().min_dimensions(160, 160).quiet_zone(true).build();
    // Standing inside HTML, SVG has no XML head.
    Ok(svg.find("<svg").map_or(svg.clone(), |start| svg[start..].to_owned()))
}

/// A QR code as a picture, for files that cannot hold drawings.
pub(crate) fn qr_png(address: &str) -> Result<Vec<u8>, ApiError> {
    const QUIET: usize = 4;
    let code = code(address)?;
    let width = code.width();
    let colours = code.to_colors();
    let side = width + 2 * QUIET;
    let dark = |x: usize, y: usize| {
        let inside = |n: usize| n.checked_sub(QUIET).filter(|n| *n < width);
        inside(x).zip(inside(y)).is_some_and(|(x, y)| colours[y * width + x] == qrcode::Color::Dark)
    };
    png::squares(side, 8, &dark).map_err(|error| ApiError::Internal(format!("PNG: {error}")))
}
