mod letters;
mod password;
mod revoke;
mod roles;
mod sign_in;

use async_graphql::MergedObject;

/// Entry points for changing accounts and sessions, and for settling messages that were given up.
#[derive(Debug, MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(sign_in::SignIn, revoke::Revoke, password::Password, roles::Roles, letters::Letters);
