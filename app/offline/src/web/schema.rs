//! The shape of the phone's database, in numbered steps. A step that has shipped is never edited;
//! a new shape is a new step, run inside the browser's own upgrade transaction.

use web_sys::IdbDatabase;

use super::request::failed;
use crate::kv::{FIRST_STORES, SECOND_STORES};
use crate::store::StoreError;

/// The database. One for all officials of this browser; keys begin with the account.
pub const NAME: &str = "huiyin";
/// The number of the newest step.
pub const VERSION: u32 = 2;
/// The oldest code that can work with what this one writes, noted in the database as [`OLDEST`]: a build
/// that is put back after a newer one has upgraded the database opens it all the same as long as its own
/// [`VERSION`] is not below this. Raise it with a step that older code cannot live with (version 1 cannot
/// read what version 2 has encrypted).
pub const OLDEST_READER: u32 = 2;
/// Its name in `META`.
pub const OLDEST: &str = "oldest reader";

/// Runs the steps above `from`.
pub fn upgrade(db: &IdbDatabase, from: u32) -> Result<(), StoreError> {
    for step in from..VERSION {
        match step {
            0 => {
                for name in FIRST_STORES {
                    db.create_object_store(name).map_err(|error| failed(&error))?;
                }
            }
            // What the stores of version 1 hold is encrypted later, when its official opens it.
            1 => {
                for name in SECOND_STORES {
                    db.create_object_store(name).map_err(|error| failed(&error))?;
                }
            }
            unknown => return Err(StoreError::Failed(format!("no upgrade from step {unknown}"))),
        }
    }
    Ok(())
}
