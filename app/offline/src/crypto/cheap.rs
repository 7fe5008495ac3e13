//! Cryptography for the simulation, and for where no browser is: it tells wrong keys, changed bytes and
//! swapped values apart, and makes plain text unreadable to a scan, but it protects from nobody. A thousand
//! simulated phones would otherwise spend their time in AES.

use case_core::digest::Digest;

use super::{Crypto, NONCE};
use crate::store::StoreError;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct CheapCrypto {
    drawn: std::rc::Rc<std::cell::Cell<u64>>,
}

impl CheapCrypto {
    /// One whose "random" bytes follow from a seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { drawn: std::rc::Rc::new(std::cell::Cell::new(mix(seed))) }
    }

    fn draw(&self) -> u64 {
        let drawn = self.drawn.get().wrapping_add(1);
        self.drawn.set(drawn);
        mix(drawn)
    }
}

/// splitmix64.
fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn hash(parts: &[&[u8]]) -> u64 {
    parts.iter().fold(7, |state, part| {
        let (words, rest) = part.as_chunks();
        let state =
            words.iter().fold(mix(state ^ part.len() as u64), |state, word| mix(state ^ u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        mix(state ^ u64::from_le_bytes(last))
    })
}

fn stream(seed: u64, bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let (words, rest) = out.as_chunks_mut();
    for (place, word) in (1_u64..).zip(words) {
        *word = (u64::from_le_bytes(*word) ^ mix(seed.wrapping_add(place))).to_le_bytes();
    }
    for (byte, other) in rest.iter_mut().zip(mix(seed).to_le_bytes()) {
        *byte ^= other;
    }
    out
}

impl Crypto for CheapCrypto {
    type Key = u64;

    fn random(&self, bytes: &mut [u8]) -> Result<(), StoreError> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.draw().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }

    async fn iterations(&self) -> Result<u32, StoreError> {
        Ok(crate::vault::LEAST_ITERATIONS)
    }

    async fn derive(&self, pin: &[u8], salt: &[u8], iterations: u32) -> Result<u64, StoreError> {
        Ok(hash(&[pin, salt, &iterations.to_le_bytes()]))
    }

    async fn key(&self, bytes: &[u8; 32]) -> Result<u64, StoreError> {
        Ok(hash(&[bytes]))
    }

    async fn encrypt(&self, key: &u64, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE];
        self.random(&mut nonce)?;
        let body = stream(hash(&[&key.to_le_bytes(), &nonce]), plain);
        let tag = hash(&[&key.to_le_bytes(), &nonce, bound, &body]);
        Ok([&nonce[..], &body, &tag.to_le_bytes(), &mix(tag).to_le_bytes()].concat())
    }

    async fn decrypt(&self, key: &u64, bound: &[u8], sealed: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let Some((nonce, rest)) = sealed.split_at_checked(NONCE) else { return Ok(None) };
        let Some((body, tag)) = rest.len().checked_sub(16).and_then(|at| rest.split_at_checked(at)) else {
            return Ok(None);
        };
        let expected = hash(&[&key.to_le_bytes(), nonce, bound, body]);
        let fits = tag[..8] == expected.to_le_bytes() && tag[8..] == mix(expected).to_le_bytes();
        Ok(fits.then(|| stream(hash(&[&key.to_le_bytes(), nonce]), body)))
    }

    /// The "key pair" of a simulated server is one and the same bytes: [`open`] reads what this seals.
    async fn seal(&self, public: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.encrypt(&hash(&[public]), b"sealed", plain).await
    }

    /// A signature of a simulated server is [`sign`].
    async fn verify(&self, public: &[u8], text: &[u8], signature: &[u8]) -> Result<bool, StoreError> {
        Ok(signature == sign(public, text))
    }

    async fn digest(&self, bytes: &[u8]) -> Result<[u8; 32], StoreError> {
        Ok(Digest::of_bytes(bytes).bytes())
    }
}

/// What a simulated server signs with the "key" that it also names as its public one.
#[must_use]
pub fn sign(key: &[u8], text: &[u8]) -> Vec<u8> {
    Digest::of_bytes(&[key, text].concat()).bytes().repeat(2)
}

/// Opens what was sealed to a simulated server.
#[must_use]
pub fn open(key: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let opened = CheapCrypto::default();
    let key = hash(&[key]);
    let mut future = std::pin::pin!(opened.decrypt(&key, b"sealed", sealed));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(plain) => plain.ok().flatten(),
        std::task::Poll::Pending => None,
    }
}
