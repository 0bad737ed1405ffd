use async_graphql::Enum;

use crate::domain::{Category, ChannelKind, Status, TemplateName};

/// How a message reaches its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ChannelKind")]
pub enum NotificationChannel {
    /// By e-mail.
    Email,
    /// In the shop: show it in the account's notifications.
    InApp,
}

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Category")]
pub enum NotificationCategory {
    /// An order.
    Order,
    /// The account and its safety.
    Account,
    /// Stock; for the staff alone.
    Stock,
    /// Offers.
    Marketing,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Status")]
pub enum MessageStatus {
    /// Waits to be sent, for the first time or again.
    Queued,
    /// The mail server took it, or it is there to read.
    Sent,
    /// It cannot be delivered.
    Failed,
    /// It was not to be sent: its reader does not want it, or has left.
    Suppressed,
}

/// The occasion of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "TemplateName")]
pub enum NotificationOccasion {
    /// An account was opened.
    AccountWelcome,
    /// The password of an account changed.
    PasswordChanged,
    /// An order will be delivered.
    OrderConfirmed,
    /// An order could not be taken.
    OrderRejected,
    /// An order will not be delivered.
    OrderCancelled,
    /// An order is on its way.
    OrderShipped,
    /// An order has arrived.
    OrderDelivered,
    /// A variant fell to its threshold; for the staff.
    StockLow,
}
