//! What the pure rules cost. A phone runs them for every row that it shows, the server for every
//! command inside a transaction.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a benchmark")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;

use case_core::code::QueryCode;
use case_core::matter::*;
use case_core::search;
use case_core::time::{Calendar, ClockKind, Rules};
use criterion::{Criterion, criterion_group, criterion_main};
use support::*;

fn rules(c: &mut Criterion) {
    let world = World::new();
    let submitted = matter_at(&world, Stage::ClosureSubmitted);
    let shown = submitted.closure_digest().unwrap();
    let approve = Command::ApproveClosure { shown };
    c.bench_function("decide: approve a closure (with its digest)", |b| {
        b.iter(|| decide(black_box(&submitted), &supervisor(), &approve, &world.cx()).unwrap());
    });
    let handling = matter_at(&world, Stage::Handling);
    c.bench_function("decide: refuse an illegal move", |b| {
        b.iter(|| decide(black_box(&handling), &supervisor(), &Command::Close, &world.cx()).unwrap_err());
    });
    c.bench_function("permitted: what can be done now", |b| {
        b.iter(|| permitted(black_box(&handling), &handler()));
    });
    let (mut matter, mut journal) = registered(&world);
    for kind in [CommandKind::Transfer, CommandKind::SignFor, CommandKind::Accept, CommandKind::Assign] {
        let events =
            decide(&matter, &giver(kind, &matter), &command(kind, &matter, world.now.date()), &world.cx()).unwrap();
        matter = events.iter().fold(matter, apply);
        journal.extend(events);
    }
    c.bench_function("replay: rebuild a matter from its journal", |b| {
        b.iter(|| replay(black_box(&journal)).unwrap());
    });
    let (calendar, lengths) = (Calendar::shipped(), Rules::default());
    c.bench_function("clock: due date over holidays", |b| {
        b.iter(|| lengths.due(ClockKind::Handling, black_box(day("2026-08-03")), &calendar));
    });
    c.bench_function("search: one card", |b| {
        b.iter(|| search::matches(black_box("李建立 ljl 长春镇武岐村 第1组 138****7340 3526050309070042"), "武岐 ljl"));
    });
    let code = QueryCode::from_number(12_345_678_901).grouped();
    c.bench_function("query code: parse with check digit", |b| {
        b.iter(|| QueryCode::parse(black_box(&code)).unwrap());
    });
}

criterion_group!(benches, rules);
criterion_main!(benches);
