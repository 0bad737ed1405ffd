use async_graphql::{ID, Object};
use gql::parse_id;
use kernel::UserId;

use super::types::{RoleDefinition, User};
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

    #[graphql(entity)]
    async fn find_user(&self, id: ID) -> Option<User> {
        parse_id::<UserId>(&id).map(Into::into)
    }
}
