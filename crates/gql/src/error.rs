use std::str::FromStr;

use async_graphql::{Error, ErrorExtensions, ID, SimpleObject};
use kernel::{Fault, FaultKind};

/// A value of the input cannot be used; the message says how to fix it.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(shareable, serial)]
pub struct InvalidInput {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// Path of the value in the input, for example `title`.
    pub field: String,
}

/// There is no such object, or it is not yours to see.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(shareable, serial)]
pub struct NotFound {
    /// What was not found, for a person to read.
    pub message: String,
    /// The id that was asked for.
    pub id: ID,
}

/// The idempotency key was used before, for something else.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(shareable, serial)]
pub struct IdempotencyConflict {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

impl Default for IdempotencyConflict {
    fn default() -> Self {
        Self { message: "this idempotencyKey was used for another request: use a new one for each intent".into() }
    }
}

/// Logs the fault once and gives the client a code to act on, without internals. `retryable` says that the same request may
/// succeed a little later; a mutation is then sent again with the same idempotency key.
pub fn masked(fault: &Fault) -> Error {
    tracing::error!(fault = %fault, "request failed");
    let (code, message) = match fault.kind() {
        FaultKind::Unavailable => {
            ("UNAVAILABLE", "a part of the shop is away for the moment: try again in a few seconds")
        }
        FaultKind::Internal => ("INTERNAL", "something went wrong on our side"),
    };
    Error::new(message).extend_with(|_, e| {
        e.set("code", code);
        if fault.kind() == FaultKind::Unavailable {
            e.set("retryable", true);
        }
    })
}

/// Reads an id leniently: what is no id of ours belongs to nothing, so it is `None` and not an error.
pub fn parse_id<T: FromStr>(id: &ID) -> Option<T> {
    id.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_part_that_is_away_is_worth_another_try_and_neither_tells_internals() {
        let told = |fault: Fault| {
            let error = masked(&fault);
            assert!(!error.message.contains("10.0.0.7"), "{}", error.message);
            serde_json::to_value(error.extensions.expect("a code")).expect("JSON")
        };
        let away = told(Fault::unavailable("10.0.0.7 refused"));
        assert_eq!(away, serde_json::json!({ "code": "UNAVAILABLE", "retryable": true }));
        assert_eq!(told(Fault::internal("10.0.0.7 said no")), serde_json::json!({ "code": "INTERNAL" }));
    }
}
