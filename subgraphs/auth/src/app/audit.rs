use std::collections::HashMap;

use kernel::Fault;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::App;
use crate::domain::{Action, By, On, device};
use crate::store::audit;

/// How many entries about one thing are its history.
const HISTORY: i64 = 20;

/// An act that was written down. Entries are never changed.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// Its id; later entries have greater ones.
    pub id: Uuid,
    /// When it happened.
    pub at: OffsetDateTime,
    /// Who did it, as [`By`] writes it.
    pub actor: String,
    /// What was done.
    pub action: Action,
    /// To what, as [`On`] writes it.
    pub subject: String,
    /// What the client said it is.
    pub origin: Option<String>,
    /// What else there is to say; an object without personal data.
    pub details: Value,
}

/// Which entries. What is `None` filters nothing.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// To what it was done.
    pub subject: Option<String>,
    /// Who did it.
    pub actor: Option<String>,
    /// What was done.
    pub action: Option<Action>,
}

impl App {
    /// Writes down an act on the transaction that does it.
    pub(super) async fn note(
        &self,
        conn: &mut PgConnection,
        (by, action, on): (&By, Action, On),
        origin: Option<&str>,
        details: Value,
    ) -> Result<(), Fault> {
        let (id, at) = (self.clock.uuid(), self.clock.now());
        let (actor, subject, origin) = (by.to_string(), on.to_string(), device(origin));
        Ok(audit::insert(conn, &AuditEntry { id, at, actor, action, subject, origin, details }).await?)
    }

    /// What was written down, latest first, from the entry before `before`.
    ///
    /// # Errors
    /// The database's.
    pub async fn audit_entries(
        &self,
        filter: &AuditFilter,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, Fault> {
        Ok(audit::list(&mut *self.pool.acquire().await?, filter, before, limit).await?)
    }

    /// What was done to each of the dead letters, latest first, at most 20 entries each.
    ///
    /// # Errors
    /// The database's.
    pub async fn history_of_letters(&self, numbers: &[i64]) -> Result<HashMap<i64, Vec<AuditEntry>>, Fault> {
        let named: HashMap<String, i64> = numbers.iter().map(|n| (On::DeadLetter(*n).to_string(), *n)).collect();
        let subjects: Vec<String> = named.keys().cloned().collect();
        let mut found: HashMap<i64, Vec<AuditEntry>> = HashMap::new();
        for entry in audit::of(&mut *self.pool.acquire().await?, &subjects, HISTORY).await? {
            if let Some(number) = named.get(&entry.subject) {
                found.entry(*number).or_default().push(entry);
            }
        }
        Ok(found)
    }
}
