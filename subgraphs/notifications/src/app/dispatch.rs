use std::sync::Arc;
use std::time::Duration;

use events::notifications::{MessageFailed, MessageSent};
use kernel::Fault;
use messaging::Telling;
use resilience::outgoing::{CallError, Outgoing, Settings, State};
use sqlx::PgConnection;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::App;
use crate::adapters::{Channel, Undelivered};
use crate::domain::ChannelKind;
use crate::store::queue::{self, Claimed, Retry};

/// Messages sent at a time: two commits are shared by so many.
const BATCH: i64 = 16;
/// When a mail server counts as away, and for how long it is left alone. The deadline of an attempt is [`Sending`](crate::domain::Sending)'s.
pub(super) const PATIENCE: Settings =
    Settings { deadline: Duration::from_secs(20), failures: 5, open_for: Duration::from_secs(30), probes: 1 };
/// The longest reason that is kept, in characters.
const MAX_REASON: usize = 500;

/// What became of one attempt.
enum Outcome {
    Sent(String),
    Again(String),
    /// Nothing was sent: the mail server is away, and may be asked again after this time.
    NotTried(Duration),
    GivenUp(String),
}

impl App {
    /// Takes the messages that are due, sends them, and records what became of each. Answers with how many it took.
    ///
    /// Taking commits before sending, so nothing is locked meanwhile and nobody else takes them until the lease ends. A
    /// process that dies between sending and recording makes a message be sent again, with the same Message-ID.
    ///
    /// While the mail server is known to be away nothing is taken, so that no message loses an attempt; then one finds out.
    ///
    /// # Errors
    /// The database's.
    pub async fn dispatch(&self) -> Result<usize, Fault> {
        let room = match self.line.state() {
            State::Closed => BATCH,
            State::Open | State::HalfOpen if self.line.refuses().is_none() => 1,
            State::Open | State::HalfOpen => return Ok(0),
        };
        let (now, lease) = (self.clock.now(), self.clock.secret());
        let claimed = {
            let mut conn = self.pool.acquire().await?;
            queue::claim(&mut conn, lease, now, now + self.sending.lease(), room).await?
        };
        if claimed.is_empty() {
            return Ok(0);
        }
        let taken = claimed.len();
        let mut attempts = JoinSet::new();
        for message in claimed {
            let (line, channel, deadline) = (self.line.clone(), self.channel.clone(), self.sending.deadline);
            let exhausted = message.attempts > self.sending.attempts;
            attempts.spawn(async move {
                let outcome = if exhausted {
                    // Whoever took it last never said what became of it.
                    Outcome::GivenUp("the last attempt was not finished: the message may have arrived".into())
                } else {
                    attempt(&line, &channel, deadline, &message).await
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
                Outcome::NotTried(pause) => again.push(Retry::untried(&message, now + pause)),
                Outcome::Again(reason) if message.attempts < self.sending.attempts => {
                    tracing::info!(%id, attempts = message.attempts, reason, "not sent; tries again");
                    let wait = self.sending.delay(message.attempts, self.clock.secret().as_u128());
                    again.push(Retry::after(&message, reason, now + wait));
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
        let mut told = Vec::new();
        for (Claimed { id, user_id, template, .. }, _) in sent {
            let event = MessageSent { message_id: id, user_id, channel: channel.to_owned(), template };
            told.push(Telling::new(&event)?);
        }
        for (Claimed { id, user_id, template, .. }, reason) in given_up {
            let event = MessageFailed { message_id: id, user_id, channel: channel.to_owned(), template, reason };
            told.push(Telling::new(&event)?);
        }
        self.outbox.put_all(conn, &*self.clock, told).await
    }
}

async fn attempt(line: &Outgoing, channel: &Arc<dyn Channel>, deadline: Duration, message: &Claimed) -> Outcome {
    let mail = match message.outgoing() {
        Ok(mail) => mail,
        Err(reason) => return Outcome::GivenUp(reason),
    };
    let reason = |said: String| shareable(&said, mail.recipient.as_str());
    // Once: what fails is tried again later, from the table.
    let sent = line.run_within(deadline, || async {
        match channel.send(&mail).await {
            Err(Undelivered::Unavailable(said)) => Err(said),
            answered => Ok(answered),
        }
    });
    match sent.await {
        Ok(Ok(receipt)) => Outcome::Sent(reason(receipt.reference)),
        Ok(Err(Undelivered::Refused(said))) => Outcome::GivenUp(reason(said)),
        Ok(Err(Undelivered::Deferred(said) | Undelivered::Unavailable(said))) | Err(CallError::Failed(said)) => {
            Outcome::Again(reason(said))
        }
        Err(late @ CallError::Late(_)) => Outcome::Again(late.to_string()),
        Err(CallError::Refused { retry_after }) => Outcome::NotTried(retry_after),
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
