mod error;
mod listing;
mod order;
mod payment;
mod provider;
mod refund;

pub(crate) use error::{
    PaymentActionError, PaymentNotCaptured, PaymentProviderUnavailable, RefundError, RefundTooLarge,
};
pub(crate) use listing::{PaymentFilter, Payments, payments};
pub(crate) use order::Order;
pub(crate) use payment::Payment;
pub(crate) use provider::PaymentProvider;
pub(crate) use refund::Refund;
