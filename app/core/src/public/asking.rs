//! What the petitioner's pages ask, each on a page of its own: one question a page.

use crate::matter::{ReviewLevel, Says};

/// 信访人能说的事, as a page asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// 干部来过吗.
    Visit,
    /// 满意度评价.
    Rate,
    /// 说办结了，但没有解决.
    NotSolved,
    /// 补充材料.
    Material,
    /// 申请复查、复核.
    Review(ReviewLevel),
    /// 撤回.
    Withdraw,
    /// 投诉态度.
    Complaint,
}

impl Asking {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Visit,
        Self::Rate,
        Self::NotSolved,
        Self::Material,
        Self::Review(ReviewLevel::Review),
        Self::Review(ReviewLevel::Recheck),
        Self::Withdraw,
        Self::Complaint,
    ];

    /// Its word in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Rate => "rate",
            Self::NotSolved => "not-solved",
            Self::Material => "material",
            Self::Review(ReviewLevel::Review) => "review",
            Self::Review(ReviewLevel::Recheck) => "recheck",
            Self::Withdraw => "withdraw",
            Self::Complaint => "complaint",
        }
    }

    /// The one with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asking| asking.word() == word)
    }

    /// What is said with nothing but words; none where the page asks for more.
    #[must_use]
    pub fn says(self) -> Option<Says> {
        match self {
            Self::Visit | Self::Rate => None,
            Self::NotSolved => Some(Says::NotSolved),
            Self::Material => Some(Says::Material),
            Self::Review(level) => Some(Says::AskReview { level }),
            Self::Withdraw => Some(Says::Withdraw),
            Self::Complaint => Some(Says::Complaint),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back() {
        for asking in Asking::ALL {
            assert_eq!(Asking::from_word(asking.word()), Some(asking));
        }
        assert_eq!(Asking::from_word("admin"), None);
    }
}
