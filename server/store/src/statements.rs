//! Which statements a deed sends, for whoever has to know that two deeds do the same: a wrong query code must not
//! be told from a wrong second answer by the work that it makes.

use std::sync::{Arc, Mutex, PoisonError};

use sqlx::{SqlSafeStr, SqlStr};

tokio::task_local! {
    static SENT: Arc<Mutex<Vec<String>>>;
}

/// Does something; and the texts of the statements that it sent from this task, in their order.
pub async fn observed<F: Future>(deed: F) -> (F::Output, Vec<String>) {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let output = SENT.scope(Arc::clone(&sent), deed).await;
    let all = std::mem::take(&mut *sent.lock().unwrap_or_else(PoisonError::into_inner));
    (output, all)
}

/// Notes a statement, where somebody looks.
pub(crate) fn noted(sql: impl SqlSafeStr) -> SqlStr {
    let sql = sql.into_sql_str();
    let _ = SENT.try_with(|sent| sent.lock().unwrap_or_else(PoisonError::into_inner).push(sql.as_str().to_owned()));
    sql
}
