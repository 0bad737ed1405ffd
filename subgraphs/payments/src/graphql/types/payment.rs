use async_graphql::{ComplexObject, Context, Enum, ID, Result, SimpleObject};
use gql::{Money, actor, masked};
use kernel::{PaymentId, Scope};
use time::OffsetDateTime;

use super::{Order, Refund};
use crate::app;
use crate::domain::{self, Status};
use crate::graphql::Loader;
use crate::graphql::loaders::RefundsOf;

/// The payment of an order.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Payment {
    /// Identifies the payment for good.
    pub id: ID,
    /// The order that it pays.
    pub order: Order,
    /// Where the payment is in its life.
    pub status: PaymentStatus,
    /// What is to be paid.
    pub amount: Money,
    /// What was charged so far; nothing until it is captured.
    pub captured_amount: Money,
    /// What was given back so far.
    pub refunded_amount: Money,
    /// What can still be given back.
    pub refundable_amount: Money,
    /// Name of the payment provider, for example `sandbox` or `stripe`.
    pub provider: String,
    /// While the status is ACTION_REQUIRED: where the shopper confirms, absolute or relative to the address of the shop. Else null.
    pub action_url: Option<String>,
    /// Why it failed, for programs, for example `card_declined`, `insufficient_funds`, `expired`; null unless it failed.
    pub failure_code: Option<String>,
    /// Why it failed, for the shopper to read; null unless it failed.
    pub failure_reason: Option<String>,
    /// Later than this nothing is charged any more.
    pub pay_by: OffsetDateTime,
    /// When it was asked for.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
    #[graphql(skip)]
    key: PaymentId,
}

/// Where a payment is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Status")]
pub enum PaymentStatus {
    /// Asked for; the provider has not answered yet.
    Requested,
    /// The shopper must do something first, for example confirm at their bank: see `actionUrl`.
    ActionRequired,
    /// The provider does not know yet.
    Pending,
    /// The provider has set the money aside; it is charged in a moment.
    Authorised,
    /// Charged.
    Captured,
    /// Charged, and some of it was given back.
    PartiallyRefunded,
    /// Charged, and all of it was given back.
    Refunded,
    /// Refused, or the time to pay was over. Nothing was charged.
    Failed,
    /// Undone before anything was charged.
    Voided,
}

impl From<domain::Payment> for Payment {
    fn from(of: domain::Payment) -> Self {
        let money = |minor| kernel::Money { minor, ..of.amount }.into();
        let (failure_code, failure_reason) = of.failure.clone().map(|why| (why.code, why.reason)).unzip();
        Self {
            id: of.id.0.into(),
            order: Order::new(of.order_id),
            status: of.status.into(),
            amount: of.amount.into(),
            captured_amount: money(of.captured),
            refunded_amount: money(of.refunded),
            refundable_amount: of.refundable().into(),
            provider: of.provider.clone(),
            action_url: of.action_url.clone().filter(|_| of.status == Status::ActionRequired),
            failure_code,
            failure_reason,
            pay_by: of.pay_by,
            created_at: of.created_at,
            updated_at: of.updated_at,
            key: of.id,
        }
    }
}

#[ComplexObject]
impl Payment {
    /// What was given back, or shall be, oldest first.
    async fn refunds(&self, ctx: &Context<'_>) -> Result<Vec<Refund>> {
        let found = ctx.data::<Loader>()?.load_one(RefundsOf(self.key)).await.map_err(|fault| masked(&fault))?;
        let actor = actor(ctx);
        let staff = actor.may(Scope::PaymentsRead) || actor.may(Scope::PaymentsRefund);
        let show = |refund: app::Refund| {
            let shown = Refund::from(refund);
            // What a bank says is for who can do something about it.
            Refund { failure_reason: shown.failure_reason.filter(|_| staff), ..shown }
        };
        Ok(found.unwrap_or_default().into_iter().map(show).collect())
    }
}
