use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, Enum, ID, InputObject, Result, SimpleObject};
use gql::{Keyset, masked, page_after, page_size, refused};
use time::OffsetDateTime;

use crate::app::{self, App};
use crate::domain::Action;

/// A security-relevant act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Action")]
pub enum AuditAction {
    /// Somebody tried to sign in with a wrong password or an unknown address.
    SignInFailed,
    /// A password was replaced.
    PasswordChanged,
    /// An account was given or lost roles.
    RolesChanged,
    /// A session was ended before its time.
    SessionRevoked,
    /// A refresh token came a second time, so its session was ended.
    RefreshTokenReused,
    /// A message that was given up was given to its consumer again.
    DeadLetterReplayed,
    /// A message that was given up was deleted.
    DeadLetterDiscarded,
}

/// An act that was written down when it happened. Entries are never changed.
#[derive(Debug, SimpleObject)]
pub struct AuditEntry {
    /// Identifies the entry.
    pub id: ID,
    /// When it happened.
    pub at: OffsetDateTime,
    /// Who did it: `account:<id>`, `cli:<name>` for who worked at the command line, `anonymous`, or `system`.
    pub actor: String,
    /// What was done.
    pub action: AuditAction,
    /// To what: `account:<id>`, `account:unknown`, `session:<id>` or `dead-letter:<id>`.
    pub subject: String,
    /// What the client said it is; null when that is not known.
    pub origin: Option<String>,
    /// What else there is to say, as a JSON object: roles before and after, why a session ended, which queue a message was in.
    pub details: String,
}

impl From<app::AuditEntry> for AuditEntry {
    fn from(of: app::AuditEntry) -> Self {
        let app::AuditEntry { id, at, actor, action, subject, origin, details } = of;
        Self { id: id.into(), at, actor, action: action.into(), subject, origin, details: details.to_string() }
    }
}

/// Which entries to list. An absent field filters nothing.
#[derive(Debug, Default, InputObject)]
pub struct AuditFilter {
    /// What was done.
    pub action: Option<AuditAction>,
    /// Who did it, as in `AuditEntry.actor`.
    pub actor: Option<String>,
    /// To what, as in `AuditEntry.subject`.
    pub subject: Option<String>,
}

/// Lists what was written down, latest first.
pub(crate) async fn audit_entries(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    filter: AuditFilter,
) -> Result<Connection<Keyset, AuditEntry>> {
    let count = page_size(first)?;
    let after = page_after(after.as_deref())?;
    let AuditFilter { action, actor, subject } = filter;
    // PostgreSQL has no NUL in text, so nothing can match, and asking would be an error of ours.
    if [&actor, &subject].into_iter().flatten().any(|text| text.contains('\0')) {
        return Err(refused("the filter contains a NUL character: remove it"));
    }
    let filter = app::AuditFilter { action: action.map(Into::into), actor, subject };
    let found = ctx.data::<App>()?.audit_entries(&filter, after.as_ref().map(|place| place.id), count + 1).await;
    let mut found = found.map_err(|fault| masked(&fault))?;
    let mut page = Connection::new(after.is_some(), found.len() > count);
    found.truncate(count);
    page.edges =
        found.into_iter().map(|entry| Edge::new(Keyset::at(entry.at, entry.id), AuditEntry::from(entry))).collect();
    Ok(page)
}
