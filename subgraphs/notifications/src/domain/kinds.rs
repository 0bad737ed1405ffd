//! The few values that messages, templates and preferences are told apart by.

use std::str::FromStr;

/// Declares an enumeration whose values have the names that they are stored and published by.
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$value_doc:meta])* $value:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $type { $($(#[$value_doc])* $value),+ }

        impl $type {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$value),+];

            /// The name it is stored by.
            pub fn name(self) -> &'static str {
                match self { $(Self::$value => $name),+ }
            }
        }

        impl FromStr for $type {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($name => Ok(Self::$value),)+
                    _ => Err(format!("{text:?} is no {}", stringify!($type))),
                }
            }
        }
    };
}

named! {
    /// How a message reaches its reader.
    ChannelKind {
        /// By e-mail.
        Email = "EMAIL",
        /// In the shop itself: it is there as soon as it is written.
        InApp = "IN_APP",
    }
}

named! {
    /// What a message is about.
    Category {
        /// An order.
        Order = "ORDER",
        /// The account and its safety.
        Account = "ACCOUNT",
        /// Stock; for the staff.
        Stock = "STOCK",
        /// Offers.
        Marketing = "MARKETING",
    }
}

named! {
    /// What became of a message.
    Status {
        /// Waits to be sent, for the first time or again.
        Queued = "QUEUED",
        /// The mail server took it, or it is there to read.
        Sent = "SENT",
        /// It cannot be delivered.
        Failed = "FAILED",
        /// It was not to be sent: its reader does not want it, or is gone.
        Suppressed = "SUPPRESSED",
    }
}

named! {
    /// The occasions to write.
    TemplateName {
        /// An account was opened.
        AccountWelcome = "ACCOUNT_WELCOME",
        /// The password of an account changed.
        PasswordChanged = "PASSWORD_CHANGED",
        /// An order will be delivered.
        OrderConfirmed = "ORDER_CONFIRMED",
        /// An order could not be taken.
        OrderRejected = "ORDER_REJECTED",
        /// An order will not be delivered.
        OrderCancelled = "ORDER_CANCELLED",
        /// An order is on its way.
        OrderShipped = "ORDER_SHIPPED",
        /// An order has arrived.
        OrderDelivered = "ORDER_DELIVERED",
        /// A variant fell to its threshold.
        StockLow = "STOCK_LOW",
    }
}

impl TemplateName {
    /// What it is about.
    pub fn category(self) -> Category {
        match self {
            Self::AccountWelcome | Self::PasswordChanged => Category::Account,
            Self::OrderConfirmed
            | Self::OrderRejected
            | Self::OrderCancelled
            | Self::OrderShipped
            | Self::OrderDelivered => Category::Order,
            Self::StockLow => Category::Stock,
        }
    }

    /// The ways it is told.
    pub fn channels(self) -> &'static [ChannelKind] {
        match self.category() {
            Category::Account => &[ChannelKind::Email],
            Category::Stock => &[ChannelKind::InApp],
            Category::Order | Category::Marketing => &[ChannelKind::Email, ChannelKind::InApp],
        }
    }
}
