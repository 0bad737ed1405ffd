use async_graphql::{ID, Interface, SimpleObject};
use gql::{IdempotencyConflict, InvalidInput, NotFound};

use super::units;
use crate::domain::{Missing, Problem};

/// Why a change to stock or to a warehouse did not happen.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum StockError {
    /// A value of the input cannot be used.
    InvalidInput(InvalidInput),
    /// There is no such variant or warehouse.
    NotFound(NotFound),
    /// What is there does not allow the change.
    StockConflict(StockConflict),
    /// The idempotency key was used before, for something else.
    IdempotencyConflict(IdempotencyConflict),
}

/// What is there does not allow the change: fewer units would be left than are reserved.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct StockConflict {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// Units that are there.
    pub on_hand: i32,
    /// Units of them that are set aside for orders.
    pub reserved: i32,
}

/// The problems of a use case as the errors of a payload; these are the ids that it was given.
pub(crate) fn stock_errors(variant: Option<&ID>, warehouse: Option<&ID>, problems: Vec<Problem>) -> Vec<StockError> {
    let not_found = |message: &str, id: Option<&ID>| {
        StockError::NotFound(NotFound { message: message.into(), id: id.cloned().unwrap_or_else(|| "".into()) })
    };
    let error = |problem| match problem {
        Problem::Invalid { field, message } => StockError::InvalidInput(InvalidInput { message, field: field.into() }),
        Problem::NotFound(Missing::Variant) => not_found("no stock is kept for a variant with this id", variant),
        Problem::NotFound(Missing::Warehouse) => not_found("there is no warehouse with this id", warehouse),
        Problem::BelowReserved { on_hand, reserved } => StockError::StockConflict(StockConflict {
            message: format!(
                "there are {on_hand} units and {reserved} of them are reserved: change by a number that leaves at least those"
            ),
            on_hand: units(on_hand),
            reserved: units(reserved),
        }),
        Problem::CodeTaken(code) => StockError::InvalidInput(InvalidInput {
            message: format!("another warehouse has the code {code}: choose one that is free"),
            field: "code".into(),
        }),
        Problem::KeyReused => StockError::IdempotencyConflict(IdempotencyConflict::default()),
    };
    problems.into_iter().map(error).collect()
}
