//! Numbers that are somebody's: phones, citizens' numbers, cards, plates, accounts. Also with blanks and
//! hyphens inside, full-width, and spelt in Chinese digits.

use super::chars::{Chars, is_han};
use super::{Particular, Taken};

/// A number without a known form is somebody's from so many digits on (a contract, a receipt, a short phone).
const TELLING: usize = 7;
/// So many characters around a plate may say that it is one.
const NEAR: usize = 14;

const ACCOUNTS: [&str; 14] =
    ["qq", "QQ", "Qq", "微信", "weixin", "WeChat", "wechat", "wx", "WX", "vx", "VX", "抖音", "快手", "支付宝"];
const CARDS: [&str; 7] = ["卡号", "账号", "帐号", "账户", "帐户", "存折", "银行卡"];
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
const CHINESE_DIGITS: &str = "零〇一二三四五六七八九幺";

pub(super) fn find(text: &Chars, taken: &mut Taken) {
    addresses_of_mail(text, taken);
    named_accounts(text, taken);
    plates(text, taken);
    chinese(text, taken);
    digits(text, taken);
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+')
}

fn addresses_of_mail(text: &Chars, taken: &mut Taken) {
    for at in (0..text.len()).filter(|at| text.at(*at) == '@') {
        let from = (0..at).rev().take_while(|i| is_word(text.at(*i))).last().unwrap_or(at);
        let to = (at + 1..text.len()).take_while(|i| is_word(text.at(*i))).last().map_or(at, |last| last + 1);
        if from < at && to > at + 2 {
            taken.take(from, to, Particular::Account);
        }
    }
}

/// What follows QQ, 微信号, 卡号 and the like.
fn named_accounts(text: &Chars, taken: &mut Taken) {
    for at in 0..text.len() {
        let named = text.any(at, &ACCOUNTS).map(|len| (len, Particular::Account));
        let Some((len, kind)) = named.or_else(|| text.any(at, &CARDS).map(|len| (len, Particular::Card))) else {
            continue;
        };
        let start = (at + len..text.len()).find(|i| !"号码群名是为:() ".contains(text.at(*i))).unwrap_or(text.len());
        let same = |c: char| is_word(c) || (kind == Particular::Card && c == ' ');
        let word: Vec<char> = (start..text.len()).map(|i| text.at(i)).take_while(|c| same(*c)).collect();
        let count = word.iter().rev().skip_while(|c| !c.is_ascii_alphanumeric()).count();
        let digits = word.iter().filter(|c| c.is_ascii_digit()).count();
        if start <= at + len + 5 && count >= 5 && digits >= 3 {
            taken.take(start, start + count, kind);
        }
    }
}

/// 车牌 and passports: a letter and five or six letters and digits, a province before it, or a vehicle nearby.
fn plates(text: &Chars, taken: &mut Taken) {
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    for at in 0..text.len() {
        if !text.at(at).is_ascii_uppercase() || text.before(at).is_ascii_alphanumeric() {
            continue;
        }
        let gap = usize::from(" ·.•-".contains(text.at(at + 1)));
        let rest = at + 1 + gap;
        let len = (rest..text.len()).take_while(|i| plain(text.at(*i))).count();
        let digits = text.span(rest, rest + len).iter().filter(|c| c.is_ascii_digit()).count();
        let trailer = text.at(rest + len) == '挂';
        if gap == 0 && len == 8 && digits == 8 {
            // 护照, 通行证.
            taken.take(at, at + 9, Particular::Identity);
            continue;
        }
        let whole = matches!(len, 5 | 6) || (len == 4 && trailer);
        let province = text.before(at) != ' ' && PROVINCES.contains(text.before(at));
        let around = text.span(at.saturating_sub(NEAR), rest + len + NEAR / 2);
        let vehicle = around.iter().any(|c| matches!(c, '车' | '牌'));
        if whole && digits >= 2 && (province || vehicle) && text.at(rest + len) != '-' {
            // The province, whichever character it is written with.
            let from =
                if is_han(text.before(at)) && !"号为是:牌照".contains(text.before(at)) { at - 1 } else { at };
            taken.take(from, rest + len + usize::from(trailer), Particular::Plate);
        }
    }
}

/// 一三八〇〇…: spelt out.
fn chinese(text: &Chars, taken: &mut Taken) {
    let mut at = 0;
    while at < text.len() {
        let run = (at..text.len()).take_while(|i| is_chinese_digit(text.at(*i))).count();
        if run >= TELLING && text.span(at, at + run).iter().any(|c| !c.is_ascii_digit()) {
            let kind = if matches!(run, 15 | 18) { Particular::Identity } else { Particular::Phone };
            taken.take(at, at + run, kind);
        }
        at += run.max(1);
    }
}

fn is_chinese_digit(c: char) -> bool {
    c.is_ascii_digit() || CHINESE_DIGITS.contains(c)
}

/// A run of digits without anything between.
#[derive(Clone, Copy)]
struct Group {
    from: usize,
    to: usize,
}

fn digits(text: &Chars, taken: &mut Taken) {
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let len = (at..text.len()).take_while(|i| is_digit(text.at(*i))).count();
        if len > 0 {
            groups.push(Group { from: at, to: at + len });
        }
        at += len.max(1);
    }
    let mut next = 0;
    while next < groups.len() {
        let (kind, used) = (1..=6.min(groups.len() - next))
            .rev()
            .filter(|many| joined(text, &groups[next..next + many]))
            .find_map(|many| known(text, &groups[next..next + many]).map(|kind| (Some(kind), many)))
            .unwrap_or_else(|| (unknown(text, groups[next]), 1));
        if let Some(kind) = kind {
            let end = groups[next + used - 1].to;
            let check = kind == Particular::Identity && matches!(text.at(end), 'X' | 'x');
            let plus = usize::from(text.before(groups[next].from) == '+');
            taken.take(groups[next].from - plus, end + usize::from(check), kind);
        }
        next += used;
    }
}

/// A star in a number was put there by somebody who hid a part of it.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c == '*'
}

/// Whether nothing but a blank or a hyphen is between them.
fn joined(text: &Chars, groups: &[Group]) -> bool {
    groups.windows(2).all(|two| {
        let [one, other] = two else { return false };
        other.from == one.to + 1 && matches!(text.at(one.to), ' ' | '-' | '—' | '－' | '–')
    })
}

/// The form of a phone, a citizen's number, a card.
fn known(text: &Chars, groups: &[Group]) -> Option<Particular> {
    let (first, last) = (groups.first()?, groups.last()?);
    let mut digits: String = groups.iter().flat_map(|group| text.span(group.from, group.to)).collect();
    if digits.chars().all(|c| c == '*')
        || text.before(first.from) == '.'
        || text.at(last.to) == '.' && is_digit(text.at(last.to + 1))
    {
        return None;
    }
    let lengths: Vec<usize> = groups.iter().map(|group| group.to - group.from).collect();
    let mut lengths = lengths.as_slice();
    if lengths.first() == Some(&2) && digits.starts_with("86") && digits.len() == 13 {
        digits.drain(..2);
        lengths = lengths.get(1..).unwrap_or_default();
    }
    let check = matches!(text.at(last.to), 'X' | 'x');
    match digits.len() {
        17 if check => Some(Particular::Identity),
        15 | 18 if lengths.len() == 1 || lengths.first() == Some(&6) => Some(Particular::Identity),
        16..=19
            if lengths.len() == 1
                || lengths.iter().rev().skip(1).all(|len| *len == 4) && lengths.last() <= Some(&4) =>
        {
            Some(Particular::Card)
        }
        11 if digits.starts_with('1') && lengths.iter().all(|len| *len >= 3) => Some(Particular::Phone),
        13 if lengths.len() == 1 && digits.starts_with("861") => Some(Particular::Phone),
        16 if *lengths == [4, 4, 8] => Some(Particular::Phone),
        10..=12 if digits.starts_with('0') && (lengths.len() == 1 || matches!(lengths.first(), Some(3 | 4))) => {
            Some(Particular::Phone)
        }
        7 | 8 if matches!(lengths, [3 | 4, 4]) && calls(text, first.from) => Some(Particular::Phone),
        _ => None,
    }
}

/// A long number all the same, unless it is an amount or a day.
fn unknown(text: &Chars, group: Group) -> Option<Particular> {
    let digits: String = text.span(group.from, group.to).iter().collect();
    let real = digits.chars().filter(char::is_ascii_digit).count();
    let amount = "元万亿吨亩平人份户块%.㎡公米度".contains(text.at(group.to));
    let decimal = text.before(group.from) == '.';
    let day = digits.len() == 8
        && (digits.starts_with("19") || digits.starts_with("20"))
        && digits.get(4..6).is_some_and(|month| ("01"..="12").contains(&month))
        && digits.get(6..8).is_some_and(|day| ("01"..="31").contains(&day));
    if digits.len() < TELLING || real < 3 || amount || decimal || day {
        None
    } else if calls(text, group.from) || digits.len() <= 8 {
        Some(Particular::Phone)
    } else {
        Some(Particular::Account)
    }
}

/// Whether a phone is spoken of just before.
fn calls(text: &Chars, at: usize) -> bool {
    let before: String = text.span(at.saturating_sub(8), at).iter().collect();
    ["电话", "手机", "联系", "座机", "致电", "拨打", "短信", "Tel", "tel"].iter().any(|word| before.contains(word))
}
