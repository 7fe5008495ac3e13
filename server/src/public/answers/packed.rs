//! A page of three parts as one gzip stream: the head that all share, packed once; the middle, packed when it was
//! made; the end with what the asker typed, put in as it is. A hit copies bytes and sums up the short end.
//!
//! Gzip is a header, blocks, and a check over all bytes (RFC 1951, 1952). Each part ends at the edge of a byte
//! (a "sync flush") and refers to nothing before itself, so parts can be put one behind the other; they are sent from
//! where they lie ([`Parts`]), and copied nowhere. What the asker
//! typed is in a stored block: it is compressed together with nothing, so that no length tells anything about it.

use std::convert::Infallible;
use std::io::{self, Write as _};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Bytes;
use crc32fast::Hasher;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Decompress, FlushDecompress};
use http_body::{Body, Frame, SizeHint};

/// Gzip, deflate, no name, no time, unknown system.
const HEADER: [u8; 10] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
/// The longest stored block.
const LONGEST: usize = 0xFFFF;
/// For what is packed once and sent often.
const TOP_LEVEL: u32 = 9;
/// For what is packed at a look-up.
const LEVEL: u32 = 4;

/// The head of all answers.
#[derive(Debug)]
pub(in crate::public) struct Top {
    plain: String,
    /// Nothing, should packing ever fail: the page then goes out plain.
    packed: Option<Bytes>,
    sum: u32,
}

impl Top {
    pub(in crate::public) fn new(plain: String) -> Self {
        let sum = crc32fast::hash(plain.as_bytes());
        let packed = blocks(plain.as_bytes(), TOP_LEVEL).ok();
        let packed = packed.map(|blocks| Bytes::from([HEADER.as_slice(), &blocks].concat()));
        Self { packed, plain, sum }
    }
}

/// The middle of an answer, and the check over head and middle.
#[derive(Debug)]
pub(in crate::public) struct Packed {
    blocks: Bytes,
    /// Bytes of the middle, unpacked.
    length: usize,
    sum: u32,
}

impl Packed {
    /// # Errors
    /// Never for what fits into memory.
    pub(in crate::public) fn new(top: &Top, middle: &str) -> io::Result<Self> {
        let mut sum = Hasher::new_with_initial_len(top.sum, length(top.plain.len()));
        sum.update(middle.as_bytes());
        let blocks = blocks(middle.as_bytes(), LEVEL)?;
        // Copied to its length: the space that was left over would stay for as long as it is kept.
        Ok(Self { blocks: Bytes::copy_from_slice(&blocks), length: middle.len(), sum: sum.finalize() })
    }

    /// Bytes in memory.
    pub(super) fn weight(&self) -> usize {
        self.blocks.len() + size_of::<Self>()
    }

    /// The page, packed; none where the head is not.
    pub(in crate::public) fn gzip(&self, top: &Top, end: &str) -> Option<Parts> {
        let head = top.packed.clone()?;
        let before = top.plain.len() + self.length;
        let mut last = Vec::with_capacity(end.len() + 32);
        stored(&mut last, end.as_bytes());
        let mut sum = Hasher::new_with_initial_len(self.sum, length(before));
        sum.update(end.as_bytes());
        last.extend_from_slice(&sum.finalize().to_le_bytes());
        // Of what is longer than four gigabytes the check would hold the rest: RFC 1952.
        let all = u32::try_from(before + end.len()).unwrap_or(u32::MAX);
        last.extend_from_slice(&all.to_le_bytes());
        Some(Parts { parts: [head, self.blocks.clone(), Bytes::from(last)], next: 0 })
    }

    /// The page for those who take nothing packed.
    ///
    /// # Errors
    /// Never: it was packed here.
    pub(in crate::public) fn plain(&self, top: &Top, end: &str) -> io::Result<Vec<u8>> {
        let mut page = Vec::with_capacity(top.plain.len() + self.length + end.len());
        page.extend_from_slice(top.plain.as_bytes());
        let mut unpacked = Decompress::new(false);
        unpacked.decompress_vec(&self.blocks, &mut page, FlushDecompress::Sync)?;
        if page.len() != top.plain.len() + self.length {
            return Err(io::ErrorKind::InvalidData.into());
        }
        page.extend_from_slice(end.as_bytes());
        Ok(page)
    }
}

/// A page, from where its parts lie.
#[derive(Debug)]
pub(in crate::public) struct Parts {
    parts: [Bytes; 3],
    next: usize,
}

impl Body for Parts {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let part = self.parts.get(self.next).cloned();
        self.next += 1;
        Poll::Ready(part.map(|part| Ok(Frame::data(part))))
    }

    fn is_end_stream(&self) -> bool {
        self.next >= self.parts.len()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.parts.iter().skip(self.next).map(|part| length(part.len())).sum())
    }
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// Blocks that end at the edge of a byte and are not the last.
fn blocks(plain: &[u8], level: u32) -> io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(plain)?;
    encoder.flush()?;
    Ok(std::mem::take(encoder.get_mut()))
}

/// As it is, and nothing after it.
fn stored(page: &mut Vec<u8>, bytes: &[u8]) {
    let mut parts = bytes.chunks(LONGEST).peekable();
    if parts.peek().is_none() {
        page.extend_from_slice(&[1, 0, 0, 0xFF, 0xFF]);
    }
    while let Some(part) = parts.next() {
        let length = u16::try_from(part.len()).unwrap_or(u16::MAX);
        page.push(u8::from(parts.peek().is_none()));
        page.extend_from_slice(&length.to_le_bytes());
        page.extend_from_slice(&(!length).to_le_bytes());
        page.extend_from_slice(part);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    fn unpacked(page: &Parts) -> String {
        let mut text = String::new();
        // Reads the check too, and fails where it does not fit.
        GzDecoder::new(&page.parts.concat()[..]).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn the_parts_are_one_page_packed_or_not() {
        let long = "沟已经修好了。".repeat(9_000);
        for (head, middle, end) in
            [("<html>", "<p>答复</p>", "</html>"), ("", "", ""), (&long, "x", &long), ("a", &long, "")]
        {
            let top = Top::new(head.to_owned());
            let packed = Packed::new(&top, middle).unwrap();
            let whole = [head, middle, end].concat();
            assert!(unpacked(&packed.gzip(&top, end).unwrap()) == whole);
            assert!(packed.plain(&top, end).unwrap() == whole.as_bytes());
            // The same middle for another asker.
            assert!(unpacked(&packed.gzip(&top, "别人").unwrap()).ends_with("别人"));
        }
    }

    #[test]
    fn what_was_typed_is_packed_with_nothing() {
        let top = Top::new("480012345678".repeat(100));
        let packed = Packed::new(&top, &"480012345678".repeat(100)).unwrap();
        let lengths =
            ["480012345678", "993817264530"].map(|typed| packed.gzip(&top, typed).unwrap().size_hint().exact());
        assert_eq!(lengths[0], lengths[1]);
    }
}
