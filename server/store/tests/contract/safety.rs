//! What must be true of the databases themselves.

use std::collections::BTreeSet;

use case_store::{Store, StoreError};
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use crate::database::{TABLES, TestDb};
use crate::fixtures::{VILLAGE, people, registered};

contract! {
    async fn what_was_written_is_there_when_the_store_is_opened_again(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await;
        let again = db.again().await;
        assert_eq!(again.matter(matter.id).await.unwrap(), Some(matter));
        again.ping().await.unwrap();
        again.close().await;
    }

    async fn a_store_that_was_closed_is_unavailable_and_says_so(db) {
        let other = db.again().await;
        other.close().await;
        assert_eq!(other.ping().await, Err(StoreError::Unavailable));
        assert!(StoreError::Unavailable.is_retryable());
    }

    async fn the_tables_are_those_that_the_tests_count(db) {
        for table in TABLES {
            assert!(db.number(&format!("SELECT COUNT(*) FROM {table}")).await >= 0);
        }
        let count = match db.schema() {
            None => db.number("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'").await,
            Some(name) => {
                let sql = format!("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '{name}' AND table_name NOT LIKE '\\_sqlx%'");
                db.number(&sql).await
            }
        };
        assert_eq!(count, i64::try_from(TABLES.len()).unwrap());
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    for bad in ["", "mysql://x", "huiyin.db", "postgres://[bad"] {
        assert_eq!(Store::connect(bad).await.map(drop), Err(StoreError::BadUrl), "{bad}");
    }
    let nowhere = Store::connect("sqlite:/nowhere/at/all/huiyin.db").await.map(drop);
    assert_eq!(nowhere, Err(StoreError::Unavailable));
}

/// With these values an acknowledged write survives a power cut. They are read on the store's own
/// connections through what it reports, since they are settings of a connection.
#[tokio::test]
async fn sqlite_keeps_what_it_acknowledged() {
    let db = TestDb::sqlite().await;
    let settings = db.store.sqlite_settings().await.unwrap().unwrap();
    assert_eq!(settings.journal_mode, "wal");
    assert_eq!(settings.synchronous, 2, "2 is FULL");
    assert!(settings.foreign_keys);
    assert!(settings.readers_only_read);
    db.end().await;
}

#[tokio::test]
async fn both_schemas_have_the_same_tables_and_columns() {
    let Some(postgres) = TestDb::postgres().await else { return };
    let sqlite = TestDb::sqlite().await;
    let mut conn = SqliteConnection::connect(&sqlite.url).await.unwrap();
    let mut ours: BTreeSet<(String, String, String, bool)> = BTreeSet::new();
    for table in TABLES {
        let rows: Vec<(String, String, bool)> =
            sqlx::query_as("SELECT name, type, \"notnull\" FROM pragma_table_info($1)")
                .bind(table)
                .fetch_all(&mut conn)
                .await
                .unwrap();
        assert!(!rows.is_empty(), "{table}");
        for (column, kind, not_null) in rows {
            let kind = match kind.as_str() {
                "INTEGER" => "bigint",
                "BLOB" => "bytea",
                _ => "text",
            };
            ours.insert((table.to_owned(), column, kind.to_owned(), not_null));
        }
        let strict: i64 = sqlx::query_scalar("SELECT strict FROM pragma_table_list WHERE name = $1")
            .bind(table)
            .fetch_one(&mut conn)
            .await
            .unwrap();
        assert_eq!(strict, 1, "{table} is STRICT");
    }
    let mut conn = PgConnection::connect(&postgres.url).await.unwrap();
    let theirs: Vec<(String, String, String, bool)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO' \
         FROM information_schema.columns WHERE table_schema = $1 AND table_name NOT LIKE '\\_sqlx%'",
    )
    .bind(postgres.schema().unwrap())
    .fetch_all(&mut conn)
    .await
    .unwrap();
    assert_eq!(ours, theirs.into_iter().collect());
    conn.close().await.unwrap();
    sqlite.end().await;
    postgres.end().await;
}

#[test]
fn both_trees_have_the_same_steps() {
    let steps = |tree: &str| -> BTreeSet<_> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(tree);
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    };
    assert_eq!(steps("sqlite"), steps("postgres"));
    assert!(!steps("sqlite").is_empty());
}
