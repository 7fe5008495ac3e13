//! The second factor of a look-up: the last four digits of the phone, or the name.
//!
//! Comparing takes the same steps whatever is right or wrong: what was typed and what is known are
//! folded, hashed, and all hashes compared, without stopping at the first that differs. A look-up
//! that found no matter calls [`second_factor_decoy`], which does the same against nobody.
//!
//! What a desk or an import writes where nobody gave a name (匿名, 无名氏 …) is one word for many matters, and would
//! open them all: it proves nothing. The second answer is then the phone, or a word of the server's making.

use crate::digest::Digest;
use crate::matter::{ANONYMOUS, Matter};
use crate::search::fold;

/// Control characters never survive parsing, so no typed name is equal to this one.
const NOBODY: &str = "\u{1}\u{2}\u{3}";

/// More than this is no name and no phone number.
const LONGEST: usize = 80;

/// Whether what was typed is the petitioner's name or phone (whole, or its last four digits).
#[must_use]
pub fn second_factor_matches(matter: &Matter, typed: &str) -> bool {
    let petitioner = &matter.registration.petitioner;
    let phone = petitioner.phone.as_ref().map(crate::text::ShortText::as_str);
    // Without a name there is none that proves anything; what does is a word of the server's making.
    let name = if is_anonymous(matter) { NOBODY } else { petitioner.name.as_str() };
    proves(name, phone, typed)
}

/// 匿名: no name was given, so that the second answer is a word that stands on the receipt (or the phone, where
/// one was left).
#[must_use]
pub fn is_anonymous(matter: &Matter) -> bool {
    let said_so = matter.registration.particulars.online.as_ref().is_some_and(|online| online.anonymous);
    said_so | is_no_name(matter.registration.petitioner.name.as_str())
}

/// What stands in the place of a name where there is none.
const NO_NAMES: [&str; 10] =
    [ANONYMOUS, "无名", "无名氏", "佚名", "不详", "姓名不详", "未知", "未留姓名", "不愿透露姓名", "不愿具名"];

/// Whether a name is none: 匿名 and what is written instead, also with something behind it (匿名群众).
#[must_use]
pub fn is_no_name(name: &str) -> bool {
    let folded = fold_name(name);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty() | bare.starts_with(ANONYMOUS) | NO_NAMES.contains(&bare)
}

/// Whether what was typed is that name (what is no name is nobody's), or that phone (whole, or its last four digits). Takes the same steps
/// whatever is right or wrong.
#[must_use]
pub fn proves(name: &str, phone: Option<&str>, typed: &str) -> bool {
    compare(if is_no_name(name) { NOBODY } else { name }, phone, typed)
}

/// The same work against nobody; never true.
#[must_use]
pub fn second_factor_decoy(typed: &str) -> bool {
    compare(NOBODY, Some("\u{1}0"), typed) & false
}

fn compare(name: &str, phone: Option<&str>, typed: &str) -> bool {
    let typed: String = typed.chars().take(LONGEST).collect();
    let typed_name = fold_name(&typed);
    let typed_number = if typed_name.chars().all(|c| c.is_ascii_digit()) { typed_name.as_str() } else { "" };

    let number = phone_digits(phone.unwrap_or_default());
    let tail = number.get(number.len().saturating_sub(4)..).unwrap_or_default();
    // A number of fewer than four digits proves nothing.
    let has_number = tail.len() == 4;

    let by_name = Digest::of_bytes(fold_name(name).as_bytes()) == Digest::of_bytes(typed_name.as_bytes());
    let typed_digest = Digest::of_bytes(typed_number.as_bytes());
    let by_tail = Digest::of_bytes(tail.as_bytes()) == typed_digest;
    let by_number = Digest::of_bytes(number.as_bytes()) == typed_digest;
    (by_name & !typed_name.is_empty()) | ((by_tail | by_number) & has_number)
}

/// A name as it is compared: blanks and the dots of 艾力·热合曼 (which keyboards write in many ways)
/// dropped, letters in lower case, full-width forms made plain.
pub(super) fn fold_name(name: &str) -> String {
    fold(name)
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '.' | '。' | '•' | '‧' | '∙' | '⋅' | '・' | '･' | '˙'))
        .collect()
}

pub(super) fn phone_digits(phone: &str) -> String {
    fold(phone).chars().filter(char::is_ascii_digit).collect()
}
