//! Names of persons: a surname with one or two characters behind it, believed for what stands beside it.
//!
//! 1. after a word that announces one (我叫, 村民, 联系人：), or before an office (书记, 老师, 先生);
//! 2. without either: three characters of which the first is a surname and the others are such as names are
//!    made of, between marks or words of grammar;
//! 3. names of other peoples with a dot (艾合买提·吐尔逊), by the characters that they are written with;
//! 4. whatever was found so is a name wherever it stands.

use super::chars::{Chars, is_han};
use super::tables::{AFTER_NAMES_ONLY, ANNOUNCING, BETWEEN, LEFT, NEVER, OFFICES, RIGHT, SOUNDS};
use super::words::{GIVEN, NOT_NAMES, SURNAMES};
use super::{Particular, Taken};

pub(super) fn find(text: &Chars, taken: &mut Taken) {
    let mut names: Vec<Vec<char>> = Vec::new();
    foreign(text, taken, &mut names);
    let mut titled: Vec<Vec<char>> = Vec::new();
    for at in 0..text.len() {
        if !taken.is_free(at, at + 1) {
            continue;
        }
        let Some(surname) = surname(text, at) else { continue };
        if let Some((len, office)) = before_office(text, at, surname) {
            taken.take(at, at + len, Particular::Name);
            if len > surname {
                remember(&mut names, text.span(at, at + len));
            } else {
                titled.push(text.span(at, at + len + office).to_vec());
            }
        } else if let Some(len) = announced(text, taken, at, surname).or_else(|| alone(text, at, surname)) {
            taken.take(at, at + len, Particular::Name);
            remember(&mut names, text.span(at, at + len));
        }
    }
    for name in names {
        for at in text.occurrences(&name) {
            taken.take(at, at + name.len(), Particular::Name);
        }
    }
    // 黄老师, announced once, is 黄老师 everywhere.
    for name in titled {
        for at in text.occurrences(&name) {
            taken.take(at, at + 1, Particular::Name);
        }
    }
}

/// Whether a text begins with an office.
pub(super) fn is_titled(text: &str) -> bool {
    OFFICES.iter().any(|office| text.starts_with(office))
}

fn remember(names: &mut Vec<Vec<char>>, name: &[char]) {
    if name.len() >= 2 && !names.iter().any(|known| known == name) {
        names.push(name.to_vec());
    }
}

/// How long the surname that begins here is.
fn surname(text: &Chars, at: usize) -> Option<usize> {
    let (one, two) = (text.at(at), text.at(at + 1));
    if SURNAMES.double.contains(&[one, two]) {
        Some(2)
    } else if SURNAMES.single.contains(&one) || SURNAMES.doubtful.contains(&one) {
        Some(1)
    } else {
        None
    }
}

fn is_doubtful(text: &Chars, at: usize, surname: usize) -> bool {
    surname == 1 && SURNAMES.doubtful.contains(&text.at(at))
}

/// Whether these can be the characters behind a surname.
fn is_given(given: &[char]) -> bool {
    !given.is_empty() && given.iter().all(|c| is_han(*c) && !NEVER.contains(*c))
}

fn is_word(text: &Chars, at: usize) -> bool {
    NOT_NAMES.iter().any(|word| text.span(at, at + word.len()) == word.as_slice())
}

/// 刘主任, 周晖书记. The name's length and the office's.
fn before_office(text: &Chars, at: usize, surname: usize) -> Option<(usize, usize)> {
    let doubtful = is_doubtful(text, at, surname);
    // 副书记, 村主任, 班主任: what stands before an office is mostly no name; a surname is.
    for given in [2, 1] {
        let end = at + surname + given;
        let Some(office) = text.any(end, OFFICES) else { continue };
        let certain = text.span(at + surname, end).iter().all(|c| GIVEN.contains(c));
        if is_given(text.span(at + surname, end))
            && text.any(end, &["姓", "总"]) != Some(office)
            && !doubtful
            && !is_word(text, at)
            && (certain || text.before(at) == '的' || text.any_ends(at, ANNOUNCING).is_some())
        {
            return Some((surname + given, office));
        }
    }
    let office = text.any(at + surname, OFFICES)?;
    let word: String = text.span(at + surname, at + surname + office).iter().collect();
    let bounded = bounded_left(text, at)
        || text.any_ends(at, &["局", "院", "校", "委", "社区", "村", "镇", "县", "市", "叫", "姓"]).is_some();
    // 向校长反映 is a preposition.
    let speaks = text
        .any(at + surname + office, &["反映", "反应", "投诉", "汇报", "求", "说明", "提", "申请", "致", "问", "要"])
        .is_some();
    // 王总答应, and not 金总额.
    let total = word == "总"
        && (!bounded_left(text, at) && !bounded_right(text, at + surname + 1) && text.at(at + surname + 1) != '要'
            || "体共计部是数额量会结之算监理面和价".contains(text.at(at + surname + 1)));
    let sure = if doubtful { bounded && !speaks } else { true };
    (sure && !total && !AFTER_NAMES_ONLY.contains(&word.as_str()) && !is_word(text, at)).then_some((surname, office))
}

fn bounded_left(text: &Chars, at: usize) -> bool {
    let before = text.before(at);
    !is_han(before) || LEFT.contains(before)
}

fn bounded_right(text: &Chars, at: usize) -> bool {
    let next = text.at(at);
    !is_han(next) || RIGHT.contains(next)
}

/// 我叫张三, 联系人：李小四.
fn announced(text: &Chars, taken: &Taken, at: usize, surname: usize) -> Option<usize> {
    let gap = text.any_ends(at, BETWEEN).unwrap_or(0);
    // 四达亭村盛顺昌: who lives there.
    let lives = at > 0 && !is_doubtful(text, at, surname) && taken.kind(at - 1) == Some(Particular::Address);
    // 石磊和方芳: one name announces the next.
    let next = at > 1 && "和、与及".contains(text.before(at)) && taken.kind(at - 2) == Some(Particular::Name);
    let direct = lives || next || text.any_ends(at, ANNOUNCING).is_some();
    let from = at - gap;
    let by_gap =
        gap > 0 && text.any_ends(from, ANNOUNCING).is_some() && text.before(at) != '、' && text.before(at) != '(';
    if !(direct || by_gap) || is_word(text, at) {
        return None;
    }
    // After these a name is nearly certain; after 村民 or 主任 a verb is as likely.
    let certain = next
        || text
            .any_ends(
                from,
                &[
                    "我叫",
                    "名叫",
                    "姓名",
                    "联系人",
                    "投诉人",
                    "举报人",
                    "反映人",
                    "申请人",
                    "求助人",
                    "法人",
                    "法人代表",
                    "当事人",
                    "原告",
                    "被告",
                    "受害人",
                    "寄件人",
                    "收件人",
                    "承包人",
                    "叫",
                ],
            )
            .is_some();
    let good = |len: usize| {
        let given = text.span(at + surname, at + surname + len);
        is_given(given) && given.len() == len
    };
    let known = |len: usize| text.span(at + surname, at + surname + len).iter().all(|c| GIVEN.contains(c));
    for len in [2, 1] {
        let end = at + surname + len;
        let closed = bounded_right(text, end);
        let doubtful = is_doubtful(text, at, surname);
        // Three likely characters behind a word that announces them need no mark behind.
        let open = len == 2 && known(len) && !doubtful;
        if good(len)
            && (closed || open)
            && (certain || (known(len) && (len == 2 || !doubtful)) || (!doubtful && !is_han(text.at(end))))
        {
            return Some(surname + len);
        }
    }
    if certain && good(2) { Some(surname + 2) } else { None }
}

/// A name that nothing announces; 张三，男 announces it from behind, 姓张 the surname alone.
fn alone(text: &Chars, at: usize, surname: usize) -> Option<usize> {
    if text.before(at) == '姓' && bounded_right(text, at + surname) {
        return Some(surname);
    }
    for len in [2, 1] {
        let end = at + surname + len;
        if is_given(text.span(at + surname, end))
            && text.any(end, &["，男", "，女", ",男", ",女", "(男", "(女", "、男", "、女"]).is_some()
        {
            return Some(surname + len);
        }
    }
    let end = at + surname + 2;
    let given = text.span(at + surname, end);
    let likely = given.len() == 2 && given.iter().all(|c| GIVEN.contains(c)) && is_given(given);
    let doubtful = is_doubtful(text, at, surname);
    (likely && !doubtful && !is_word(text, at) && bounded_left(text, at) && bounded_right(text, end))
        .then_some(surname + 2)
}

/// 艾合买提·吐尔逊, and without the dot where something announces it: 牧民巴桑次仁.
fn foreign(text: &Chars, taken: &mut Taken, names: &mut Vec<Vec<char>>) {
    for at in 0..text.len() {
        let run = (at..text.len()).take_while(|i| SOUNDS.contains(text.at(*i))).count();
        if run >= 4 && text.any_ends(at, ANNOUNCING).is_some() {
            taken.take(at, at + run, Particular::Name);
            remember(names, text.span(at, at + run));
        }
    }
    for at in (0..text.len()).filter(|at| matches!(text.at(*at), '·' | '•' | '・')) {
        let sounds = |i: &usize| SOUNDS.contains(text.at(*i));
        let from = (at.saturating_sub(6)..at).rev().take_while(sounds).last();
        let to = (at + 1..at + 8).take_while(sounds).last();
        let (Some(from), Some(to)) = (from, to.map(|last| last + 1)) else { continue };
        if to - from >= 4 {
            taken.take(from, to, Particular::Name);
            remember(names, text.span(from, to));
        }
    }
}
