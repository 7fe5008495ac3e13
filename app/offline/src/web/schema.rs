//! The shape of the phone's database, in numbered steps. A step that has shipped is never edited;
//! a new shape is a new step, run inside the browser's own upgrade transaction.

use web_sys::IdbDatabase;

use super::request::failed;
use crate::store::StoreError;

/// The database. One for all officials of this browser; keys begin with the account.
pub const NAME: &str = "huiyin";
/// The number of the newest step.
pub const VERSION: u32 = 1;

/// Device, profile, and small values by name.
pub const META: &str = "meta";
/// `[account, draft id]` to a draft.
pub const DRAFTS: &str = "drafts";
/// `[account, sequence]` to an entry that waits.
pub const WAITING: &str = "waiting";
/// `[account, sequence]` to a confirmed entry.
pub const CONFIRMED: &str = "confirmed";
/// `[account, sequence]` to an entry that was set aside.
pub const ASIDE: &str = "aside";
/// `[account, record id]` to the sequence, for every record ever committed.
pub const KNOWN: &str = "known";
/// `[account, kind, item id]` to an item of the work area.
pub const ITEMS: &str = "items";

/// Runs the steps above `from`.
pub fn upgrade(db: &IdbDatabase, from: u32) -> Result<(), StoreError> {
    for step in from..VERSION {
        match step {
            0 => {
                for name in [META, DRAFTS, WAITING, CONFIRMED, ASIDE, KNOWN, ITEMS] {
                    db.create_object_store(name).map_err(|error| failed(&error))?;
                }
            }
            unknown => return Err(StoreError::Failed(format!("no upgrade from step {unknown}"))),
        }
    }
    Ok(())
}
