use async_graphql::{Context, ID, SimpleObject};
use gql::{PostalAddress, actor};
use time::OffsetDateTime;

use crate::app;
use crate::domain::may_see;

/// An entry of a person's address book.
#[derive(SimpleObject)]
pub struct Address {
    /// Identifies the entry.
    pub id: ID,
    /// What its owner calls it, for example `Home`; may be empty.
    pub label: String,
    /// The lines.
    pub address: PostalAddress,
    /// Whether goods go there unless told otherwise; true for one entry at most.
    pub default_shipping: bool,
    /// Whether bills go there unless told otherwise; true for one entry at most.
    pub default_billing: bool,
    /// When it was added.
    pub created_at: OffsetDateTime,
}

impl From<app::Address> for Address {
    fn from(of: app::Address) -> Self {
        Self {
            id: of.id.0.into(),
            label: of.entry.label,
            address: of.entry.address.into(),
            default_shipping: of.entry.default_shipping,
            default_billing: of.entry.default_billing,
            created_at: of.created_at,
        }
    }
}

impl Address {
    /// The entry, if the actor may see what is personal about its owner.
    pub(crate) fn visible(ctx: &Context<'_>, of: app::Address) -> Option<Self> {
        may_see(&actor(ctx), of.user_id).then(|| of.into())
    }
}
