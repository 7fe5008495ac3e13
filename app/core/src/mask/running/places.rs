//! Places finer than a town: villages and groups, estates, buildings and rooms, numbers in a street.
//!
//! A place is known by its last word (村, 社区, 小区, 栋 …); where it begins is where the unit above it ends (镇,
//! 街道 …), or a mark, or a word that no place name has. Estates are often called by a bare name: one that is
//! named once with 小区, 业主 or a building's number is known everywhere in the text.

use super::chars::{Chars, is_han, is_numeral};
use super::tables::{BEGINS, COUNTING, DOUBTFUL, LIVED_IN, NAMED, NUMBERED, STOPS, UNITS};
use super::words::NOT_PLACES;
use super::{Particular, Taken};

/// A place name has so many characters before its last word, at most.
const LONGEST: usize = 7;

pub(super) fn find(text: &Chars, taken: &mut Taken) {
    let mut names: Vec<Vec<char>> = Vec::new();
    numbered(text, taken, &mut names);
    named(text, taken, &mut names);
    estates(text, taken, &mut names);
    streets(text, taken);
    told(text, taken);
    groups(text, taken, &mut names);
    lists(text, taken, &mut names);
    everywhere(text, taken, &names);
    hamlets(text, taken);
}

/// Where a name that ends at `end` begins.
fn beginning(text: &Chars, end: usize, longest: usize) -> usize {
    let mut from = end;
    while from > 0 && end - from < longest {
        let c = text.before(from);
        // 鑫源和城小区: a single character behind a word of grammar is no name yet.
        let grammar = STOPS.contains(c) && (c != '和' || end - from > 1);
        if !is_han(c) && !c.is_ascii_alphanumeric() || grammar {
            break;
        }
        if text.any_ends(from, UNITS).is_some() || text.any_ends(from, BEGINS).is_some() {
            // 乡 and 区 also stand inside of names; with nothing behind them they are no end.
            break;
        }
        from -= 1;
    }
    // A code like A3 belongs to the town before it.
    while from < end && text.at(from).is_ascii_alphanumeric() {
        from += 1;
    }
    from
}

/// Whether the characters before the last word are a name, and not 农, 各, 全体 ….
fn is_name(name: &[char]) -> bool {
    !name.is_empty() && !NOT_PLACES.iter().any(|word| word == name)
}

fn named(text: &Chars, taken: &mut Taken, names: &mut Vec<Vec<char>>) {
    for at in 0..text.len() {
        let Some(len) = text.any(at, NAMED) else { continue };
        if !taken.is_free(at, at + len) {
            continue;
        }
        let word: String = text.span(at, at + len).iter().collect();
        let from = beginning(text, at, if word == "村" { 5 } else { LONGEST });
        let name = text.span(from, at);
        // 下游村民: people, unless a town says of which village.
        if word == "村"
            && matches!(text.at(at + 1), '民' | '里' | '上' | '级' | '干')
            && text.any_ends(from, UNITS).is_none()
        {
            continue;
        }
        if generic_end(name) {
            continue;
        }
        // 村里, 村民, 村干部 speak of some village, unless a name stands before it.
        if !is_name(name) || (name.len() < 2 && word == "村" && text.before(from) != '镇' && text.before(from) != '乡')
        {
            continue;
        }
        if DOUBTFUL.contains(&word.as_str()) && !lived_in(text, at + len) && text.any_ends(from, UNITS).is_none() {
            continue;
        }
        taken.take(from, at + len, Particular::Address);
        if name.len() > 2 || matches!(word.as_str(), "小区" | "社区" | "花园" | "家园" | "苑") {
            remember(names, name);
        }
        remember(names, text.span(from, at + len));
    }
}

/// Whether what follows says that people live there.
fn lived_in(text: &Chars, at: usize) -> bool {
    text.any(at, LIVED_IN).is_some() || building(text, at).is_some()
}

/// Where a number with 栋, 单元, 号楼 … that begins here ends.
fn building(text: &Chars, at: usize) -> Option<usize> {
    let at = at + usize::from(text.at(at) == ' ' || text.at(at) == '第');
    let digits = (at..text.len()).take_while(|i| is_numeral(text.at(*i)) || text.at(*i).is_ascii_uppercase()).count();
    let word = text.any(at + digits, &["栋", "幢", "单元", "号楼", "组", "村民小组"])?;
    (1..=4).contains(&digits).then_some(at + digits + word)
}

fn remember(names: &mut Vec<Vec<char>>, name: &[char]) {
    if name.len() >= 2 && is_name(name) && !names.iter().any(|known| known == name) {
        names.push(name.to_vec());
    }
}

/// 3组, 五栋, 8栋2单元102号, 14、16组; and the estate's name before them.
fn numbered(text: &Chars, taken: &mut Taken, names: &mut Vec<Vec<char>>) {
    let mut at = 0;
    while at < text.len() {
        let Some(end) = number(text, at) else {
            at += 1;
            continue;
        };
        let from = at;
        // Further parts, and further numbers of the same kind.
        let mut to = end;
        loop {
            let gap = usize::from("、,，~-—至到和及 .".contains(text.at(to)));
            match number(text, to).or_else(|| number(text, to + gap)) {
                Some(next) => to = next,
                None => break,
            }
        }
        let begin = beginning(text, from, LONGEST);
        let name = text.span(begin, from);
        let with_name = is_name(name) && name.len() >= 2 && taken.is_free(begin, from) && !ends_named(name);
        if with_name {
            remember(names, name);
        }
        // The rest of a room that has no word of its own: 8栋102.
        let room = (to..text.len()).take_while(|i| text.at(*i).is_ascii_digit()).count();
        if (3..=4).contains(&room) && text.before(to) != '组' {
            to += room + usize::from(text.at(to + room) == '号' || text.at(to + room) == '室');
        }
        taken.take(if with_name { begin } else { from }, to, Particular::Address);
        at = to;
    }
}

/// Whether the village or estate before a number is found by its own last word.
fn ends_named(name: &[char]) -> bool {
    let name: String = name.iter().collect();
    NAMED.iter().any(|word| name.ends_with(word))
}

/// Where a house's number that begins here ends: 第15组, A3栋, 7-8栋, 二单元; not 5层 nor 3号 alone.
fn number(text: &Chars, at: usize) -> Option<usize> {
    let starts = |c: char| is_numeral(c) || c.is_ascii_uppercase() || c == '第';
    if !starts(text.at(at)) || starts(text.before(at)) || text.before(at) == '.' {
        return None;
    }
    let inside = |c: char| is_numeral(c) || c.is_ascii_uppercase() || "、.-~—第至".contains(c);
    let len = (at..text.len()).take_while(|i| inside(text.at(*i))).count();
    let word = text.any(at + len, NUMBERED)?;
    let name: String = text.span(at + len, at + len + word).iter().collect();
    let behind = text
        .any_ends(
            at,
            &[
                "村", "社区", "栋", "幢", "单元", "小区", "路", "街", "巷", "苑", "园", "城", "府", "楼", "号", "座",
                "区", "期", "组",
            ],
        )
        .is_some()
        && text.any_ends(at, &["县区", "市区"]).is_none();
    let digits = text.span(at, at + len).iter().filter(|c| is_numeral(**c)).count();
    let next = text.at(at + len + word);
    let counted = match name.as_str() {
        // 三组数据, 两栋房子, 17座: how many, not which.
        "组" => "织成建合数长".contains(next) || digits == 0,
        "栋" | "幢" => digits == 0 || next == '楼' && !"下前后旁上栋".contains(text.at(at + len + word + 1)),
        "楼" | "层" => next == '盘' || next == '市' || next == '主' || digits == 0,
        "号" => matches!(next, '线' | '令' | '文' | '公' | '召') || digits == 0,
        _ => digits == 0,
    };
    let several = text.before(at) == '共'
        || "有由建".contains(text.before(at)) && matches!(next, '楼' | '小' | '高' | '组' | '房');
    (digits <= 12 && !counted && !several && (behind || !COUNTING.contains(&name.as_str()))).then_some(at + len + word)
}

/// 香颂国际业主, 御泉城市花园二期: an estate by what is said of it.
fn estates(text: &Chars, taken: &mut Taken, names: &mut Vec<Vec<char>>) {
    for at in 0..text.len() {
        if text.any(at, LIVED_IN).is_none() {
            continue;
        }
        let from = beginning(text, at, LONGEST);
        let name = text.span(from, at);
        // 接到电话通知业主: a verb's object, where no place is spoken of.
        let bounded = !STOPS.contains(text.before(from)) || "是的在于、".contains(text.before(from));
        if name.len() >= 3 && bounded && is_name(name) && taken.is_free(from, at) && !generic_end(name) {
            taken.take(from, at, Particular::Address);
            remember(names, name);
        }
    }
}

/// Ends with a word that says what kind of thing, not which.
fn generic_end(name: &[char]) -> bool {
    NOT_PLACES.iter().any(|word| word.len() >= 2 && name.ends_with(word))
}

/// 岩山脚组: a group with a name instead of a number, behind the unit above it.
fn groups(text: &Chars, taken: &mut Taken, names: &mut Vec<Vec<char>>) {
    const OFFICES: [&str; 12] =
        ["工作", "调查", "领导小", "督导", "巡视", "巡察", "专案", "专家", "检查", "小", "专班", "考核"];
    for at in (0..text.len()).filter(|at| text.at(*at) == '组') {
        if !taken.is_free(at, at + 1) {
            continue;
        }
        let from = beginning(text, at, 4);
        let name = text.span(from, at);
        let of_town = text.any_ends(from, UNITS).is_some();
        if (2..=4).contains(&name.len()) && of_town && text.any_ends(at, &OFFICES).is_none() && text.at(at + 1) != '织'
        {
            taken.take(from, at + 1, Particular::Address);
            remember(names, name);
            remember(names, text.span(from, at + 1));
        }
    }
}

/// 荣花、立新、拱塘等村: the last word is said once, for all.
fn lists(text: &Chars, taken: &mut Taken, names: &mut Vec<Vec<char>>) {
    for at in 0..text.len() {
        if text.any(at, &["等小区", "等村", "等社区", "等楼盘", "等几个村", "等几个小区"]).is_none()
        {
            continue;
        }
        let mut end = at;
        loop {
            let from = beginning(text, end, LONGEST);
            let name = text.span(from, end);
            if !(2..=6).contains(&name.len()) || generic_end(name) {
                break;
            }
            taken.take(from, end, Particular::Address);
            remember(names, name);
            if !matches!(text.before(from), '、' | ',' | '，') {
                break;
            }
            end = from - 1;
        }
    }
}

/// 楚沩中路125号, 含光路12号.
fn streets(text: &Chars, taken: &mut Taken) {
    for at in 0..text.len() {
        let Some(len) = text.any(at, &["大道", "路", "街", "巷", "弄", "胡同"]) else { continue };
        let digits = (at + len..text.len()).take_while(|i| is_numeral(text.at(*i)) || text.at(*i) == '-').count();
        if digits == 0 || digits > 6 || text.any(at + len + digits, &["号", "弄"]).is_none() {
            continue;
        }
        // 地铁5号线, 204路3号线 are lines.
        if text.at(at + len + digits + 1) == '线' {
            continue;
        }
        taken.take(beginning(text, at, LONGEST), at + len + digits + 1, Particular::Address);
    }
}

/// 家住 …, 地址： …: up to the next mark, but for the units down to the town.
fn told(text: &Chars, taken: &mut Taken) {
    for at in 0..text.len() {
        let Some(len) = text.any(at, &["家住", "住址", "家庭住址", "通讯地址", "联系地址", "家庭地址"])
        else {
            continue;
        };
        let start = at + len + usize::from(matches!(text.at(at + len), ':' | '是' | '在' | '为'));
        let end = (start..text.len())
            .find(|i| !is_han(text.at(*i)) && !text.at(*i).is_ascii_alphanumeric() && text.at(*i) != '-');
        let end = end.unwrap_or(text.len()).min(start + 24);
        let from = (start..end).rev().find(|i| text.any_ends(*i, UNITS).is_some()).unwrap_or(start);
        if end > from + 1 && end - from <= 12 {
            taken.take(from, end, Particular::Address);
        }
    }
}

/// What was named once, wherever it stands.
fn everywhere(text: &Chars, taken: &mut Taken, names: &[Vec<char>]) {
    for name in names {
        for at in text.occurrences(name) {
            // Of two characters only where the place is spoken of: 邦华业主.
            if name.len() > 2 || lived_in(text, at + 2) || text.before(at) == '镇' {
                taken.take(at, at + name.len(), Particular::Address);
            }
        }
    }
}

/// 扶槎村野岩村, 新桥社区烟包山组: what a village is followed by belongs to it.
fn hamlets(text: &Chars, taken: &mut Taken) {
    const SMALL: [&str; 8] = ["组", "村民小组", "村", "屯", "院子", "湾", "老屋", "自然村"];
    for at in 1..text.len() {
        let behind = taken.kind(at - 1) == Some(Particular::Address) && taken.kind(at).is_none();
        if !behind || !matches!(text.before(at), '村' | '区' | '会') {
            continue;
        }
        let small = (at + 1..=at + 5).find_map(|end| Some(end + text.any(end, &SMALL)?));
        if let Some(end) = small
            && text.span(at, end).iter().all(|c| is_han(*c) && !STOPS.contains(*c))
            && !matches!(text.at(end), '织' | '长' | '干' | '支')
            && !matches!(text.at(at), '村' | '民' | '支' | '书' | '干')
        {
            taken.take(at, end, Particular::Address);
        }
    }
}

/// What a reader finds in the place of an address.
pub(super) fn stands_for(text: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["小区", "花园", "家园", "公寓", "苑", "园", "城", "庭", "府"]) {
        "某小区"
    } else if has(&["社区", "居委会"]) {
        "某社区"
    } else if has(&["村", "屯"]) {
        "某村"
    } else if has(&["组", "队"]) {
        "某组"
    } else if has(&["栋", "幢", "单元", "楼", "室"]) {
        "某栋"
    } else if has(&["路", "街", "巷", "道"]) {
        "某路某号"
    } else {
        "某处"
    }
}
