//! The keys whose public halves phones hold: one that signs receipts, one that records are sealed to.
//!
//! Both are P-256, because every browser's `WebCrypto` has it, and both are made of the installation's
//! secret: a restored server that has its secret file signs and opens as before.

use case_core::digest::Digest;
use case_core::wire::bytes::Bytes;
use case_core::wire::receipt::{root, signed_text};
use case_core::wire::sync::SEALED_INFO;
use p256::SecretKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};

use crate::envelope;

/// What the server does with the private halves. A simulation, which signs a thousand times a second, puts
/// something cheaper in the place of [`PhoneSecrets`].
pub trait PhoneKeyring: Send + Sync {
    /// The public key of the receipts.
    fn receipts_public(&self) -> Bytes;
    /// The public key that records are sealed to.
    fn sealing_public(&self) -> Bytes;
    /// Signs a text.
    fn sign(&self, text: &[u8]) -> Bytes;
    /// Opens what was sealed to us ([`case_core::wire::sync::Envelope`]); `None` when it was not, or
    /// not by these rules.
    fn open(&self, blob: &[u8]) -> Option<Vec<u8>>;
}

/// Signs the receipts of one answer; nothing when there are none.
pub(crate) fn sign_receipts(keys: &dyn PhoneKeyring, leaves: &[Digest]) -> Bytes {
    if leaves.is_empty() { Bytes::default() } else { keys.sign(&signed_text(root(leaves))) }
}

/// The private halves. Never printed.
pub(crate) struct PhoneSecrets {
    receipts: SigningKey,
    sealing: SecretKey,
    /// Told at every sign-in, and not free to work out.
    sealing_public: Bytes,
}

impl PhoneSecrets {
    /// Makes both keys out of 32 bytes per label and attempt.
    pub(crate) fn derive(bytes: &dyn Fn(&str, u8) -> [u8; 32]) -> Self {
        let receipts = SigningKey::from(scalar("receipt-signing", bytes));
        let sealing = scalar("record-sealing", bytes);
        let sealing_public = Bytes(envelope::point(&sealing));
        Self { receipts, sealing, sealing_public }
    }
}

impl PhoneKeyring for PhoneSecrets {
    fn receipts_public(&self) -> Bytes {
        Bytes(self.receipts.verifying_key().to_encoded_point(false).as_bytes().to_vec())
    }

    fn sealing_public(&self) -> Bytes {
        self.sealing_public.clone()
    }

    fn sign(&self, text: &[u8]) -> Bytes {
        let signature: Signature = self.receipts.sign(text);
        Bytes(signature.to_bytes().to_vec())
    }

    fn open(&self, blob: &[u8]) -> Option<Vec<u8>> {
        envelope::open(&self.sealing, SEALED_INFO, blob)
    }
}

/// A valid scalar: of 32 random bytes one time in four thousand million is none, and then the next
/// attempt's are taken.
pub(crate) fn scalar(label: &str, bytes: &dyn Fn(&str, u8) -> [u8; 32]) -> SecretKey {
    let mut attempt = 0_u8;
    loop {
        if let Ok(key) = SecretKey::from_slice(&bytes(label, attempt)) {
            return key;
        }
        attempt = attempt.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier as _;

    use super::*;

    fn keys() -> PhoneSecrets {
        PhoneSecrets::derive(&|label, attempt| Digest::of(&(label, attempt)).bytes())
    }

    #[test]
    fn a_number_that_is_no_key_is_passed_over() {
        // Zero is none, nor is a number beyond the order of the curve.
        let key = scalar("x", &|_, attempt| match attempt {
            0 => [0; 32],
            1 => [0xff; 32],
            _ => [7; 32],
        });
        assert_eq!(key.to_bytes().as_slice(), [7; 32]);
    }

    #[test]
    fn a_signature_holds_for_its_leaves_and_no_others() {
        let keys = keys();
        let public = VerifyingKey::from_sec1_bytes(&keys.receipts_public().0).unwrap();
        let leaves: Vec<Digest> = (0..5).map(|n| Digest::of(&n)).collect();
        let signed = sign_receipts(&keys, &leaves);
        assert_eq!(signed.0.len(), 64);
        let signature = Signature::from_slice(&signed.0).unwrap();
        assert!(public.verify(&signed_text(root(&leaves)), &signature).is_ok());
        assert!(public.verify(&signed_text(root(&leaves[1..])), &signature).is_err());
        assert_eq!(sign_receipts(&keys, &[]), Bytes::default());
    }

    #[test]
    fn garbage_opens_to_nothing() {
        let keys = keys();
        for length in [0, 1, 64, 65, 76, 77, 93, 200] {
            assert_eq!(keys.open(&vec![4; length]), None, "{length}");
        }
        let own_point = [keys.sealing_public().0, vec![0; 40]].concat();
        assert_eq!(keys.open(&own_point), None);
    }
}
