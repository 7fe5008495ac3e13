//! A text as characters that can be looked at from both sides.

/// The characters, full-width letters and digits as the plain ones; one for one, so positions stay.
pub(super) struct Chars(Vec<char>);

impl Chars {
    pub(super) fn of(text: &str) -> Self {
        Self(text.chars().map(plain).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The character there; a blank beyond both ends.
    pub(super) fn at(&self, at: usize) -> char {
        self.0.get(at).copied().unwrap_or(' ')
    }

    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |at| self.at(at))
    }

    pub(super) fn span(&self, from: usize, to: usize) -> &[char] {
        self.0.get(from..to.min(self.0.len())).unwrap_or_default()
    }

    /// Whether a word stands there.
    pub(super) fn has(&self, at: usize, word: &str) -> bool {
        let mut here = self.0.get(at..).unwrap_or_default().iter();
        word.chars().all(|c| here.next() == Some(&c))
    }

    /// Whether a word ends there.
    pub(super) fn ends(&self, at: usize, word: &str) -> bool {
        at.checked_sub(word.chars().count()).is_some_and(|from| self.has(from, word))
    }

    /// How long the longest of the words is that stands there.
    pub(super) fn any(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().filter(|word| self.has(at, word)).map(|word| word.chars().count()).max()
    }

    /// How long the longest of the words is that ends there.
    pub(super) fn any_ends(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().filter(|word| self.ends(at, word)).map(|word| word.chars().count()).max()
    }

    /// Where the same characters stand.
    pub(super) fn occurrences(&self, wanted: &[char]) -> Vec<usize> {
        if wanted.is_empty() {
            return Vec::new();
        }
        self.0.windows(wanted.len()).enumerate().filter(|(_, here)| *here == wanted).map(|(at, _)| at).collect()
    }
}

fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// A Chinese character (and not a mark).
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2ebef}' | '〇')
}

/// Numerals that number houses and groups.
pub(super) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十百零〇两".contains(c)
}
