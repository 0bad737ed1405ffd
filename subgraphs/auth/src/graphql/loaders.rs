use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{Fault, UserId};

use crate::app::{App, AuditEntry, Session};
use crate::domain::Role;

/// Key of an account's roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RolesOf(pub(crate) UserId);
/// Key of an account's live sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SessionsOf(pub(crate) UserId);

/// Key of what was done to a dead letter, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct HistoryOf(pub(crate) i64);

impl Loader<HistoryOf> for App {
    type Value = Vec<AuditEntry>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[HistoryOf]) -> Result<HashMap<HistoryOf, Vec<AuditEntry>>, Arc<Fault>> {
        let numbers: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let found = self.history_of_letters(&numbers).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|(number, found)| (HistoryOf(number), found)).collect())
    }
}

impl Loader<RolesOf> for App {
    type Value = Vec<Role>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[RolesOf]) -> Result<HashMap<RolesOf, Vec<Role>>, Arc<Fault>> {
        let ids: Vec<UserId> = keys.iter().map(|key| key.0).collect();
        Ok(self.roles_of(&ids).await.map_err(Arc::new)?.into_iter().map(|(id, found)| (RolesOf(id), found)).collect())
    }
}

impl Loader<SessionsOf> for App {
    type Value = Vec<Session>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[SessionsOf]) -> Result<HashMap<SessionsOf, Vec<Session>>, Arc<Fault>> {
        let ids: Vec<UserId> = keys.iter().map(|key| key.0).collect();
        let found = self.sessions_of(&ids).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|(id, found)| (SessionsOf(id), found)).collect())
    }
}
