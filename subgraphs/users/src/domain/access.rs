use kernel::{Actor, Scope, UserId};

/// Whether the actor may see what is personal about the user.
pub fn may_see(actor: &Actor, user: UserId) -> bool {
    actor.user() == Some(user) || actor.may(Scope::UsersRead)
}

/// Whether the actor may delete the account: their own, or any with the scope that also gives and takes roles. To change profiles is
/// not enough, or whoever may do that could remove the last administrator.
pub fn may_delete(actor: &Actor, user: UserId) -> bool {
    actor.user() == Some(user) || actor.may(Scope::AccountsWrite)
}

/// Whether the actor may change what belongs to the user.
pub fn may_change(actor: &Actor, user: UserId) -> bool {
    actor.user() == Some(user) || actor.may(Scope::UsersWrite)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn actor(id: u128, scopes: &[Scope]) -> Actor {
        Actor::User { id: UserId(Uuid::from_u128(id)), scopes: scopes.iter().copied().collect() }
    }

    #[test]
    fn only_the_person_and_the_right_scope_have_a_right() {
        let user = UserId(Uuid::from_u128(1));
        let cases = [
            (Actor::Anonymous, false, false, false),
            (actor(1, &[]), true, true, true),
            (actor(2, &[]), false, false, false),
            (actor(2, &[Scope::UsersRead]), true, false, false),
            (actor(2, &[Scope::UsersWrite]), false, true, false),
            (actor(2, &[Scope::AccountsWrite, Scope::OrdersRead]), false, false, true),
        ];
        for (actor, see, change, delete) in cases {
            let may = (may_see(&actor, user), may_change(&actor, user), may_delete(&actor, user));
            assert_eq!(may, (see, change, delete), "{actor:?}");
        }
    }
}
