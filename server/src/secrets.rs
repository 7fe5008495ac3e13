//! The server's secret and what is derived from it. Every use has its own label, so that no value
//! of one can stand for a value of another.

use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use case_core::code::QueryCode;
use case_core::digest::Digest;
use case_core::document::ProofCode;
use case_core::id::{AccountId, BookingId, DeviceId, DocumentId, MatterId, SealedReportId};
use case_core::reception::BookingNumber;
use case_core::wire::bytes::Bytes;
use hmac::{Hmac, Mac as _};
use p256::ecdsa::SigningKey;
use sha2::Sha256;

use crate::phone_keys::{self, PhoneKeyring, PhoneSecrets};

/// 32 random bytes, and the keys that are made of them once.
pub struct Secrets {
    key: [u8; 32],
    phones: Box<dyn PhoneKeyring>,
    /// Made at the first use: it takes longer than anything else on a page that shows it.
    push_public: OnceLock<String>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// The secret file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// It exists but is not 64 hexadecimal digits.
    #[error("the secret file does not hold 64 hexadecimal digits")]
    Malformed,
    /// It cannot be read or made.
    #[error("the secret file cannot be used: {0}")]
    Io(#[from] std::io::Error),
}

impl Secrets {
    /// From given bytes.
    #[must_use]
    pub fn from_key(key: [u8; 32]) -> Self {
        let phones = PhoneSecrets::derive(&|label, attempt| mac(&key, label, &[&[attempt]]));
        Self { key, phones: Box::new(phones), push_public: OnceLock::new() }
    }

    /// The same, with other keys for phones.
    #[must_use]
    pub fn with_phones(self, phones: impl PhoneKeyring + 'static) -> Self {
        Self { phones: Box::new(phones), ..self }
    }

    /// Reads the file, or makes it at the first start (readable by its owner only).
    ///
    /// # Errors
    /// [`SecretError`].
    pub fn load_or_create(path: &Path) -> Result<Self, SecretError> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let digest = Digest::from_hex(text.trim()).ok_or(SecretError::Malformed)?;
                Ok(Self::from_key(digest.bytes()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if let Some(folder) = path.parent() {
                    crate::private_folder(folder)?;
                }
                let key: [u8; 32] = rand::random();
                let mut options = std::fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(path)?;
                let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
                file.write_all(hex.as_bytes())?;
                file.sync_all()?;
                Ok(Self::from_key(key))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn mac(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.key, label, parts)
    }

    /// The keys that phones hold the public halves of.
    #[must_use]
    pub(crate) fn phones(&self) -> &dyn PhoneKeyring {
        &*self.phones
    }

    /// Opens the store of an official's phone after a sign-in, when the PIN is forgotten.
    #[must_use]
    pub fn store_key(&self, account: AccountId, device: DeviceId) -> Bytes {
        Bytes(self.mac("store-key", &[account.0.as_bytes(), device.0.as_bytes()]).to_vec())
    }

    /// Proves, inside a sealed envelope, that a record comes from an official's phone.
    #[must_use]
    pub fn device_token(&self, account: AccountId, device: DeviceId) -> Bytes {
        Bytes(self.mac("device-token", &[account.0.as_bytes(), device.0.as_bytes()]).to_vec())
    }

    /// Whether a token is that official's, on that phone. Takes as long for a nearly right one.
    #[must_use]
    pub(crate) fn is_device_token(&self, token: &Bytes, account: AccountId, device: DeviceId) -> bool {
        let right = self.device_token(account, device);
        token.0.len() == right.0.len() && token.0.iter().zip(&right.0).fold(0, |diff, (a, b)| diff | (a ^ b)) == 0
    }

    /// The n-th code of a phone's reserve. Like [`Self::query_code`] it is made again, not stored.
    #[must_use]
    pub fn reserve_code(&self, account: AccountId, device: DeviceId, n: u32) -> QueryCode {
        code_of(self.mac("reserve-code", &[account.0.as_bytes(), device.0.as_bytes(), &n.to_be_bytes()]))
    }

    /// The query code of a matter's n-th issue. Random to everybody without the secret, yet the
    /// same when a lost reply is asked for again: so no code need be stored.
    #[must_use]
    pub fn query_code(&self, matter: MatterId, issue: u32) -> QueryCode {
        code_of(self.mac("query-code", &[matter.0.as_bytes(), &issue.to_be_bytes()]))
    }

    /// 查询码 of a sealed report, made again from its issue like [`Self::query_code`].
    #[must_use]
    pub fn sealed_code(&self, report: SealedReportId, issue: u32) -> QueryCode {
        code_of(self.mac("sealed-code", &[report.0.as_bytes(), &issue.to_be_bytes()]))
    }

    /// 查询口令: the second answer to a look-up of a sealed report. Of no person's name or phone, so that
    /// nothing of these need be kept.
    #[must_use]
    pub fn sealed_word(&self, report: SealedReportId, issue: u32) -> String {
        let bytes = self.mac("sealed-word", &[report.0.as_bytes(), &issue.to_be_bytes()]);
        format!("{:04}", u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) % 10_000)
    }

    /// What the database keeps of that.
    #[must_use]
    pub fn sealed_word_hash(&self, report: SealedReportId, word: &str) -> Digest {
        Digest::of_bytes(&self.mac("sealed-word-hash", &[report.0.as_bytes(), word.as_bytes()]))
    }

    /// The matter that a form makes which a petitioner sends: known from the form alone, so that what is sent
    /// twice is one matter; and whoever knows the matter does not know the form, which opens its receipt.
    #[must_use]
    pub fn filed_matter(&self, form: uuid::Uuid) -> MatterId {
        let mut head = [0_u8; 16];
        head.copy_from_slice(&self.mac("filed-matter", &[form.as_bytes()])[..16]);
        MatterId(uuid::Builder::from_custom_bytes(head).into_uuid())
    }

    /// 口令: the second answer to a look-up of a matter without a name. Made again, never stored; a new code
    /// leaves it as it is.
    #[must_use]
    pub fn filed_word(&self, matter: MatterId) -> String {
        let bytes = self.mac("filed-word", &[matter.0.as_bytes()]);
        format!("{:04}", u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) % 10_000)
    }

    /// Whether what was typed is that word: full-width digits are digits, and nothing else counts. Takes the same
    /// steps in any case.
    #[must_use]
    pub fn is_filed_word(&self, matter: MatterId, typed: &str) -> bool {
        digits(typed) == self.filed_word(matter)
    }

    /// Under which a code is found: all that the database knows of it.
    #[must_use]
    pub fn code_hash(&self, code: &QueryCode) -> Digest {
        Digest::of_bytes(&self.mac("code-hash", &[code.digits().as_bytes()]))
    }

    /// What the QR code of a document holds: made again, never stored.
    #[must_use]
    pub fn proof(&self, document: DocumentId) -> ProofCode {
        ProofCode::from_hash(self.mac("document-proof", &[document.0.as_bytes()]))
    }

    /// Under which a proof is found: all that the database knows of it.
    #[must_use]
    pub fn proof_hash(&self, proof: &ProofCode) -> Digest {
        Digest::of_bytes(&self.mac("document-proof-hash", &[proof.characters().as_bytes()]))
    }

    /// 预约号 of a booking: nobody guesses it from another.
    #[must_use]
    pub fn booking_number(&self, booking: BookingId) -> BookingNumber {
        let bytes = self.mac("booking-number", &[booking.0.as_bytes()]);
        let mut head = [0_u8; 8];
        head.copy_from_slice(&bytes[..8]);
        BookingNumber::from_number(u64::from_be_bytes(head))
    }

    /// By which the database knows who booked: of a phone number or a matter, and neither can be read from it.
    #[must_use]
    pub fn booker(&self, kind: &str, value: &str) -> Digest {
        Digest::of_bytes(&self.mac("booker", &[kind.as_bytes(), value.as_bytes()]))
    }

    /// Under which an answer is kept in memory: of the code's key and the second answer as typed.
    #[must_use]
    pub(crate) fn kept_answer(&self, code_key: &str, proof: &str) -> [u8; 32] {
        self.mac("kept-answer", &[code_key.as_bytes(), proof.as_bytes()])
    }

    /// Under which failed tries of a code, an address or a login are counted.
    #[must_use]
    pub fn limiter_key(&self, scope: &str, value: &str) -> String {
        Digest::of_bytes(&self.mac("limiter", &[scope.as_bytes(), value.as_bytes()])).hex()[..32].to_owned()
    }

    /// Signs something that comes back to us, such as a challenge: 32 hexadecimal digits.
    #[must_use]
    pub(crate) fn tag(&self, label: &str, parts: &[&[u8]]) -> String {
        Digest::of_bytes(&self.mac(label, parts)).hex()[..32].to_owned()
    }

    /// Whether what came back is what was signed. Takes as long for a nearly right one.
    #[must_use]
    pub(crate) fn tag_fits(&self, came: &str, right: &str) -> bool {
        let hash = |text: &str| self.mac("tag-fits", &[text.as_bytes()]);
        hash(came).iter().zip(hash(right)).fold(0, |diff, (a, b)| diff | (a ^ b)) == 0
    }

    /// Signs for this server before push services (VAPID).
    #[must_use]
    pub(crate) fn push_key(&self) -> SigningKey {
        SigningKey::from(phone_keys::scalar("push-vapid", &|label, attempt| self.mac(label, &[&[attempt]])))
    }

    /// What a browser takes this server's pushes by: the public half of [`Self::push_key`].
    #[must_use]
    pub(crate) fn push_public(&self) -> &str {
        let make = || Bytes(self.push_key().verifying_key().to_encoded_point(false).as_bytes().to_vec()).text();
        self.push_public.get_or_init(make)
    }

    /// What the database keeps of a session's token.
    #[must_use]
    pub fn token_hash(&self, token: &str) -> Digest {
        Digest::of_bytes(&self.mac("session", &[token.as_bytes()]))
    }

    /// Passwords of the demo county: the same at each start of one installation, different elsewhere.
    #[must_use]
    pub fn demo_password(&self, login: &str) -> String {
        let bytes = self.mac("demo-password", &[login.as_bytes()]);
        let number = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) % 1_000_000;
        format!("huiyin-{number:06}")
    }
}

fn mac(key: &[u8; 32], label: &str, parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length, so this cannot fail; were it to, nothing would match.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    mac.update(label.as_bytes());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// 口令 as typed: full-width digits are digits, and nothing else counts.
pub(crate) fn digits(typed: &str) -> String {
    let wide = |c: char| char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(char::is_ascii_digit);
    typed.chars().filter_map(|c| if c.is_ascii_digit() { Some(c) } else { wide(c) }).collect()
}

fn code_of(bytes: [u8; 32]) -> QueryCode {
    let mut head = [0_u8; 16];
    head.copy_from_slice(&bytes[..16]);
    let number = u128::from_be_bytes(head) % u128::from(QueryCode::SPACE);
    QueryCode::from_number(u64::try_from(number).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/huiyin.secret");
        let first = Secrets::load_or_create(&path).unwrap();
        let again = Secrets::load_or_create(&path).unwrap();
        #[cfg(unix)]
        for (what, mode) in [(path.as_path(), 0o600), (path.parent().unwrap(), 0o700)] {
            let found = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(what).unwrap().permissions());
            assert_eq!(found & 0o777, mode, "nobody else reads it");
        }
        let id = MatterId(uuid::Uuid::from_u128(1));
        assert_eq!(first.query_code(id, 1), again.query_code(id, 1));
        assert_ne!(first.query_code(id, 1), first.query_code(id, 2));
        std::fs::write(&path, "short").unwrap();
        assert!(matches!(Secrets::load_or_create(&path), Err(SecretError::Malformed)));
    }

    #[test]
    fn codes_spread_over_the_whole_space() {
        let secrets = Secrets::from_key([7; 32]);
        let firsts: std::collections::BTreeSet<char> = (0..200_u128)
            .filter_map(|n| secrets.query_code(MatterId(uuid::Uuid::from_u128(n)), 1).digits().chars().next())
            .collect();
        assert_eq!(firsts.len(), 10);
    }

    #[test]
    fn a_form_leads_to_its_matter_and_never_back() {
        let secrets = Secrets::from_key([7; 32]);
        let form = uuid::Uuid::from_u128(5);
        let matter = secrets.filed_matter(form);
        assert_eq!(matter, secrets.filed_matter(form));
        assert_ne!(secrets.filed_matter(matter.0), matter);
        assert_ne!(matter, Secrets::from_key([8; 32]).filed_matter(form));
        assert_eq!(matter.0.get_version_num(), 8);
        assert_eq!(secrets.filed_word(matter).len(), 4);
        assert_ne!(secrets.filed_word(matter), secrets.filed_word(MatterId(form)));
    }

    #[test]
    fn what_phones_get_is_their_own() {
        let secrets = Secrets::from_key([7; 32]);
        let (a, b) = (AccountId(uuid::Uuid::from_u128(1)), AccountId(uuid::Uuid::from_u128(2)));
        let (x, y) = (DeviceId(uuid::Uuid::from_u128(1)), DeviceId(uuid::Uuid::from_u128(2)));
        let token = secrets.device_token(a, x);
        assert!(secrets.is_device_token(&token, a, x));
        for (account, device) in [(a, y), (b, x), (b, y)] {
            assert!(!secrets.is_device_token(&token, account, device));
            assert_ne!(secrets.store_key(a, x), secrets.store_key(account, device));
            assert_ne!(secrets.reserve_code(a, x, 0), secrets.reserve_code(account, device, 0));
        }
        assert!(!secrets.is_device_token(&Bytes(token.0[..31].to_vec()), a, x));
        assert!(!secrets.is_device_token(&Bytes::default(), a, x));
        assert_ne!(secrets.store_key(a, x), token);
        assert_ne!(secrets.reserve_code(a, x, 0), secrets.reserve_code(a, x, 1));
        assert_eq!(secrets.device_token(a, x), Secrets::from_key([7; 32]).device_token(a, x));
        assert_ne!(secrets.device_token(a, x), Secrets::from_key([8; 32]).device_token(a, x));
    }
}
