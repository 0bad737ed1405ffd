use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use gql::{CurrencyCode, SignedIn, actor, parse_id};
use kernel::{Failure, UserId};

use super::{outcome, subject};
use crate::app::App;
use crate::domain::{Problem, ProfilePatch};
use crate::graphql::types::{ProfileError, User};

/// Changing and deleting profiles.
#[derive(Debug, Default)]
pub struct ChangeUser;

/// What shall be different about a profile. An absent field stays as it is.
#[derive(InputObject)]
pub struct UserUpdateInput {
    /// Whose profile; yours when absent. Those of others need `users:write`.
    pub id: Option<ID>,
    /// How the person wants to be called, 1 to 100 characters.
    pub display_name: Option<String>,
    /// Telephone number with its country code, for example `+49 30 1234567`; null takes it away.
    pub phone: MaybeUndefined<String>,
    /// Language tag (BCP 47) of what is written to the person, for example `pt-BR`.
    pub locale: Option<String>,
    /// The currency that the person wants to see prices in.
    pub currency: Option<CurrencyCode>,
    /// Whether the person wants to hear of offers.
    pub marketing_opt_in: Option<bool>,
}

/// Whose account to delete.
#[derive(InputObject)]
pub struct UserDeleteInput {
    /// The account. Those of others need `users:write`.
    pub id: ID,
}

/// What became of changing a profile.
#[derive(SimpleObject)]
pub struct UserUpdatePayload {
    /// The person, changed; null when there are errors, and for staff that may change profiles but not see them.
    pub user: Option<User>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<ProfileError>,
}

/// What became of deleting an account.
#[derive(SimpleObject)]
pub struct UserDeletePayload {
    /// The account that is gone; null when there are errors.
    pub deleted_user_id: Option<ID>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<ProfileError>,
}

#[Object]
impl ChangeUser {
    /// Changes your profile, or that of another person with `accounts:write`.
    #[graphql(guard = "SignedIn")]
    async fn user_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose profile, and what shall be different.")] input: UserUpdateInput,
    ) -> Result<UserUpdatePayload> {
        let id = subject(ctx, input.id);
        let patch = ProfilePatch {
            display_name: input.display_name,
            phone: input.phone.into(),
            locale: input.locale,
            currency: input.currency.map(|code| code.0),
            marketing_opt_in: input.marketing_opt_in,
        };
        let done = match parse_id::<UserId>(&id) {
            Some(user) => ctx.data::<App>()?.update(&actor(ctx), user, patch).await,
            None => Err(Failure::problem(Problem::NotFound)),
        };
        let (profile, errors) = outcome("profile", &id, done)?;
        Ok(UserUpdatePayload { user: profile.and_then(|profile| User::visible(ctx, profile)), errors })
    }

    /// Deletes your account, or that of another person with `accounts:write`: everything personal is erased here and by the
    /// other services. There is no way back. Doing it twice is doing it once.
    #[graphql(guard = "SignedIn")]
    async fn user_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose account.")] input: UserDeleteInput,
    ) -> Result<UserDeletePayload> {
        let done = match parse_id::<UserId>(&input.id) {
            Some(user) => ctx.data::<App>()?.delete(&actor(ctx), user).await,
            None => Err(Failure::problem(Problem::NotFound)),
        };
        let (done, errors) = outcome("account", &input.id, done)?;
        Ok(UserDeletePayload { deleted_user_id: done.map(|()| input.id), errors })
    }
}
