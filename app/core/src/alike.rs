//! 相似事项: does an intake at the desk look like a matter that is there already?
//!
//! Pure and cheap: who it is (phone, household, name) weighs more than what is said; texts are compared
//! by the pairs of neighbouring characters that they share, which needs no dictionary of Chinese words.
//! It only suggests: whether two are the same, the clerk decides.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::HouseholdId;
use crate::matter::{Matter, Petitioner};
use crate::public::is_no_name;
use crate::search::fold;

/// Why two look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// 电话相同.
    SamePhone,
    /// 同一户: the same household, or the same address.
    SameHousehold,
    /// 姓名相同.
    SameName,
    /// 内容相近.
    SimilarText,
}

impl Likeness {
    /// All of them, the strongest first.
    pub const ALL: [Self; 4] = [Self::SamePhone, Self::SameHousehold, Self::SameName, Self::SimilarText];

    fn weight(self) -> u32 {
        match self {
            Self::SamePhone => 1_000,
            Self::SameHousehold => 600,
            Self::SameName => 500,
            Self::SimilarText => 0,
        }
    }
}

/// From so many thousandths on, texts are called similar.
pub const SIMILAR: u32 = 350;
/// Fewer pairs than these say nothing.
const FEWEST: usize = 4;
/// Characters of a text that are looked at: the rest of a long letter adds little.
const MOST: usize = 2_000;

/// What is known of an intake while it is registered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// 姓名.
    pub name: String,
    /// 电话.
    pub phone: String,
    /// 住址.
    pub address: String,
    /// The household, when it came from one.
    pub household: Option<HouseholdId>,
    /// 标题、内容、诉求, whatever is written so far.
    pub text: String,
}

/// Why a matter looks like what is sought, and how much: the greater, the more alike. Nothing where it
/// does not.
#[must_use]
pub fn likeness(sought: &Sought, matter: &Matter) -> Option<(Vec<Likeness>, u32)> {
    let registration = &matter.registration;
    let people = || {
        let later = matter.intakes.iter().map(|linked| &linked.intake.petitioner);
        std::iter::once(&registration.petitioner).chain(later)
    };
    let (name, phone) = (fold(&sought.name), digits(&sought.phone));
    let of_phone = |who: &Petitioner| who.phone.as_ref().map(|phone| digits(phone.as_str()));
    // Fewer than seven digits are an extension or a slip.
    let same_phone = phone.len() >= 7 && people().any(|who| of_phone(who).as_ref() == Some(&phone));
    // Whoever gave no name is nobody's namesake.
    let same_name = !name.is_empty() && !is_no_name(&name) && people().any(|who| fold(who.name.as_str()) == name);
    let address = fold(&sought.address);
    let of_address = |who: &Petitioner| who.address.as_ref().map(|address| fold(address.as_str()));
    // A mere name of a village is no home.
    let same_address = address.chars().count() >= 6 && people().any(|who| of_address(who).as_ref() == Some(&address));
    let same_home = same_address || (sought.household.is_some() && registration.household == sought.household);
    let mut text = [registration.title.as_str(), "\n", registration.content.as_str()].concat();
    for demand in &registration.demands {
        text.push('\n');
        text.push_str(demand.0.as_str());
    }
    let shared = similarity(&sought.text, &text);
    let reasons: Vec<Likeness> = [
        (Likeness::SamePhone, same_phone),
        (Likeness::SameHousehold, same_home),
        (Likeness::SameName, same_name),
        (Likeness::SimilarText, shared >= SIMILAR),
    ]
    .into_iter()
    .filter_map(|(reason, holds)| holds.then_some(reason))
    .collect();
    let score = reasons.iter().map(|reason| reason.weight()).sum::<u32>() + shared;
    (!reasons.is_empty()).then_some((reasons, score))
}

fn digits(phone: &str) -> String {
    fold(phone).chars().filter(char::is_ascii_digit).collect()
}

/// How many thousandths of the shorter text's pairs stand in the other as well.
#[must_use]
pub fn similarity(one: &str, other: &str) -> u32 {
    let (one, other) = (pairs(one), pairs(other));
    let fewest = one.len().min(other.len());
    if fewest < FEWEST {
        return 0;
    }
    let shared = one.intersection(&other).count();
    u32::try_from(shared * 1_000 / fewest).unwrap_or(1_000)
}

/// The pairs of neighbouring characters; none reaches over a punctuation mark.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let mut found = BTreeSet::new();
    let mut before = None;
    for c in text.chars().take(MOST).flat_map(char::to_lowercase) {
        let here = c.is_alphanumeric().then_some(c);
        if let (Some(before), Some(here)) = (before, here) {
            found.insert((before, here));
        }
        before = here;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_in_other_words_is_similar() {
        let first = "村口路灯半年不亮\n青石村村口的路灯从五月起一直不亮，晚上老人出门看不见路，请派人修好。";
        for again in ["村口的路灯还是不亮", "青石村路灯一直不亮没有人修", "晚上老人出门看不见路，路灯不亮"]
        {
            assert!(similarity(again, first) >= SIMILAR, "{again}: {}", similarity(again, first));
            assert_eq!(similarity(again, first), similarity(first, again));
        }
        assert_eq!(similarity(first, first), 1_000);
    }

    #[test]
    fn other_things_are_not() {
        let first = "村口路灯半年不亮\n青石村村口的路灯从五月起一直不亮，晚上老人出门看不见路，请派人修好。";
        for other in ["低保申请没有书面答复，请书面告知理由和依据。", "灌溉渠道淤塞影响春耕，请清淤。", "路灯", ""]
        {
            assert!(similarity(other, first) < SIMILAR, "{other}: {}", similarity(other, first));
        }
    }

    #[test]
    fn pairs_end_at_punctuation_and_letters_fold() {
        assert_eq!(pairs("甲，乙"), BTreeSet::new());
        assert_eq!(pairs("AB"), pairs("ab"));
    }
}
