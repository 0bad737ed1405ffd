use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use gql::actor;
use kernel::Scope;
use time::OffsetDateTime;

use super::{
    MessageStatus, NotificationCategory, NotificationChannel, NotificationOccasion, Order, ProductVariant, User,
};
use crate::app;

/// A message to a person or to the staff: an e-mail, or a notification in the shop.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Message {
    /// Identifies the message for good.
    pub id: ID,
    /// How it reaches its reader.
    pub channel: NotificationChannel,
    /// What it is about.
    pub category: NotificationCategory,
    /// The occasion, for example to choose an icon.
    pub occasion: NotificationOccasion,
    /// The language it is written in, as a tag in lower case.
    pub locale: String,
    /// The subject: one line. Empty when the content was erased.
    pub subject: String,
    /// The plain text. Empty when the content was erased.
    pub text: String,
    /// The HTML of an e-mail, a whole document: show it in a sandboxed frame. Null for notifications in the shop.
    pub html: Option<String>,
    /// Address of an e-mail; null for notifications in the shop, and when it was erased.
    pub recipient: Option<String>,
    /// What became of it.
    pub status: MessageStatus,
    /// When it was written.
    pub created_at: OffsetDateTime,
    /// When the mail server took it, or when it was there to read; null before.
    pub sent_at: Option<OffsetDateTime>,
    /// When its reader marked it as read; null before.
    pub read_at: Option<OffsetDateTime>,
    /// When its content and address were erased because the account was deleted; null for all others.
    pub erased_at: Option<OffsetDateTime>,
    #[graphql(skip)]
    of: app::Message,
}

/// How the sending of a message goes.
#[derive(SimpleObject)]
pub struct MessageDelivery {
    /// Attempts so far.
    pub attempts: i32,
    /// When it is tried next; null when it is not.
    pub next_attempt_at: Option<OffsetDateTime>,
    /// Why the last attempt failed, or why it was suppressed; null when there is nothing to say.
    pub last_error: Option<String>,
    /// What the mail server said when it took the message.
    pub receipt: Option<String>,
    /// The version of the text it was made of.
    pub template_version: i32,
    /// The message that this one repeats; null for an original.
    pub resend_of: Option<ID>,
}

impl From<app::Message> for Message {
    fn from(of: app::Message) -> Self {
        Self {
            id: of.id.0.into(),
            channel: of.channel.into(),
            category: of.category.into(),
            occasion: of.template.into(),
            locale: of.locale.clone(),
            subject: of.subject.clone(),
            text: of.text.clone(),
            html: of.html.clone(),
            recipient: of.recipient.clone(),
            status: of.status.into(),
            created_at: of.created_at,
            sent_at: of.sent_at,
            read_at: of.read_at,
            erased_at: of.erased_at,
            of,
        }
    }
}

#[ComplexObject]
impl Message {
    /// The account it is for; null for a guest and for the staff.
    async fn user(&self) -> Option<User> {
        self.of.user_id.map(|key| User { id: key.0.into(), key })
    }

    /// The order it is about; null when it is about none.
    async fn order(&self) -> Option<Order> {
        self.of.order_id.map(|key| Order { id: key.0.into(), key })
    }

    /// The variant it is about; null when it is about none.
    async fn variant(&self) -> Option<ProductVariant> {
        self.of.variant_id.map(|id| ProductVariant { id: id.0.into() })
    }

    /// How the sending goes; null unless your token carries `notifications:read`.
    async fn delivery(&self, ctx: &Context<'_>) -> Option<MessageDelivery> {
        actor(ctx).may(Scope::NotificationsRead).then(|| MessageDelivery {
            attempts: self.of.attempts,
            next_attempt_at: self.of.next_attempt_at,
            last_error: self.of.last_error.clone(),
            receipt: self.of.receipt.clone(),
            template_version: self.of.template_version,
            resend_of: self.of.resend_of.map(|id| id.0.into()),
        })
    }
}
