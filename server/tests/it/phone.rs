//! What a phone does, by the rules of the wire format alone: pushes bytes, makes its own receipts and
//! verifies the server's signature, seals records.

use aes_gcm::aead::Aead as _;
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use axum::http::Method;
use case_core::digest::Digest;
use case_core::field::Record;
use case_core::id::*;
use case_core::wire::bytes::Bytes;
use case_core::wire::receipt::{Receipt, kept_leaf, root, signed_text};
use case_core::wire::session::{PhoneKeys, Session};
use case_core::wire::sync::*;
use hkdf::Hkdf;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use p256::{PublicKey, SecretKey};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::support::*;

pub struct Phone {
    pub client: Client,
    pub me: AccountId,
    pub device: Uuid,
    pub keys: PhoneKeys,
}

impl Phone {
    pub async fn open(county: &County, login: &str, device: u128) -> Self {
        let device = Uuid::from_u128(device);
        let client = county.sign_in_on(login, Some(device)).await;
        let session: Session = client.get("/api/v1/session").await.read();
        Self { client, me: session.actor.account, device, keys: session.phone.expect("keys for a phone") }
    }

    pub async fn household(&self) -> Uuid {
        let page: PullResponse = self.client.post("/api/v1/sync/pull", &json!({ "protocol": 2 })).await.read();
        page.items
            .iter()
            .find_map(|item| match item {
                WorkItem::Household(card) if card.last_visit.is_none() => Some(card.id.0),
                _ => None,
            })
            .unwrap()
    }

    /// The exact bytes of a record of a visit.
    pub fn visit(&self, household: Uuid, extra: Value) -> String {
        let mut record = visit_record(self.me, household, extra);
        record["device"] = json!(self.device);
        record.to_string()
    }

    pub fn push_body(&self, records: &[String]) -> Vec<u8> {
        let device = self.device;
        format!("{{\"protocol\":2,\"device\":\"{device}\",\"records\":[{}]}}", records.join(",")).into_bytes()
    }

    pub async fn try_push(&self, records: &[String]) -> Reply {
        self.client.raw(Method::POST, "/api/v1/sync/push", "application/json", self.push_body(records)).await
    }

    /// Pushes a batch behind another, and verifies the answer.
    pub async fn push_after(&self, after: &Value, records: &[String]) -> Vec<Outcome> {
        let device = self.device;
        let body =
            format!("{{\"protocol\":2,\"device\":\"{device}\",\"after\":{after},\"records\":[{}]}}", records.join(","));
        let reply = self.client.raw(Method::POST, "/api/v1/sync/push", "application/json", body.into_bytes()).await;
        let answer: PushResponse = reply.read();
        assert!(verifies(&self.keys.receipts, records, &answer), "{answer:?}");
        answer.outcomes
    }

    /// Pushes, and verifies the answer.
    pub async fn push(&self, records: &[String]) -> Vec<Outcome> {
        let answer: PushResponse = self.try_push(records).await.read();
        assert!(verifies(&self.keys.receipts, records, &answer), "{answer:?}");
        answer.outcomes
    }

    pub async fn compare(&self, held: &[(RecordId, Digest)]) -> CompareResponse {
        let body = json!({ "protocol": 2, "device": self.device, "held": held });
        self.client.post("/api/v1/sync/compare", &body).await.read()
    }

    pub async fn codes(&self) -> CodesResponse {
        let body = json!({ "protocol": 2, "device": self.device });
        self.client.post("/api/v1/sync/codes", &body).await.read()
    }

    /// As a phone asks that was wiped when it had codes up to that number.
    pub async fn codes_beyond(&self, beyond: u32) -> Reply {
        let body = json!({ "protocol": 2, "device": self.device, "beyond": beyond });
        self.client.post("/api/v1/sync/codes", &body).await
    }

    pub fn seal(&self, record: &str) -> Envelope {
        self.seal_as(record, &self.keys.device_token, self.me)
    }

    pub fn seal_as(&self, record: &str, token: &Bytes, account: AccountId) -> Envelope {
        let plain = format!("{{\"token\":\"{}\",\"record\":{record}}}", token.text());
        let id = serde_json::from_str::<Value>(record).ok().and_then(|r| serde_json::from_value(r["id"].clone()).ok());
        let blob = seal(&self.keys.sealing, plain.as_bytes());
        Envelope { account, id: id.unwrap_or(RecordId(Uuid::nil())), blob }
    }

    /// Hands envelopes in before a wipe.
    pub async fn hand_in(&self, county: &County, envelopes: &[Envelope]) -> PushResponse {
        let body = json!({ "protocol": 2, "device": self.device, "envelopes": envelopes, "keep": true });
        county.anonymous().post("/api/v1/sync/sealed", &body).await.read()
    }

    /// Sends envelopes without a session, from that device.
    pub async fn try_sealed(&self, county: &County, envelopes: &[Envelope]) -> Reply {
        let body = json!({ "protocol": 2, "device": self.device, "envelopes": envelopes });
        county.anonymous().post("/api/v1/sync/sealed", &body).await
    }

    pub async fn sealed(&self, county: &County, envelopes: &[Envelope]) -> PushResponse {
        self.try_sealed(county, envelopes).await.read()
    }
}

pub fn id_of(record: &str) -> RecordId {
    serde_json::from_str::<Record>(record).unwrap().id
}

pub fn held(record: &str) -> (RecordId, Digest) {
    (id_of(record), Digest::of_bytes(record.as_bytes()))
}

pub fn stored(outcome: &Outcome) -> &Stored {
    match outcome {
        Outcome::Stored(stored) => stored,
        other => panic!("{other:?}"),
    }
}

pub fn set_aside(outcome: &Outcome) -> &SetAside {
    match outcome {
        Outcome::SetAside { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

/// Whether the signature is over the receipts that these very bytes give.
pub fn verifies(public: &Bytes, records: &[String], answer: &PushResponse) -> bool {
    let leaves: Vec<Digest> = records
        .iter()
        .zip(&answer.outcomes)
        .filter_map(|(raw, outcome)| match outcome {
            Outcome::Stored(stored) => {
                let record: Record = serde_json::from_str(raw).ok()?;
                Some(Receipt::new(&record, Digest::of_bytes(raw.as_bytes()), stored).leaf())
            }
            Outcome::Kept { id } => Some(kept_leaf(*id, Digest::of_bytes(raw.as_bytes()))),
            _ => None,
        })
        .collect();
    if leaves.is_empty() {
        return answer.signature.0.is_empty();
    }
    let key = VerifyingKey::from_sec1_bytes(&public.0).unwrap();
    Signature::from_slice(&answer.signature.0).is_ok_and(|s| key.verify(&signed_text(root(&leaves)), &s).is_ok())
}

/// As [`Envelope`] describes it.
pub fn seal(public: &Bytes, plain: &[u8]) -> Bytes {
    let ephemeral = SecretKey::from_slice(Digest::of(&Uuid::new_v4()).bytes().as_slice()).unwrap();
    let point = ephemeral.public_key().to_encoded_point(false);
    let theirs = PublicKey::from_sec1_bytes(&public.0).unwrap();
    let shared = p256::ecdh::diffie_hellman(ephemeral.to_nonzero_scalar(), theirs.as_affine());
    let mut key = [0_u8; 32];
    Hkdf::<Sha256>::new(Some(point.as_bytes()), shared.raw_secret_bytes()).expand(SEALED_INFO, &mut key).unwrap();
    let nonce = [9_u8; 12];
    let sealed = Aes256Gcm::new_from_slice(&key).unwrap().encrypt(Nonce::from_slice(&nonce), plain).unwrap();
    Bytes([point.as_bytes(), &nonce, &sealed].concat())
}
