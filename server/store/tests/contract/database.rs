//! A fresh database for a test.

use std::io::Write as _;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use case_store::Store;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

static NEXT: AtomicU32 = AtomicU32::new(0);
static SAID: Once = Once::new();

/// A fresh database, and a way around the store to look at (or spoil) its tables.
pub struct TestDb {
    /// The store under test.
    pub store: Store,
    /// Its address; in memory there is none.
    pub url: String,
    place: Place,
}

enum Place {
    Folder(#[expect(dead_code, reason = "dropping it removes the folder")] tempfile::TempDir),
    Schema {
        server: String,
        name: String,
    },
    #[cfg(feature = "simulation")]
    Memory,
}

impl TestDb {
    /// A file in a folder of its own.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self { store: Store::connect(&url).await.unwrap(), url, place: Place::Folder(folder) }
    }

    /// In memory.
    #[cfg(feature = "simulation")]
    pub async fn memory() -> Self {
        static EMPTY: tokio::sync::OnceCell<Vec<u8>> = tokio::sync::OnceCell::const_new();
        let empty = EMPTY
            .get_or_init(async || {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("empty.db");
                Store::connect(&format!("sqlite:{}", file.display())).await.unwrap().close().await;
                std::fs::read(file).unwrap()
            })
            .await;
        Self { store: Store::in_memory(empty).unwrap(), url: String::new(), place: Place::Memory }
    }

    /// The store as it is when it is opened once more.
    pub async fn again(&self) -> Store {
        match self.place {
            #[cfg(feature = "simulation")]
            Place::Memory => {
                let store = Store::in_memory(&self.store.to_file().await.unwrap()).unwrap();
                store.adopt().await.unwrap();
                store
            }
            _ => Store::connect(&self.url).await.unwrap(),
        }
    }

    /// A schema of its own; `None`, and said so, when no server is given.
    pub async fn postgres() -> Option<Self> {
        let Some(server) = std::env::var("HUIYIN_TEST_POSTGRES").ok().filter(|url| !url.is_empty()) else {
            // Past the test runner, which shows nothing of a test that does not fail.
            SAID.call_once(|| {
                // Past the capture of the test runner: this must be seen.
                let _ = writeln!(std::io::stderr(), "PostgreSQL: not set, skipped");
            });
            return None;
        };
        let name = format!("huiyin_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut admin = PgConnection::connect(&server).await.expect("HUIYIN_TEST_POSTGRES answers");
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&mut admin).await.unwrap();
        admin.close().await.unwrap();
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options[search_path]={name}");
        Some(Self { store: Store::connect(&url).await.unwrap(), url, place: Place::Schema { server, name } })
    }

    /// The schema's name; none in SQLite.
    pub fn schema(&self) -> Option<&str> {
        match &self.place {
            Place::Folder(_) => None,
            #[cfg(feature = "simulation")]
            Place::Memory => None,
            Place::Schema { name, .. } => Some(name),
        }
    }

    /// Runs a statement behind the store's back.
    pub async fn tamper(&self, sql: &str) -> u64 {
        #[cfg(feature = "simulation")]
        if matches!(self.place, Place::Memory) {
            return self.store.tamper(sql).await.unwrap();
        }
        let sql = AssertSqlSafe(sql.to_owned());
        match self.place {
            Place::Schema { .. } => {
                let mut conn = PgConnection::connect(&self.url).await.unwrap();
                // Neither triggers nor references hold off who has the whole database.
                sqlx::raw_sql("SET session_replication_role = replica").execute(&mut conn).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut conn).await.unwrap().rows_affected()
            }
            _ => {
                let mut conn = SqliteConnection::connect(&self.url).await.unwrap();
                let triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
                let names: Vec<String> = sqlx::query_scalar(triggers).fetch_all(&mut conn).await.unwrap();
                for name in names {
                    let drop = AssertSqlSafe(format!("DROP TRIGGER {name}"));
                    sqlx::raw_sql(drop).execute(&mut conn).await.unwrap();
                }
                sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut conn).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut conn).await.unwrap().rows_affected()
            }
        }
    }

    /// Whether the database itself refuses a statement that anybody may send it who is not its owner.
    pub async fn refuses(&self, sql: &str) -> bool {
        #[cfg(feature = "simulation")]
        if matches!(self.place, Place::Memory) {
            return self.store.refuses(sql).await.unwrap();
        }
        let sql = AssertSqlSafe(sql.to_owned());
        match self.place {
            Place::Schema { .. } => {
                let mut conn = PgConnection::connect(&self.url).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut conn).await.is_err()
            }
            _ => {
                let mut conn = SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut conn).await.is_err()
            }
        }
    }

    /// A number read behind the store's back.
    pub async fn number(&self, sql: &str) -> i64 {
        #[cfg(feature = "simulation")]
        if matches!(self.place, Place::Memory) {
            return self.store.number(sql).await.unwrap();
        }
        let sql = AssertSqlSafe(sql.to_owned());
        match self.place {
            Place::Schema { .. } => {
                let mut conn = PgConnection::connect(&self.url).await.unwrap();
                sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
            }
            _ => {
                let mut conn = SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
            }
        }
    }

    /// How many rows all tables have together (but for the migrations' own).
    pub async fn rows(&self) -> i64 {
        let mut all = 0;
        for table in TABLES {
            all += self.number(&format!("SELECT COUNT(*) FROM {table}")).await;
        }
        all
    }

    /// Removes it.
    pub async fn end(self) {
        self.store.close().await;
        if let Place::Schema { server, name } = self.place {
            let mut admin = PgConnection::connect(&server).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(format!("DROP SCHEMA {name} CASCADE"))).execute(&mut admin).await.unwrap();
        }
    }
}

/// All tables of the schema.
pub const TABLES: [&str; 50] = [
    "account",
    "account_area",
    "attachment",
    "attachment_matter",
    "audit",
    "audit_matter",
    "booking",
    "code_issue",
    "code_reserve",
    "command",
    "counter",
    "device",
    "division",
    "document",
    "failure",
    "feed",
    "holiday",
    "household",
    "intake_number",
    "journal",
    "kept_aside",
    "lineage",
    "matter",
    "matter_helper",
    "matter_index",
    "matter_observer",
    "notice",
    "notice_stop",
    "proof_spent",
    "publication",
    "publication_plea",
    "publication_wish",
    "push_subscription",
    "receipt",
    "reception_change",
    "reception_rule",
    "record",
    "recusal",
    "sealed_copy",
    "sealed_file",
    "sealed_journal",
    "sealed_key_journal",
    "sealed_officer",
    "sealed_piece",
    "sealed_report",
    "sent_file",
    "session",
    "setting",
    "talk_point",
    "unit",
];
