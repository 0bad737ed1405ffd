use kernel::{Failure, UserId};
use serde_json::json;

use super::App;
use crate::domain::{Action, By, On, Problem, Role, with_shopper};
use crate::store::account;

impl App {
    /// Makes the account's roles these, and shopper. Its access tokens follow at their next refresh.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::LastAdministrator`] when nobody would be left to give roles.
    pub async fn change_roles(&self, by: &By, user: UserId, roles: &[Role]) -> Result<Vec<Role>, Failure<Problem>> {
        let roles = with_shopper(roles);
        let mut tx = self.pool.begin().await?;
        if !account::lock(&mut tx, user).await? {
            return Err(Failure::problem(Problem::NotFound));
        }
        let before = account::roles(&mut tx, &[user.0]).await?.remove(&user).unwrap_or_default();
        let resigns = before.contains(&Role::Administrator) && !roles.contains(&Role::Administrator);
        if resigns && account::administrators_beside(&mut tx, user).await? == 0 {
            return Err(Failure::problem(Problem::LastAdministrator));
        }
        account::set_roles(&mut tx, user, &roles).await?;
        let names = |roles: &[Role]| roles.iter().map(|role| role.name()).collect::<Vec<_>>();
        let details = json!({ "before": names(&before), "after": names(&roles) });
        self.note(&mut tx, (by, Action::RolesChanged, On::Account(Some(user))), None, details).await?;
        tx.commit().await?;
        tracing::info!(%by, account = %user, ?before, ?roles, "roles were changed");
        Ok(roles)
    }
}
