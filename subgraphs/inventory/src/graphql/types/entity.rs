//! What others own and this service only points to.

use async_graphql::{ID, SimpleObject};

/// What a shopper ordered.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id", serial)]
pub struct Order {
    /// Identifies the order for good.
    pub id: ID,
}

/// A person who has an account. Only the person and staff with `users:read` can see it.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id", serial)]
pub struct User {
    /// Identifies the account for good.
    pub id: ID,
}
