use async_graphql::{Enum, SimpleObject};

use crate::domain::Role;

/// What an account may do, as a person would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Role")]
pub enum AccountRole {
    /// Buys. Everybody is a shopper.
    Shopper,
    /// Answers to customers: sees and changes orders and profiles, sees payments, messages, catalogue and stock.
    Support,
    /// Runs the warehouse and gives money back: orders, stock, payments and refunds. Looks after messages that were given up.
    Operations,
    /// Keeps the catalogue and its stock.
    ProductManager,
    /// May do everything, also give and take roles.
    Administrator,
}

/// A role with what it allows.
#[derive(SimpleObject)]
pub struct RoleDefinition {
    /// The role.
    pub role: AccountRole,
    /// The scopes that an account with this role finds in its access token, for example `orders:read`.
    pub scopes: Vec<String>,
}

impl From<Role> for RoleDefinition {
    fn from(role: Role) -> Self {
        Self { role: role.into(), scopes: role.scopes().iter().map(ToString::to_string).collect() }
    }
}
