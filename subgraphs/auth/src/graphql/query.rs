use async_graphql::connection::Connection;
use async_graphql::{Context, ID, Object, Result};
use gql::{Keyset, Scoped, masked, parse_id};
use kernel::{Scope, UserId};

use super::types::{
    AuditEntry, AuditFilter, DeadLetter, DeadLetterFilter, DeadLetters, RoleDefinition, User, audit_entries,
    dead_letters, number,
};
use crate::app::App;
use crate::domain::Role;

/// Entry points for reading.
#[derive(Debug)]
pub struct Query;

/// Entry points for reading.
#[Object(name = "Query")]
impl Query {
    /// Every role that an account can have, with what it allows.
    async fn roles(&self) -> Vec<RoleDefinition> {
        Role::ALL.map(Into::into).into()
    }

    /// Messages that consumers of any service gave up, oldest first, a page at a time.
    #[graphql(guard = "Scoped(Scope::DeadLettersWrite)", requires_scopes = "dead-letters:write")]
    async fn dead_letters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "Which messages; all when absent.")] filter: Option<DeadLetterFilter>,
    ) -> Result<DeadLetters> {
        dead_letters(ctx, first, after, filter.unwrap_or_default()).await
    }

    /// A message that was given up, by its id; null when there is none, or none any more.
    #[graphql(guard = "Scoped(Scope::DeadLettersWrite)", requires_scopes = "dead-letters:write")]
    async fn dead_letter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message's id.")] id: ID,
    ) -> Result<Option<DeadLetter>> {
        let Some(number) = number(&id) else { return Ok(None) };
        let found = ctx.data::<App>()?.letter(number).await.map_err(|fault| masked(&fault))?;
        Ok(found.map(Into::into))
    }

    /// What was written down about security-relevant acts, latest first, a page at a time.
    #[graphql(guard = "Scoped(Scope::AuditRead)", requires_scopes = "audit:read")]
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "Which entries; all when absent.")] filter: Option<AuditFilter>,
    ) -> Result<Connection<Keyset, AuditEntry>> {
        audit_entries(ctx, first, after, filter.unwrap_or_default()).await
    }

    #[graphql(entity)]
    async fn find_user(&self, id: ID) -> Option<User> {
        parse_id::<UserId>(&id).map(Into::into)
    }
}
