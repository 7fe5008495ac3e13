//! 解压检查: looks through a zip archive before a workbook reader does.
//!
//! A few kilobytes can unpack to terabytes, and a header can announce more than there is; a reader
//! that believes either takes all the memory there is, and no error handling helps then. So every
//! entry is unpacked once with a meter running, and the one announcement that the reader reserves
//! memory for is compared with what is there.
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::problem::FileError;

/// How many bytes an archive may unpack to in all.
pub const MAX_UNPACKED: u64 = 256 << 20;
const MAX_ENTRIES: usize = 4096;

/// What an archive is, by the files in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Package {
    Xlsx,
    Ods,
    Other,
}

pub(crate) fn inspect(bytes: &[u8]) -> Result<Package, FileError> {
    inspect_within(bytes, MAX_UNPACKED)
}

fn inspect_within(bytes: &[u8], limit: u64) -> Result<Package, FileError> {
    let mut archive = open(bytes)?;
    let mut package = Package::Other;
    let mut left = limit;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(damage)?;
        let name = entry.name().map_err(damage)?.to_ascii_lowercase();
        match name.as_str() {
            "content.xml" => package = Package::Ods,
            "xl/workbook.xml" => package = Package::Xlsx,
            _ => {}
        }
        let shared = name.contains("sharedstrings");
        left = measure(&mut entry, left, shared)?.ok_or(FileError::UnpacksTooLarge { limit })?;
    }
    Ok(package)
}

/// One entry's text, for the reader of OpenDocument sheets.
pub(crate) fn text(bytes: &[u8], name: &str) -> Result<Option<String>, FileError> {
    let mut archive = open(bytes)?;
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(damage(error)),
    };
    let mut text = String::new();
    entry.take(MAX_UNPACKED).read_to_string(&mut text).map_err(|_| FileError::Damaged)?;
    Ok(Some(text))
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, FileError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damage)?;
    if archive.len() > MAX_ENTRIES { Err(FileError::Damaged) } else { Ok(archive) }
}

fn damage(error: ZipError) -> FileError {
    match error {
        ZipError::InvalidPassword => FileError::PasswordProtected,
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => FileError::PasswordProtected,
        _ => FileError::Damaged,
    }
}

/// How many bytes are left after this entry, if it fits.
fn measure(entry: &mut impl Read, left: u64, shared: bool) -> Result<Option<u64>, FileError> {
    let mut seen = 0u64;
    let mut start = Vec::new();
    let mut buffer = vec![0u8; 64 << 10];
    loop {
        let count = entry.read(&mut buffer).map_err(|_| FileError::Damaged)?;
        let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else { break };
        seen += count as u64;
        if seen > left {
            return Ok(None);
        }
        if shared {
            start.extend_from_slice(chunk);
        }
    }
    // An entry takes at least 5 bytes ("<si/>"); UTF-16 would hide the announcement from this look.
    if shared
        && (announced(&start).is_some_and(|count| count > seen)
            || start.starts_with(b"\xff\xfe")
            || start.starts_with(b"\xfe\xff"))
    {
        return Err(FileError::Damaged);
    }
    Ok(Some(left - seen))
}

/// The largest `uniqueCount="…"` in the text.
fn announced(text: &[u8]) -> Option<u64> {
    const WORD: &[u8] = b"uniqueCount";
    let mut largest = None;
    let mut rest = text;
    while let Some(at) = rest.windows(WORD.len()).position(|window| window == WORD) {
        rest = rest.get(at + WORD.len()..)?;
        let number = rest
            .iter()
            .skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\'' | b'+'))
            .take_while(|b| b.is_ascii_digit())
            .fold(0u64, |sum, b| sum.saturating_mul(10).saturating_add(u64::from(b - b'0')));
        largest = largest.max(Some(number));
    }
    largest
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_is_noticed_before_it_goes_off() {
        let zeros = vec![0u8; 400_000];
        let bomb = archive(&[("a", &zeros), ("b", &zeros), ("c", &zeros)]);
        assert!(bomb.len() < 10_000, "{} bytes", bomb.len());
        assert_eq!(inspect_within(&bomb, 1_000_000), Err(FileError::UnpacksTooLarge { limit: 1_000_000 }));
        assert_eq!(inspect_within(&bomb, 1_200_000), Ok(Package::Other));
    }

    #[test]
    fn an_announcement_of_more_than_there_is_is_damage() {
        let lie = br#"<sst count="1" uniqueCount="99999999999"><si><t>x</t></si></sst>"#;
        assert_eq!(inspect(&archive(&[("xl/SharedStrings.xml", lie)])), Err(FileError::Damaged));
        let true_one = br#"<sst uniqueCount="1"><si><t>x</t></si></sst>"#;
        let fine = archive(&[("xl/sharedStrings.xml", true_one), ("xl/workbook.xml", b"<w/>")]);
        assert_eq!(inspect(&fine), Ok(Package::Xlsx));
    }

    #[test]
    fn half_an_archive_is_damage() {
        let whole = archive(&[("content.xml", b"<x/>")]);
        assert_eq!(inspect(&whole), Ok(Package::Ods));
        assert_eq!(inspect(&whole[..whole.len() / 2]), Err(FileError::Damaged));
    }
}
