//! Time and chance, handed in so that a simulation can rule both.

use case_core::id::RecordId;
use case_core::time::Moment;
use uuid::Uuid;

/// What the browser says of its disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    /// Whether it has promised to keep what is stored; `None`: it does not say.
    pub persistent: Option<bool>,
    /// Bytes in use.
    pub used: Option<u64>,
    /// Bytes that may be used.
    pub quota: Option<u64>,
}

/// Records of a batch that others follow. Smaller ones answer sooner, larger ones compress better.
pub const BATCH: usize = 250;

/// The phone's clock and its source of random bytes.
#[expect(async_fn_in_trait, reason = "one thread in a browser; no future here is ever sent elsewhere")]
pub trait Environment {
    /// The phone's clock. It may be wrong and may jump; nothing legal depends on it.
    fn now(&self) -> Moment;
    /// Bytes that nobody can guess.
    fn random(&self) -> [u8; 10];

    /// Records of a batch that others follow. A simulation makes it small: several are then under way at a time.
    fn full_batch(&self) -> usize {
        BATCH
    }

    /// What the browser says of its disk.
    async fn disk(&self) -> Disk {
        Disk::default()
    }

    /// Asks the browser to keep what is stored even when space runs out; whether it will.
    async fn ask_to_persist(&self) -> bool {
        false
    }

    /// A new UUIDv7.
    fn new_id(&self) -> Uuid {
        let millis = u64::try_from(self.now().0).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }

    /// A new id for a record (and so for a draft).
    fn new_record_id(&self) -> RecordId {
        RecordId(self.new_id())
    }
}

/// The computer's own clock; random bytes from the hasher's seed, good enough where no browser is
/// (tests, server-side rendering), never used on a phone.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEnvironment;

#[cfg(not(target_arch = "wasm32"))]
impl Environment for SystemEnvironment {
    fn now(&self) -> Moment {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(0))
    }

    fn random(&self) -> [u8; 10] {
        use std::hash::{BuildHasher as _, Hasher as _};
        let mut bytes = [0; 10];
        for chunk in bytes.chunks_mut(8) {
            let word = std::collections::hash_map::RandomState::new().build_hasher().finish().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        bytes
    }
}
