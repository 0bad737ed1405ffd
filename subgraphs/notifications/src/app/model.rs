use kernel::{Actor, MessageId, OrderId, Scope, UserId, VariantId};
use time::OffsetDateTime;

use crate::domain::{Category, ChannelKind, Status, TemplateName};

/// A stored message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The account it is for; none for a guest and for the staff.
    pub user_id: Option<UserId>,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// The variant it is about.
    pub variant_id: Option<VariantId>,
    /// Address of an e-mail.
    pub recipient: Option<String>,
    /// How it reaches its reader.
    pub channel: ChannelKind,
    /// What it is about.
    pub category: Category,
    /// The occasion.
    pub template: TemplateName,
    /// The version of the text.
    pub template_version: i32,
    /// The language it is written in.
    pub locale: String,
    /// One line.
    pub subject: String,
    /// For who reads plain text.
    pub text: String,
    /// For who reads HTML; e-mail only.
    pub html: Option<String>,
    /// What became of it.
    pub status: Status,
    /// Attempts to send it so far.
    pub attempts: i32,
    /// When it is tried next.
    pub next_attempt_at: Option<OffsetDateTime>,
    /// Why the last attempt failed, or why it was suppressed.
    pub last_error: Option<String>,
    /// What the mail server said when it took the message.
    pub receipt: Option<String>,
    /// The message that this one repeats.
    pub resend_of: Option<MessageId>,
    /// When it was written.
    pub created_at: OffsetDateTime,
    /// When it left.
    pub sent_at: Option<OffsetDateTime>,
    /// When its reader said that it is read.
    pub read_at: Option<OffsetDateTime>,
    /// When its content was forgotten.
    pub erased_at: Option<OffsetDateTime>,
}

impl Message {
    /// Whether the actor may see it among the messages of its order: whoever knows a guest's order, the owner of an
    /// account's, and the staff, who also see what was not sent on purpose.
    pub fn is_shown_to(&self, actor: &Actor) -> bool {
        actor.may(Scope::NotificationsRead)
            || (self.status != Status::Suppressed && (self.user_id.is_none() || self.user_id == actor.user()))
    }
}

/// A message to be stored.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Its id.
    pub id: MessageId,
    /// Written twice with the same is written once.
    pub dedupe_key: String,
    /// The account it is for.
    pub user_id: Option<UserId>,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// The variant it is about.
    pub variant_id: Option<VariantId>,
    /// Address of an e-mail.
    pub recipient: Option<String>,
    /// How it reaches its reader.
    pub channel: ChannelKind,
    /// What it is about.
    pub category: Category,
    /// The occasion.
    pub template: TemplateName,
    /// The version of the text.
    pub template_version: i32,
    /// The language it is written in.
    pub locale: String,
    /// One line.
    pub subject: String,
    /// For who reads plain text.
    pub text: String,
    /// For who reads HTML; e-mail only.
    pub html: Option<String>,
    /// What becomes of it now.
    pub status: Status,
    /// Why it is suppressed.
    pub last_error: Option<String>,
    /// The message that this one repeats.
    pub resend_of: Option<MessageId>,
    /// When it was written.
    pub created_at: OffsetDateTime,
    /// When its content was forgotten: at once, for the owner of a deleted account.
    pub erased_at: Option<OffsetDateTime>,
}

/// A text to fill in.
#[derive(Debug, Clone)]
pub struct Template {
    /// The occasion.
    pub name: TemplateName,
    /// How it reaches its reader.
    pub channel: ChannelKind,
    /// The language it is written in.
    pub locale: String,
    /// Grows by one with every change.
    pub version: i32,
    /// One line.
    pub subject: String,
    /// For who reads plain text.
    pub text: String,
    /// For who reads HTML, inside the layout of all e-mails; e-mail only.
    pub html: Option<String>,
    /// When this version was written.
    pub created_at: OffsetDateTime,
}

/// A text as somebody wants it to be.
#[derive(Debug, Clone)]
pub struct TemplateDraft {
    /// The occasion.
    pub name: TemplateName,
    /// How it reaches its reader.
    pub channel: ChannelKind,
    /// The language it is written in.
    pub locale: String,
    /// One line.
    pub subject: String,
    /// For who reads plain text.
    pub text: String,
    /// For who reads HTML; e-mail only.
    pub html: Option<String>,
}

/// What is known of the owner of an account.
#[derive(Debug, Clone)]
pub struct Contact {
    /// How they want to be called; may be empty.
    pub display_name: String,
    /// Language of what is written to them.
    pub locale: String,
    /// Whether the account was deleted.
    pub erased: bool,
}

/// Which messages to list; an absent field filters nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// What became of them.
    pub status: Option<Status>,
    /// What they are about.
    pub category: Option<Category>,
    /// How the address begins.
    pub recipient_prefix: Option<String>,
    /// Whose inbox: what was written in the shop for the account.
    pub inbox_of: Option<UserId>,
    /// The staff's inbox.
    pub staff_inbox: bool,
    /// Only what is not read yet.
    pub unread_only: bool,
}

/// A place in a list, newest first.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// When the message was written.
    pub created_at: OffsetDateTime,
    /// Decides between equal times.
    pub id: MessageId,
}
