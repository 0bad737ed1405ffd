use std::sync::Arc;
use std::time::Duration;

use events::notifications::{MessageFailed, MessageSent};
use kernel::Fault;
use sqlx::PgConnection;
use tokio::task::JoinSet;
use tokio::time::timeout;
use uuid::Uuid;

use super::App;
use crate::adapters::{Channel, Undelivered};
use crate::domain::ChannelKind;
use crate::store::queue::{self, Claimed, Retry};

/// Messages sent at a time: two commits are shared by so many.
const BATCH: i64 = 16;
/// The longest reason that is kept, in characters.
const MAX_REASON: usize = 500;

/// What became of one attempt.
enum Outcome {
    Sent(String),
    Again(String),
    GivenUp(String),
}

impl App {
    /// Takes the messages that are due, sends them, and records what became of each. Answers with how many it took.
    ///
    /// Taking commits before sending, so nothing is locked meanwhile and nobody else takes them until the lease ends. A
    /// process that dies between sending and recording makes a message be sent again, with the same Message-ID.
    ///
    /// # Errors
    /// The database's.
    pub async fn dispatch(&self) -> Result<usize, Fault> {
        let (now, lease) = (self.clock.now(), self.clock.secret());
        let claimed = {
            let mut conn = self.pool.acquire().await?;
            queue::claim(&mut conn, lease, now, now + self.sending.lease(), BATCH).await?
        };
        if claimed.is_empty() {
            return Ok(0);
        }
        let taken = claimed.len();
        let mut attempts = JoinSet::new();
        for message in claimed {
            let (channel, deadline) = (self.channel.clone(), self.sending.deadline);
            let exhausted = message.attempts > self.sending.attempts;
            attempts.spawn(async move {
                let outcome = if exhausted {
                    // Whoever took it last never said what became of it.
                    Outcome::GivenUp("the last attempt was not finished: the message may have arrived".into())
                } else {
                    attempt(&channel, deadline, &message).await
                };
                (message, outcome)
            });
        }
        let mut done = Vec::with_capacity(taken);
        while let Some(attempt) = attempts.join_next().await {
            match attempt {
                Ok(outcome) => done.push(outcome),
                // The message is tried again when its lease is over.
                Err(error) => tracing::error!(%error, "an attempt to send a message panicked"),
            }
        }
        self.record(lease, done).await?;
        Ok(taken)
    }

    async fn record(&self, lease: Uuid, done: Vec<(Claimed, Outcome)>) -> Result<(), Fault> {
        let now = self.clock.now();
        let ids: Vec<Uuid> = done.iter().map(|(message, _)| message.id.0).collect();
        let (mut sent, mut again, mut given_up) = (Vec::new(), Vec::new(), Vec::new());
        let mut tx = self.pool.begin().await?;
        let held = queue::held(&mut tx, lease, &ids).await?;
        for (message, outcome) in done {
            let id = message.id;
            if !held.contains(&id) {
                tracing::info!(%id, "erased or taken over while it was being sent");
                continue;
            }
            match outcome {
                Outcome::Sent(receipt) => sent.push((message, receipt)),
                Outcome::Again(reason) if message.attempts < self.sending.attempts => {
                    tracing::info!(%id, attempts = message.attempts, reason, "not sent; tries again");
                    let wait = self.sending.delay(message.attempts, self.clock.secret().as_u128());
                    again.push(Retry { id, reason, next_attempt_at: now + wait });
                }
                Outcome::Again(reason) | Outcome::GivenUp(reason) => {
                    tracing::warn!(%id, attempts = message.attempts, reason, "not sent; given up");
                    given_up.push((message, reason));
                }
            }
        }
        if !again.is_empty() {
            queue::retry(&mut tx, &again).await?;
        }
        if !sent.is_empty() {
            queue::sent(&mut tx, &sent, now).await?;
        }
        if !given_up.is_empty() {
            queue::failed(&mut tx, &given_up).await?;
        }
        self.tell(&mut tx, sent, given_up).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn tell(
        &self,
        conn: &mut PgConnection,
        sent: Vec<(Claimed, String)>,
        given_up: Vec<(Claimed, String)>,
    ) -> sqlx::Result<()> {
        let channel = ChannelKind::Email.name();
        for (Claimed { id, user_id, template, .. }, _) in sent {
            let event = MessageSent { message_id: id, user_id, channel: channel.to_owned(), template };
            self.outbox.put(conn, &*self.clock, &event).await?;
        }
        for (Claimed { id, user_id, template, .. }, reason) in given_up {
            let event = MessageFailed { message_id: id, user_id, channel: channel.to_owned(), template, reason };
            self.outbox.put(conn, &*self.clock, &event).await?;
        }
        Ok(())
    }
}

async fn attempt(channel: &Arc<dyn Channel>, deadline: Duration, message: &Claimed) -> Outcome {
    let outgoing = match message.outgoing() {
        Ok(outgoing) => outgoing,
        Err(reason) => return Outcome::GivenUp(reason),
    };
    let reason = |said: String| shareable(&said, outgoing.recipient.as_str());
    match timeout(deadline, channel.send(&outgoing)).await {
        Ok(Ok(receipt)) => Outcome::Sent(reason(receipt.reference)),
        Ok(Err(Undelivered::Refused(said))) => Outcome::GivenUp(reason(said)),
        Ok(Err(Undelivered::Unavailable(said))) => Outcome::Again(reason(said)),
        Err(_) => Outcome::Again(format!("no answer within {deadline:?}")),
    }
}

/// What a mail server said, without the address it may repeat: it goes into logs and events, which forget nobody.
fn shareable(said: &str, recipient: &str) -> String {
    let clean: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clean = clean.replace(recipient, "the recipient");
    clean.chars().take(MAX_REASON).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_names_nobody_and_stays_short() {
        assert_eq!(shareable("550 <ada@example.org>:\0\nno", "ada@example.org"), "550 <the recipient>:  no");
        assert_eq!(shareable(&"é".repeat(900), "ada@example.org").chars().count(), MAX_REASON);
    }
}
