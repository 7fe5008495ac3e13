//! 保管期限到期清单 (spec 7 (11), PIPL 47): the archived files whose time is over, and what to do with them. Nothing is
//! removed here: to delete or to freeze is the archive's decision. There are no names and no titles on it, so that
//! who reads the audit may have it too.

use std::collections::BTreeSet;

use app::text::{command, report as words};
use case_core::actor::Actor;
use case_core::id::MatterId;
use case_core::matter::{Archive, Matter};
use case_core::wire::reports::{ReportCell, ReportSheet};
use chrono::NaiveDate;

use super::load::Loaded;
use super::sheet::{Sheet, text};
use crate::error::ApiError;
use crate::state::AppState;

/// Matters that are read at once.
const PAGE: u32 = 200;

pub(super) async fn make(state: &AppState, actor: &Actor, today: NaiveDate) -> Result<ReportSheet, ApiError> {
    let away: BTreeSet<MatterId> = state.store.recused_from(actor.account).await?.into_iter().collect();
    let (mut over, mut open) = (Vec::new(), Vec::new());
    let mut after = None;
    loop {
        let page = state.store.matters_archived(after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for matter in &page {
            let Some(archive) = &matter.archive else { continue };
            let file = File::of(matter, archive, away.contains(&matter.id));
            match (archive.keep, archive.kept_until()) {
                (None, _) => open.push(file),
                (Some(_), Some(_)) if archive.is_past_keeping(today) => over.push(file),
                _ => {}
            }
        }
    }
    over.sort_by(|a, b| (a.until, &a.volume).cmp(&(b.until, &b.volume)));
    open.sort_by(|a, b| (a.put_away, &a.volume).cmp(&(b.put_away, &b.volume)));
    let loaded = Loaded::names_only(state).await?;
    let mut sheet = Sheet::new(&loaded);
    for (heading, files) in words::RETENTION_PART.into_iter().zip([over, open]) {
        let heading = words::counted(heading, files.len());
        let rows = files.into_iter().enumerate().map(|(at, file)| file.row(at)).collect();
        sheet.measured(&heading, &words::RETENTION_HEAD, rows);
    }
    for note in words::RETENTION_NOTES {
        sheet.note(note);
    }
    Ok(sheet.finish(state, words::RETENTION, words::retention_as_of(today), today, true))
}

/// A file of the archive.
struct File {
    volume: String,
    number: String,
    put_away: NaiveDate,
    keep: &'static str,
    until: Option<NaiveDate>,
}

impl File {
    fn of(matter: &Matter, archive: &Archive, stays_away: bool) -> Self {
        let number = if stays_away { words::RECUSED } else { matter.number.as_str() };
        Self {
            volume: archive.volume.as_str().to_owned(),
            number: number.to_owned(),
            put_away: archive.at.date(),
            keep: archive.keep.map_or(words::RETENTION_NONE, command::keeping),
            until: archive.kept_until(),
        }
    }

    fn row(self, at: usize) -> Vec<ReportCell> {
        let what = if self.until.is_some() { words::RETENTION_DO } else { words::RETENTION_CHOOSE };
        [
            (at + 1).to_string(),
            self.volume,
            self.number,
            words::short_day(self.put_away),
            self.keep.to_owned(),
            self.until.map(words::short_day).unwrap_or_default(),
            what.to_owned(),
        ]
        .into_iter()
        .map(text)
        .collect()
    }
}
