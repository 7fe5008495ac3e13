//! JSON on the phone: one reader ([`read`]) and one writer ([`write()`]), made small.
//!
//! They write the same bytes as `serde_json` and read what it reads, with three differences that keep
//! code out of the phone's bundle, where every type that travels has a reader and a writer of its own:
//!
//! - **Structs are offered to serde field by field in the order of their declaration**, the way it
//!   takes a list, and never as a map. Serde derives both; the one for maps (a loop over keys with a
//!   place for each field that may not have come yet) is several times as long, and is never called
//!   here. The reader finds the fields by their names wherever they stand; a list in the place of a
//!   struct is refused.
//! - **Errors carry the place and nothing else.** What serde would say about it is not kept.
//! - **Enums with a tag** are offered as enums ([`crate::read_tagged`]), not as maps to be kept until
//!   the tag is known.
//!
//! ```text
//! scan     the text: strings, numbers, skipping a value
//! fields   the fields of an object by name; entries, elements, variants
//! read     serde's side of the reader
//! write    the writer
//! ```
//!
//! The server reads with `serde_json`, which tells a caller what is wrong.

mod fields;
mod read;
mod scan;
mod write;

pub use read::{Unreadable, read, read_with};
pub use write::{Unwritable, write};

/// A value as JSON that goes out as it stands.
///
/// # Errors
/// JSON has no form for it.
pub fn raw<T: serde::Serialize>(value: &T) -> Result<Box<serde_json::value::RawValue>, Unwritable> {
    read(&write(value)?).map_err(|_| Unwritable)
}

/// The name under which `serde_json`'s `RawValue` asks for JSON as it stands.
const RAW: &str = "$serde_json::private::RawValue";
