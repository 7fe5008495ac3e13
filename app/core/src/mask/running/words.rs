//! The tables in `app/core/data/masking`.

use std::sync::LazyLock;

/// 姓.
pub(super) struct Surnames {
    /// Of one character.
    pub single: Vec<char>,
    /// Of one character that is as often a plain word.
    pub doubtful: Vec<char>,
    /// Of two.
    pub double: Vec<[char; 2]>,
}

/// 姓.
pub(super) static SURNAMES: LazyLock<Surnames> = LazyLock::new(|| {
    let (mut single, mut doubtful, mut double) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines(include_str!("../../../data/masking/surnames.txt")) {
        if let Some(line) = line.strip_prefix('+') {
            double.extend(line.split_whitespace().filter_map(|name| {
                let mut chars = name.chars();
                Some([chars.next()?, chars.next()?])
            }));
        } else if let Some(line) = line.strip_prefix('?') {
            doubtful.extend(line.trim().chars());
        } else {
            single.extend(line.trim().chars());
        }
    }
    single.retain(|c| !doubtful.contains(c));
    Surnames { single, doubtful, double }
});

/// 名.
pub(super) static GIVEN: LazyLock<Vec<char>> = LazyLock::new(|| {
    lines(include_str!("../../../data/masking/given.txt")).flat_map(|line| line.trim().chars()).collect()
});

/// What begins like a name and is none.
pub(super) static NOT_NAMES: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    lines(include_str!("../../../data/masking/not_names.txt"))
        .flat_map(str::split_whitespace)
        .map(|word| word.chars().collect())
        .collect()
});

/// What is written like a place and is none, or is the place of a whole town or more.
pub(super) static NOT_PLACES: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    lines(include_str!("../../../data/masking/not_places.txt"))
        .flat_map(str::split_whitespace)
        .map(|word| word.chars().collect())
        .collect()
});

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}
