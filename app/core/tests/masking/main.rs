//! 成段文字脱敏, measured on invented texts (`texts.txt`). The floors are what was measured, rounded down: who
//! changes the rules sees at once what it costs. Real messages are measured by `make bench`.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod score;

use case_core::mask::running::{self, Particular};
use score::{Score, Span, covered, name_of, touches};

const TEXTS: &str = include_str!("texts.txt");

/// A text and where its particulars are, from 我叫[n 张三].
fn labelled(line: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut rest) = (String::new(), Vec::new(), line);
    while let Some((before, from)) = rest.split_once('[') {
        let (label, after) = from.split_once(']').unwrap();
        let (kind, words) = label.split_once(' ').unwrap();
        text.push_str(before);
        let start = text.chars().count();
        text.push_str(words);
        let kind = match kind {
            "n" => Particular::Name,
            "p" => Particular::Phone,
            "i" => Particular::Identity,
            "v" => Particular::Plate,
            "c" => Particular::Card,
            "q" => Particular::Account,
            "a" => Particular::Address,
            other => panic!("no kind {other}"),
        };
        spans.push(Span { kind, from: start, to: text.chars().count() });
        rest = after;
    }
    text.push_str(rest);
    (text, spans)
}

fn texts() -> Vec<(String, Vec<Span>)> {
    TEXTS.lines().filter(|line| !line.starts_with('#')).map(labelled).collect()
}

#[test]
fn enough_is_found_and_not_too_much() {
    let mut score = Score::default();
    for (at, (text, labels)) in texts().iter().enumerate() {
        let found = running::find(text);
        score.add(labels, &found);
        for missed in labels.iter().filter(|label| !covered(label, &found)) {
            eprintln!("{at} missed {} in {text} at {}", name_of(missed.kind), missed.from);
        }
        for vain in found.iter().filter(|mask| !touches(mask, labels)) {
            eprintln!("{at} in vain {} in {text} at {}", name_of(vain.kind), vain.from);
        }
    }
    score.print();
    for (kind, recall, precision) in FLOORS {
        let (found, right) = score.hundredths(kind);
        assert!(found >= recall && right >= precision, "{kind:?}: recall {found} %, precision {right} %");
    }
}

/// Recall and precision in hundredths.
const FLOORS: [(Option<Particular>, u32, u32); 8] = [
    (Some(Particular::Name), 96, 98),
    (Some(Particular::Phone), 100, 100),
    (Some(Particular::Identity), 100, 100),
    (Some(Particular::Plate), 100, 100),
    (Some(Particular::Card), 100, 100),
    (Some(Particular::Account), 100, 100),
    (Some(Particular::Address), 100, 100),
    (None, 98, 99),
];
