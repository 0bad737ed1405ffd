use async_graphql::{ID, Interface, SimpleObject};
use gql::{IdempotencyConflict, InvalidInput, NotFound};

use super::{MessageStatus, NotificationCategory, NotificationChannel};
use crate::domain::Problem;

/// Why a change to messages, choices or texts did not happen.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum NotificationError {
    /// A value of the input cannot be used.
    InvalidInput(InvalidInput),
    /// There is no such message, or it is not yours.
    NotFound(NotFound),
    /// The idempotency key was used before, for something else.
    IdempotencyConflict(IdempotencyConflict),
    /// These messages cannot be switched off.
    NotificationMandatory(NotificationMandatory),
    /// The message cannot be sent again.
    MessageNotResendable(MessageNotResendable),
}

/// These messages cannot be switched off: they protect the account.
#[derive(SimpleObject)]
pub struct NotificationMandatory {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// What the messages are about.
    pub category: NotificationCategory,
    /// How they come.
    pub channel: NotificationChannel,
}

/// The message cannot be sent again: only an e-mail that was sent or has failed can, while its content is kept.
#[derive(SimpleObject)]
pub struct MessageNotResendable {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// What became of it.
    pub status: MessageStatus,
}

/// The problems of a use case as the errors of a payload.
pub(crate) fn notification_errors(problems: Vec<Problem>) -> Vec<NotificationError> {
    let error = |problem| match problem {
        Problem::Invalid { field, message } => {
            NotificationError::InvalidInput(InvalidInput { message, field: field.into() })
        }
        Problem::NotFound(id) => missing(id.0.into()),
        Problem::KeyReused => NotificationError::IdempotencyConflict(IdempotencyConflict::default()),
        Problem::Mandatory { category, channel } => NotificationError::NotificationMandatory(NotificationMandatory {
            message: "messages that protect the account cannot be switched off: leave them enabled".into(),
            category: category.into(),
            channel: channel.into(),
        }),
        Problem::NotResendable(status) => NotificationError::MessageNotResendable(MessageNotResendable {
            message: "only an e-mail that was sent or has failed can be sent again, while its content is kept".into(),
            status: status.into(),
        }),
    };
    problems.into_iter().map(error).collect()
}

/// There is no message with this id.
pub(crate) fn missing(id: ID) -> NotificationError {
    NotificationError::NotFound(NotFound { message: "there is no message of yours with this id".into(), id })
}
