//! Change feeds, the reading half: a page of what is new in an official's work area.
//!
//! 1. Which feeds: those of the towns that the area touches (a county has all of its towns), and
//!    the account's own. Their counters are read first.
//! 2. Per feed, the changes after the cursor's position, in their order, as many as fit the page.
//!    The position moves to the last one read. An item that changes meanwhile gets a higher number
//!    and so comes again on a later page: a page may tell something twice, never not at all.
//! 3. The changes only say *which* items to look at. Whether one is there or gone is read off the
//!    item as it is now, by the same rule that put it on its shelf. So an item that left one feed of
//!    the official but stands in another is not gone, and neither needs the other's order.

use std::collections::{BTreeMap, BTreeSet};

use case_core::id::AccountId;
use case_core::matter::Matter;
use case_core::place::Area;
use case_core::wire::sync::{HouseholdCard, ItemRef, WorkItem};
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::cards::matter_card;
use crate::cursor::{Cursor, Position, tag};
use crate::db::{Conn, args, placeholders};
use crate::error::{Result, StoreError};
use crate::feed::{account_feed, shelves_of_matter};
use crate::views::PullPage;

/// The most changes of one page.
const MAX_PAGE: u32 = 1_000;

impl Store {
    /// A page of the work area: up to `limit` changes after the cursor.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pull(&self, account: AccountId, area: &Area, cursor: Option<&str>, limit: u32) -> Result<PullPage> {
        let mut conn = self.read().await?;
        let lineage = conn.one("SELECT id FROM lineage", args![]).await?.text(0)?;
        let tag = tag(&lineage, account, area);
        let tops = counters(&mut conn, account, area).await?;
        let known = cursor.and_then(|text| Cursor::read(text, &tag, &tops));
        let reset = cursor.is_some() && known.is_none();
        let mut cursor = known.unwrap_or_else(|| Cursor::start(tag, &tops));

        let mut room = usize::try_from(limit.clamp(1, MAX_PAGE)).unwrap_or(1);
        let mut more = false;
        let mut changed = BTreeSet::new();
        for (feed, top) in &tops {
            let from = cursor.position(feed);
            if from.seq >= *top {
                continue;
            }
            if room == 0 {
                more = true;
                break;
            }
            let mut changes = changes_after(&mut conn, feed, &villages(feed, area), from, room + 1).await?;
            let full = changes.len() > room;
            changes.truncate(room);
            more |= full;
            let last = changes.last().map_or(0, |(_, seq)| *seq);
            cursor.advance(feed, if full { last } else { last.max(*top) });
            room -= changes.len();
            changed.extend(changes.into_iter().map(|(item, _)| item));
        }
        let (items, gone) = look_at(&mut conn, account, area, changed).await?;
        Ok(PullPage { reset, items, gone, cursor: cursor.write(), more })
    }
}

/// The feeds of an account and area, with their latest numbers.
async fn counters(conn: &mut Conn, account: AccountId, area: &Area) -> Result<BTreeMap<String, i64>> {
    let mut sql = "SELECT name, seq FROM counter WHERE name = $1".to_owned();
    let mut args = args![account_feed(account)];
    let counties: BTreeSet<&str> = area.0.iter().map(case_core::place::DivisionCode::county).collect();
    for county in counties {
        // ':' is the character after '9'.
        sql += &format!(" OR (name >= ${} AND name < ${})", args.len() + 1, args.len() + 2);
        args.extend(args![format!("t:{county}"), format!("t:{county}:")]);
    }
    let mut tops = BTreeMap::new();
    for row in conn.all(AssertSqlSafe(sql), args).await? {
        let (feed, top) = (row.text(0)?, row.int(1)?);
        if feed == account_feed(account) || touches(&feed, area) {
            tops.insert(feed, top);
        }
    }
    Ok(tops)
}

/// Whether the area has the feed's town, or something in it.
fn touches(feed: &str, area: &Area) -> bool {
    feed.strip_prefix("t:").is_some_and(|town| {
        area.0.iter().any(|part| town.starts_with(part.as_str()) || part.as_str().starts_with(town))
    })
}

/// The villages of the feed's town to which the area is limited; none when it has the whole town.
fn villages(feed: &str, area: &Area) -> Vec<String> {
    let Some(town) = feed.strip_prefix("t:") else { return Vec::new() };
    if area.0.iter().any(|part| town.starts_with(part.as_str())) {
        return Vec::new();
    }
    area.0.iter().map(|part| part.as_str()).filter(|part| part.starts_with(town)).map(str::to_owned).collect()
}

async fn changes_after(
    conn: &mut Conn,
    feed: &str,
    villages: &[String],
    from: Position,
    limit: usize,
) -> Result<Vec<(ItemRef, i64)>> {
    let mut sql = "SELECT item_kind, item_id, seq FROM feed \
                   WHERE feed = $1 AND seq > $2 AND (gone = 0 OR seq > $3)"
        .to_owned();
    let mut args = args![feed, from.seq, from.floor];
    if !villages.is_empty() {
        sql += &format!(" AND place IN ({})", placeholders(args.len() + 1, villages.len()));
        args.extend(villages.iter().map(|code| code.as_str().into()));
    }
    sql += &format!(" ORDER BY seq LIMIT ${}", args.len() + 1);
    args.push(i64::try_from(limit).unwrap_or(i64::MAX).into());
    let rows = conn.all(AssertSqlSafe(sql), args).await?;
    rows.iter()
        .map(|row| {
            let item = match row.text(0)?.as_str() {
                "household" => ItemRef::Household(row.parsed(1, "a household's id")?),
                "matter" => ItemRef::Matter(row.parsed(1, "a matter's id")?),
                _ => return Err(StoreError::Corrupt { what: "the kind of an item" }),
            };
            Ok((item, row.int(2)?))
        })
        .collect()
}

/// Reads the items as they are, and tells those that are there from those that are gone.
async fn look_at(
    conn: &mut Conn,
    account: AccountId,
    area: &Area,
    changed: BTreeSet<ItemRef>,
) -> Result<(Vec<WorkItem>, Vec<ItemRef>)> {
    let mut items = Vec::with_capacity(changed.len());
    let (mut households, mut matters) = (Vec::new(), Vec::new());
    for item in &changed {
        match item {
            ItemRef::Household(id) => households.push(crate::db::Arg::from(*id)),
            ItemRef::Matter(id) => matters.push(crate::db::Arg::from(*id)),
        }
    }
    for part in households.chunks(100) {
        let sql = format!("SELECT body FROM household WHERE id IN ({})", placeholders(1, part.len()));
        for row in conn.all(AssertSqlSafe(sql), part.to_vec()).await? {
            let card: HouseholdCard = row.json(0, "a household")?;
            if area.covers(&card.division) {
                items.push(WorkItem::Household(card));
            }
        }
    }
    for part in matters.chunks(100) {
        let sql = format!(
            "SELECT m.body, x.keys, u.name FROM matter m JOIN matter_index x ON x.matter = m.id \
             LEFT JOIN unit u ON u.id = x.unit WHERE m.id IN ({}) \
             AND m.id NOT IN (SELECT matter FROM recusal WHERE account = ${})",
            placeholders(1, part.len()),
            part.len() + 1
        );
        // What the official stays away from is gone, wherever it stands.
        let mut args = part.to_vec();
        args.push(account.into());
        for row in conn.all(AssertSqlSafe(sql), args).await? {
            let matter: Matter = row.json(0, "a matter")?;
            if is_shown(&matter, account, area) {
                let card = matter_card(matter, row.checked_opt(2, "a unit's name")?, row.text(1)?)?;
                items.push(WorkItem::Matter(Box::new(card)));
            }
        }
    }
    let there: BTreeSet<ItemRef> = items.iter().map(WorkItem::reference).collect();
    let gone = changed.difference(&there).copied().collect();
    Ok((items, gone))
}

/// Whether one of the shelves on which the matter stands is the official's.
fn is_shown(matter: &Matter, account: AccountId, area: &Area) -> bool {
    let own = account_feed(account);
    let in_area = matter.registration.place.as_ref().is_some_and(|place| area.covers(place));
    shelves_of_matter(matter).iter().any(|(feed, _)| *feed == own || (in_area && feed.starts_with("t:")))
}
