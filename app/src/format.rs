//! Dates as people say them, masked names and numbers, sizes. Always at +08:00 ([`Moment`] sees to
//! it), never by the locale of the machine: the phone and the server must write the same.

use case_core::time::Moment;
use chrono::{Datelike as _, NaiveDate};

const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

fn month_day(date: NaiveDate) -> String {
    [&date.month().to_string(), "月", &date.day().to_string(), "日"].concat()
}

/// 5月3日 周六; with the year when it is not the present one.
#[must_use]
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    let weekday = WEEKDAYS[date.weekday().num_days_from_monday() as usize];
    if date.year() == today.year() {
        [&month_day(date), " ", weekday].concat()
    } else {
        [&full_day(date), " ", weekday].concat()
    }
}

/// 2025年5月3日: where the present is not known, and on paper.
#[must_use]
pub fn full_day(date: NaiveDate) -> String {
    [&date.year().to_string(), "年", &month_day(date)].concat()
}

/// 今天, 明天, 后天, 昨天, 前天, 3 天前, 还有 3 天; farther off the day itself.
#[must_use]
pub fn relative(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "今天".to_owned(),
        1 => "明天".to_owned(),
        2 => "后天".to_owned(),
        -1 => "昨天".to_owned(),
        -2 => "前天".to_owned(),
        n @ 3..=30 => [&n.to_string(), " 天后"].concat(),
        n @ -30..=-3 => [&(-n).to_string(), " 天前"].concat(),
        _ => day(date, today),
    }
}

/// 14:05.
#[must_use]
pub fn time(at: Moment) -> String {
    let (hour, minute) = at.hour_minute();
    [hour.to_string().as_str(), if minute < 10 { ":0" } else { ":" }, minute.to_string().as_str()].concat()
}

/// 今天 14:05, 昨天 9:30, 5月3日 周六 14:05.
#[must_use]
pub fn moment(at: Moment, today: NaiveDate) -> String {
    let date = at.date();
    let words = match (date - today).num_days() {
        0 => "今天".to_owned(),
        -1 => "昨天".to_owned(),
        _ => day(date, today),
    };
    [&words, " ", &time(at)].concat()
}

/// 2025-05-03: what `<input type="date">` reads and writes. Never shown to people.
#[must_use]
pub fn input_day(date: NaiveDate) -> String {
    date.to_string()
}

/// Reads what `<input type="date">` wrote.
#[must_use]
pub fn read_day(text: &str) -> Option<NaiveDate> {
    text.trim().parse().ok()
}

/// 张*, 欧阳**: the first character stays.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let mut chars = name.trim().chars();
    let Some(first) = chars.next() else { return String::new() };
    let rest = chars.count();
    let mut masked = String::from(first);
    // One star at least, so that a single character is not taken for a full name; three at most.
    masked.extend(std::iter::repeat_n('*', rest.clamp(1, 3)));
    masked
}

/// 138****1234; shorter numbers keep their last two digits.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let (head, tail) = if digits.len() >= 11 { (3, 4) } else { (0, 2.min(digits.len())) };
    let mut masked: String = digits[..head].iter().collect();
    masked.extend(std::iter::repeat_n('*', digits.len() - head - tail));
    masked.extend(&digits[digits.len() - tail..]);
    masked
}

/// 900 字节, 12 千字节, 3.4 兆.
#[must_use]
pub fn bytes(count: u64) -> String {
    match count {
        0..=1_023 => [&count.to_string(), " 字节"].concat(),
        1_024..=1_048_575 => [&(count / 1_024).to_string(), " 千字节"].concat(),
        _ => {
            let tenths = (count.saturating_mul(10) + 524_288) / 1_048_576;
            let whole = (tenths / 10).to_string();
            match tenths % 10 {
                0 => [&whole, " 兆"].concat(),
                tenth => [&whole, ".", &tenth.to_string(), " 兆"].concat(),
            }
        }
    }
}

/// A matter's sixteen digits in fours, to be read aloud and compared.
#[must_use]
pub fn in_fours(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 4);
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(c);
    }
    grouped
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn at(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn days_as_people_say_them() {
        let today = at(2025, 5, 1);
        assert_eq!(day(at(2025, 5, 3), today), "5月3日 周六");
        assert_eq!(day(at(2026, 1, 2), today), "2026年1月2日 周五");
        assert_eq!(relative(today, today), "今天");
        assert_eq!(relative(at(2025, 5, 4), today), "3 天后");
        assert_eq!(relative(at(2025, 4, 28), today), "3 天前");
        assert_eq!(relative(at(2025, 8, 1), today), "8月1日 周五");
    }

    #[test]
    fn moments_are_in_china_wherever_the_machine_is() {
        let today = at(2025, 5, 1);
        // 2025-04-30 16:05 UTC is five past midnight on 1 May.
        let five_past = Moment::from_local(2025, 5, 1, 0, 5).unwrap();
        assert_eq!(moment(five_past, today), "今天 0:05");
        assert_eq!(moment(five_past.plus_ms(-6 * 60_000), today), "昨天 23:59");
    }

    #[test]
    fn days_read_back_from_the_input() {
        let date = at(2025, 5, 3);
        assert_eq!(read_day(&input_day(date)), Some(date));
        assert_eq!(read_day("2025-02-30"), None);
        assert_eq!(read_day(""), None);
    }

    #[test]
    fn masks_hide_and_keep_enough() {
        assert_eq!(mask_name("张三"), "张*");
        assert_eq!(mask_name("张"), "张*");
        assert_eq!(mask_name("阿卜杜热合曼"), "阿***");
        assert_eq!(mask_name(""), "");
        assert_eq!(mask_phone("138 0000 1234"), "138****1234");
        assert_eq!(mask_phone("8812345"), "*****45");
        assert_eq!(mask_phone("7"), "7");
        assert_eq!(mask_phone(""), "");
    }

    #[test]
    fn sizes_and_groups() {
        assert_eq!(bytes(900), "900 字节");
        assert_eq!(bytes(20 * 1_048_576), "20 兆");
        assert_eq!(bytes(1_572_864), "1.5 兆");
        assert_eq!(in_fours("3526050309070042"), "3526 0503 0907 0042");
    }
}
