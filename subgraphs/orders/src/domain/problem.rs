use kernel::{Money, VariantId};

use super::Status;

/// What is wrong with a request to carts or orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A value cannot be used.
    Invalid {
        /// Path of the value in the input.
        field: String,
        /// Why, and what would do.
        message: String,
    },
    /// There is no such cart or order, or it is not the actor's.
    NotFound,
    /// The variant is not for sale, or not in the cart's currency.
    NotForSale(VariantId),
    /// Fewer units are left than asked for.
    InsufficientStock {
        /// What.
        variant: VariantId,
        /// Units that are left.
        available: i64,
    },
    /// The price is another than the one that the shopper has seen.
    PriceChanged {
        /// What.
        variant: VariantId,
        /// The price that was seen.
        before: Money,
        /// The price now.
        now: Money,
    },
    /// Something is still missing before the cart can become an order.
    Incomplete {
        /// What, as a path in the cart.
        field: &'static str,
        /// What to do.
        message: &'static str,
    },
    /// The delivery does not exist, or not to this country or in this currency.
    NoSuchDelivery,
    /// The idempotency key was used with another input.
    IdempotencyConflict,
    /// The order's status does not allow the step.
    WrongStatus(Status),
}

impl Problem {
    /// An input value that cannot be used.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), message: message.into() }
    }
}
