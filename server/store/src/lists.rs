//! Lists of matters for desks: the nearest deadline first, a page at a time.
//!
//! Filters and order use the narrow table `matter_index`; the wide bodies are read only for the rows
//! of the page. That keeps the first page quick with a hundred thousand matters.

use case_core::id::AccountId;
use case_core::matter::{Decider, Ear, Matter, Stage};
use case_core::search::{fold, words};
use case_core::text::ShortText;
use case_core::wire::desk::MatterRow;
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::db::{Arg, Row, placeholders};
use crate::error::{Result, StoreError};
use crate::matters::NEVER;
use crate::views::{AlikeQuery, Filter, ListQuery, Scope};

/// The most rows of a page.
const MAX_PAGE: u32 = 200;
/// Matters of one kind of likeness that are read and compared.
const CANDIDATES: u32 = 150;
/// More words than this narrow nothing down.
const MAX_WORDS: usize = 8;

impl Store {
    /// A page of matters, and how many there are in all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_matters(&self, query: &ListQuery) -> Result<(Vec<MatterRow>, u64)> {
        let mut conn = self.read().await?;
        let mut filter = Where::of(&query.scope);
        filter.stages(&query.stages);
        filter.narrow(query.filter);
        if let Some(text) = &query.text {
            filter.text(text);
        }
        if let Some(account) = query.not_for {
            filter.not_for(account);
        }
        let count = format!("SELECT COUNT(*) FROM matter_index x WHERE {}", filter.sql);
        let total = conn.one(AssertSqlSafe(count), filter.args.clone()).await?.count(0)?;

        let size = query.page_size.clamp(1, MAX_PAGE);
        let offset = i64::from(query.page) * i64::from(size);
        let (limit, from) = (filter.arg(size), filter.arg(offset));
        let page = format!(
            "SELECT m.body, u.name FROM \
             (SELECT x.matter, x.unit, x.due, x.number FROM matter_index x WHERE {} \
              ORDER BY x.due, x.number LIMIT {limit} OFFSET {from}) p \
             JOIN matter m ON m.id = p.matter LEFT JOIN unit u ON u.id = p.unit ORDER BY p.due, p.number",
            filter.sql
        );
        let rows = conn.all(AssertSqlSafe(page), filter.args).await?;
        Ok((rows.iter().map(matter_row).collect::<Result<_>>()?, total))
    }

    /// Matters that may look like an intake, with the name of their unit, the latest first: those of the
    /// same person or household, and those of the same place. Bounded: a clerk waits for it while typing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn perhaps_alike(&self, query: &AlikeQuery) -> Result<Vec<(Matter, Option<ShortText>)>> {
        let mut conn = self.read().await?;
        let mut found = Vec::new();
        for mut filter in
            [Where::of(&query.scope).by_person(query), Where::of(&query.scope).by_place(query)].into_iter().flatten()
        {
            filter.not_for(query.not_for);
            let since = filter.arg(query.since.min(NEVER));
            filter.and(&format!("x.received >= {since}"));
            let limit = filter.arg(CANDIDATES);
            let sql = format!(
                "SELECT m.body, u.name FROM \
                 (SELECT x.matter, x.unit, x.received FROM matter_index x WHERE {} \
                  ORDER BY x.received DESC, x.matter DESC LIMIT {limit}) p \
                 JOIN matter m ON m.id = p.matter LEFT JOIN unit u ON u.id = p.unit \
                 ORDER BY p.received DESC, p.matter DESC",
                filter.sql
            );
            for row in conn.all(AssertSqlSafe(sql), filter.args).await? {
                let matter: Matter = row.json(0, "a matter")?;
                if !found.iter().any(|(known, _): &(Matter, _)| known.id == matter.id) {
                    found.push((matter, row.checked_opt(1, "a unit's name")?));
                }
            }
        }
        Ok(found)
    }

    /// How many matters are in each stage, in the order of the path; stages without any are left out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn counts_by_stage(&self, scope: &Scope) -> Result<Vec<(Stage, u64)>> {
        let filter = Where::of(scope);
        let sql = format!("SELECT x.stage, COUNT(*) FROM matter_index x WHERE {} GROUP BY x.stage", filter.sql);
        let mut counts = Vec::new();
        for row in self.read().await?.all(AssertSqlSafe(sql), filter.args).await? {
            let stage = Stage::from_code(&row.text(0)?).ok_or(StoreError::Corrupt { what: "a stage" })?;
            counts.push((stage, row.count(1)?));
        }
        counts.sort_unstable();
        Ok(counts)
    }
}

/// A condition that grows. Values go in as arguments only; the text is made of literals.
struct Where {
    sql: String,
    args: Vec<Arg>,
}

impl Where {
    fn of(scope: &Scope) -> Self {
        let mut new = Self { sql: "1 = 1".to_owned(), args: Vec::new() };
        match scope {
            Scope::County => {}
            Scope::UnderReview => {
                let stages: Vec<_> = Stage::ALL.into_iter().filter(|stage| stage.is_under_review()).collect();
                new.stages(&stages);
            }
            Scope::Observed(account, today) => {
                let (account, today) = (new.arg(*account), new.arg((*today).min(NEVER)));
                let own = format!(
                    "SELECT o.matter FROM matter_observer o WHERE o.account = {account} AND o.until >= {today}"
                );
                new.and(&format!("x.matter IN ({own})"));
            }
            Scope::Unit(unit) => {
                let unit = new.arg(*unit);
                let helped = format!("SELECT h.matter FROM matter_helper h WHERE h.unit = {unit}");
                new.and(&format!("(x.unit = {unit} OR x.matter IN ({helped}))"));
            }
            Scope::Area(area, account) => {
                let account = new.arg(*account);
                let mut any = format!("x.handler = {account}");
                for part in &area.0 {
                    // All codes that begin with this one: ':' is the character after '9'.
                    let (from, to) = (new.arg(part.as_str()), new.arg(format!("{part}:")));
                    any += &format!(" OR (x.place >= {from} AND x.place < {to})");
                }
                new.and(&format!("({any})"));
            }
        }
        new
    }

    /// Not what the account stays away from (回避).
    fn not_for(&mut self, account: AccountId) {
        let account = self.arg(account);
        self.and(&format!("x.matter NOT IN (SELECT matter FROM recusal WHERE account = {account})"));
    }

    /// Those of the person or the household; nothing where neither is known.
    fn by_person(mut self, query: &AlikeQuery) -> Option<Self> {
        let typed: Vec<_> = [&query.name, &query.phone, &query.address].into_iter().map(|text| fold(text)).collect();
        let mut any: Vec<String> = Vec::new();
        for text in typed.into_iter().filter(|text| text.chars().count() > 1) {
            let pattern = self.arg(format!("%{}%", escaped(&text)));
            any.push(format!("x.keys LIKE {pattern} ESCAPE '\\'"));
        }
        if let Some(household) = query.household {
            let household = self.arg(household);
            any.push(format!("x.household = {household}"));
        }
        if any.is_empty() {
            return None;
        }
        self.and(&format!("({})", any.join(" OR ")));
        Some(self)
    }

    /// Those of the place; nothing where none is named.
    fn by_place(mut self, query: &AlikeQuery) -> Option<Self> {
        let place = query.place.as_ref()?;
        let (from, to) = (self.arg(place.as_str()), self.arg(format!("{place}:")));
        self.and(&format!("x.place >= {from} AND x.place < {to}"));
        Some(self)
    }

    fn stages(&mut self, stages: &[Stage]) {
        if stages.is_empty() {
            return;
        }
        let list = placeholders(self.args.len() + 1, stages.len());
        self.args.extend(stages.iter().map(|stage| Arg::from(stage.code())));
        self.and(&format!("x.stage IN ({list})"));
    }

    fn narrow(&mut self, filter: Filter) {
        match filter {
            Filter::All => {}
            Filter::Overdue(today) => {
                let today = self.arg(today.min(NEVER));
                self.and(&format!("x.due < {today}"));
            }
            Filter::Near(today, days) => {
                let until = today.checked_add_days(chrono::Days::new(u64::from(days))).unwrap_or(NEVER).min(NEVER);
                let (from, until) = (self.arg(today.min(NEVER)), self.arg(until));
                self.and(&format!("x.due >= {from} AND x.due <= {until}"));
            }
            Filter::SaidUnsolved => self.and("x.said_unsolved = 1"),
            // After the second return the third round begins. Literals, so that the partial indexes
            // are used.
            Filter::ReturnedTwice => self.and("x.round >= 3"),
            Filter::Voiced(ear) => {
                let any = ears(ear);
                // The first condition is that of the partial index.
                self.and(&format!("x.voices > 0 AND x.voices IN ({any})"));
            }
            Filter::OldCases(None) => self.and("x.listed = 1"),
            Filter::OldCases(Some(leader)) => {
                let leader = self.arg(leader);
                self.and(&format!("x.leader = {leader}"));
            }
            Filter::Unled => self.and("x.listed = 1 AND x.leader IS NULL"),
            Filter::LeaderOwes(leader) => {
                let leader = self.arg(leader);
                self.and(&format!("x.leader = {leader} AND x.leader_owes = 1"));
            }
            Filter::Overseen => self.and("x.overseen = 1"),
            Filter::Flagged => self.and(
                "x.matter IN (SELECT r.matter FROM record r JOIN receipt p ON p.record = r.id \
                 WHERE p.flagged = 1 AND r.matter IS NOT NULL)",
            ),
            Filter::Proposed(None) => self.and("x.decider IS NOT NULL"),
            Filter::ProposedToOffice(unit) => {
                let (ours, head) = (self.arg(Decider::Supervisor.code()), self.arg(Decider::UnitHead.code()));
                let unit = self.arg(unit);
                self.and(&format!("(x.decider = {ours} OR (x.decider = {head} AND x.unit = {unit}))"));
            }
            Filter::Proposed(Some(decider)) => {
                let decider = self.arg(decider.code());
                self.and(&format!("x.decider = {decider}"));
            }
        }
    }

    /// Every word must be found, as on the phone ([`case_core::search`]).
    fn text(&mut self, typed: &str) {
        let typed: String = typed.chars().take(100).collect();
        for word in words(&typed).into_iter().take(MAX_WORDS) {
            let pattern = self.arg(format!("%{}%", escaped(&word)));
            self.and(&format!("x.keys LIKE {pattern} ESCAPE '\\'"));
        }
    }

    fn arg(&mut self, value: impl Into<Arg>) -> String {
        self.args.push(value.into());
        format!("${}", self.args.len())
    }

    fn and(&mut self, condition: &str) {
        self.sql += " AND ";
        self.sql += condition;
    }
}

/// The values of `matter_index.voices` in which the ear has a part; literals, for the partial index.
fn ears(ear: Option<Ear>) -> &'static str {
    match ear {
        None => "1, 2, 3",
        Some(Ear::Supervisor) => "1, 3",
        Some(Ear::Office) => "2, 3",
    }
}

/// `%` and `_` mean themselves.
fn escaped(word: &str) -> String {
    word.chars().flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

fn matter_row(row: &Row) -> Result<MatterRow> {
    Ok(row_of(row.json(0, "a matter")?, row.checked_opt(1, "a unit's name")?))
}

/// A matter as lists show it.
#[must_use]
pub fn row_of(matter: Matter, unit: Option<ShortText>) -> MatterRow {
    let (nearest, said_unsolved) = (matter.nearest_clock().cloned(), matter.said_unsolved());
    let voiced = matter.open_voices().next().is_some();
    let online = matter.is_filed_online();
    MatterRow {
        id: matter.id,
        number: matter.number,
        title: matter.registration.title,
        petitioner: matter.registration.petitioner.name,
        stage: matter.stage,
        unit,
        nearest,
        round: matter.round,
        said_unsolved,
        voiced,
        online,
    }
}
