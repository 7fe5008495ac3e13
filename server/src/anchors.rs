//! Where the audit chain and the receipts end, written down outside the database: one line an hour in a
//! file beside the secret, `2026-11-23 16:00 A1234-… R56-…`. Who can write to the database alone cannot make
//! a chain fit what stands here; `huiyin audit verify` compares every line.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use case_core::time::Moment;
use case_store::Anchor;

/// The file holds something else than anchors.
#[derive(Debug, thiserror::Error)]
pub enum AnchorsError {
    /// It cannot be read or written.
    #[error("the file of anchors: {0}")]
    Io(#[from] std::io::Error),
    /// A line is not one of ours.
    #[error("line {line} of the file of anchors cannot be read")]
    Line {
        /// Which, from 1.
        line: usize,
    },
}

/// Adds a line, unless the last one says the same.
///
/// # Errors
/// When the file cannot be read or written.
pub fn write_down(file: &Path, heads: &[Anchor], now: Moment) -> std::io::Result<()> {
    let heads = heads.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let before = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    if heads.is_empty() || before.lines().last().is_some_and(|line| line.ends_with(&heads)) {
        return Ok(());
    }
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    writeln!(file, "{} {heads}", now.local().format("%Y-%m-%d %H:%M"))?;
    file.sync_all()
}

/// All anchors of the file; none when there is no file yet.
///
/// # Errors
/// [`AnchorsError`].
pub fn read(file: &Path) -> Result<Vec<Anchor>, AnchorsError> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut anchors = Vec::new();
    for (at, line) in text.lines().enumerate() {
        // Day and time are for people.
        for word in line.split_whitespace().skip(2) {
            anchors.push(word.parse().map_err(|_| AnchorsError::Line { line: at + 1 })?);
        }
    }
    Ok(anchors)
}

/// After a restore: what was written down of the lost time is kept under another name, which is told.
///
/// # Errors
/// When it cannot be renamed.
pub fn set_aside(file: &Path) -> std::io::Result<Option<PathBuf>> {
    if !file.exists() {
        return Ok(None);
    }
    let kept = (1_u32..).map(|n| file.with_extension(format!("anchors.{n}"))).find(|kept| !kept.exists());
    let Some(kept) = kept else { return Ok(None) };
    std::fs::rename(file, &kept)?;
    Ok(Some(kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_head_is_written_down_once_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("huiyin.anchors");
        let anchor: Anchor = "A12-9f3c-27ab-0011-5d3e-9c20".parse().unwrap();
        let next: Anchor = "A13-9f3c-27ab-0011-5d3e-9c21".parse().unwrap();
        assert_eq!(read(&file).unwrap(), []);
        let now = Moment::from_local(2026, 11, 23, 16, 0).unwrap();
        let (one, two) = (vec![anchor], vec![next]);
        for heads in [&Vec::new(), &one, &one, &two] {
            write_down(&file, heads, now).unwrap();
        }
        assert_eq!(read(&file).unwrap(), [one, two].concat());
        assert!(std::fs::read_to_string(&file).unwrap().starts_with("2026-11-23 16:00 A12-"));
        assert!(set_aside(&file).unwrap().unwrap().ends_with("huiyin.anchors.1"));
        assert_eq!((read(&file).unwrap(), set_aside(&file).unwrap()), (vec![], None));
        std::fs::write(&file, "2026-11-23 16:00 A12-9f3c\n").unwrap();
        assert!(matches!(read(&file), Err(AnchorsError::Line { line: 1 })));
    }
}
