use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{Scoped, actor, masked, parse_id};
use kernel::{Failure, Fault, Scope, UserId};

use crate::app::App;
use crate::domain::{By, Problem, Role};
use crate::graphql::types::{AccountError, AccountRole, User, account_errors};

/// Giving and taking roles.
#[derive(Debug, Default)]
pub struct Roles;

/// Who shall have which roles.
#[derive(InputObject)]
pub struct AccountRolesUpdateInput {
    /// The account.
    pub user_id: ID,
    /// All roles it shall have from now on. `SHOPPER` is always among them.
    pub roles: Vec<AccountRole>,
}

/// What became of giving and taking roles.
#[derive(SimpleObject)]
pub struct AccountRolesUpdatePayload {
    /// The account; null when there are errors.
    pub user: Option<User>,
    /// The roles it has now; null when there are errors.
    pub roles: Option<Vec<AccountRole>>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<AccountError>,
}

#[Object]
impl Roles {
    /// Makes the roles of an account these and no others. Its access tokens follow at their next refresh, within minutes.
    #[graphql(guard = "Scoped(Scope::AccountsWrite)", requires_scopes = "accounts:write")]
    async fn account_roles_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who shall have which roles.")] input: AccountRolesUpdateInput,
    ) -> Result<AccountRolesUpdatePayload> {
        let roles: Vec<Role> = input.roles.into_iter().map(Into::into).collect();
        let user = parse_id::<UserId>(&input.user_id);
        let by = actor(ctx).user().ok_or_else(|| masked(&Fault::internal("the guard let a guest pass")))?;
        let done = match user {
            Some(user) => ctx.data::<App>()?.change_roles(&By::Account(by), user, &roles).await,
            None => Err(Failure::problem(Problem::NotFound)),
        };
        match done {
            Ok(roles) => Ok(AccountRolesUpdatePayload {
                user: user.map(Into::into),
                roles: Some(roles.into_iter().map(Into::into).collect()),
                errors: Vec::new(),
            }),
            Err(Failure::Problems(problems)) => Ok(AccountRolesUpdatePayload {
                user: None,
                roles: None,
                errors: account_errors(&input.user_id, problems),
            }),
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}
