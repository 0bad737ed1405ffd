use events::users::UserUpdated;
use kernel::{Actor, Failure, UserId};

use super::{App, Change, Known, Profile};
use crate::domain::{ChangeKind, Problem, ProfilePatch, may_change};
use crate::store::{change, profile};

impl App {
    /// Changes the profile as the patch says. A patch that changes nothing leaves no trace.
    ///
    /// # Errors
    /// [`Problem::NotFound`] also for a profile that is not the actor's to change; the patch's problems.
    pub async fn update(&self, actor: &Actor, user: UserId, patch: ProfilePatch) -> Result<Profile, Failure<Problem>> {
        if !may_change(actor, user) {
            return Err(Failure::problem(Problem::NotFound));
        }
        self.arrived(actor, user).await?;
        let mut tx = self.pool.begin().await?;
        let Known::Here(mut found) = profile::lock(&mut tx, user).await? else {
            return Err(Failure::problem(Problem::NotFound));
        };
        let details = found.details.patched(patch).map_err(Failure::Problems)?;
        let fields = found.details.differences(&details);
        if fields.is_empty() {
            return Ok(found);
        }
        let now = self.clock.now();
        (found.details, found.version, found.updated_at) = (details, found.version + 1, now);
        profile::save(&mut tx, &found).await?;
        let (actor_id, kind) = (actor.user(), ChangeKind::ProfileUpdated);
        let id = self.clock.uuid();
        let change = Change { id, user_id: user, at: now, actor_id, kind, address_id: None, fields };
        change::insert(&mut tx, &change).await?;
        let event = UserUpdated {
            user_id: user,
            version: found.version,
            display_name: found.details.display_name.clone(),
            locale: found.details.locale.clone(),
        };
        self.outbox.put(&mut tx, &*self.clock, &event).await?;
        tx.commit().await?;
        Ok(found)
    }
}
