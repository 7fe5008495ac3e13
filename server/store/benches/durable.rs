//! What taking in a visit costs on SQLite: one after another, each on the disk before the next, beside a bare
//! insert of the same bytes in the same run. Between the two lie the claim of the id, the household, the
//! receipt's number and its link in the chain.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark"
)]

#[path = "../tests/contract/fixtures.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod fixtures;

use std::time::{Duration, Instant};

use case_store::{Absorption, RecordNames, Store, Taken};
use fixtures::*;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, SqliteConnection};

const ROUND: Duration = Duration::from_secs(2);
const ROUNDS: usize = 5;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let mut bare = open_bare(&folder.path().join("bare.db")).await;
    let store = Store::connect(&format!("sqlite:{}", folder.path().join("store.db").display())).await.unwrap();
    people(&store).await;
    store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();

    let (mut taken, mut inserted, mut n) = (Vec::new(), Vec::new(), 0_u128);
    // In turns, so that a slow minute of the disk hits both.
    for _ in 0..ROUNDS {
        inserted.push(
            rate(async || {
                n += 1;
                insert_bare(&mut bare, n).await;
            })
            .await,
        );
        taken.push(
            rate(async || {
                n += 1;
                take_in(&store, n).await;
            })
            .await,
        );
    }
    let (taken, inserted) = (median(taken), median(inserted));
    println!("{:<52} {inserted:>7.0} /s", "SQLite: bare inserts of the same bytes, durable");
    let share = 100.0 * taken / inserted;
    println!("{:<52} {taken:>7.0} /s  {share:.0} % of bare", "SQLite: visits taken in with their receipts, durable");
}

async fn open_bare(file: &std::path::Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut conn = SqliteConnection::connect_with(&options).await.unwrap();
    let table = "CREATE TABLE bare (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT";
    sqlx::query(table).execute(&mut conn).await.unwrap();
    conn
}

fn record(n: u128) -> (case_core::field::Record, String) {
    let record = visit(n, Who::Village, household_id(1), None);
    let body = serde_json::to_string(&record).unwrap();
    (record, body)
}

async fn insert_bare(conn: &mut SqliteConnection, n: u128) {
    let (record, body) = record(n);
    let insert = sqlx::query("INSERT INTO bare (id, body) VALUES ($1, $2)").bind(record.id.to_string()).bind(body);
    insert.execute(conn).await.unwrap();
}

async fn take_in(store: &Store, n: u128) {
    let (record, body) = record(n);
    let names = RecordNames { matter: None, household: Some(household_id(1)) };
    let envelope = envelope(&record, &body, Who::Village, at(0));
    let taken = store.take_record(envelope, names, &|_, _| Absorption::default()).await.unwrap();
    assert!(matches!(taken, Taken::Stored(_)));
}

/// How often a second.
async fn rate(mut one: impl AsyncFnMut()) -> f64 {
    let (begun, mut count) = (Instant::now(), 0_u32);
    while begun.elapsed() < ROUND {
        one().await;
        count += 1;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}
