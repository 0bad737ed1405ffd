//! Who is asking, and what they may do.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::UserId;

/// A permission, as it stands in a token's `scope` claim (RFC 6749, section 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// See drafts and archived products.
    CatalogueRead,
    /// Create, change, publish and archive products.
    CatalogueWrite,
    /// See warehouses, stock levels and movements.
    StockRead,
    /// Adjust stock.
    StockWrite,
    /// See every order.
    OrdersRead,
    /// Cancel and fulfil orders.
    OrdersWrite,
    /// See every payment.
    PaymentsRead,
    /// Give money back.
    PaymentsRefund,
    /// See every profile.
    UsersRead,
    /// Change and delete profiles.
    UsersWrite,
    /// See every message that was sent.
    NotificationsRead,
    /// Give and take roles.
    AccountsWrite,
    /// See messages that consumers gave up, with what is in them, and replay or discard them.
    DeadLettersWrite,
    /// See what was written down about security-relevant acts.
    AuditRead,
}

const NAMES: [(Scope, &str); 14] = [
    (Scope::CatalogueRead, "catalogue:read"),
    (Scope::CatalogueWrite, "catalogue:write"),
    (Scope::StockRead, "stock:read"),
    (Scope::StockWrite, "stock:write"),
    (Scope::OrdersRead, "orders:read"),
    (Scope::OrdersWrite, "orders:write"),
    (Scope::PaymentsRead, "payments:read"),
    (Scope::PaymentsRefund, "payments:refund"),
    (Scope::UsersRead, "users:read"),
    (Scope::UsersWrite, "users:write"),
    (Scope::NotificationsRead, "notifications:read"),
    (Scope::AccountsWrite, "accounts:write"),
    (Scope::DeadLettersWrite, "dead-letters:write"),
    (Scope::AuditRead, "audit:read"),
];

impl Scope {
    /// Every scope there is.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(scope, _)| *scope)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NAMES.iter().find(|(scope, _)| scope == self).map_or("", |(_, name)| name))
    }
}

/// The text is no scope of this platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown scope {0:?}")]
pub struct UnknownScope(pub String);

impl FromStr for Scope {
    type Err = UnknownScope;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        NAMES
            .iter()
            .find(|(_, name)| *name == text)
            .map(|(scope, _)| *scope)
            .ok_or_else(|| UnknownScope(text.to_owned()))
    }
}

/// Who is asking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Actor {
    /// Nobody signed in: a guest.
    #[default]
    Anonymous,
    /// A signed-in account.
    User {
        /// The account.
        id: UserId,
        /// What its token allows.
        scopes: BTreeSet<Scope>,
    },
}

impl Actor {
    /// Whether the actor's token carries the scope.
    pub fn may(&self, scope: Scope) -> bool {
        matches!(self, Self::User { scopes, .. } if scopes.contains(&scope))
    }

    /// The signed-in account, if any.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Anonymous => None,
            Self::User { id, .. } => Some(*id),
        }
    }
}
