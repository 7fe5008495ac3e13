//! Particulars in running Chinese text (成段文字脱敏): what somebody wrote, before it is shown to everybody.
//!
//! No model and no grammar: small tables (`app/core/data/masking`) and what stands beside a word. It is made to
//! find too much rather than too little, since somebody looks through it afterwards, and striking out a mark is
//! easier than seeing what was not marked. What it cannot see by its nature: a name without anything beside it
//! that announces one (a first name alone, a nickname), an estate or hamlet that is called like a shop, and
//! that the facts themselves tell who it was. So nothing that it made goes out unread.
//!
//! Order: numbers first, since digits mislead the others; then places, whose names hold surnames; then names.
//! What was found once by good reasons is then looked for in the whole text.
//!
//! Positions are counted in characters, not in bytes.

mod chars;
mod names;
mod numbers;
mod places;
#[rustfmt::skip]
mod tables;
mod words;

use serde::{Deserialize, Serialize};

use chars::Chars;

/// What kind of particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Particular {
    /// 姓名.
    Name,
    /// 电话.
    Phone,
    /// 身份证号.
    Identity,
    /// 车牌.
    Plate,
    /// 银行卡.
    Card,
    /// QQ, 微信, 邮箱, and numbers of contracts and the like.
    Account,
    /// 比乡镇更细的地址: village, group, estate, building, number.
    Address,
}

impl Particular {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Phone, Self::Identity, Self::Plate, Self::Card, Self::Account, Self::Address];
}

/// Where one stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The first character.
    pub from: usize,
    /// The one behind the last.
    pub to: usize,
    /// What it is.
    pub kind: Particular,
}

/// A part of a text; a particular when it has a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// As it stands there.
    pub text: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Particular>,
}

/// Who it is about, when that is known: what they are called and where they live is a particular wherever it stands.
#[derive(Clone, Debug, Default)]
pub struct Known(Vec<(Vec<char>, Particular)>);

impl Known {
    /// Something known. A single character is in too many other words.
    pub fn add(&mut self, text: &str, kind: Particular) {
        let text = text.trim();
        if text.chars().count() > 1 {
            self.0.push((text.chars().collect(), kind));
            self.0.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        }
    }
}

/// What is found in a text, from its beginning to its end, without overlaps.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    find_knowing(text, &Known::default())
}

/// The same, with what is known beforehand.
#[must_use]
pub fn find_knowing(text: &str, known: &Known) -> Vec<Found> {
    let chars = Chars::of(text);
    let mut taken = Taken::new(chars.len());
    for (name, kind) in &known.0 {
        for at in chars.occurrences(name) {
            taken.take(at, at + name.len(), *kind);
        }
    }
    numbers::find(&chars, &mut taken);
    places::find(&chars, &mut taken);
    names::find(&chars, &mut taken);
    taken.found()
}

/// The first thing known that stands in a text.
#[must_use]
pub fn known_in(text: &str, known: &Known) -> Option<String> {
    let chars = Chars::of(text);
    let name = known.0.iter().find(|(name, _)| !chars.occurrences(name).is_empty());
    name.map(|(name, _)| name.iter().collect())
}

/// The text in pieces: what is to be marked, and what stands between.
#[must_use]
pub fn pieces(text: &str, known: &Known) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let (mut all, mut at) = (Vec::new(), 0);
    let piece = |from: usize, to: usize, kind| Piece { text: chars[from..to].iter().collect(), kind };
    for found in find_knowing(text, known) {
        if found.from > at {
            all.push(piece(at, found.from, None));
        }
        all.push(piece(found.from, found.to, Some(found.kind)));
        at = found.to;
    }
    if at < chars.len() {
        all.push(piece(at, chars.len(), None));
    }
    all
}

/// The text without particulars.
#[must_use]
pub fn hide(text: &str, known: &Known) -> String {
    let pieces = pieces(text, known);
    let mut out = String::with_capacity(text.len());
    for (at, piece) in pieces.iter().enumerate() {
        let Some(kind) = piece.kind else {
            out.push_str(&piece.text);
            continue;
        };
        let titled = || pieces.get(at + 1).is_some_and(|next| names::is_titled(&next.text));
        // 张三 → 张某: told apart from 李某, and read aloud as a word. A surname beside an office is somebody: 某主任.
        if kind == Particular::Name && piece.text.chars().count() > 1 && !titled() {
            out.extend(piece.text.chars().take(1));
        }
        out.push_str(stands_for(kind, &piece.text));
    }
    out
}

/// What a reader finds in its place. Nothing of a number stays: its end is what a look-up asks for.
fn stands_for(kind: Particular, text: &str) -> &'static str {
    match kind {
        Particular::Name => "某",
        Particular::Phone => "（电话略）",
        Particular::Identity => "（证件号略）",
        Particular::Plate => "（车牌略）",
        Particular::Card => "（卡号略）",
        Particular::Account => "（账号略）",
        Particular::Address => places::stands_for(text),
    }
}

/// What has been found so far; the first finder of a character keeps it.
struct Taken(Vec<Option<(Particular, usize)>>, usize);

impl Taken {
    fn new(len: usize) -> Self {
        Self(vec![None; len], 0)
    }

    fn is_free(&self, from: usize, to: usize) -> bool {
        self.0.get(from..to).is_some_and(|span| span.iter().all(Option::is_none))
    }

    /// Takes what is still free of a span.
    fn take(&mut self, from: usize, to: usize, kind: Particular) {
        self.1 += 1;
        let number = self.1;
        if let Some(span) = self.0.get_mut(from..to) {
            span.iter_mut().filter(|place| place.is_none()).for_each(|place| *place = Some((kind, number)));
        }
    }

    fn kind(&self, at: usize) -> Option<Particular> {
        self.0.get(at).copied().flatten().map(|(kind, _)| kind)
    }

    fn found(&self) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        let mut last = None;
        for (at, place) in self.0.iter().enumerate() {
            let joins = match (last, place) {
                // Parts of one address are one; two names side by side are two.
                (Some((Particular::Address, _)), Some((Particular::Address, _))) => true,
                (last, Some(here)) => last == Some(*here),
                (_, None) => false,
            };
            match (place, all.last_mut()) {
                (Some(_), Some(before)) if joins => before.to = at + 1,
                (Some((kind, _)), _) => all.push(Found { from: at, to: at + 1, kind: *kind }),
                (None, _) => {}
            }
            last = *place;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> String {
        hide(text, &Known::default())
    }

    #[test]
    fn what_is_left_reads_as_a_text() {
        assert_eq!(
            hidden("我叫王秀英，家住清溪镇青石村3组，电话138 0000 1234。"),
            "我叫王某，家住清溪镇某村，电话（电话略）。"
        );
        assert_eq!(hidden("请问孙主任，县住建局什么时候来修？"), "请问某主任，县住建局什么时候来修？");
        assert_eq!(hidden("和顺家园8栋2单元301室的业主"), "某小区的业主");
        assert_eq!(hidden("滨河路12号门口"), "某路某号门口");
        assert_eq!(hidden("卡号6222 0000 1111 2222 333，车牌闽A12B34"), "卡号（卡号略），车牌（车牌略）");
        for stays in ["", "县住建局", "清溪镇政府在2026年3月2日答复：工期15天，费用48000元。", "云岭乡的路灯不亮"]
        {
            assert_eq!(hidden(stays), stays);
        }
    }

    #[test]
    fn what_is_known_goes_whatever_it_looks_like() {
        let mut known = Known::default();
        known.add("路遥", Particular::Name);
        known.add("老水碾", Particular::Address);
        known.add("王", Particular::Name);
        assert_eq!(hide("路遥说老水碾的桥断了，国王也没办法", &known), "路某说某处的桥断了，国王也没办法");
    }

    #[test]
    fn hiding_what_is_hidden_changes_nothing() {
        for text in
            ["我叫王秀英，家住清溪镇青石村3组，电话138 0000 1234。", "锦绣华府A3栋业主李大山，身份证35092119700101001X"]
        {
            let once = hidden(text);
            assert_eq!(hidden(&once), once);
        }
    }

    #[test]
    fn pieces_are_the_text() {
        for text in [
            "一",
            "我叫王秀英",
            "１３８００００１２３４",
            "𠮷田村 \u{200b}8栋",
            "王王王王王王",
            "第第第第栋栋栋",
            "·····",
            "--------1-",
        ] {
            let all: String = pieces(text, &Known::default()).iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(all, text);
        }
    }
}
