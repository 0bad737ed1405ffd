use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{Scoped, actor, masked, parse_id};
use kernel::{Failure, Scope};

use crate::app::App;
use crate::graphql::types::{Message, NotificationError, missing, notification_errors};

/// Sending a message again.
#[derive(Debug, Default)]
pub struct Resend;

/// Which message to send again.
#[derive(InputObject)]
pub struct MessageResendInput {
    /// The message: an e-mail that was sent or has failed.
    pub id: ID,
    /// Up to 128 bytes, new for each intent; the same again answers with the same message.
    pub idempotency_key: String,
}

/// What became of sending a message again.
#[derive(SimpleObject)]
pub struct MessageResendPayload {
    /// The new message; null when there are errors.
    pub message: Option<Message>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<NotificationError>,
}

#[Object]
impl Resend {
    /// Sends an e-mail once more, as it was and to the same address. For support.
    #[graphql(guard = "Scoped(Scope::NotificationsRead)", requires_scopes = "notifications:read")]
    async fn message_resend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which message.")] input: MessageResendInput,
    ) -> Result<MessageResendPayload> {
        let by = actor(ctx).user().ok_or("sign in first")?;
        let Some(id) = parse_id(&input.id) else {
            return Ok(MessageResendPayload { message: None, errors: vec![missing(input.id)] });
        };
        match ctx.data::<App>()?.resend(by, id, &input.idempotency_key).await {
            Ok(message) => Ok(MessageResendPayload { message: Some(message.into()), errors: Vec::new() }),
            Err(Failure::Problems(problems)) => {
                Ok(MessageResendPayload { message: None, errors: notification_errors(problems) })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}
