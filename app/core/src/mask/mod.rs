//! 脱敏: what is left of a name, a number, an address for those who do not need it at the moment
//! (spec 7.6). The server masks; what is masked is never sent.
//!
//! The functions here mask what is known to be a name, a number or an address. [`running`] finds them in a
//! text in which nobody has said what is what.

pub mod running;

use crate::public::is_no_name;

/// What stands for something left out.
const HIDDEN: &str = "***";
/// Digits of a mobile number.
const MOBILE: usize = 11;
/// Characters of a citizen's number.
const CITIZEN: usize = 18;

/// 张三 → 张*. The word that stands where no name was given tells nothing and stays.
#[must_use]
pub fn name(name: &str) -> String {
    if is_no_name(name) {
        return name.to_owned();
    }
    name.chars().take(1).chain(['*']).collect()
}

/// 13812341234 → 138****1234; a shorter number keeps its last four at most.
#[must_use]
pub fn phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        MOBILE.. => digits[..3].iter().chain(&['*'; 4]).chain(&digits[digits.len() - 4..]).collect(),
        7.. => ['*'; 4].iter().chain(&digits[digits.len() - 4..]).collect(),
        _ => HIDDEN.to_owned(),
    }
}

/// 清溪县清溪镇青石村3组 → 清溪县清溪镇***: no finer than the town.
#[must_use]
pub fn address(address: &str) -> String {
    // The first that follows something: 镇江市 begins with one.
    let end = ["街道", "镇", "乡", "苏木"].iter().filter_map(|mark| {
        let (at, found) = address.match_indices(mark).find(|(at, _)| *at > 0)?;
        Some(at + found.len())
    });
    [end.min().and_then(|end| address.get(..end)).unwrap_or_default(), HIDDEN].concat()
}

/// Mobile and citizens' numbers that stand in a text. Parts of longer words (ids, digests) are none.
#[must_use]
pub fn numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(part_of_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !part_of_word(c)).unwrap_or(from.len()));
        out.push_str(before);
        if word.len() == MOBILE && word.starts_with('1') && word.bytes().all(|byte| byte.is_ascii_digit()) {
            out.push_str(&phone(word));
        } else if word.len() == CITIZEN && word.bytes().take(CITIZEN - 1).all(|byte| byte.is_ascii_digit()) {
            out.push_str(&"*".repeat(CITIZEN - 2));
            out.push_str(&word[CITIZEN - 2..]);
        } else {
            out.push_str(word);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn part_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_specification_says() {
        assert_eq!(name("张三"), "张*");
        assert_eq!(name("欧阳小明"), "欧*");
        assert_eq!(phone("13812341234"), "138****1234");
        assert_eq!(phone("138 1234 1234"), "138****1234");
        assert_eq!(phone("0593-1234567"), "059****4567");
        assert_eq!(phone("1234567"), "****4567");
        assert_eq!(phone("12345"), "***");
        assert_eq!(address("清溪县清溪镇青石村3组"), "清溪县清溪镇***");
        assert_eq!(address("云岭乡石桥村"), "云岭乡***");
        assert_eq!(address("镇江市某街道8号"), "镇江市某街道***");
        assert_eq!(address("青石村3组"), "***");
    }

    #[test]
    fn numbers_in_a_text_go_and_everything_else_stays() {
        assert_eq!(numbers("打13812341234，或者 13900005678。"), "打138****1234，或者 139****5678。");
        assert_eq!(numbers("身份证11010119900101123X号"), "身份证****************3X号");
        for stays in [
            "",
            "2026年3月2日，12345热线，金额 13812.34",
            "018f3c1e-0000-7000-8000-a13812341234",
            "9901260302090001",
            "138123412345",
            "b13812341234",
            "路灯不亮",
        ] {
            assert_eq!(numbers(stays), stays);
        }
    }
}
