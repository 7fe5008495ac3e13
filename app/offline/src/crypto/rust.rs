//! A second implementation, of RustCrypto's crates: for tests. That it opens and verifies what WebCrypto
//! made (`vectors/webcrypto.json`) is what ties the browser and the server together.

use std::cell::Cell;
use std::hash::{BuildHasher as _, Hasher as _};

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use case_core::digest::Digest;
use case_core::wire::sync::SEALED_INFO;
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

use super::{Crypto, NONCE};
use crate::store::StoreError;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct RustCrypto {
    drawn: std::rc::Rc<Cell<u64>>,
}

fn bad<E: std::fmt::Display>(error: E) -> StoreError {
    StoreError::Failed(error.to_string())
}

impl RustCrypto {
    /// What the server does: opens an envelope.
    pub fn open(secret: &[u8], blob: &[u8]) -> Option<Vec<u8>> {
        let (ephemeral, sealed) = blob.split_at_checked(65)?;
        let secret = SecretKey::from_slice(secret).ok()?;
        let key = agreed(&secret, &PublicKey::from_sec1_bytes(ephemeral).ok()?, ephemeral)?;
        open(&key, &[], sealed)
    }
}

fn agreed(secret: &SecretKey, public: &PublicKey, ephemeral: &[u8]) -> Option<[u8; 32]> {
    let shared = p256::ecdh::diffie_hellman(secret.to_nonzero_scalar(), public.as_affine());
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(Some(ephemeral), shared.raw_secret_bytes()).expand(SEALED_INFO, &mut key).ok()?;
    Some(key)
}

fn open(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, msg) = sealed.split_at_checked(NONCE)?;
    Aes256Gcm::new_from_slice(key).ok()?.decrypt(Nonce::from_slice(nonce), Payload { msg, aad }).ok()
}

/// PBKDF2 with HMAC-SHA256, one block.
fn pbkdf2(pin: &[u8], salt: &[u8], iterations: u32) -> [u8; 32] {
    let mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(pin).unwrap();
    let round = |text: &[u8]| <[u8; 32]>::from(mac.clone().chain_update(text).finalize().into_bytes());
    let mut last = round(&[salt, &[0, 0, 0, 1]].concat());
    let mut key = last;
    for _ in 1..iterations {
        last = round(&last);
        key.iter_mut().zip(last).for_each(|(byte, other)| *byte ^= other);
    }
    key
}

impl Crypto for RustCrypto {
    type Key = [u8; 32];

    fn random(&self, bytes: &mut [u8]) -> Result<(), StoreError> {
        for chunk in bytes.chunks_mut(32) {
            self.drawn.set(self.drawn.get() + 1);
            let seed = std::collections::hash_map::RandomState::new().build_hasher().finish();
            let drawn = Digest::of(&(seed, self.drawn.get())).bytes();
            chunk.copy_from_slice(&drawn[..chunk.len()]);
        }
        Ok(())
    }

    /// The least: these tests are about the lock, not about time.
    async fn iterations(&self) -> Result<u32, StoreError> {
        Ok(0)
    }

    async fn derive(&self, pin: &[u8], salt: &[u8], iterations: u32) -> Result<[u8; 32], StoreError> {
        Ok(pbkdf2(pin, salt, iterations))
    }

    async fn key(&self, bytes: &[u8; 32]) -> Result<[u8; 32], StoreError> {
        Ok(*bytes)
    }

    async fn encrypt(&self, key: &[u8; 32], aad: &[u8], msg: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE];
        self.random(&mut nonce)?;
        let cipher = Aes256Gcm::new_from_slice(key).map_err(bad)?;
        let sealed = cipher.encrypt(Nonce::from_slice(&nonce), Payload { msg, aad }).map_err(bad)?;
        Ok([&nonce[..], &sealed].concat())
    }

    async fn decrypt(&self, key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(open(key, aad, sealed))
    }

    async fn seal(&self, public: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut drawn = [0; 32];
        self.random(&mut drawn)?;
        let secret = SecretKey::from_slice(&drawn).map_err(bad)?;
        let ephemeral = secret.public_key().to_encoded_point(false).as_bytes().to_vec();
        let server = PublicKey::from_sec1_bytes(public).map_err(bad)?;
        let key = agreed(&secret, &server, &ephemeral).ok_or_else(|| bad("no key"))?;
        Ok([ephemeral, self.encrypt(&key, &[], plain).await?].concat())
    }

    async fn verify(&self, public: &[u8], text: &[u8], signature: &[u8]) -> Result<bool, StoreError> {
        let (Ok(key), Ok(signature)) = (VerifyingKey::from_sec1_bytes(public), Signature::from_slice(signature)) else {
            return Ok(false);
        };
        Ok(key.verify(text, &signature).is_ok())
    }

    async fn digest(&self, bytes: &[u8]) -> Result<[u8; 32], StoreError> {
        Ok(Digest::of_bytes(bytes).bytes())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::sample::block_on;

    fn hex(text: &Value) -> Vec<u8> {
        let text = text.as_str().unwrap();
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    fn text(value: &Value) -> &[u8] {
        value.as_str().unwrap().as_bytes()
    }

    #[test]
    fn opens_and_verifies_what_webcrypto_made() {
        let all: Value = serde_json::from_str(include_str!("../../vectors/webcrypto.json")).unwrap();
        let (sealed, receipt, pin) = (&all["sealed"], &all["receipt"], &all["pin"]);
        assert_eq!(text(&sealed["info"]), SEALED_INFO);
        let mut blob = hex(&sealed["blob"]);
        assert_eq!(RustCrypto::open(&hex(&sealed["server_secret"]), &blob).as_deref(), Some(text(&sealed["plain"])));
        *blob.last_mut().unwrap() ^= 1;
        assert_eq!(RustCrypto::open(&hex(&sealed["server_secret"]), &blob), None);

        let crypto = RustCrypto::default();
        let (public, signature) = (hex(&receipt["public"]), hex(&receipt["signature"]));
        assert!(block_on(crypto.verify(&public, text(&receipt["text"]), &signature)).unwrap());
        assert!(!block_on(crypto.verify(&public, b"other", &signature)).unwrap());
        assert!(!block_on(crypto.verify(&hex(&sealed["server_public"]), text(&receipt["text"]), &signature)).unwrap());

        let key = pbkdf2(text(&pin["pin"]), &hex(&pin["salt"]), 1_000);
        assert_eq!(open(&key, text(&pin["bound"]), &hex(&pin["wrap"])).as_deref(), Some(text(&pin["plain"])));
        assert_eq!(open(&key, b"vault/y/pin", &hex(&pin["wrap"])), None, "bound to its place");
    }

    #[test]
    fn seals_so_that_the_server_opens() {
        let secret = SecretKey::from_slice(&[7; 32]).unwrap();
        let public = secret.public_key().to_encoded_point(false).as_bytes().to_vec();
        let blob = block_on(RustCrypto::default().seal(&public, "回音".as_bytes())).unwrap();
        assert_eq!(RustCrypto::open(&[7; 32], &blob).unwrap(), "回音".as_bytes());
        assert_eq!(RustCrypto::open(&[8; 32], &blob), None);
    }
}
