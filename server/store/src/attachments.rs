//! 附件: what records say of their files, and who asks for which. Their bytes are in [`crate::uploads`].
//!
//! A file is named in two ways. The digest of its encrypted bytes is the name of the upload: whoever
//! knows it may deliver, so it is told to nobody but the server, in the record. The digest of the file
//! itself stands in receipts, and desks ask for it by that.

use std::collections::BTreeMap;

use case_core::digest::Digest;
use case_core::field::{AttachmentKind, FileKey, Media, RecordKind};
use case_core::id::{HouseholdId, MatterId, RecordId};
use case_core::wire::desk::{FileLine, RecordFiles};
use case_core::wire::sync::UploadState;

use crate::Store;
use crate::db::{Conn, Row, args, placeholders};
use crate::error::{Result, StoreError};
use crate::types::{RaisedMatterRow, RecordEnvelope, RecordNames};

/// Records whose missing files are asked for in one statement.
const MISSING_BATCH: usize = 100;

/// A complete file, how to open it, and what the record is about that names it: by that it is decided
/// who may see it.
#[derive(Clone, Debug)]
pub struct FilePlace {
    /// The name of the encrypted bytes.
    pub sealed: Digest,
    /// Opens them.
    pub key: FileKey,
    /// What the bytes show.
    pub media: Media,
    /// Matters that the record names or raised.
    pub matters: Vec<MatterId>,
    /// The household that it names.
    pub household: Option<HouseholdId>,
}

/// Stores what a record says of its files, in the transaction that takes the record in.
pub(crate) async fn insert(
    conn: &mut Conn,
    envelope: &RecordEnvelope<'_>,
    names: RecordNames,
    raised: &[RaisedMatterRow],
) -> Result<()> {
    let record = envelope.record.id;
    let files = envelope.record.payload.attachments();
    if files.is_empty() {
        return Ok(());
    }
    // In one order, so that two records with the same files never wait for each other in a circle.
    let mut sorted: Vec<_> = files.iter().enumerate().collect();
    sorted.sort_by_key(|(_, file)| file.sealed);
    for (position, file) in sorted {
        // A file that was refused gets another chance when another record vouches for it.
        conn.run(
            "INSERT INTO sealed_file (sealed, total, have, tries, whole) VALUES ($1, $2, 0, 0, 0) \
             ON CONFLICT (sealed) DO UPDATE SET tries = 0 WHERE sealed_file.tries > 1",
            args![file.sealed, file.sealed_bytes()],
        )
        .await?;
        let key = String::from(file.key.clone());
        // The same file under the same key has been checked when it came.
        let sql = "SELECT media FROM attachment WHERE sealed = $1 AND plain = $2 AND bytes = $3 AND file_key = $4 \
                   AND state = 'complete' LIMIT 1";
        let known = conn.optional(sql, args![file.sealed, file.digest, file.bytes, key.as_str()]).await?;
        let (media, state) = match known {
            Some(row) => (row.text(0)?, "complete"),
            None => (file.media.mime().to_owned(), "waiting"),
        };
        let at = u32::try_from(position).map_err(|_| StoreError::Rejected)?;
        conn.run(
            "INSERT INTO attachment (record, position, sealed, plain, kind, media, bytes, file_key, state) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![record, at, file.sealed, file.digest, file.kind.code(), media, file.bytes, key, state],
        )
        .await?;
    }
    for matter in names.matter.into_iter().chain(raised.iter().map(|row| row.matter)) {
        let sql = "INSERT INTO attachment_matter (matter, record) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        conn.run(sql, args![matter, record]).await?;
    }
    Ok(())
}

impl Store {
    /// Records about a matter that have files, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn files_of_matter(&self, matter: MatterId) -> Result<Vec<RecordFiles>> {
        let sql = "SELECT r.id, r.kind, a.name, p.received_at, f.plain, f.kind, f.media, f.bytes, f.state \
                   FROM attachment_matter t JOIN record r ON r.id = t.record JOIN receipt p ON p.record = r.id \
                   JOIN account a ON a.id = r.account JOIN attachment f ON f.record = r.id \
                   WHERE t.matter = $1 ORDER BY p.seq DESC, f.position";
        let mut answer: Vec<RecordFiles> = Vec::new();
        for row in self.read().await?.all(sql, args![matter]).await? {
            let record: RecordId = row.parsed(0, "an id")?;
            let line = line(&row)?;
            match answer.last_mut() {
                Some(last) if last.record == record => last.files.push(line),
                _ => answer.push(RecordFiles {
                    record,
                    kind: RecordKind::from_code(&row.text(1)?)
                        .ok_or(StoreError::Corrupt { what: "a kind of record" })?,
                    by: row.checked(2, "a name")?,
                    received_at: row.moment(3)?,
                    files: vec![line],
                }),
            }
        }
        Ok(answer)
    }

    /// Where a complete file is named: once for each record that does.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn places_of_file(&self, plain: Digest) -> Result<Vec<FilePlace>> {
        let sql = "SELECT f.record, f.position, f.sealed, f.file_key, f.media, r.household, t.matter \
                   FROM attachment f JOIN record r ON r.id = f.record \
                   LEFT JOIN attachment_matter t ON t.record = f.record \
                   WHERE f.plain = $1 AND f.state = 'complete' ORDER BY f.record, f.position";
        let mut places: BTreeMap<(String, i64), FilePlace> = BTreeMap::new();
        for row in self.read().await?.all(sql, args![plain]).await? {
            let place = match places.entry((row.text(0)?, row.int(1)?)) {
                std::collections::btree_map::Entry::Occupied(old) => old.into_mut(),
                std::collections::btree_map::Entry::Vacant(new) => new.insert(FilePlace {
                    sealed: row.digest(2)?,
                    key: row.checked(3, "a key")?,
                    media: media(&row.text(4)?)?,
                    matters: Vec::new(),
                    household: row.parsed_opt(5, "an id")?,
                }),
            };
            place.matters.extend(row.parsed_opt::<MatterId>(6, "an id")?);
        }
        Ok(places.into_values().collect())
    }

    /// Files of these records that have not arrived whole and that the phone has not given up, by the
    /// name of the upload.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn files_missing(&self, records: &[RecordId]) -> Result<Vec<Digest>> {
        let mut conn = self.read().await?;
        let mut missing = Vec::new();
        for batch in records.chunks(MISSING_BATCH) {
            let sql = format!(
                "SELECT DISTINCT sealed FROM attachment WHERE state = 'waiting' AND record IN ({}) ORDER BY sealed",
                placeholders(1, batch.len())
            );
            let args = batch.iter().map(|id| (*id).into()).collect();
            for row in conn.all(sqlx::AssertSqlSafe(sql), args).await? {
                missing.push(row.digest(0)?);
            }
        }
        missing.sort_unstable();
        missing.dedup();
        Ok(missing)
    }
}

fn line(row: &Row) -> Result<FileLine> {
    Ok(FileLine {
        digest: row.digest(4)?,
        kind: AttachmentKind::from_code(&row.text(5)?).ok_or(StoreError::Corrupt { what: "a kind of file" })?,
        media: media(&row.text(6)?)?,
        bytes: row.count(7)?,
        state: match row.text(8)?.as_str() {
            "waiting" => UploadState::Partial,
            "complete" => UploadState::Complete,
            "refused" => UploadState::Refused,
            "lost" => UploadState::Lost,
            _ => return Err(StoreError::Corrupt { what: "a state of a file" }),
        },
    })
}

pub(crate) fn media(mime: &str) -> Result<Media> {
    Media::from_mime(mime).ok_or(StoreError::Corrupt { what: "a type of file" })
}
