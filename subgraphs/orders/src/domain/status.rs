/// Declares an enumeration whose values have a name in the database, in events and in the graph.
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$value_doc:meta])* $value:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type {
            $($(#[$value_doc])* $value),+
        }

        impl $type {
            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$value => $name),+ }
            }
        }

        impl std::str::FromStr for $type {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($name => Ok(Self::$value),)+
                    other => Err(format!("{other:?} is no {}", stringify!($type))),
                }
            }
        }
    };
}

named! {
    /// How far an order has come.
    Status {
        /// Placed; stock is being set aside.
        Pending = "PENDING",
        /// Stock is set aside; the payment is under way.
        Reserved = "RESERVED",
        /// Paid: it will be delivered.
        Confirmed = "CONFIRMED",
        /// Stock was lacking; nothing was charged.
        Rejected = "REJECTED",
        /// It will not be delivered; what was charged is given back.
        Cancelled = "CANCELLED",
    }
}

named! {
    /// How far the payment of an order has come.
    PaymentStatus {
        /// Not asked for yet.
        None = "NONE",
        /// Asked for.
        Requested = "REQUESTED",
        /// The shopper must act.
        ActionRequired = "ACTION_REQUIRED",
        /// The money is set aside.
        Authorised = "AUTHORISED",
        /// The money is ours.
        Paid = "PAID",
        /// Refused; nothing was charged.
        Failed = "FAILED",
        /// Being undone.
        Undoing = "UNDOING",
        /// Undone before anything was charged.
        Voided = "VOIDED",
        /// Given back.
        Refunded = "REFUNDED",
    }
}

named! {
    /// What has become of the stock of an order.
    StockStatus {
        /// Asked for.
        Requested = "REQUESTED",
        /// Set aside.
        Reserved = "RESERVED",
        /// Paid, being taken out for good.
        Committing = "COMMITTING",
        /// Taken out for good.
        Committed = "COMMITTED",
        /// Being made available again.
        Releasing = "RELEASING",
        /// Available again.
        Released = "RELEASED",
        /// Being put back after it was taken out.
        Returning = "RETURNING",
        /// Lacking.
        Refused = "REFUSED",
    }
}

/// The three axes of an order's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Saga {
    /// How far the order has come.
    pub status: Status,
    /// How far its payment has come.
    pub payment: PaymentStatus,
    /// What has become of its stock.
    pub stock: StockStatus,
}

impl Saga {
    /// A newly placed order: stock is asked for.
    pub const PLACED: Self =
        Self { status: Status::Pending, payment: PaymentStatus::None, stock: StockStatus::Requested };

    /// What a person can make of the order now, by name.
    pub fn available_transitions(self) -> &'static [Status] {
        match self.status {
            Status::Pending | Status::Reserved | Status::Confirmed => &[Status::Cancelled],
            Status::Rejected | Status::Cancelled => &[],
        }
    }
}
