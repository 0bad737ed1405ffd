use kernel::Money;

use super::Status;

/// What is wrong with a request to payments, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A value cannot be used.
    Invalid {
        /// Which one.
        field: &'static str,
        /// Why, and what would do.
        message: String,
    },
    /// There is no payment of such an order, or it is not the actor's to see.
    NotFound,
    /// More than what is left.
    TooLarge {
        /// What is left.
        refundable: Money,
    },
    /// Nothing was charged that could be given back.
    NotCaptured(Status),
    /// The idempotency key was used for something else.
    KeyReused,
    /// The provider does not answer at the moment.
    Unavailable,
}
