//! The phones' cryptography here: cheap where only the phone reads what it wrote itself; where the server takes
//! part, files are really encrypted, and receipts are really signed and envelopes really sealed in one seed of
//! [`REAL_EVERY`]. In the others a stand-in does that, on both sides: the arithmetic of points is a fifth of
//! the time and finds nothing new. Which of the two it is follows from the server's public key.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use case_core::digest::Digest;
use case_core::wire::bytes::Bytes;
use case_core::wire::sync::SEALED_INFO;
use case_offline::StoreError;
use case_offline::crypto::cheap::{self, CheapCrypto};
use case_offline::crypto::{Crypto, NONCE};
use hkdf::Hkdf;
use huiyin::phone_keys::PhoneKeyring;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

/// In one seed of so many signatures and envelopes are real.
pub const REAL_EVERY: u64 = 16;
/// The public keys of the stand-in; a real one is a point, of 65 bytes.
const STAND_IN: [&[u8]; 2] = [b"signs", b"opens"];

/// What signs and opens on the server in most seeds: whoever knows the public key can do the same, but other words
/// have another signature, and a changed envelope does not open.
#[derive(Clone, Copy, Debug)]
pub struct StandIn;

impl PhoneKeyring for StandIn {
    fn receipts_public(&self) -> Bytes {
        Bytes(STAND_IN[0].to_vec())
    }

    fn sealing_public(&self) -> Bytes {
        Bytes(STAND_IN[1].to_vec())
    }

    fn sign(&self, text: &[u8]) -> Bytes {
        Bytes(cheap::sign(STAND_IN[0], text))
    }

    fn open(&self, blob: &[u8]) -> Option<Vec<u8>> {
        cheap::open(STAND_IN[1], blob)
    }
}

/// See the module.
#[derive(Clone, Debug)]
pub struct SimCrypto {
    cheap: CheapCrypto,
    agreed: Rc<RefCell<BTreeMap<Vec<u8>, Agreed>>>,
}

/// The point that goes with an envelope, and the key to it.
type Agreed = (Vec<u8>, [u8; 32]);

/// A key.
#[derive(Clone, Debug)]
pub struct SimKey {
    cheap: u64,
    bytes: Option<[u8; 32]>,
}

impl SimCrypto {
    /// Its chance follows from a seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { cheap: CheapCrypto::seeded(seed), agreed: Rc::default() }
    }

    /// A phone draws a new point for each envelope. This one draws one for each public key: the server opens
    /// it by the same steps, and points are what costs.
    fn agree(&self, public: &[u8]) -> Result<Agreed, StoreError> {
        if let Some(agreed) = self.agreed.borrow().get(public) {
            return Ok(agreed.clone());
        }
        let mut drawn = [0; 32];
        self.random(&mut drawn)?;
        let secret = SecretKey::from_slice(&drawn).map_err(bad)?;
        let ephemeral = secret.public_key().to_encoded_point(false).as_bytes().to_vec();
        let server = PublicKey::from_sec1_bytes(public).map_err(bad)?;
        let shared = p256::ecdh::diffie_hellman(secret.to_nonzero_scalar(), server.as_affine());
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(Some(&ephemeral), shared.raw_secret_bytes()).expand(SEALED_INFO, &mut key).map_err(bad)?;
        self.agreed.borrow_mut().insert(public.to_vec(), (ephemeral.clone(), key));
        Ok((ephemeral, key))
    }
}

fn bad<E: std::fmt::Display>(error: E) -> StoreError {
    StoreError::Failed(error.to_string())
}

/// What has been asked and answered: public key, text, signature.
type Asked = BTreeMap<(Vec<u8>, Vec<u8>, Vec<u8>), bool>;
thread_local! {
    static ASKED: RefCell<Asked> = RefCell::default();
}

/// Whether a receipt's signature is the server's. The answer never changes, and the arithmetic is what costs.
#[must_use]
pub fn verifies(public: &[u8], text: &[u8], signature: &[u8]) -> bool {
    if public == STAND_IN[0] {
        return signature == cheap::sign(public, text);
    }
    let question = (public.to_vec(), text.to_vec(), signature.to_vec());
    if let Some(answer) = ASKED.with_borrow(|asked| asked.get(&question).copied()) {
        return answer;
    }
    let answer = verified(public, text, signature);
    ASKED.with_borrow_mut(|asked| {
        if asked.len() > 5_000 {
            asked.clear();
        }
        asked.insert(question, answer);
    });
    answer
}

fn verified(public: &[u8], text: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_sec1_bytes(public), Signature::from_slice(signature)) else {
        return false;
    };
    key.verify(text, &signature).is_ok()
}

impl Crypto for SimCrypto {
    type Key = SimKey;

    fn random(&self, bytes: &mut [u8]) -> Result<(), StoreError> {
        self.cheap.random(bytes)
    }

    async fn iterations(&self) -> Result<u32, StoreError> {
        self.cheap.iterations().await
    }

    async fn derive(&self, pin: &[u8], salt: &[u8], iterations: u32) -> Result<SimKey, StoreError> {
        Ok(SimKey { cheap: self.cheap.derive(pin, salt, iterations).await?, bytes: None })
    }

    async fn key(&self, bytes: &[u8; 32]) -> Result<SimKey, StoreError> {
        Ok(SimKey { cheap: self.cheap.key(bytes).await?, bytes: Some(*bytes) })
    }

    async fn encrypt(&self, key: &SimKey, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let Some(bytes) = key.bytes.filter(|_| bound.is_empty()) else {
            return self.cheap.encrypt(&key.cheap, bound, plain).await;
        };
        // Bound to no place: a file, which the server will open.
        let mut nonce = [0; NONCE];
        self.random(&mut nonce)?;
        let cipher = Aes256Gcm::new_from_slice(&bytes).map_err(bad)?;
        let sealed = cipher.encrypt(Nonce::from_slice(&nonce), Payload { msg: plain, aad: bound }).map_err(bad)?;
        Ok([&nonce[..], &sealed].concat())
    }

    async fn decrypt(&self, key: &SimKey, bound: &[u8], sealed: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(bytes) = key.bytes.filter(|_| bound.is_empty()) else {
            return self.cheap.decrypt(&key.cheap, bound, sealed).await;
        };
        let Some((nonce, msg)) = sealed.split_at_checked(NONCE) else { return Ok(None) };
        let cipher = Aes256Gcm::new_from_slice(&bytes).map_err(bad)?;
        Ok(cipher.decrypt(Nonce::from_slice(nonce), Payload { msg, aad: bound }).ok())
    }

    async fn seal(&self, public: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        if public == STAND_IN[1] {
            return self.cheap.seal(public, plain).await;
        }
        let (ephemeral, key) = self.agree(public)?;
        let mut nonce = [0; NONCE];
        self.random(&mut nonce)?;
        let cipher = Aes256Gcm::new_from_slice(&key).map_err(bad)?;
        let sealed = cipher.encrypt(Nonce::from_slice(&nonce), plain).map_err(bad)?;
        Ok([&ephemeral[..], &nonce, &sealed].concat())
    }

    async fn verify(&self, public: &[u8], text: &[u8], signature: &[u8]) -> Result<bool, StoreError> {
        Ok(verifies(public, text, signature))
    }

    async fn digest(&self, bytes: &[u8]) -> Result<[u8; 32], StoreError> {
        Ok(Digest::of_bytes(bytes).bytes())
    }
}
