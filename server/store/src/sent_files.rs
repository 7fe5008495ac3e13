//! 信访人的材料: files that come with a petitioner's form, and wait for it.
//!
//! ```text
//! staged   the bytes are there; the matter (or the voice) that they belong to may never come
//!   → kept     the form was taken in: from now on desks see them
//!   → gone     taken off the form, or still staged after a day
//! ```
//! A file belongs to the matter that its form makes ([`Owner`]); the id of that follows from the form, so that a
//! staged file needs no pointing when the matter comes. A server that stops between taking in a form and keeping
//! its files loses nothing: whoever clears up looks at what is there first.

use case_core::digest::Digest;
use case_core::field::FileKey;
use case_core::id::{MatterId, VoiceId};
use case_core::public::{MAX_SENT_FILES, SentFile, SentMedia};
use case_core::time::Moment;

use crate::Store;
use crate::db::{Conn, Row, args};
use crate::error::{Result, StoreError};

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The matter, which need not exist yet.
    pub matter: MatterId,
    /// The voice (补充材料), which need not be heard yet; none for the form that makes the matter.
    pub voice: Option<VoiceId>,
}

impl Owner {
    fn voice(self) -> String {
        self.voice.map(|voice| voice.to_string()).unwrap_or_default()
    }
}

/// A file to be staged: its bytes are encrypted under its own key.
#[derive(Clone, Debug)]
pub struct StagedFile {
    /// As it is shown.
    pub file: SentFile,
    /// SHA-256 of the encrypted bytes.
    pub sealed: Digest,
    /// Nonce, ciphertext, tag.
    pub bytes: Vec<u8>,
    /// Opens them.
    pub key: FileKey,
}

/// What became of a file that was to be staged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staged {
    /// It is there; perhaps it was before.
    There,
    /// The form has [`MAX_SENT_FILES`] already.
    Full,
}

impl Store {
    /// Stages a file, once for its content.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn stage_file(&self, owner: Owner, new: &StagedFile) -> Result<Staged> {
        let mut conn = self.write().await?;
        let sql = "SELECT plain FROM sent_file WHERE matter = $1 AND voice = $2";
        let there = conn.all(sql, args![owner.matter, owner.voice()]).await?;
        for row in &there {
            if row.digest(0)? == new.file.digest {
                conn.roll_back().await?;
                return Ok(Staged::There);
            }
        }
        if there.len() >= MAX_SENT_FILES {
            conn.roll_back().await?;
            return Ok(Staged::Full);
        }
        let total = u32::try_from(new.bytes.len()).map_err(|_| StoreError::Rejected)?;
        let sql = "INSERT INTO sealed_file (sealed, total, have, tries, whole) VALUES ($1, $2, $2, 0, 1)";
        conn.run(sql, args![new.sealed, total]).await?;
        let sql = "INSERT INTO sealed_piece (sealed, at, bytes) VALUES ($1, 0, $2)";
        conn.run(sql, args![new.sealed, new.bytes.clone()]).await?;
        let made = conn
            .run(
                "INSERT INTO sent_file (matter, voice, plain, sealed, name, media, bytes, file_key, at, kept) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) ON CONFLICT DO NOTHING",
                args![
                    owner.matter,
                    owner.voice(),
                    new.file.digest,
                    new.sealed,
                    new.file.name.as_str(),
                    new.file.media.mime(),
                    new.file.bytes,
                    String::from(new.key.clone()),
                    new.file.at,
                ],
            )
            .await?;
        // The same form came twice at once, and the other one was first.
        if made == 0 {
            conn.roll_back().await?
        } else {
            conn.commit().await?
        }
        Ok(Staged::There)
    }

    /// The files of a form, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn staged_files(&self, owner: Owner) -> Result<Vec<SentFile>> {
        let sql = "SELECT plain, name, media, bytes, at, voice FROM sent_file \
                   WHERE matter = $1 AND voice = $2 ORDER BY at, plain";
        let rows = self.read().await?.all(sql, args![owner.matter, owner.voice()]).await?;
        rows.iter().map(file).collect()
    }

    /// Takes a file off a form that was not taken in yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unstage_file(&self, owner: Owner, plain: Digest) -> Result<()> {
        let mut conn = self.write().await?;
        let sql = "SELECT sealed FROM sent_file WHERE matter = $1 AND voice = $2 AND plain = $3 AND kept = 0";
        let found = conn.all(sql, args![owner.matter, owner.voice(), plain]).await?;
        remove(&mut conn, &found).await?;
        conn.commit().await
    }

    /// Takes off all that was not taken in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unstage_files(&self, owner: Owner) -> Result<()> {
        let mut conn = self.write().await?;
        let sql = "SELECT sealed FROM sent_file WHERE matter = $1 AND voice = $2 AND kept = 0";
        let found = conn.all(sql, args![owner.matter, owner.voice()]).await?;
        remove(&mut conn, &found).await?;
        conn.commit().await
    }

    /// The form was taken in: its files stay.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_files(&self, owner: Owner) -> Result<()> {
        let mut conn = self.write().await?;
        let sql = "UPDATE sent_file SET kept = 1 WHERE matter = $1 AND voice = $2 AND kept = 0";
        conn.run(sql, args![owner.matter, owner.voice()]).await?;
        conn.commit().await
    }

    /// The files that a matter's petitioner sent, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sent_files(&self, matter: MatterId) -> Result<Vec<SentFile>> {
        let sql = "SELECT plain, name, media, bytes, at, voice FROM sent_file \
                   WHERE matter = $1 AND kept = 1 ORDER BY at, plain";
        let rows = self.read().await?.all(sql, args![matter]).await?;
        rows.iter().map(file).collect()
    }

    /// One of them with what opens it, and its encrypted bytes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sent_file(&self, matter: MatterId, plain: Digest) -> Result<Option<StagedFile>> {
        let sql = "SELECT plain, name, media, bytes, at, voice, sealed, file_key FROM sent_file \
                   WHERE matter = $1 AND plain = $2 AND kept = 1 ORDER BY voice LIMIT 1";
        let found = self.read().await?.optional(sql, args![matter, plain]).await?;
        let Some(row) = found else { return Ok(None) };
        let sealed = row.digest(6)?;
        let bytes = self.sealed_bytes(sealed).await?.ok_or(StoreError::Corrupt { what: "the bytes of a file" })?;
        Ok(Some(StagedFile { file: file(&row)?, sealed, bytes, key: row.checked(7, "a key")? }))
    }

    /// How many bytes wait for their forms.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn staged_bytes(&self) -> Result<u64> {
        let sql = "SELECT COALESCE(CAST(SUM(bytes) AS BIGINT), 0) FROM sent_file WHERE kept = 0";
        self.read().await?.one(sql, args![]).await?.count(0)
    }

    /// What was staged before a moment and is not kept: for whoever clears up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn staged_before(&self, before: Moment) -> Result<Vec<Owner>> {
        let sql = "SELECT DISTINCT matter, voice FROM sent_file WHERE kept = 0 AND at < $1 ORDER BY matter, voice";
        let rows = self.read().await?.all(sql, args![before]).await?;
        rows.iter().map(|row| Ok(Owner { matter: row.parsed(0, "an id")?, voice: voice(row, 1)? })).collect()
    }
}

async fn remove(conn: &mut Conn, found: &[Row]) -> Result<()> {
    for row in found {
        let sealed = row.digest(0)?;
        for sql in [
            "DELETE FROM sent_file WHERE sealed = $1",
            "DELETE FROM sealed_piece WHERE sealed = $1",
            "DELETE FROM sealed_file WHERE sealed = $1",
        ] {
            conn.run(sql, args![sealed]).await?;
        }
    }
    Ok(())
}

fn voice(row: &Row, at: usize) -> Result<Option<VoiceId>> {
    match row.text(at)?.as_str() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| StoreError::Corrupt { what: "an id" }),
    }
}

fn file(row: &Row) -> Result<SentFile> {
    Ok(SentFile {
        digest: row.digest(0)?,
        name: row.checked(1, "a name")?,
        media: SentMedia::from_mime(&row.text(2)?).ok_or(StoreError::Corrupt { what: "a type of file" })?,
        bytes: row.count(3)?,
        at: row.moment(4)?,
        voice: voice(row, 5)?,
    })
}
