//! 渠道专员: their keys, and the journal of what was done to these.
//!
//! The store sees public keys and wrapped private ones. It makes sure of two things: that nobody gets a key
//! twice, and that a new officer's copies cover what there is at that moment.

use case_core::actor::Role;
use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, SealedReportId};
use case_core::text::ShortText;
use case_core::time::Moment;

use crate::Store;
use crate::accounts::role_code;
use crate::audit;
use crate::db::{Conn, Row, args};
use crate::error::{Result, StoreError};

/// 渠道专员. Neither half of the key shows in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedOfficer {
    /// The account.
    pub account: AccountId,
    /// What is sealed to.
    pub public: Vec<u8>,
    /// The private key under the passphrase.
    pub wrapped: String,
}

impl std::fmt::Debug for SealedOfficer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedOfficer").field("account", &self.account).finish_non_exhaustive()
    }
}

/// What was done to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyDeed {
    /// The channel was opened with it.
    Init,
    /// A further officer; whoever opened the reports for that is named beside it.
    Add,
    /// It lies under another passphrase now.
    Passphrase,
}

impl KeyDeed {
    const ALL: [Self; 3] = [Self::Init, Self::Add, Self::Passphrase];

    /// The word under which it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Init => "init",
            Self::Add => "add",
            Self::Passphrase => "passphrase",
        }
    }
}

/// A line of the journal of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// The server's clock.
    pub at: Moment,
    /// Whose key.
    pub account: AccountId,
    /// The name of that account.
    pub name: ShortText,
    /// Who did it; none for the command line alone.
    pub by: Option<AccountId>,
    /// What.
    pub deed: KeyDeed,
}

impl Store {
    /// All officers of the channel whose accounts are active and still have that role.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_officers(&self) -> Result<Vec<SealedOfficer>> {
        let sql = "SELECT o.account, o.public, o.wrapped FROM sealed_officer o \
                   JOIN account a ON a.id = o.account \
                   WHERE a.active = 1 AND a.role = $1 ORDER BY o.account";
        let role = role_code(Role::SealedOfficer)?;
        self.read().await?.all(sql, args![role]).await?.iter().map(officer).collect()
    }

    /// The key of an account, if it has one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_officer(&self, account: AccountId) -> Result<Option<SealedOfficer>> {
        let sql = "SELECT account, public, wrapped FROM sealed_officer WHERE account = $1";
        self.read().await?.optional(sql, args![account]).await?.as_ref().map(officer).transpose()
    }

    /// How many lines the journals of all reports have: what a further officer's copies are made of.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_lines(&self) -> Result<u64> {
        self.read().await?.one("SELECT COUNT(*) FROM sealed_journal", args![]).await?.count(0)
    }

    /// Makes an officer. `lines` is [`Self::sealed_lines`] as it was when the copies were made; when there are
    /// more by now, or the account has a key, nothing is done and the answer is no.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] for an account or report that does not exist.
    pub async fn add_sealed_officer(
        &self,
        new: &SealedOfficer,
        by: Option<AccountId>,
        copies: Vec<(SealedReportId, u32, Vec<u8>)>,
        lines: u64,
        now: Moment,
    ) -> Result<bool> {
        let mut conn = self.write().await?;
        let made = conn
            .run(
                "INSERT INTO sealed_officer (account, public, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                args![new.account, new.public.clone(), new.wrapped.as_str()],
            )
            .await?;
        let there: u64 = conn.one("SELECT COUNT(*) FROM sealed_journal", args![]).await?.count(0)?;
        if made == 0 || there != lines {
            conn.roll_back().await?;
            return Ok(false);
        }
        let rows = copies.into_iter().map(|(report, seq, bytes)| args![report, seq, new.account, bytes]).collect();
        conn.insert("INSERT INTO sealed_copy (report, seq, account, envelope) VALUES", rows, "").await?;
        let deed = if by.is_some() { KeyDeed::Add } else { KeyDeed::Init };
        note(&mut conn, new.account, by, deed, now).await?;
        conn.commit().await?;
        Ok(true)
    }

    /// Puts an officer's key under another passphrase; no when it lies under another one meanwhile.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn rewrap_sealed_officer(&self, old: &SealedOfficer, wrapped: &str, now: Moment) -> Result<bool> {
        let mut conn = self.write().await?;
        let sql = "UPDATE sealed_officer SET wrapped = $1 WHERE account = $2 AND wrapped = $3";
        if conn.run(sql, args![wrapped, old.account, old.wrapped.as_str()]).await? == 0 {
            return Ok(false);
        }
        note(&mut conn, old.account, Some(old.account), KeyDeed::Passphrase, now).await?;
        conn.commit().await?;
        Ok(true)
    }

    /// What was done to the keys, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_key_journal(&self) -> Result<Vec<KeyLine>> {
        let sql = "SELECT j.at, j.account, a.name, j.by_account, j.deed FROM sealed_key_journal j \
                   JOIN account a ON a.id = j.account ORDER BY j.seq";
        let rows = self.read().await?.all(sql, args![]).await?;
        rows.iter()
            .map(|row| {
                let deed = row.text(4)?;
                let deed = KeyDeed::ALL.into_iter().find(|known| known.code() == deed);
                Ok(KeyLine {
                    at: row.moment(0)?,
                    account: row.parsed(1, "an account's id")?,
                    name: row.checked(2, "a name")?,
                    by: row.parsed_opt(3, "an account's id")?,
                    deed: deed.ok_or(StoreError::Corrupt { what: "a deed" })?,
                })
            })
            .collect()
    }
}

fn officer(row: &Row) -> Result<SealedOfficer> {
    Ok(SealedOfficer { account: row.parsed(0, "an account's id")?, public: row.bytes(1)?, wrapped: row.text(2)? })
}

/// The hash of a line.
pub(crate) fn key_hash(
    previous: Option<&Digest>,
    seq: u32,
    at: Moment,
    account: AccountId,
    by: Option<AccountId>,
    deed: &str,
) -> Digest {
    let by = by.map_or_else(|| "null".to_owned(), |id| format!("\"{id}\""));
    let line = format!("{{\"seq\":{seq},\"at\":{},\"account\":\"{account}\",\"by\":{by},\"deed\":\"{deed}\"}}", at.0);
    Digest::chained(previous, line.as_bytes())
}

async fn note(conn: &mut Conn, account: AccountId, by: Option<AccountId>, deed: KeyDeed, at: Moment) -> Result<()> {
    let sql = "SELECT seq, hash FROM sealed_key_journal ORDER BY seq DESC LIMIT 1";
    let (seq, previous) = match conn.optional(sql, args![]).await? {
        Some(row) => (row.count::<u32>(0)? + 1, Some(row.digest(1)?)),
        None => (1, None),
    };
    let hash = key_hash(previous.as_ref(), seq, at, account, by, deed.code());
    // Two at once: the second meets the primary key, and its whole deed is taken back.
    conn.run(
        "INSERT INTO sealed_key_journal (seq, at, account, by_account, deed, hash) VALUES ($1, $2, $3, $4, $5, $6)",
        args![seq, at, account, by, deed.code(), hash],
    )
    .await?;
    let told = Deed::SealedKey { account, what: deed.code().to_owned(), length: seq, head: hash };
    audit::append(conn, Trace { by, at }, &told).await
}
