use std::str::FromStr;

macro_rules! names {
    ($type:ident, $what:literal, [$($variant:ident = $name:literal),+ $(,)?]) => {
        impl $type {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name it is stored by.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl FromStr for $type {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.name() == text).ok_or_else(|| format!("unknown {} {text:?}", $what))
            }
        }
    };
}

/// Where a payment is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Asked for; the provider has not answered yet.
    Requested,
    /// The shopper must do something first, for example confirm at their bank.
    ActionRequired,
    /// The provider does not know yet.
    Pending,
    /// The provider has set the money aside.
    Authorised,
    /// The money is ours.
    Captured,
    /// Some of the money was given back.
    PartiallyRefunded,
    /// All of the money was given back.
    Refunded,
    /// The provider refused, or the time was over. Nothing was charged.
    Failed,
    /// Undone before anything was charged.
    Voided,
}

names!(
    Status,
    "payment status",
    [
        Requested = "REQUESTED",
        ActionRequired = "ACTION_REQUIRED",
        Pending = "PENDING",
        Authorised = "AUTHORISED",
        Captured = "CAPTURED",
        PartiallyRefunded = "PARTIALLY_REFUNDED",
        Refunded = "REFUNDED",
        Failed = "FAILED",
        Voided = "VOIDED",
    ]
);

impl Status {
    /// Whether it may still come to a charge.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::ActionRequired | Self::Pending | Self::Authorised)
    }

    /// Whether money was charged, given back or not.
    pub fn is_charged(self) -> bool {
        matches!(self, Self::Captured | Self::PartiallyRefunded | Self::Refunded)
    }
}

/// Where a refund is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundStatus {
    /// The provider has not answered yet.
    Pending,
    /// The money is on its way back.
    Succeeded,
    /// The provider refused; somebody has to look.
    Failed,
}

names!(RefundStatus, "refund status", [Pending = "PENDING", Succeeded = "SUCCEEDED", Failed = "FAILED"]);

/// Who wants a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundOrigin {
    /// The order's saga.
    Order,
    /// The staff.
    Staff,
    /// The whole payment is undone.
    Undo,
}

names!(RefundOrigin, "refund origin", [Order = "ORDER", Staff = "STAFF", Undo = "UNDO"]);
