//! An older build's database, with rows in it, is brought up to date: whatever it held is still there, and verifies.
//!
//! The rows are those of a database of this build, copied into the tables and columns that the older schema had. What
//! was not there yet, the migrations must fill. SQLite only: the statements of both trees are kept side by side, and
//! the schema of PostgreSQL is made by the same migrations in every other test.

use std::path::Path;

use case_core::matter::{Command, OversightAct};
use case_store::{Filter, JournalCheck, ListQuery, Scope, Store};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use crate::database::TestDb;
use crate::fixtures::*;

/// From here on databases of counties that tried it out exist.
const FIRST: i64 = 30;

async fn filled() -> TestDb {
    let db = TestDb::sqlite().await;
    people(&db.store).await;
    registered(&db.store, 1, Some("350921101201")).await;
    let submitted = submitted(&db.store, 2, Some("350921101201")).await;
    delivered(&db.store, 3, Some("350921101202")).await;
    let due = at(0).date() + chrono::TimeDelta::days(30);
    let oversee = Command::Oversee {
        act: OversightAct::Supervision,
        to: None,
        breach: words("半个月没有见面"),
        wanted: words("上门见面"),
        due,
    };
    must(&db.store, Who::Supervisor, submitted.id, oversee).await;
    let homes = [household(1, "350921101201"), household(2, "350921101202")];
    db.store.upsert_households(&homes, &keys_of).await.unwrap();
    db
}

/// A database of the schema after the migration, with all that the filled one holds and it had room for.
async fn as_of(version: i64, filled: &Path, old: &Path) {
    let mut migrator = Migrator::new(Path::new("migrations/sqlite")).await.unwrap();
    let kept: Vec<_> = migrator.iter().filter(|one| one.version <= version).cloned().collect();
    migrator.migrations = kept.into();
    let mut conn = SqliteConnection::connect(&format!("sqlite:{}?mode=rwc", old.display())).await.unwrap();
    migrator.run(&mut conn).await.unwrap();
    let run = async |conn: &mut SqliteConnection, sql: String| {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await.unwrap();
    };
    run(&mut conn, format!("PRAGMA foreign_keys = OFF; ATTACH '{}' AS filled", filled.display())).await;
    let tables = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
                  AND name NOT LIKE '_sqlx%' ORDER BY name";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut conn).await.unwrap();
    assert!(tables.len() > 20, "{tables:?}");
    for table in tables {
        let columns = format!(
            "SELECT o.name FROM pragma_table_info('{table}', 'main') o \
             JOIN pragma_table_info('{table}', 'filled') n ON n.name = o.name"
        );
        let columns: Vec<String> = sqlx::query_scalar(AssertSqlSafe(columns)).fetch_all(&mut conn).await.unwrap();
        assert!(!columns.is_empty(), "{table} has nothing in common with what it is today");
        let columns = columns.join(", ");
        let copy = format!("INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM filled.{table}");
        run(&mut conn, copy).await;
    }
    conn.close().await.unwrap();
}

async fn overseen(store: &Store) -> u64 {
    let query = ListQuery {
        scope: Scope::County,
        stages: Vec::new(),
        text: None,
        filter: Filter::Overseen,
        page: 0,
        page_size: 10,
        not_for: None,
    };
    store.list_matters(&query).await.unwrap().1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_older_build_wrote_is_whole_after_the_migrations() {
    let db = filled().await;
    let file = db.url.strip_prefix("sqlite:").unwrap().to_owned();
    let rows = db.rows().await;
    assert_eq!(overseen(&db.store).await, 1);
    db.store.close().await;
    let newest = Migrator::new(Path::new("migrations/sqlite")).await.unwrap();
    let versions: Vec<i64> = newest.iter().map(|one| one.version).filter(|version| *version >= FIRST).collect();
    assert!(versions.len() > 5, "{versions:?}");
    let folder = tempfile::tempdir().unwrap();
    for version in versions {
        let old = folder.path().join(format!("{version}.db"));
        as_of(version, Path::new(&file), &old).await;
        let store = Store::connect(&format!("sqlite:{}", old.display())).await.unwrap();
        let mut faults = Vec::new();
        let verified = store.verify(&[], &mut |fault| faults.push(fault)).await.unwrap();
        assert!(faults.is_empty(), "from {version}: {faults:?}");
        assert_eq!(verified.matters, 3, "from {version}");
        for n in 1..=3 {
            let whole = store.verify_journal(matter_id(n)).await.unwrap();
            assert_eq!(whole, JournalCheck::Intact, "from {version}: {n}");
        }
        // What the newer columns say of older rows is what a build that had them would have written.
        assert_eq!(overseen(&store).await, 1, "from {version}");
        store.close().await;
    }
    assert!(rows > 20, "{rows}");
}
