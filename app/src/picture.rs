//! Pictures as the phone gives them: read, scaled down, and written anew, so that nothing of what a
//! camera adds (position, model, time) is left in them.

use case_core::field::{AttachmentKind, MAX_ATTACHMENT_BYTES, Media};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, Url};

/// The longer side of a photo, in pixels: a page of writing can be read, and it has some 300 KB.
const LONGEST: f64 = 1600.0;
/// How much a JPEG is squeezed.
const QUALITY: f64 = 0.8;

/// A file that can be attached.
pub struct Prepared {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are.
    pub media: Media,
    /// What they show.
    pub kind: AttachmentKind,
}

/// Why a file cannot be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Neither a picture nor a recording.
    NotTaken,
    /// More than 10 MB.
    TooLarge,
}

async fn bytes_of(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// A file that a person chose, ready to be kept.
///
/// # Errors
/// [`Refused`].
pub async fn prepare(file: &Blob) -> Result<Prepared, Refused> {
    if file.type_().starts_with("image/") {
        let bytes = shrink(file).await.ok_or(Refused::NotTaken)?;
        return Ok(Prepared { bytes, media: Media::Jpeg, kind: AttachmentKind::Photo });
    }
    if file.size() > f64::from(MAX_ATTACHMENT_BYTES) {
        return Err(Refused::TooLarge);
    }
    let bytes = bytes_of(file).await.ok_or(Refused::NotTaken)?;
    match Media::sniff(&bytes) {
        Some(media) if !media.is_image() => Ok(Prepared { bytes, media, kind: AttachmentKind::Recording }),
        _ => Err(Refused::NotTaken),
    }
}

async fn shrink(file: &Blob) -> Option<Vec<u8>> {
    let bitmap = web_sys::window()?.create_image_bitmap_with_blob(file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await.ok()?.unchecked_into();
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (LONGEST / width.max(height)).min(1.0);
    let canvas: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.unchecked_into();
    // Pixels are small positive numbers; the cast saturates.
    canvas.set_width((width * scale) as u32);
    canvas.set_height((height * scale) as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width * scale, height * scale).ok()?;
    bitmap.close();
    encode(&canvas, Media::Jpeg).await
}

/// What a canvas shows, as a file.
pub async fn encode(canvas: &HtmlCanvasElement, media: Media) -> Option<Vec<u8>> {
    let blob = Promise::new(&mut |done, _| {
        let taken = Closure::once_into_js(move |blob: JsValue| {
            let _ = done.call1(&JsValue::NULL, &blob);
        });
        let _ = canvas.to_blob_with_type_and_encoder_options(
            taken.unchecked_ref(),
            media.mime(),
            &JsValue::from_f64(QUALITY),
        );
    });
    let blob: Blob = JsFuture::from(blob).await.ok()?.dyn_into().ok()?;
    bytes_of(&blob).await
}

/// An address under which the page can show bytes, until [`forget`].
#[must_use]
pub fn address(bytes: &[u8], media: Media) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(media.mime());
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Gives the memory behind an [`address`] back.
pub fn forget(address: &str) {
    let _ = Url::revoke_object_url(address);
}
