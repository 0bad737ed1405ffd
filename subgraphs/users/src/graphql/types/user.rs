use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use gql::{CurrencyCode, actor, masked};
use time::OffsetDateTime;

use super::{Address, History, history};
use crate::app;
use crate::domain::may_see;
use crate::graphql::Loader;
use crate::graphql::loaders::AddressesOf;

/// A person who has an account. Only the person and staff with `users:read` can see it.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct User {
    /// Identifies the account for good.
    pub id: ID,
    /// How the person wants to be called.
    pub display_name: String,
    /// Where to reach the person; also what they sign in with.
    pub email: String,
    /// Telephone number in international form, for example `+49301234567`; null when not given.
    pub phone: Option<String>,
    /// Language tag (BCP 47) of what is written to the person, for example `pt-BR`.
    pub locale: String,
    /// The currency that the person wants to see prices in.
    pub currency: CurrencyCode,
    /// Whether the person wants to hear of offers.
    pub marketing_opt_in: bool,
    /// When the account was opened.
    pub created_at: OffsetDateTime,
    /// When the profile was last changed.
    pub updated_at: OffsetDateTime,
    #[graphql(skip)]
    of: app::Profile,
}

impl User {
    /// The person, if the actor may see them.
    pub(crate) fn visible(ctx: &Context<'_>, of: app::Profile) -> Option<Self> {
        may_see(&actor(ctx), of.id).then(|| Self {
            id: of.id.0.into(),
            display_name: of.details.display_name.clone(),
            email: of.email.to_string(),
            phone: of.details.phone.clone(),
            locale: of.details.locale.clone(),
            currency: CurrencyCode(of.details.currency),
            marketing_opt_in: of.details.marketing_opt_in,
            created_at: of.created_at,
            updated_at: of.updated_at,
            of,
        })
    }
}

#[ComplexObject]
impl User {
    /// The address book, oldest entry first; at most 50.
    async fn addresses(&self, ctx: &Context<'_>) -> Result<Vec<Address>> {
        let found = ctx.data::<Loader>()?.load_one(AddressesOf(self.of.id)).await.map_err(|fault| masked(&fault))?;
        Ok(found.unwrap_or_default().into_iter().map(Into::into).collect())
    }

    /// What was changed about the profile and the address book, latest first.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
    ) -> Result<History> {
        history(ctx, self.of.id, first, after).await
    }
}
