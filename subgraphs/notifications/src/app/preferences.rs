use kernel::{Failure, UserId};

use super::App;
use crate::domain::{Preference, Problem, complete};
use crate::store::{contact, preference};

impl App {
    /// Stores the account's choices; what is not among them stays. Answers with everything that holds now.
    ///
    /// # Errors
    /// [`Problem::Mandatory`] for what cannot be switched off, [`Problem::Invalid`] for what cannot be chosen.
    pub async fn update_preferences(
        &self,
        user: UserId,
        chosen: &[Preference],
    ) -> Result<Vec<Preference>, Failure<Problem>> {
        let problems = Preference::problems(chosen);
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        let mut tx = self.pool.begin().await?;
        // A token outlives its account by some minutes: nothing is kept of who has left.
        if contact::find(&mut tx, user).await?.is_some_and(|contact| contact.erased) {
            return Ok(complete(&[]));
        }
        preference::save(&mut tx, user, chosen).await?;
        let stored = preference::of(&mut tx, user).await?;
        tx.commit().await?;
        Ok(complete(&stored))
    }
}
