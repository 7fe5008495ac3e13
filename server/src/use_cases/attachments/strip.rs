//! What a picture tells beside the picture is not served: position, device, time, thumbnails. Phones
//! take it out before they send; this holds for a file that came another way. The stored file stays
//! as it came, for it is evidence and its digest stands in a receipt.
//!
//! One rule for each type, and it names what is kept rather than what goes: of a JPEG the segments
//! that a decoder needs, up to the end of the first picture; of a PNG and a WebP the chunks that one
//! needs. A file that breaks off is served as far as it goes. Recordings are served as they are.

use case_core::field::Media;

/// The file without what it tells beside its picture.
#[must_use]
pub fn strip(media: Media, bytes: Vec<u8>) -> Vec<u8> {
    match media {
        Media::Jpeg => jpeg(&bytes),
        Media::Png => png(&bytes),
        Media::Webp => webp(&bytes),
        Media::Webm | Media::Mp4 | Media::Mp3 | Media::Ogg | Media::Wav | Media::Amr | Media::Aac => bytes,
    }
}

/// Markers without a length: TEM and the restart markers.
fn stands_alone(marker: u8) -> bool {
    marker == 0x01 || (0xd0..=0xd7).contains(&marker)
}

/// Application segments and comments go, but for JFIF, a colour profile and Adobe's colour transform.
fn is_kept(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe0 => content.starts_with(b"JFIF\0"),
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        0xe1 | 0xe3..=0xed | 0xef | 0xfe => false,
        _ => true,
    }
}

fn jpeg(bytes: &[u8]) -> Vec<u8> {
    const START: [u8; 2] = [0xff, 0xd8];
    const END: [u8; 2] = [0xff, 0xd9];
    let mut kept = Vec::with_capacity(bytes.len());
    let Some(mut rest) = bytes.strip_prefix(&START) else { return kept };
    kept.extend(START);
    while let [0xff, marker, after @ ..] = rest {
        match *marker {
            // Any number of these may stand before a marker.
            0xff => rest = &rest[1..],
            // More pictures may follow the first one, each with a position of its own.
            0xd9 => break,
            alone if stands_alone(alone) => {
                kept.extend([0xff, alone]);
                rest = after;
            }
            marker => {
                let Some(length) = after.first_chunk().map(|two| usize::from(u16::from_be_bytes(*two))) else { break };
                let (Some(segment), Some(next)) = (after.get(..length), after.get(length..)) else { break };
                if length < 2 {
                    break;
                }
                if is_kept(marker, &segment[2..]) {
                    kept.extend([0xff, marker]);
                    kept.extend(segment);
                }
                rest = next;
                // The picture itself follows the start of a scan, up to the next marker.
                if marker == 0xda {
                    let end = scan_end(rest);
                    kept.extend(&rest[..end]);
                    rest = &rest[end..];
                }
            }
        }
    }
    kept.extend(END);
    kept
}

/// Where the entropy-coded bytes end: at a marker that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8]) -> usize {
    bytes
        .windows(2)
        .position(|pair| pair[0] == 0xff && pair[1] != 0 && pair[1] != 0xff && !stands_alone(pair[1]))
        .unwrap_or(bytes.len())
}

fn png(bytes: &[u8]) -> Vec<u8> {
    const KEPT: [&[u8; 4]; 13] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs",
        b"cICP",
    ];
    let (start, mut rest) = bytes.split_at(bytes.len().min(8));
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend(start);
    while let Some((length, name)) = rest.first_chunk::<4>().zip(rest.get(4..8)) {
        let whole = usize::try_from(u32::from_be_bytes(*length)).ok().and_then(|length| length.checked_add(12));
        let Some((chunk, next)) = whole.and_then(|whole| rest.split_at_checked(whole)) else { break };
        if KEPT.iter().any(|kept| kept.as_slice() == name) {
            kept.extend(chunk);
        }
        if name == b"IEND" {
            break;
        }
        rest = next;
    }
    kept
}

fn webp(bytes: &[u8]) -> Vec<u8> {
    const KEPT: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    /// In the first byte of VP8X: there is Exif, there is XMP.
    const TOLD: u8 = 0b0000_1100;
    let mut kept = Vec::with_capacity(bytes.len());
    let Some((start, mut rest)) = bytes.split_at_checked(12) else { return kept };
    kept.extend(start);
    while let Some((name, length)) = rest.get(..4).zip(rest.get(4..8).and_then(<[u8]>::first_chunk::<4>)) {
        // Chunks of odd length have a byte behind them.
        let length = usize::try_from(u32::from_le_bytes(*length)).ok();
        let whole = length.and_then(|length| length.checked_add(length % 2)).and_then(|length| length.checked_add(8));
        let Some((chunk, next)) = whole.and_then(|whole| rest.split_at_checked(whole)) else { break };
        if KEPT.iter().any(|kept| kept.as_slice() == name) {
            let from = kept.len();
            kept.extend(chunk);
            if name == b"VP8X"
                && let Some(flags) = kept.get_mut(from + 8)
            {
                *flags &= !TOLD;
            }
        }
        rest = next;
    }
    let size = u32::try_from(kept.len().saturating_sub(8)).unwrap_or(u32::MAX);
    kept[4..8].copy_from_slice(&size.to_le_bytes());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &length, content].concat()
    }

    fn has(bytes: &[u8], what: &[u8]) -> bool {
        bytes.windows(what.len()).any(|part| part == what)
    }

    /// Two scans, a restart, a stuffed byte; all that tells something between them; another picture.
    fn telling_jpeg() -> (Vec<u8>, Vec<u8>) {
        let jfif = segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        let tables = segment(0xdb, &[7; 65]);
        let frame = segment(0xc0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
        let scan = [&segment(0xda, &[1, 1, 0, 0, 63, 0])[..], &[0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]].concat();
        let icc = segment(0xe2, b"ICC_PROFILE\0\x01\x01profile");
        let told = [
            segment(0xe1, b"Exif\0\0GPS-30.1"),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0GPS-30.1"),
            segment(0xe2, b"MPF\0GPS-30.1"),
            segment(0xed, b"Photoshop 3.0\0GPS-30.1"),
            segment(0xfe, b"GPS-30.1"),
        ]
        .concat();
        let start = [0xff, 0xd8];
        let end = [0xff, 0xd9];
        let second = [&start[..], &segment(0xe1, b"Exif\0\0GPS-30.1"), &end].concat();
        let plain = [&start[..], &jfif, &icc, &tables, &frame, &scan, &scan, &end].concat();
        let told =
            [&start[..], &jfif, &told, &icc, &tables, &[0xff], &frame, &scan, &told, &scan, &end, &second].concat();
        (told, plain)
    }

    #[test]
    fn a_jpeg_keeps_its_picture_and_nothing_that_tells_where_it_was_taken() {
        let (told, plain) = telling_jpeg();
        assert!(has(&told, b"GPS-30.1"));
        assert_eq!(strip(Media::Jpeg, told), plain);
        assert_eq!(strip(Media::Jpeg, plain.clone()), plain, "what tells nothing stays as it is");
    }

    #[test]
    fn a_png_keeps_the_chunks_of_its_picture() {
        let chunk = |name: &[u8; 4], content: &[u8]| {
            [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], name, content, &[0; 4]].concat()
        };
        let head = b"\x89PNG\r\n\x1a\n";
        let told = [
            &head[..],
            &chunk(b"IHDR", &[1; 13]),
            &chunk(b"eXIf", b"GPS-30.1"),
            &chunk(b"iTXt", b"GPS-30.1"),
            &chunk(b"IDAT", &[5; 9]),
            &chunk(b"IEND", b""),
            b"GPS-30.1",
        ]
        .concat();
        let plain = [&head[..], &chunk(b"IHDR", &[1; 13]), &chunk(b"IDAT", &[5; 9]), &chunk(b"IEND", b"")].concat();
        assert_eq!(strip(Media::Png, told), plain);
    }

    #[test]
    fn a_webp_says_no_more_that_it_has_what_was_taken_out() {
        let chunk = |name: &[u8; 4], content: &[u8]| {
            let pad = vec![0; content.len() % 2];
            [name, &u32::try_from(content.len()).unwrap().to_le_bytes()[..], content, &pad].concat()
        };
        let file = |chunks: &[u8]| {
            [b"RIFF", &u32::try_from(chunks.len() + 4).unwrap().to_le_bytes()[..], b"WEBP", chunks].concat()
        };
        let told = file(
            &[
                chunk(b"VP8X", &[0x1c, 0, 0, 0, 9, 0, 0, 9, 0, 0]),
                chunk(b"VP8L", &[1; 7]),
                chunk(b"EXIF", b"GPS-30.1"),
                chunk(b"XMP ", b"GPS-30.1!"),
            ]
            .concat(),
        );
        let plain = file(&[chunk(b"VP8X", &[0x10, 0, 0, 0, 9, 0, 0, 9, 0, 0]), chunk(b"VP8L", &[1; 7])].concat());
        assert_eq!(strip(Media::Webp, told), plain);
    }

    #[test]
    fn a_file_that_breaks_off_anywhere_tells_nothing_either() {
        let (told, _) = telling_jpeg();
        for media in [Media::Jpeg, Media::Png, Media::Webp] {
            for end in 0..told.len() {
                assert!(!has(&strip(media, told[..end].to_vec()), b"GPS-30.1"), "{media:?} {end}");
            }
        }
    }
}
