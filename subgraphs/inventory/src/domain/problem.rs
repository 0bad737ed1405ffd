/// What does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A variant that stock is kept for.
    Variant,
    /// A warehouse.
    Warehouse,
}

/// Why a change that staff makes did not happen, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A value cannot be used.
    Invalid {
        /// Which one, as its path in the input.
        field: &'static str,
        /// Why, and what would do.
        message: String,
    },
    /// There is no such thing.
    NotFound(Missing),
    /// There would be fewer units than are reserved.
    BelowReserved {
        /// Units that are there.
        on_hand: i64,
        /// Units of them that are set aside for orders.
        reserved: i64,
    },
    /// Another warehouse has this code.
    CodeTaken(String),
    /// The idempotency key was used for something else.
    KeyReused,
}

impl Problem {
    pub(crate) fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }
}
