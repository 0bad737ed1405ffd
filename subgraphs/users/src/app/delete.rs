use events::users::UserDeleted;
use kernel::{Actor, Failure, UserId};

use super::{App, Known};
use crate::domain::{Problem, may_delete};
use crate::store::{address, change, profile};

impl App {
    /// Erases everything personal and tells the other services to do so. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`Problem::NotFound`] also for an account that is not the actor's to delete.
    pub async fn delete(&self, actor: &Actor, user: UserId) -> Result<(), Failure<Problem>> {
        if !may_delete(actor, user) {
            return Err(Failure::problem(Problem::NotFound));
        }
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        // Who is signed in has an account, even if its registration has not arrived here: when it does, they have left already.
        let ahead = actor.user() == Some(user) && profile::insert_left(&mut tx, user, now).await?;
        if !ahead {
            match profile::lock(&mut tx, user).await? {
                Known::Nothing => return Err(Failure::problem(Problem::NotFound)),
                Known::Left => return Ok(()),
                Known::Here(_) => {}
            }
            address::delete_all(&mut tx, user).await?;
            change::delete_all(&mut tx, user).await?;
            profile::erase(&mut tx, user, now).await?;
        }
        self.outbox.put(&mut tx, &*self.clock, &UserDeleted { user_id: user }).await?;
        tx.commit().await?;
        Ok(())
    }
}
