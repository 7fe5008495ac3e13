//! 地点匹配: finds a village by the names of its town and its own.
//!
//! Village names repeat within a county, so the town is always part of the question. People write
//! the same village as 武岐村委会, 武岐村 or 武岐; but 牙城村委会 and 牙城社区居委会 are two places in
//! one town. So names are compared in steps, from strict to loose, and a step answers only when it
//! names exactly one place; two make the question ambiguous, and nobody guesses.
use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::clean;
use crate::code::VillageCode;
use crate::divisions::DivisionRow;

/// A name as it is compared: no blanks, no invisible characters, brackets and full-width characters
/// made alike. Nothing else is changed: a rare character written 大（氵甸）stays written like that.
#[must_use]
pub fn match_key(name: &str) -> String {
    name.chars()
        .map(clean::fold)
        .filter(|c| !c.is_whitespace() && !clean::is_invisible(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// 地点名称: what the index needs to know of a village.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    /// 村级代码
    pub code: VillageCode,
    /// 乡镇街道
    pub town: String,
    /// 村（社区）
    pub village: String,
}

impl From<&DivisionRow> for PlaceName {
    fn from(row: &DivisionRow) -> Self {
        Self { code: row.code.clone(), town: row.town.clone(), village: row.village.clone() }
    }
}

/// 地点对不上: why no single village was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "place")]
pub enum PlaceProblem {
    /// 没有这个乡镇
    #[error("no such town")]
    UnknownTown {
        /// The town asked for.
        town: String,
    },
    /// 这个乡镇没有这个村
    #[error("no such village in this town")]
    UnknownVillage {
        /// The town asked for.
        town: String,
        /// The village asked for.
        village: String,
    },
    /// 对得上的不止一个
    #[error("more than one village fits")]
    Ambiguous {
        /// The town asked for.
        town: String,
        /// The village asked for.
        village: String,
        /// The villages that fit, by name.
        candidates: Vec<String>,
    },
}

/// 地点索引: all villages, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct PlaceIndex {
    /// Each with its village's name as it is compared.
    places: Vec<(PlaceName, String)>,
    /// By the town's whole name and by its name without 镇, 乡, 街道.
    towns: HashMap<String, BTreeSet<usize>>,
    short_towns: HashMap<String, BTreeSet<usize>>,
}

impl PlaceIndex {
    /// Builds the index.
    pub fn new<P: Into<PlaceName>>(places: impl IntoIterator<Item = P>) -> Self {
        let mut index = Self::default();
        for place in places {
            let place = place.into();
            let town = match_key(&place.town);
            let at = index.places.len();
            index.short_towns.entry(short_town(&town).to_owned()).or_default().insert(at);
            index.towns.entry(town).or_default().insert(at);
            let village = match_key(&place.village);
            index.places.push((place, village));
        }
        index
    }

    /// How many villages it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The village of that name in the town of that name.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn find(&self, town: &str, village: &str) -> Result<VillageCode, PlaceProblem> {
        let town_key = match_key(town);
        let within = self.in_town(&town_key).ok_or_else(|| PlaceProblem::UnknownTown { town: clean::excerpt(town) })?;
        let village_key = match_key(village);
        // 松城街道龙津社区: the town is sometimes written once more before the village.
        let own = village_key.strip_prefix(&town_key).filter(|rest| !rest.is_empty());
        for key in [Some(village_key.as_str()), own].into_iter().flatten() {
            for step in [Step::Whole, Step::SameKind, Step::AnyKind] {
                let found: Vec<&PlaceName> = within
                    .iter()
                    .filter_map(|at| self.places.get(*at))
                    .filter(|(_, known)| step.fits(key, known))
                    .map(|(place, _)| place)
                    .collect();
                let codes: BTreeSet<&VillageCode> = found.iter().map(|place| &place.code).collect();
                match (found.first(), codes.len()) {
                    (Some(place), 1) => return Ok(place.code.clone()),
                    (Some(_), _) => return Err(ambiguous(town, village, &found)),
                    (None, _) => {}
                }
            }
        }
        Err(PlaceProblem::UnknownVillage { town: clean::excerpt(town), village: clean::excerpt(village) })
    }

    fn in_town(&self, key: &str) -> Option<&BTreeSet<usize>> {
        if key.is_empty() {
            return None;
        }
        // 霞浦县松城街道: the county, the city and the province may stand before the town.
        let last_part = key
            .char_indices()
            .filter(|(_, c)| "省市县区旗州".contains(*c))
            .filter_map(|(at, c)| key.get(at + c.len_utf8()..))
            .find_map(|rest| self.towns.get(rest));
        self.towns.get(key).or(last_part).or_else(|| self.short_towns.get(short_town(key)))
    }
}

fn ambiguous(town: &str, village: &str, found: &[&PlaceName]) -> PlaceProblem {
    PlaceProblem::Ambiguous {
        town: clean::excerpt(town),
        village: clean::excerpt(village),
        candidates: found.iter().take(8).map(|place| place.village.clone()).collect(),
    }
}

#[derive(Clone, Copy)]
enum Step {
    Whole,
    SameKind,
    AnyKind,
}

impl Step {
    fn fits(self, asked: &str, known: &str) -> bool {
        match self {
            Self::Whole => asked == known,
            Self::SameKind => {
                let (asked, known) = (split(asked), split(known));
                asked.1.is_some() && asked.1 == known.1 && same_base(asked.0, known.0)
            }
            Self::AnyKind => same_base(split(asked).0, split(known).0),
        }
    }
}

/// 村 belongs to some names and not to others: 下新村村委会 is asked for as 下新村.
fn same_base(asked: &str, known: &str) -> bool {
    let bare = |name: &str| name.strip_suffix('村').filter(|rest| !rest.is_empty()).map(str::to_owned);
    asked == known || bare(asked).is_some_and(|asked| asked == known) || bare(known).is_some_and(|known| asked == known)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Committee {
    Village,
    Residents,
}

/// The name without the words for the committee, and which kind of committee it is. The longest
/// ending counts; something must be left of the name.
fn split(key: &str) -> (&str, Option<Committee>) {
    use Committee::{Residents, Village};
    const ENDINGS: &[(&str, Committee)] = &[
        ("社区居民委员会", Residents),
        ("社区居委会", Residents),
        ("居民委员会", Residents),
        ("村民委员会", Village),
        ("居委会", Residents),
        ("村委会", Village),
        ("社区", Residents),
        ("居委", Residents),
        ("村委", Village),
        ("村", Village),
    ];
    ENDINGS
        .iter()
        .find_map(|(ending, kind)| {
            key.strip_suffix(ending).filter(|base| !base.is_empty()).map(|base| (base, Some(*kind)))
        })
        .unwrap_or((key, None))
}

/// 盐田畲族乡 is called 盐田乡 or 盐田, 松城街道 is called 松城街道办事处 or 松城.
fn short_town(key: &str) -> &str {
    const ENDINGS: &[&str] =
        &["街道办事处", "镇人民政府", "乡人民政府", "街道办", "镇政府", "乡政府", "街道", "镇", "乡"];
    let long_enough = |base: &&str| base.chars().count() >= 2;
    let Some(mut base) = ENDINGS.iter().find_map(|ending| key.strip_suffix(ending)).filter(long_enough) else {
        return key;
    };
    while let Some(shorter) = PEOPLES.iter().find_map(|people| base.strip_suffix(people)).filter(long_enough) {
        base = shorter;
    }
    base
}

const PEOPLES: &[&str] = &[
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "乌孜别克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔族",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "民族",
];

#[cfg(test)]
#[path = "place_tests.rs"]
mod tests;
