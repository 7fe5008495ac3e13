//! What the store needs of cryptography, as a trait. In a browser the browser does it (`web`): nothing of it
//! is in the bundle. Tests have a second, independent implementation (RustCrypto), and the simulation a
//! cheap one that tells wrong keys and changed bytes apart but hides nothing.
//!
//! Everything encrypted is nonce (12 bytes), ciphertext, tag (16 bytes).

#[cfg(not(target_arch = "wasm32"))]
pub mod cheap;
#[cfg(test)]
pub mod rust;

use crate::store::StoreError;

/// Bytes in front of a ciphertext.
pub const NONCE: usize = 12;

/// See the module.
#[expect(async_fn_in_trait, reason = "one thread in a browser; no future here is ever sent elsewhere")]
pub trait Crypto {
    /// A key of AES-256-GCM that cannot be read again.
    type Key: Clone;

    /// Fills with bytes that nobody can guess.
    fn random(&self, bytes: &mut [u8]) -> Result<(), StoreError>;
    /// How many iterations of PBKDF2 this device does in about half a second
    /// ([`crate::vault::iterations`]).
    async fn iterations(&self) -> Result<u32, StoreError>;
    /// PBKDF2 with HMAC-SHA256.
    async fn derive(&self, pin: &[u8], salt: &[u8], iterations: u32) -> Result<Self::Key, StoreError>;
    /// A key from its bytes.
    async fn key(&self, bytes: &[u8; 32]) -> Result<Self::Key, StoreError>;
    /// AES-256-GCM under a fresh nonce; `bound` is authenticated and not kept.
    async fn encrypt(&self, key: &Self::Key, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError>;
    /// The plain bytes; `None` when the key, the bytes or what they are bound to is another.
    async fn decrypt(&self, key: &Self::Key, bound: &[u8], sealed: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;
    /// [`Self::encrypt`] for several texts, each with what it is bound to. In a browser each call waits for
    /// another thread, and waiting for all at once takes little longer than for one.
    async fn encrypt_all(&self, key: &Self::Key, texts: &[(Vec<u8>, Vec<u8>)]) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut sealed = Vec::with_capacity(texts.len());
        for (bound, plain) in texts {
            sealed.push(self.encrypt(key, bound, plain).await?);
        }
        Ok(sealed)
    }
    /// [`Self::decrypt`] for several, likewise.
    async fn decrypt_all(
        &self,
        key: &Self::Key,
        texts: &[(Vec<u8>, &[u8])],
    ) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let mut plain = Vec::with_capacity(texts.len());
        for (bound, sealed) in texts {
            plain.push(self.decrypt(key, bound, sealed).await?);
        }
        Ok(plain)
    }
    /// Seals to a P-256 public key: see [`case_core::wire::sync::Envelope`].
    async fn seal(&self, public: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError>;
    /// Whether a signature (ECDSA over P-256 with SHA-256, r and s) fits.
    async fn verify(&self, public: &[u8], text: &[u8], signature: &[u8]) -> Result<bool, StoreError>;
    /// SHA-256, for files.
    async fn digest(&self, bytes: &[u8]) -> Result<[u8; 32], StoreError>;
}
