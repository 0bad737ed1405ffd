use async_graphql::{ID, Interface, SimpleObject};
use gql::{IdempotencyConflict, InvalidInput, Money, NotFound};

use crate::domain::Problem;

/// Why a change to a cart or an order did not happen.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum OrderingError {
    /// A value of the input cannot be used.
    InvalidInput(InvalidInput),
    /// There is no such cart or order.
    NotFound(NotFound),
    /// The variant cannot be bought.
    NotForSale(NotForSale),
    /// Fewer units are left than asked for.
    InsufficientStock(InsufficientStock),
    /// The price is another than the one that was seen.
    PriceChanged(PriceChanged),
    /// Something is still missing.
    CartIncomplete(CartIncomplete),
    /// The delivery cannot be chosen.
    DeliveryUnavailable(DeliveryUnavailable),
    /// The idempotency key was used before, for something else.
    IdempotencyConflict(IdempotencyConflict),
    /// The order's status does not allow the step.
    OrderStatusConflict(OrderStatusConflict),
}

/// The variant is not for sale, or has no price in the cart's currency.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct NotForSale {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// The variant.
    pub variant_id: ID,
}

/// Fewer units are left than asked for.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct InsufficientStock {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// The variant.
    pub variant_id: ID,
    /// Units that are left.
    pub available: i64,
}

/// The price is another than the one that the shopper has seen. `cartLinesUpdate` takes note of the price of now.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct PriceChanged {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// The variant.
    pub variant_id: ID,
    /// The price of one unit that was seen.
    pub before: Money,
    /// The price of one unit now.
    pub now: Money,
}

/// Something is still missing before the cart can become an order.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CartIncomplete {
    /// What is missing and how to add it, for a person to read.
    pub message: String,
    /// What is missing, as a field of the cart.
    pub field: String,
}

/// The delivery does not exist, or not to this country or in this currency.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct DeliveryUnavailable {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

/// The order's status does not allow the step.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct OrderStatusConflict {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

/// A problem of a use case as the error of a payload; the id is the one that was asked for.
pub(crate) fn ordering_error(id: &ID, problem: Problem) -> OrderingError {
    match problem {
        Problem::Invalid { field, message } => OrderingError::InvalidInput(InvalidInput { message, field }),
        Problem::NotFound => OrderingError::NotFound(NotFound {
            message: "there is nothing open with this id, or it is not yours".into(),
            id: id.clone(),
        }),
        Problem::NotForSale(variant) => OrderingError::NotForSale(NotForSale {
            message: "this is not for sale, or not in the cart's currency: take it out of the cart".into(),
            variant_id: variant.0.into(),
        }),
        Problem::InsufficientStock { variant, available } => OrderingError::InsufficientStock(InsufficientStock {
            message: match available {
                ..=0 => "this is sold out: take it out of the cart".into(),
                left => format!("only {left} left: lower the quantity"),
            },
            variant_id: variant.0.into(),
            available,
        }),
        Problem::PriceChanged { variant, before, now } => OrderingError::PriceChanged(PriceChanged {
            message: format!(
                "the price is {} {} now, not {}: show it, then accept it with cartLinesUpdate",
                now.amount(),
                now.currency,
                before.amount()
            ),
            variant_id: variant.0.into(),
            before: before.into(),
            now: now.into(),
        }),
        Problem::Incomplete { field, message } => {
            OrderingError::CartIncomplete(CartIncomplete { message: message.into(), field: field.into() })
        }
        Problem::NoSuchDelivery => OrderingError::DeliveryUnavailable(DeliveryUnavailable {
            message: "this delivery does not exist, or not for this country and currency: choose one of cart.availableDeliveries".into(),
        }),
        Problem::IdempotencyConflict => OrderingError::IdempotencyConflict(IdempotencyConflict::default()),
        Problem::WrongStatus(status) => OrderingError::OrderStatusConflict(OrderStatusConflict {
            message: format!("the order is {}: there is nothing left to cancel", status.name().to_lowercase()),
        }),
    }
}
