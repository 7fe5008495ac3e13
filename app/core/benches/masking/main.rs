//! How much of what should be masked is found in real citizens' messages, and how much is marked in vain.
//!
//! The messages are not part of the project: they are read from a folder beside it (`HUIYIN_MESSAGES`, or
//! `../shared/data/messages/messages_dev.jsonl`). What stands here is where the particulars of 200 of them are,
//! without any of their words: id, a salted hash of title and body (a text that has changed is left out, and
//! said), then kind, first character and end. Labelled by one person, who also wrote the rules, by reading and
//! before the rules; the rules were tuned on the even lines, so the figures of the odd ones are the honest ones.
//!
//! The texts are masked already: places down to the county are codes (A3区), provinces and rivers renamed, some
//! phones are `0000-00000000` or stars, and persons have other names than in life. So phones and accounts are too few
//! here to say anything (see the synthetic texts in `tests/masking` for them); names and places below the county
//! are as varied as people write them, and of them the figures can be believed.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark"
)]

#[path = "../../tests/masking/score.rs"]
mod score;

use std::collections::HashMap;
use std::path::PathBuf;

use case_core::digest::Digest;
use case_core::mask::running;
use score::{Score, Span, kind_of};

const LABELS: &str = include_str!("messages.tsv");

fn main() {
    let Some(messages) = messages() else {
        println!(
            "masking: no messages beside the project (HUIYIN_MESSAGES); the synthetic texts are measured by the tests"
        );
        return;
    };
    let (mut tuned, mut held, mut gone) = (Score::default(), Score::default(), 0);
    for (at, line) in LABELS.lines().enumerate() {
        let mut fields = line.split('\t');
        let (id, hash) = (fields.next().unwrap(), fields.next().unwrap());
        let text = messages.get(id).filter(|text| hashed(text) == hash);
        let Some(text) = text else {
            gone += 1;
            continue;
        };
        let labels: Vec<Span> = fields.map(span).collect();
        let found = running::find(text);
        let score = if at % 2 == 0 { &mut tuned } else { &mut held };
        score.add(&labels, &found);
        if std::env::var("HUIYIN_MASKING_MISSES").is_ok_and(|which| (which == "tuned") == (at % 2 == 0)) {
            score::explain(id, text, &labels, &found);
        }
    }
    if gone > 0 {
        println!("masking: {gone} of {} labelled messages are missing or have changed", LABELS.lines().count());
    }
    println!("masking of real messages, the half that the rules were tuned on");
    tuned.print();
    println!("masking of real messages, the other half");
    held.print();
}

/// Title and body by id.
fn messages() -> Option<HashMap<String, String>> {
    let beside =
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/messages/messages_dev.jsonl"));
    let file = std::env::var_os("HUIYIN_MESSAGES").map_or_else(beside, PathBuf::from);
    let lines = std::fs::read_to_string(file).ok()?;
    let read = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        let field = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        Some((field("id")?, [field("title")?, field("body")?].join("\n")))
    };
    Some(lines.lines().filter_map(read).collect())
}

fn hashed(text: &str) -> String {
    let salted = ["huiyin masking labels\n", text].concat();
    Digest::of_bytes(salted.as_bytes()).hex()[..16].to_owned()
}

fn span(field: &str) -> Span {
    let mut words = field.split(' ');
    let kind = kind_of(words.next().unwrap());
    let mut number = || words.next().unwrap().parse().unwrap();
    Span { kind, from: number(), to: number() }
}
