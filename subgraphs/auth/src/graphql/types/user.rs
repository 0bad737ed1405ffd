use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use gql::{actor, masked};
use kernel::{Scope, UserId};

use super::{AccountRole, Session};
use crate::graphql::Loader;
use crate::graphql::loaders::{RolesOf, SessionsOf};

/// A person who has an account. Only the person and staff with `users:read` can see it.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct User {
    /// Identifies the account for good.
    pub id: ID,
    #[graphql(skip)]
    key: UserId,
}

impl From<UserId> for User {
    fn from(key: UserId) -> Self {
        Self { id: key.0.into(), key }
    }
}

#[ComplexObject]
impl User {
    /// Where the person is signed in, last used first, at most 100; null unless that is you.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Option<Vec<Session>>> {
        if actor(ctx).user() != Some(self.key) {
            return Ok(None);
        }
        let found = ctx.data::<Loader>()?.load_one(SessionsOf(self.key)).await.map_err(|fault| masked(&fault))?;
        Ok(Some(found.unwrap_or_default().into_iter().map(Into::into).collect()))
    }

    /// What the person may do; null unless that is you, or you have `users:read`.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Option<Vec<AccountRole>>> {
        let actor = actor(ctx);
        if actor.user() != Some(self.key) && !actor.may(Scope::UsersRead) {
            return Ok(None);
        }
        let found = ctx.data::<Loader>()?.load_one(RolesOf(self.key)).await.map_err(|fault| masked(&fault))?;
        Ok(found.map(|roles| roles.into_iter().map(Into::into).collect()))
    }
}
