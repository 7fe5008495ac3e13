//! A private key under a passphrase: Argon2id makes a key of the passphrase, AES-256-GCM wraps the private one
//! with it. What comes out is stored; without the passphrase it is of no use to anybody who has the
//! database, the secret file and time, as long as the passphrase is none that can be guessed.

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use case_core::id::AccountId;
use case_core::wire::bytes::Bytes;
use p256::SecretKey;
use serde::{Deserialize, Serialize};

use crate::envelope::NONCE;

/// Argon2id's costs for new wrappings: 64 MiB and three passes, a good third of a second.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// As it is stored. The costs are stored with it, so that they can be raised later.
#[derive(Serialize, Deserialize)]
struct Wrapped {
    memory_kib: u32,
    passes: u32,
    salt: Bytes,
    nonce: Bytes,
    key: Bytes,
}

/// Wraps an account's key. `None` only when a primitive refuses its own parameters.
pub(crate) fn wrap(key: &SecretKey, passphrase: &str, account: AccountId) -> Option<String> {
    let (salt, nonce): ([u8; 16], [u8; NONCE]) = (rand::random(), rand::random());
    let cipher = cipher(passphrase, &salt, MEMORY_KIB, PASSES)?;
    let plain = key.to_bytes();
    // Bound to the account: one officer's wrapping put into another's row does not open.
    let payload = Payload { msg: plain.as_slice(), aad: account.0.as_bytes() };
    let wrapped = Wrapped {
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        salt: Bytes(salt.to_vec()),
        key: Bytes(cipher.encrypt(Nonce::from_slice(&nonce), payload).ok()?),
        nonce: Bytes(nonce.to_vec()),
    };
    serde_json::to_string(&wrapped).ok()
}

/// The key, if this is its passphrase. Takes its time.
pub(crate) fn unwrap(wrapped: &str, passphrase: &str, account: AccountId) -> Option<SecretKey> {
    let wrapped: Wrapped = serde_json::from_str(wrapped).ok()?;
    let nonce: [u8; NONCE] = wrapped.nonce.0.try_into().ok()?;
    let payload = Payload { msg: &wrapped.key.0, aad: account.0.as_bytes() };
    let cipher = cipher(passphrase, &wrapped.salt.0, wrapped.memory_kib, wrapped.passes)?;
    SecretKey::from_slice(&cipher.decrypt(Nonce::from_slice(&nonce), payload).ok()?).ok()
}

fn cipher(passphrase: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Option<Aes256Gcm> {
    let params = Params::new(memory_kib, passes, 1, Some(32)).ok()?;
    let mut key = [0_u8; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.trim().as_bytes(), salt, &mut key)
        .ok()?;
    Aes256Gcm::new_from_slice(&key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::new_key;

    #[test]
    fn the_passphrase_and_the_account_open_it_and_nothing_else_does() {
        let (me, other) = (AccountId(uuid::Uuid::from_u128(1)), AccountId(uuid::Uuid::from_u128(2)));
        let key = new_key();
        let wrapped = wrap(&key, "青山 绿水 一二三", me).unwrap();
        assert_eq!(unwrap(&wrapped, " 青山 绿水 一二三\n", me).unwrap().to_bytes(), key.to_bytes());
        assert!(unwrap(&wrapped, "青山 绿水 一二四", me).is_none());
        assert!(unwrap(&wrapped, "青山 绿水 一二三", other).is_none());
        assert!(unwrap("{}", "青山 绿水 一二三", me).is_none());
        let plain = Bytes(key.to_bytes().to_vec()).text();
        assert!(!wrapped.contains(&plain) && !wrapped.contains("青山"));
    }
}
