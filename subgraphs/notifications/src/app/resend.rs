use kernel::{Failure, Fault, MessageId, UserId};

use super::{App, Message, NewMessage};
use crate::domain::{ChannelKind, Problem, Status};
use crate::store::{contact, message, read};

/// The longest idempotency key, in bytes.
const MAX_KEY: usize = 128;

impl App {
    /// Sends an e-mail once more, as it was, under an id of its own. The same key again answers with the same message.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`Problem::NotResendable`], [`Problem::KeyReused`], [`Problem::Invalid`].
    pub async fn resend(&self, by: UserId, id: MessageId, key: &str) -> Result<Message, Failure<Problem>> {
        if key.is_empty() || key.len() > MAX_KEY || key.chars().any(char::is_control) {
            let message = format!("use 1 to {MAX_KEY} bytes without control characters, new for each intent");
            return Err(Failure::problem(Problem::Invalid { field: "idempotencyKey", message }));
        }
        let dedupe_key = format!("resend:{by}:{key}");
        let mut tx = self.pool.begin().await?;
        let Some(before) = read::by_id(&mut tx, id).await? else {
            return Err(Failure::problem(Problem::NotFound(id)));
        };
        // Who deletes the account locks the contact first, so either this copy is seen and erased, or the original is gone.
        if let Some(user) = before.user_id {
            contact::find(&mut tx, user).await?;
        }
        let original = read::by_id(&mut tx, id).await?.unwrap_or(before);
        if let Some(earlier) = read::by_dedupe_key(&mut tx, &dedupe_key).await? {
            return replayed(earlier, id);
        }
        let finished = matches!(original.status, Status::Sent | Status::Failed);
        if original.channel != ChannelKind::Email || !finished || original.erased_at.is_some() {
            return Err(Failure::problem(Problem::NotResendable(original.status)));
        }
        let copy = NewMessage {
            id: self.clock.uuid().into(),
            dedupe_key: dedupe_key.clone(),
            user_id: original.user_id,
            order_id: original.order_id,
            variant_id: original.variant_id,
            recipient: original.recipient,
            channel: original.channel,
            category: original.category,
            template: original.template,
            template_version: original.template_version,
            locale: original.locale,
            subject: original.subject,
            text: original.text,
            html: original.html,
            status: Status::Queued,
            last_error: None,
            resend_of: Some(id),
            created_at: self.clock.now(),
            erased_at: None,
        };
        // Two at once with the same key: the second waits here for the first and finds its message.
        let new = message::insert(&mut tx, &copy).await?;
        let written = read::by_dedupe_key(&mut tx, &dedupe_key).await?;
        tx.commit().await?;
        let written = written.ok_or_else(|| Fault::internal("the copy of a message is gone"))?;
        if new { Ok(written) } else { replayed(written, id) }
    }
}

fn replayed(earlier: Message, asked: MessageId) -> Result<Message, Failure<Problem>> {
    if earlier.resend_of == Some(asked) { Ok(earlier) } else { Err(Failure::problem(Problem::KeyReused)) }
}
