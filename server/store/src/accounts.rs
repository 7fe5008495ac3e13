//! 账号: who may sign in, with role, unit and area.

use case_core::actor::{Actor, Role};
use case_core::audit::{Deed, Trace};
use case_core::id::{AccountId, UnitId};
use case_core::place::{Area, DivisionCode};
use case_core::wire::desk::Named;
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::audit;
use crate::db::{Row, args, from_json, placeholders};
use crate::error::{Result, StoreError};
use crate::types::{Account, NewAccount};

/// The columns of an account in the order in which [`fold`] reads them: one row per place of the
/// area, so that an account with its area is one query.
macro_rules! select_account {
    ($rest:literal) => {
        $crate::accounts::select_account!(" ", $rest)
    };
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT a.id, a.login, a.password_hash, a.name, a.badge, a.office, a.role, a.unit, a.active, r.code",
            $more,
            "FROM account a LEFT JOIN account_area r ON r.account = a.id ",
            $rest
        )
    };
}
pub(crate) use select_account;

impl Store {
    /// Makes an account.
    ///
    /// # Errors
    /// [`StoreError::LoginTaken`]; [`StoreError::UnknownReference`] for a unit that does not exist.
    pub async fn create_account(&self, new: &NewAccount, trace: Trace) -> Result<()> {
        let mut conn = self.write().await?;
        let actor = &new.actor;
        let made = conn
            .run(
                "INSERT INTO account (id, login, password_hash, name, badge, office, role, unit, active) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT DO NOTHING",
                args![
                    actor.account,
                    new.login.as_str(),
                    new.password_hash.as_str(),
                    actor.name.as_str(),
                    actor.badge.as_str(),
                    actor.office.as_str(),
                    role_code(actor.role)?,
                    actor.unit,
                ],
            )
            .await?;
        if made == 0 {
            return Err(StoreError::LoginTaken);
        }
        for code in &actor.area.0 {
            conn.run(
                "INSERT INTO account_area (account, code) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                args![actor.account, code.as_str()],
            )
            .await?;
        }
        let deed = Deed::AccountMade { account: actor.account, login: new.login.clone(), role: actor.role };
        audit::append(&mut conn, trace, &deed).await?;
        conn.commit().await
    }

    /// The account with that login, active or not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>> {
        let sql = select_account!("WHERE a.login = $1 ORDER BY r.code");
        Ok(fold(&self.read().await?.all(sql, args![login]).await?)?.pop())
    }

    /// The account with that id, active or not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>> {
        let sql = select_account!("WHERE a.id = $1 ORDER BY r.code");
        Ok(fold(&self.read().await?.all(sql, args![id]).await?)?.pop())
    }

    /// All accounts, by login.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_accounts(&self) -> Result<Vec<Account>> {
        fold(&self.read().await?.all(select_account!("ORDER BY a.login, r.code"), args![]).await?)
    }

    /// Whether there is any account: an empty database offers the demo.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn has_accounts(&self) -> Result<bool> {
        Ok(self.read().await?.optional("SELECT id FROM account LIMIT 1", args![]).await?.is_some())
    }

    /// The active accounts of a unit, for 确定承办人.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn accounts_of_unit(&self, unit: UnitId) -> Result<Vec<Named>> {
        let sql = "SELECT id, name, office FROM account WHERE unit = $1 AND active = 1 ORDER BY name, id";
        self.read().await?.all(sql, args![unit]).await?.iter().map(named).collect()
    }

    /// Names of accounts; ids that nobody has are left out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn names(&self, ids: &[AccountId]) -> Result<Vec<Named>> {
        let mut names = Vec::with_capacity(ids.len());
        let mut conn = self.read().await?;
        for part in ids.chunks(100) {
            let sql = format!("SELECT id, name, office FROM account WHERE id IN ({})", placeholders(1, part.len()));
            let rows = conn.all(AssertSqlSafe(sql), part.iter().map(|id| (*id).into()).collect()).await?;
            for row in &rows {
                names.push(named(row)?);
            }
        }
        Ok(names)
    }

    /// The active accounts of a role, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn accounts_of_role(&self, role: Role) -> Result<Vec<Named>> {
        let sql = "SELECT id, name, office FROM account WHERE role = $1 AND active = $2 ORDER BY name, id";
        let rows = self.read().await?.all(sql, args![role_code(role)?, true]).await?;
        rows.iter().map(named).collect()
    }

    /// Sets another password (its hash). Whether there is such an account.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_password(&self, id: AccountId, password_hash: &str, trace: Trace) -> Result<bool> {
        let mut conn = self.write().await?;
        let set = conn.run("UPDATE account SET password_hash = $1 WHERE id = $2", args![password_hash, id]).await?;
        if set > 0 {
            audit::append(&mut conn, trace, &Deed::PasswordSet { account: id }).await?;
        }
        conn.commit().await?;
        Ok(set > 0)
    }

    /// Lets an account sign in, or no longer; its sessions end with it. Whether there is such an account.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_active(&self, id: AccountId, active: bool, trace: Trace) -> Result<bool> {
        let mut conn = self.write().await?;
        let set = conn.run("UPDATE account SET active = $1 WHERE id = $2", args![active, id]).await?;
        if !active {
            conn.run("DELETE FROM session WHERE account = $1", args![id]).await?;
        }
        if set > 0 {
            audit::append(&mut conn, trace, &Deed::AccountActive { account: id, active }).await?;
        }
        conn.commit().await?;
        Ok(set > 0)
    }
}

/// Rows of [`select_account`] as accounts, the rows of one account standing together.
pub(crate) fn fold(rows: &[Row]) -> Result<Vec<Account>> {
    let mut accounts: Vec<Account> = Vec::new();
    for row in rows {
        let id: AccountId = row.parsed(0, "an account's id")?;
        if accounts.last().is_none_or(|last| last.actor.account != id) {
            accounts.push(Account {
                login: row.text(1)?,
                password_hash: row.text(2)?,
                actor: Actor {
                    account: id,
                    name: row.checked(3, "a name")?,
                    badge: row.checked(4, "a badge")?,
                    office: row.checked(5, "an office")?,
                    role: from_json(&format!("\"{}\"", row.text(6)?), "a role")?,
                    unit: row.parsed_opt(7, "a unit's id")?,
                    area: Area::default(),
                },
                active: row.flag(8)?,
            });
        }
        let code: Option<DivisionCode> = row.checked_opt(9, "a division code")?;
        if let (Some(account), Some(code)) = (accounts.last_mut(), code) {
            account.actor.area.0.push(code);
        }
    }
    Ok(accounts)
}

/// The role's word, as in the JSON of the protocol.
pub(crate) fn role_code(role: Role) -> Result<String> {
    Ok(crate::db::to_json(&role)?.trim_matches('"').to_owned())
}

fn named(row: &Row) -> Result<Named> {
    Ok(Named {
        account: row.parsed(0, "an account's id")?,
        name: row.checked(1, "a name")?,
        office: row.checked(2, "an office")?,
    })
}
