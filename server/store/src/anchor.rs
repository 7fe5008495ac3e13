//! An anchor: length and head of a chain, short enough to be written on paper.

/// Which chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// The audit chain.
    Audit,
    /// The receipts.
    Receipts,
}

/// Hexadecimal digits of the head that an anchor keeps: 80 bits, which nobody finds a second chain for.
const DIGITS: usize = 20;
/// Digits of a group, for people who copy them.
const GROUP: usize = 4;

/// Length and head of a chain: `A1234-9f3c-27ab-0011-5d3e-9c20`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Of which chain.
    pub chain: Chain,
    /// How many entries it had.
    pub length: i64,
    head: String,
}

/// A text that is no anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an anchor looks like A1234-9f3c-27ab-0011-5d3e-9c20")]
pub struct AnchorError;

impl Anchor {
    pub(crate) fn of(chain: Chain, length: i64, hash: &str) -> Self {
        Self { chain, length, head: hash.chars().take(DIGITS).collect() }
    }

    /// Whether that is the hash of the entry.
    pub(crate) fn fits(&self, hash: &str) -> bool {
        hash.starts_with(&self.head)
    }
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letter = match self.chain {
            Chain::Audit => 'A',
            Chain::Receipts => 'R',
        };
        write!(f, "{letter}{}", self.length)?;
        let mut rest = self.head.as_str();
        while !rest.is_empty() {
            let (group, more) = rest.split_at(rest.len().min(GROUP));
            write!(f, "-{group}")?;
            rest = more;
        }
        Ok(())
    }
}

impl std::str::FromStr for Anchor {
    type Err = AnchorError;

    fn from_str(text: &str) -> Result<Self, AnchorError> {
        let text = text.trim().to_ascii_lowercase();
        let (chain, rest) = match text.split_at_checked(1) {
            Some(("a", rest)) => (Chain::Audit, rest),
            Some(("r", rest)) => (Chain::Receipts, rest),
            _ => return Err(AnchorError),
        };
        let (length, head) = rest.split_once('-').ok_or(AnchorError)?;
        let head = head.replace('-', "");
        let length = length.parse().ok().filter(|length| *length > 0).ok_or(AnchorError)?;
        if head.len() != DIGITS || !head.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(AnchorError);
        }
        Ok(Self { chain, length, head })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_reads_back_as_people_copy_it() {
        let anchor = Anchor::of(Chain::Receipts, 56, &"9f3c27ab00115d3e9c20".repeat(3));
        assert_eq!(anchor.to_string(), "R56-9f3c-27ab-0011-5d3e-9c20");
        assert_eq!(" r56-9F3C-27ab-0011-5d3e9c20 ".parse(), Ok(anchor));
        for bad in [
            "",
            "X1-9f3c-27ab-0011-5d3e-9c20",
            "A0-9f3c-27ab-0011-5d3e-9c20",
            "A1-9f3c",
            "A1",
            "A1-zf3c-27ab-0011-5d3e-9c20",
            "é",
        ] {
            assert_eq!(bad.parse::<Anchor>(), Err(AnchorError), "{bad}");
        }
    }
}
