use async_graphql::{Interface, SimpleObject};
use gql::{IdempotencyConflict, InvalidInput, Money, NotFound};

use super::payment::PaymentStatus;

/// Why a refund did not begin.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum RefundError {
    /// A value of the input cannot be used.
    InvalidInput(InvalidInput),
    /// There is no payment of such an order.
    NotFound(NotFound),
    /// The amount is more than what is left.
    RefundTooLarge(RefundTooLarge),
    /// Nothing was charged that could be given back.
    PaymentNotCaptured(PaymentNotCaptured),
    /// The idempotency key was used for something else.
    IdempotencyConflict(IdempotencyConflict),
}

/// The amount is more than what is left.
#[derive(SimpleObject)]
pub struct RefundTooLarge {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// What can still be given back.
    pub refundable: Money,
}

/// Nothing was charged that could be given back.
#[derive(SimpleObject)]
pub struct PaymentNotCaptured {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// Where the payment is in its life.
    pub status: PaymentStatus,
}

/// Why a payment did not go on.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum PaymentActionError {
    /// There is no payment of such an order, or it is not yours.
    NotFound(NotFound),
    /// The payment provider does not answer at the moment.
    PaymentProviderUnavailable(PaymentProviderUnavailable),
}

/// The payment provider does not answer at the moment.
#[derive(SimpleObject)]
pub struct PaymentProviderUnavailable {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}
