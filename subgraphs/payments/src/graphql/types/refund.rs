use async_graphql::{Enum, ID, SimpleObject};
use gql::Money;
use time::OffsetDateTime;

use crate::app;
use crate::domain;

/// Money of a payment that is given back.
#[derive(SimpleObject)]
pub struct Refund {
    /// Identifies the refund for good.
    pub id: ID,
    /// Where the refund is in its life.
    pub status: RefundStatus,
    /// How much.
    pub amount: Money,
    /// Why, in the words of who asked for it.
    pub reason: String,
    /// Why it failed; null unless it failed, and for who has neither `payments:read` nor `payments:refund`.
    pub failure_reason: Option<String>,
    /// When it was asked for.
    pub created_at: OffsetDateTime,
}

/// Where a refund is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::RefundStatus")]
pub enum RefundStatus {
    /// The provider has not answered yet.
    Pending,
    /// The money is on its way back.
    Succeeded,
    /// The provider refused; somebody has to look.
    Failed,
}

impl From<app::Refund> for Refund {
    fn from(of: app::Refund) -> Self {
        Self {
            id: of.id.0.into(),
            status: of.status.into(),
            amount: of.amount.into(),
            reason: of.reason,
            failure_reason: of.failure_reason,
            created_at: of.created_at,
        }
    }
}
