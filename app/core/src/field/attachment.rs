//! Files that belong to a record: photos, recordings, the petitioner's signature. Always optional.
//!
//! A record names its files and is sent without waiting for them; it is complete when all of them
//! have arrived. On the phone each file is encrypted under a key of its own, and that key stands in
//! the record: so the bytes can be uploaded in pieces by whoever holds the phone, without the key of
//! the official who took the picture, and the server can check and open them once it has the record.

use serde::{Deserialize, Serialize};

use super::record::RecordFault;
use crate::digest::Digest;

/// The most files of one record.
pub const MAX_ATTACHMENTS: usize = 12;
/// The largest file, in bytes, before it is encrypted: 10 MB. A photo is scaled down to far less.
pub const MAX_ATTACHMENT_BYTES: u32 = 10 * 1024 * 1024;
/// What encryption adds: a nonce of 12 bytes in front, a tag of 16 behind.
pub const SEAL_BYTES: u32 = 28;

/// What a file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// 照片.
    Photo,
    /// 录音.
    Recording,
    /// 签名.
    Signature,
}

impl AttachmentKind {
    /// A stable word for storage.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Recording => "recording",
            Self::Signature => "signature",
        }
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Photo, Self::Recording, Self::Signature].into_iter().find(|kind| kind.code() == code)
    }
}

/// The types that are taken. None of them can act in a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// WebM, sound only.
    Webm,
    /// MPEG-4, sound only (.m4a).
    Mp4,
    /// MP3.
    Mp3,
    /// Ogg.
    Ogg,
    /// WAV.
    Wav,
    /// AMR, of older phones.
    Amr,
    /// AAC.
    Aac,
}

impl Media {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Webm,
        Self::Mp4,
        Self::Mp3,
        Self::Ogg,
        Self::Wav,
        Self::Amr,
        Self::Aac,
    ];

    /// The name on the wire and in a browser.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Webm => "audio/webm",
            Self::Mp4 => "audio/mp4",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
            Self::Wav => "audio/wav",
            Self::Amr => "audio/amr",
            Self::Aac => "audio/aac",
        }
    }

    /// Reads [`Self::mime`] back.
    #[must_use]
    pub fn from_mime(mime: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.mime() == mime)
    }

    /// Whether it is a picture.
    #[must_use]
    pub fn is_image(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }

    /// The type that the first bytes show; what a browser or a name says of a file proves nothing.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        let at = |from: usize, what: &[u8]| bytes.get(from..from + what.len()) == Some(what);
        match () {
            () if at(0, &[0xff, 0xd8, 0xff]) => Some(Self::Jpeg),
            () if at(0, b"\x89PNG\r\n\x1a\n") => Some(Self::Png),
            () if at(0, b"RIFF") && at(8, b"WEBP") => Some(Self::Webp),
            () if at(0, b"RIFF") && at(8, b"WAVE") => Some(Self::Wav),
            () if at(0, &[0x1a, 0x45, 0xdf, 0xa3]) => Some(Self::Webm),
            () if at(4, b"ftyp") => Some(Self::Mp4),
            () if at(0, b"OggS") => Some(Self::Ogg),
            () if at(0, b"#!AMR") => Some(Self::Amr),
            () if at(0, b"ID3") => Some(Self::Mp3),
            () => match bytes {
                // Twelve set bits begin a frame; the layer bits tell AAC (00) from MP3.
                [0xff, second, ..] if second & 0xf6 == 0xf0 => Some(Self::Aac),
                [0xff, second, ..] if second & 0xe0 == 0xe0 => Some(Self::Mp3),
                _ => None,
            },
        }
    }
}

/// The key of one file. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileKey(pub [u8; 32]);

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(…)")
    }
}

impl TryFrom<String> for FileKey {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        // Written like a digest: 64 hexadecimal digits.
        Digest::from_hex(&text).map(|digest| Self(digest.bytes())).ok_or("a file's key has 64 hexadecimal digits")
    }
}

impl From<FileKey> for String {
    fn from(key: FileKey) -> Self {
        Digest::from_bytes(key.0).hex()
    }
}

/// A file of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// SHA-256 of the file as it was before encryption.
    pub digest: Digest,
    /// What it shows.
    pub kind: AttachmentKind,
    /// Its type.
    pub media: Media,
    /// Its size in bytes, before encryption.
    pub bytes: u32,
    /// SHA-256 of the encrypted file: its name in the upload.
    pub sealed: Digest,
    /// AES-256-GCM; the encrypted file is nonce (12 bytes), ciphertext, tag (16 bytes).
    pub key: FileKey,
}

impl Attachment {
    /// The size of the encrypted file.
    #[must_use]
    pub fn sealed_bytes(&self) -> u32 {
        self.bytes.saturating_add(SEAL_BYTES)
    }
}

/// Checks the files of a record.
pub(super) fn check(attachments: &[Attachment]) -> Result<(), RecordFault> {
    if attachments.len() > MAX_ATTACHMENTS {
        return Err(RecordFault::TooManyAttachments { max: u16::try_from(MAX_ATTACHMENTS).unwrap_or(u16::MAX) });
    }
    if attachments.iter().any(|file| file.bytes == 0 || file.bytes > MAX_ATTACHMENT_BYTES) {
        return Err(RecordFault::AttachmentTooLarge);
    }
    Ok(())
}
