//! The bytes of files, as they arrive: encrypted, in pieces, from any phone that knows the name.
//!
//! ```text
//! have 0 … total   a piece that begins where the last one ended is appended; any other changes
//!                  nothing and is answered with what is there
//! have = total     all of it: the caller checks it (hash, key, type) and calls [`Store::settle`]
//!   → right        whole; each record's claim on it becomes complete or refused, by itself
//!   → wrong        the pieces go, and it begins anew once; the second time it is refused
//! lost             the phone no longer has it. Should it come all the same, it is taken.
//! ```
//! Each step is one transaction that holds the file's row, so two uploads at once take turns and the
//! slower of them finds its piece there already. What is complete stays complete.

use case_core::digest::Digest;
use case_core::field::{FileKey, Media};
use case_core::id::RecordId;
use case_core::wire::sync::{Upload, UploadState};

use crate::Store;
use crate::db::{Conn, args};
use crate::error::{Result, StoreError};

/// So often may all bytes come and be wrong.
const TRIES: u32 = 2;

/// What one record says of a file, while that is unproven.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The record.
    pub record: RecordId,
    /// Its place among the record's files.
    pub position: u32,
    /// SHA-256 of the file.
    pub plain: Digest,
    /// Its size.
    pub bytes: u32,
    /// Its key.
    pub key: FileKey,
}

/// Encrypted bytes that are all there, with the claims on them that nobody has checked yet.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The bytes, in order.
    pub bytes: Vec<u8>,
    /// What is to be checked.
    pub claims: Vec<Claim>,
    /// Which try it is.
    tries: u32,
}

/// What the check of [`Checked`] found.
#[derive(Clone, Debug)]
pub enum Finding {
    /// They are not the bytes that the name stands for.
    Wrong,
    /// They are. For each claim in order: the type that the file shows, or nothing when the claim is
    /// not true.
    Right(Vec<Option<Media>>),
}

struct File {
    total: u32,
    have: u32,
    tries: u32,
    whole: bool,
}

impl Store {
    /// How an upload stands; nothing when no record names it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn upload(&self, sealed: Digest) -> Result<Option<Upload>> {
        let mut conn = self.read().await?;
        match find(&mut conn, sealed, false).await? {
            Some(file) => stand(&mut conn, sealed, &file).await.map(Some),
            None => Ok(None),
        }
    }

    /// Takes a piece that begins at `at`, and says how the upload stands then.
    ///
    /// # Errors
    /// [`StoreError`]; nothing of the piece is stored then, and sending it again is right.
    pub async fn add_piece(&self, sealed: Digest, at: u32, bytes: Vec<u8>) -> Result<Option<Upload>> {
        let mut conn = self.write().await?;
        let Some(mut file) = find(&mut conn, sealed, true).await? else {
            conn.roll_back().await?;
            return Ok(None);
        };
        let fits = !file.whole && file.tries < TRIES && at == file.have && file.have < file.total;
        if fits && !bytes.is_empty() {
            let end = u32::try_from(bytes.len()).ok().and_then(|length| at.checked_add(length));
            match end.filter(|end| *end <= file.total) {
                Some(end) => {
                    let sql = "INSERT INTO sealed_piece (sealed, at, bytes) VALUES ($1, $2, $3)";
                    conn.run(sql, args![sealed, at, bytes]).await?;
                    conn.run("UPDATE sealed_file SET have = $1 WHERE sealed = $2", args![end, sealed]).await?;
                    // Who sends has it.
                    let sql = "UPDATE attachment SET state = 'waiting' WHERE sealed = $1 AND state = 'lost'";
                    conn.run(sql, args![sealed]).await?;
                    file.have = end;
                }
                // More than the record says: it cannot become right.
                None => begin_anew(&mut conn, sealed, &mut file).await?,
            }
        }
        let stand = stand(&mut conn, sealed, &file).await?;
        conn.commit().await?;
        Ok(Some(stand))
    }

    /// The phone no longer has it. What has arrived whole is not lost.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lose(&self, sealed: Digest) -> Result<Option<Upload>> {
        let mut conn = self.write().await?;
        let Some(file) = find(&mut conn, sealed, true).await? else {
            conn.roll_back().await?;
            return Ok(None);
        };
        if !file.whole && file.have < file.total {
            let sql = "UPDATE attachment SET state = 'lost' WHERE sealed = $1 AND state = 'waiting'";
            conn.run(sql, args![sealed]).await?;
        }
        let stand = stand(&mut conn, sealed, &file).await?;
        conn.commit().await?;
        Ok(Some(stand))
    }

    /// What is to be checked; nothing when bytes are missing or all claims are settled.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn to_check(&self, sealed: Digest) -> Result<Option<Checked>> {
        let mut conn = self.read().await?;
        let Some(file) = find(&mut conn, sealed, false).await? else { return Ok(None) };
        if file.have < file.total {
            return Ok(None);
        }
        let sql = "SELECT record, position, plain, bytes, file_key FROM attachment \
                   WHERE sealed = $1 AND state IN ('waiting', 'lost') ORDER BY record, position";
        let mut claims = Vec::new();
        for row in conn.all(sql, args![sealed]).await? {
            claims.push(Claim {
                record: row.parsed(0, "an id")?,
                position: row.count(1)?,
                plain: row.digest(2)?,
                bytes: row.count(3)?,
                key: row.checked(4, "a key")?,
            });
        }
        if claims.is_empty() {
            return Ok(None);
        }
        Ok(Some(Checked { bytes: bytes(&mut conn, sealed).await?, claims, tries: file.tries }))
    }

    /// Stores what the check found. Who finds it stored already changes nothing.
    ///
    /// # Errors
    /// [`StoreError`]; asking again checks again.
    pub async fn settle(&self, sealed: Digest, checked: &Checked, finding: &Finding) -> Result<Option<Upload>> {
        let mut conn = self.write().await?;
        let Some(mut file) = find(&mut conn, sealed, true).await? else {
            conn.roll_back().await?;
            return Ok(None);
        };
        // The bytes are the ones that were checked: nothing is appended to what is all there, and a
        // new beginning counts as a try.
        if file.have == file.total && file.tries == checked.tries {
            match finding {
                Finding::Wrong if !file.whole => begin_anew(&mut conn, sealed, &mut file).await?,
                Finding::Wrong => {}
                Finding::Right(found) => {
                    conn.run("UPDATE sealed_file SET whole = 1 WHERE sealed = $1", args![sealed]).await?;
                    file.whole = true;
                    for (claim, media) in checked.claims.iter().zip(found) {
                        write_claim(&mut conn, claim, *media).await?;
                    }
                }
            }
        }
        let stand = stand(&mut conn, sealed, &file).await?;
        conn.commit().await?;
        Ok(Some(stand))
    }

    /// The encrypted bytes of a file that is there; nothing when it is not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_bytes(&self, sealed: Digest) -> Result<Option<Vec<u8>>> {
        let mut conn = self.read().await?;
        match find(&mut conn, sealed, false).await? {
            Some(file) if file.whole => bytes(&mut conn, sealed).await.map(Some),
            _ => Ok(None),
        }
    }
}

async fn find(conn: &mut Conn, sealed: Digest, locked: bool) -> Result<Option<File>> {
    let sql = "SELECT total, have, tries, whole FROM sealed_file WHERE sealed = $1";
    let args = args![sealed];
    let row = if locked { conn.one_locked(sql, args).await? } else { conn.optional(sql, args).await? };
    let Some(row) = row else { return Ok(None) };
    Ok(Some(File { total: row.count(0)?, have: row.count(1)?, tries: row.count(2)?, whole: row.flag(3)? }))
}

/// A try has failed: what came goes. After the last one the claims are refused.
async fn begin_anew(conn: &mut Conn, sealed: Digest, file: &mut File) -> Result<()> {
    file.have = 0;
    file.tries += 1;
    conn.run("DELETE FROM sealed_piece WHERE sealed = $1", args![sealed]).await?;
    let sql = "UPDATE sealed_file SET have = 0, tries = $1 WHERE sealed = $2";
    conn.run(sql, args![file.tries, sealed]).await?;
    if file.tries >= TRIES {
        let sql = "UPDATE attachment SET state = 'refused' WHERE sealed = $1 AND state IN ('waiting', 'lost')";
        conn.run(sql, args![sealed]).await?;
    }
    Ok(())
}

async fn write_claim(conn: &mut Conn, claim: &Claim, media: Option<Media>) -> Result<()> {
    let key = args![claim.record, claim.position];
    let (sql, mut args) = match media {
        Some(media) => (
            "UPDATE attachment SET state = 'complete', media = $1 WHERE record = $2 AND position = $3",
            args![media.mime()],
        ),
        None => ("UPDATE attachment SET state = 'refused' WHERE record = $1 AND position = $2", args![]),
    };
    args.extend(key);
    conn.run(sql, args).await.map(drop)
}

/// A phone asks about the bytes: one record that says something else of them does not make them
/// wrong.
async fn stand(conn: &mut Conn, sealed: Digest, file: &File) -> Result<Upload> {
    let sql = "SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END), COUNT(CASE WHEN state = 'complete' THEN 1 END), \
               COUNT(CASE WHEN state = 'lost' THEN 1 END) FROM attachment WHERE sealed = $1";
    let row = conn.one(sql, args![sealed]).await?;
    let (waiting, complete, lost) = (row.int(0)? > 0, row.int(1)? > 0, row.int(2)? > 0);
    let state = match () {
        () if waiting => UploadState::Partial,
        () if complete => UploadState::Complete,
        () if lost => UploadState::Lost,
        () => UploadState::Refused,
    };
    Ok(Upload { have: file.have, state })
}

/// All pieces, each checked to begin where the last one ended.
async fn bytes(conn: &mut Conn, sealed: Digest) -> Result<Vec<u8>> {
    let rows = conn.all("SELECT at, bytes FROM sealed_piece WHERE sealed = $1 ORDER BY at", args![sealed]).await?;
    let mut all = Vec::new();
    for row in rows {
        if row.count::<usize>(0)? != all.len() {
            return Err(StoreError::Corrupt { what: "the pieces of a file" });
        }
        all.extend(row.bytes(1)?);
    }
    Ok(all)
}
