/// Why a provider refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decline {
    /// For programs, for example `card_declined`.
    pub code: String,
    /// For the shopper to read.
    pub reason: String,
}

impl Decline {
    /// A refusal.
    pub fn new(code: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { code: code.into(), reason: reason.into() }
    }
}

/// How a payment stands at its provider. The reference is the provider's name for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The money is set aside.
    Authorised {
        /// The provider's name for the payment.
        reference: String,
    },
    /// The shopper must do something first.
    ActionRequired {
        /// The provider's name for the payment.
        reference: String,
        /// Where the shopper does it.
        url: String,
    },
    /// The provider does not know yet, and will tell.
    Pending {
        /// The provider's name for the payment.
        reference: String,
    },
    /// The money is ours.
    Captured {
        /// The provider's name for the payment.
        reference: String,
    },
    /// The provider holds nothing for the payment, and will not.
    Cancelled,
    /// The provider refuses.
    Declined(Decline),
}

/// What became of giving money back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundAnswer {
    /// It is on its way back.
    Refunded,
    /// The provider does not know yet; ask again with its name for the refund.
    Pending {
        /// The provider's name for the refund.
        reference: String,
    },
    /// The provider refuses.
    Declined(Decline),
}
