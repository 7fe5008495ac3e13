//! 页号 of a 卷内目录 (spec 2.2 Z3: 卷内目录 complete, pages numbered): one line for each paper, its pages before it.
//!
//! ```text
//! 1-3 信访登记表 某县信访局登字〔2026〕1号
//! 4   受理告知书 某县住建局受字〔2026〕7号
//! 5-9 信访人来信
//! ```
//! The archivist types them in the order in which the papers lie in the file. Every paper that is known here must
//! stand on a line, by its 文号; what else lies in the file may stand on one too.

use super::part::Why;

/// A line of the file's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagedLine {
    /// Its first page.
    pub first: u16,
    /// Its last page.
    pub last: u16,
    /// What it is, as it was typed.
    pub name: String,
}

impl PagedLine {
    /// 3-5, or 3.
    #[must_use]
    pub fn pages(&self) -> String {
        if self.first == self.last {
            self.first.to_string()
        } else {
            [&self.first.to_string(), "-", &self.last.to_string()].concat()
        }
    }

    /// Whether the 文号 stands on it.
    #[must_use]
    pub fn names(&self, number: &str) -> bool {
        self.name.split_whitespace().any(|word| word == number)
    }
}

/// Reads the lines. The first page is 1, and each paper begins behind the one before; so no page is missing and none
/// is there twice.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub fn read_pages(text: &str, numbers: &[&str]) -> Result<Vec<PagedLine>, Why> {
    let mut lines: Vec<PagedLine> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let at = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX);
        let read = read_line(line).ok_or(Why::PageMissing(at))?;
        let next = lines.last().map_or(Some(1), |before| before.last.checked_add(1)).ok_or(Why::PageMissing(at))?;
        if read.first < next {
            return Err(Why::PagesOverlap(at));
        }
        if read.first > next {
            return Err(Why::PagesGap(at));
        }
        lines.push(read);
    }
    // A word of its own: 12号 is no 2号. Papers from outside may share a number, and each has its line.
    let on = |number: &str| lines.iter().filter(|line| line.names(number)).count();
    let papers = |number: &str| numbers.iter().filter(|other| **other == number).count();
    let missing = numbers.iter().filter(|number| on(number) < papers(number)).count();
    match u16::try_from(missing) {
        Ok(0) => Ok(lines),
        count => Err(Why::NotListed(count.unwrap_or(u16::MAX))),
    }
}

fn read_line(line: &str) -> Option<PagedLine> {
    let end = line.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '－' | '—' | '–' | '~' | '～' | '至')))?;
    let (pages, name) = line.split_at(end);
    let name = name.trim_start_matches(['页', '.', '、', '：', ':', ' ', '\u{3000}', '\t']).trim();
    let mut ends = pages.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let first: u16 = ends.next()?.parse().ok()?;
    let last: u16 = ends.next().map_or(Some(first), |last| last.parse().ok())?;
    let whole = first >= 1 && last >= first && ends.next().is_none() && !name.is_empty();
    whole.then(|| PagedLine { first, last, name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(u16, u16)>, Why> {
        let numbers = ["某县信访局登字〔2026〕1号", "某县信访局收字〔2026〕12号"];
        read_pages(text, &numbers).map(|lines| lines.iter().map(|line| (line.first, line.last)).collect())
    }

    const ONE: &str = "1-3 信访登记表 某县信访局登字〔2026〕1号\n";
    const TWO: &str = "4 收件回执 某县信访局收字〔2026〕12号";

    #[test]
    fn pages_follow_one_another_from_the_first() {
        assert_eq!(read(&[ONE, TWO].concat()), Ok(vec![(1, 3), (4, 4)]));
        assert_eq!(read(&[ONE, TWO, "\n\n5至9页 信访人来信"].concat()), Ok(vec![(1, 3), (4, 4), (5, 9)]));
        assert_eq!(read(&[ONE, "3-4 收件回执 某县信访局收字〔2026〕12号"].concat()), Err(Why::PagesOverlap(2)));
        assert_eq!(read(&[ONE, "5 收件回执 某县信访局收字〔2026〕12号"].concat()), Err(Why::PagesGap(2)));
        assert_eq!(read("2 信访登记表 某县信访局登字〔2026〕1号"), Err(Why::PagesGap(1)));
        for bad in [
            "信访登记表 某县信访局登字〔2026〕1号",
            "1-3",
            "3-1 信访登记表",
            "0 信访登记表",
            "1-2-3 信访登记表",
            "99999999 表",
        ] {
            assert_eq!(read(bad), Err(Why::PageMissing(1)), "{bad}");
        }
    }

    #[test]
    fn every_paper_stands_on_a_line() {
        assert_eq!(read(ONE), Err(Why::NotListed(1)));
        assert_eq!(read(""), Err(Why::NotListed(2)));
        // 2号 is not 12号.
        assert_eq!(read(&[ONE, "4 收件回执 某县信访局收字〔2026〕2号"].concat()), Err(Why::NotListed(1)));
        assert_eq!(
            read(&[ONE, "4-65535 厚的 某县信访局收字〔2026〕12号\n65536 表"].concat()),
            Err(Why::PageMissing(3))
        );
    }
}
