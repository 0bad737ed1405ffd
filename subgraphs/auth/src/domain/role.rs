use std::collections::BTreeSet;
use std::str::FromStr;

use kernel::Scope;

/// What an account may do, as a person would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Buys. Everybody is a shopper.
    Shopper,
    /// Answers to customers.
    Support,
    /// Runs the warehouse, gives money back, and looks after messages that were given up.
    Operations,
    /// Keeps the catalogue.
    ProductManager,
    /// May do everything, also give and take roles.
    Administrator,
}

impl Role {
    /// Every role there is.
    pub const ALL: [Self; 5] =
        [Self::Shopper, Self::Support, Self::Operations, Self::ProductManager, Self::Administrator];

    /// The name it is stored by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shopper => "SHOPPER",
            Self::Support => "SUPPORT",
            Self::Operations => "OPERATIONS",
            Self::ProductManager => "PRODUCT_MANAGER",
            Self::Administrator => "ADMINISTRATOR",
        }
    }

    /// What the role allows.
    pub fn scopes(self) -> BTreeSet<Scope> {
        use Scope::{
            CatalogueRead, CatalogueWrite, DeadLettersWrite, NotificationsRead, OrdersRead, OrdersWrite, PaymentsRead,
            PaymentsRefund, StockRead, StockWrite, UsersRead, UsersWrite,
        };
        match self {
            Self::Shopper => BTreeSet::new(),
            Self::Support => [
                OrdersRead,
                OrdersWrite,
                UsersRead,
                UsersWrite,
                PaymentsRead,
                NotificationsRead,
                CatalogueRead,
                StockRead,
            ]
            .into(),
            Self::Operations => [
                OrdersRead,
                OrdersWrite,
                StockRead,
                StockWrite,
                PaymentsRead,
                PaymentsRefund,
                CatalogueRead,
                NotificationsRead,
                DeadLettersWrite,
            ]
            .into(),
            Self::ProductManager => [CatalogueRead, CatalogueWrite, StockRead, StockWrite].into(),
            Self::Administrator => Scope::all().collect(),
        }
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|role| role.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| format!("unknown role {text:?}: use one of {}", names()))
    }
}

/// What the roles allow together.
pub fn scopes_of(roles: &[Role]) -> BTreeSet<Scope> {
    roles.iter().flat_map(|role| role.scopes()).collect()
}

/// The roles, each once, with the one that everybody has.
pub fn with_shopper(roles: &[Role]) -> Vec<Role> {
    let all: BTreeSet<_> = roles.iter().copied().chain([Role::Shopper]).collect();
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn roles_together_allow_what_one_of_them_allows(picked in proptest::sample::subsequence(Role::ALL.to_vec(), 0..=5)) {
            let together = scopes_of(&picked);
            for scope in Scope::all() {
                prop_assert_eq!(together.contains(&scope), picked.iter().any(|role| role.scopes().contains(&scope)));
            }
        }

        #[test]
        fn everybody_is_a_shopper_once(picked in proptest::collection::vec(proptest::sample::select(Role::ALL.to_vec()), 0..8)) {
            let all = with_shopper(&picked);
            prop_assert_eq!(all.iter().filter(|role| **role == Role::Shopper).count(), 1);
            prop_assert!(picked.iter().all(|role| all.contains(role)));
            prop_assert_eq!(with_shopper(&all), all);
        }
    }

    #[test]
    fn a_role_is_known_by_its_name() {
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(role));
        }
        assert!("OWNER".parse::<Role>().unwrap_err().contains("PRODUCT_MANAGER"));
    }

    #[test]
    fn only_an_administrator_gives_roles_and_only_operations_beside_gives_money_back() {
        let having = |scope| Role::ALL.into_iter().filter(|role| role.scopes().contains(&scope)).collect::<Vec<_>>();
        assert_eq!(having(Scope::AccountsWrite), [Role::Administrator]);
        assert_eq!(having(Scope::PaymentsRefund), [Role::Operations, Role::Administrator]);
        assert_eq!(having(Scope::DeadLettersWrite), [Role::Operations, Role::Administrator]);
        assert_eq!(having(Scope::AuditRead), [Role::Administrator]);
        assert_eq!(having(Scope::CatalogueWrite), [Role::ProductManager, Role::Administrator]);
        assert_eq!(having(Scope::UsersWrite), [Role::Support, Role::Administrator]);
        assert!(Role::Shopper.scopes().is_empty());
    }
}
