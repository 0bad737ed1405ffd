use kernel::{Failure, Fault};
use messaging::DeadLetter;
use messaging::dead_letters::{self, Filter};
use serde_json::json;
use sqlx::PgConnection;

use super::App;
use crate::domain::{Action, By, LetterProblem, On};
use crate::store::audit;

/// Messages that consumers gave up, of every service. Whoever settles one is written down in the same transaction.
impl App {
    /// Dead letters, oldest first, from the one after `after`.
    ///
    /// # Errors
    /// The database's.
    pub async fn letters(&self, filter: &Filter, after: Option<i64>, limit: usize) -> Result<Vec<DeadLetter>, Fault> {
        Ok(dead_letters::list(&mut *self.pool.acquire().await?, filter, after, limit).await?)
    }

    /// How many dead letters there are.
    ///
    /// # Errors
    /// The database's.
    pub async fn count_letters(&self, filter: &Filter) -> Result<i64, Fault> {
        Ok(dead_letters::count(&mut *self.pool.acquire().await?, filter).await?)
    }

    /// The dead letter with the number.
    ///
    /// # Errors
    /// The database's.
    pub async fn letter(&self, number: i64) -> Result<Option<DeadLetter>, Fault> {
        Ok(dead_letters::show(&mut *self.pool.acquire().await?, number).await?)
    }

    /// Gives the message to its consumer again, with all its attempts; returns it as it was.
    ///
    /// # Errors
    /// [`LetterProblem::AlreadyReplayed`] when somebody did that before, [`LetterProblem::NotFound`].
    pub async fn replay_letter(&self, by: &By, number: i64) -> Result<DeadLetter, Failure<LetterProblem>> {
        let mut tx = self.pool.begin().await?;
        let found = dead_letters::show(&mut tx, number).await?;
        let replayed = dead_letters::replay(&mut tx, number, self.clock.now()).await?;
        let Some(letter) = found.filter(|_| replayed) else {
            return Err(self.settled(&mut tx, number).await?);
        };
        self.note_letter(&mut tx, by, Action::DeadLetterReplayed, &letter).await?;
        tx.commit().await?;
        Ok(letter)
    }

    /// Deletes the message for good. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`LetterProblem::AlreadyReplayed`] when it is on its way again, [`LetterProblem::NotFound`].
    pub async fn discard_letter(&self, by: &By, number: i64) -> Result<(), Failure<LetterProblem>> {
        let mut tx = self.pool.begin().await?;
        let found = dead_letters::show(&mut tx, number).await?;
        let discarded = dead_letters::discard(&mut tx, number).await?;
        let Some(letter) = found.filter(|_| discarded) else {
            if self.last_act(&mut tx, number).await?.is_some_and(|(action, ..)| action == Action::DeadLetterDiscarded) {
                return Ok(());
            }
            return Err(self.settled(&mut tx, number).await?);
        };
        self.note_letter(&mut tx, by, Action::DeadLetterDiscarded, &letter).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn note_letter(
        &self,
        conn: &mut PgConnection,
        by: &By,
        action: Action,
        letter: &DeadLetter,
    ) -> Result<(), Fault> {
        // The payload may hold personal data, which must not outlive the message; the reason may quote it.
        let details = json!({ "queue": letter.queue, "kind": letter.kind(), "event": letter.envelope["id"] });
        self.note(conn, (by, action, On::DeadLetter(letter.seq)), None, details).await?;
        tracing::info!(%by, letter = letter.seq, queue = %letter.queue, action = action.name(), "a dead letter was settled");
        Ok(())
    }

    /// What became of a message that is no dead letter.
    async fn settled(&self, conn: &mut PgConnection, number: i64) -> Result<Failure<LetterProblem>, Fault> {
        Ok(Failure::problem(match self.last_act(conn, number).await? {
            Some((Action::DeadLetterReplayed, at, by)) => LetterProblem::AlreadyReplayed { at, by },
            _ => LetterProblem::NotFound,
        }))
    }

    async fn last_act(
        &self,
        conn: &mut PgConnection,
        number: i64,
    ) -> Result<Option<(Action, time::OffsetDateTime, String)>, Fault> {
        let last = audit::of(conn, &[On::DeadLetter(number).to_string()], 1).await?.pop();
        Ok(last.map(|entry| (entry.action, entry.at, entry.actor)))
    }
}
