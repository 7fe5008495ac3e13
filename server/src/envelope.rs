//! Envelopes: what is sealed to a public key of P-256 and opened with its private half.
//!
//! `point of a fresh key (65) ‖ nonce (12) ‖ AES-256-GCM`; the key of the cipher comes out of HKDF-SHA256 over
//! what the fresh key and the receiver's agree on, with the point as salt. `info` keeps uses apart: an
//! envelope made for one does not open for another.

use aes_gcm::aead::Aead as _;
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use hkdf::Hkdf;
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

/// An uncompressed point of P-256.
const POINT: usize = 65;
/// AES-GCM's nonce.
pub(crate) const NONCE: usize = 12;

/// The bytes of a public key, as envelopes and browsers have it.
pub(crate) fn point(key: &SecretKey) -> Vec<u8> {
    key.public_key().to_encoded_point(false).as_bytes().to_vec()
}

/// A new private key.
pub(crate) fn new_key() -> SecretKey {
    loop {
        // Of 32 random bytes one time in four thousand million is no key.
        if let Ok(key) = SecretKey::from_slice(&rand::random::<[u8; 32]>()) {
            return key;
        }
    }
}

/// Seals to a public key; `None` when that is none.
pub(crate) fn seal(public: &[u8], info: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let receiver = PublicKey::from_sec1_bytes(public).ok()?;
    let fresh = new_key();
    let head = point(&fresh);
    let nonce: [u8; NONCE] = rand::random();
    let sealed = cipher(&fresh, &receiver, &head, info)?.encrypt(Nonce::from_slice(&nonce), plain).ok()?;
    Some([head, nonce.to_vec(), sealed].concat())
}

/// Opens what was sealed to us; `None` when it was not, or not by these rules.
pub(crate) fn open(secret: &SecretKey, info: &[u8], blob: &[u8]) -> Option<Vec<u8>> {
    let (head, rest) = blob.split_at_checked(POINT)?;
    let (nonce, sealed) = rest.split_at_checked(NONCE)?;
    let sender = PublicKey::from_sec1_bytes(head).ok()?;
    cipher(secret, &sender, head, info)?.decrypt(Nonce::from_slice(nonce), sealed).ok()
}

fn cipher(own: &SecretKey, other: &PublicKey, head: &[u8], info: &[u8]) -> Option<Aes256Gcm> {
    let shared = p256::ecdh::diffie_hellman(own.to_nonzero_scalar(), other.as_affine());
    let mut key = [0_u8; 32];
    Hkdf::<Sha256>::new(Some(head), shared.raw_secret_bytes()).expand(info, &mut key).ok()?;
    Aes256Gcm::new_from_slice(&key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_receiver_opens_and_only_for_the_same_use() {
        let (mine, other) = (new_key(), new_key());
        let sealed = seal(&point(&mine), b"use", "检举".as_bytes()).unwrap();
        assert_eq!(open(&mine, b"use", &sealed).as_deref(), Some("检举".as_bytes()));
        assert_eq!(open(&other, b"use", &sealed), None);
        assert_eq!(open(&mine, b"another", &sealed), None);
        for at in [0, 40, POINT, POINT + NONCE, sealed.len() - 1] {
            let mut turned = sealed.clone();
            turned[at] ^= 1;
            assert_eq!(open(&mine, b"use", &turned), None, "{at}");
        }
        assert_ne!(seal(&point(&mine), b"use", "检举".as_bytes()).unwrap(), sealed, "never the same twice");
        assert_eq!(seal(&[4; POINT], b"use", b""), None, "no point of the curve");
        assert_eq!(open(&mine, b"use", &[]), None);
    }
}
