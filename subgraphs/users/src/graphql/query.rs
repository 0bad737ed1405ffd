use async_graphql::{Context, ID, Object, Result};
use gql::{Scoped, actor, masked, parse_id};
use kernel::{Scope, UserId};

use super::Loader;
use super::types::{User, Users, users};
use crate::app::App;
use crate::domain::may_see;

/// Entry points for reading.
#[derive(Debug)]
pub struct Query;

async fn viewer(ctx: &Context<'_>, id: UserId) -> Result<Option<User>> {
    let found = ctx.data::<App>()?.viewer(id).await.map_err(|fault| masked(&fault))?;
    Ok(found.and_then(|profile| User::visible(ctx, profile)))
}

async fn by_id(ctx: &Context<'_>, id: &ID) -> Result<Option<User>> {
    // Whom the actor may not see need not be looked for.
    let Some(id) = parse_id::<UserId>(id).filter(|id| may_see(&actor(ctx), *id)) else { return Ok(None) };
    match ctx.data::<Loader>()?.load_one(id).await.map_err(|fault| masked(&fault))? {
        Some(profile) => Ok(User::visible(ctx, profile)),
        // The gateway comes by this way when it heard from another subgraph who is signed in, perhaps before the profile is there.
        None if actor(ctx).user() == Some(id) => viewer(ctx, id).await,
        None => Ok(None),
    }
}

/// Entry points for reading.
#[Object(name = "Query")]
impl Query {
    /// Who is signed in; null for a guest.
    #[graphql(shareable)]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        match actor(ctx).user() {
            Some(id) => viewer(ctx, id).await,
            None => Ok(None),
        }
    }

    /// A person by the id of their account; null when there is none that you can see: yourself, or anybody with
    /// `users:read`.
    async fn user(&self, ctx: &Context<'_>, #[graphql(desc = "The account's id.")] id: ID) -> Result<Option<User>> {
        by_id(ctx, &id).await
    }

    /// Everybody who has an account, latest first, a page at a time.
    #[graphql(guard = "Scoped(Scope::UsersRead)", requires_scopes = "users:read")]
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "How the e-mail address or the name begins, in any case; all when absent or blank.")]
        query: Option<String>,
    ) -> Result<Users> {
        users(ctx, first, after, query).await
    }

    #[graphql(entity)]
    async fn find_user(&self, ctx: &Context<'_>, id: ID) -> Result<Option<User>> {
        by_id(ctx, &id).await
    }
}
