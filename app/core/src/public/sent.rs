//! 信访人的材料: the files that a petitioner sends with a form, and their bounds.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::field::Media;
use crate::id::VoiceId;
use crate::text::ShortText;
use crate::time::Moment;

/// The most files of one form.
pub const MAX_SENT_FILES: usize = 6;
/// The largest file, in bytes: 8 MB, what a phone's camera makes at most.
pub const MAX_SENT_BYTES: usize = 8 * 1024 * 1024;

/// The types that are taken from petitioners: what records take, and PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum SentMedia {
    /// A picture or a recording.
    Seen(Media),
    /// PDF. It can act in a viewer, so it is only ever handed out to be saved.
    Pdf,
}

/// Not a type that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a type of file that is taken")]
pub struct SentMediaError;

impl SentMedia {
    /// The type that the first bytes show; what a browser or a name says of a file proves nothing.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"%PDF-") { Some(Self::Pdf) } else { Media::sniff(bytes).map(Self::Seen) }
    }

    /// The name on the wire and in a browser.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Seen(media) => media.mime(),
            Self::Pdf => "application/pdf",
        }
    }

    /// Reads [`Self::mime`] back.
    #[must_use]
    pub fn from_mime(mime: &str) -> Option<Self> {
        if mime == Self::Pdf.mime() { Some(Self::Pdf) } else { Media::from_mime(mime).map(Self::Seen) }
    }

    /// Whether it is a picture.
    #[must_use]
    pub fn is_image(self) -> bool {
        matches!(self, Self::Seen(media) if media.is_image())
    }

    /// How a saved file's name ends.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Seen(Media::Jpeg) => "jpg",
            Self::Seen(Media::Png) => "png",
            Self::Seen(Media::Webp) => "webp",
            Self::Seen(Media::Webm) => "webm",
            Self::Seen(Media::Mp4) => "m4a",
            Self::Seen(Media::Mp3) => "mp3",
            Self::Seen(Media::Ogg) => "ogg",
            Self::Seen(Media::Wav) => "wav",
            Self::Seen(Media::Amr) => "amr",
            Self::Seen(Media::Aac) => "aac",
        }
    }
}

impl TryFrom<String> for SentMedia {
    type Error = SentMediaError;
    fn try_from(mime: String) -> Result<Self, SentMediaError> {
        Self::from_mime(&mime).ok_or(SentMediaError)
    }
}

impl From<SentMedia> for String {
    fn from(media: SentMedia) -> Self {
        media.mime().to_owned()
    }
}

/// A file of a petitioner, as the form that holds it and the desk show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFile {
    /// SHA-256 of the file as it is kept.
    pub digest: Digest,
    /// Its name on the petitioner's phone.
    pub name: ShortText,
    /// What its bytes show.
    pub media: SentMedia,
    /// Its size.
    pub bytes: u32,
    /// When it came.
    pub at: Moment,
    /// With which voice (补充材料); none: with the form that made the matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<VoiceId>,
}

/// A name as it is kept: without folders, cut to what a name may be, and never empty.
#[must_use]
pub fn file_name(raw: &str) -> Option<ShortText> {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let short: String = last.chars().filter(|c| !c.is_control()).take(60).collect();
    ShortText::parse(&short).or_else(|_| ShortText::parse("材料")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_what_the_bytes_show_and_nothing_that_acts() {
        assert_eq!(SentMedia::sniff(b"%PDF-1.7\n"), Some(SentMedia::Pdf));
        assert_eq!(SentMedia::sniff(&[0xff, 0xd8, 0xff, 0xe0]), Some(SentMedia::Seen(Media::Jpeg)));
        let acting: [&[u8]; 6] = [b"<html>", b"<?xml version='1.0'?><svg>", b"PK\x03\x04", b"MZ", b"GIF89a", b""];
        for bytes in acting {
            assert_eq!(SentMedia::sniff(bytes), None);
        }
    }

    #[test]
    fn a_type_reads_back_and_goes_over_the_wire() {
        for media in Media::ALL.into_iter().map(SentMedia::Seen).chain([SentMedia::Pdf]) {
            assert_eq!(SentMedia::from_mime(media.mime()), Some(media));
            let wire = serde_json::to_string(&media).unwrap();
            assert_eq!(serde_json::from_str::<SentMedia>(&wire).unwrap(), media);
        }
        assert!(serde_json::from_str::<SentMedia>("\"text/html\"").is_err());
    }

    #[test]
    fn a_name_has_no_folder_and_is_never_empty() {
        let name = |raw: &str| file_name(raw).unwrap().as_str().to_owned();
        assert_eq!(name(r"C:\照片\路灯.jpg"), "路灯.jpg");
        assert_eq!(name("../../etc/passwd"), "passwd");
        assert_eq!(name(" "), "材料");
        assert_eq!(name(&"长".repeat(90)).chars().count(), 60);
    }
}
