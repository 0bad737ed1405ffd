use std::collections::HashMap;
use std::time::Duration;

use kernel::{Actor, Fault, UserId};
use tokio::time::sleep;
use uuid::Uuid;

use super::{Address, App, Change, Known, Place, Profile};
use crate::store::{address, change, listing, profile};

/// The pauses between two looks for a profile whose registration is on its way: a second in all.
const LOOKS: [Duration; 10] = [Duration::from_millis(100); 10];

/// Reads: each is one statement, whatever the number of rows.
impl App {
    /// The profile of somebody who is signed in. Clients ask right after registering, so one that has not arrived yet is
    /// waited for, a second at most.
    ///
    /// # Errors
    /// The database's.
    pub async fn viewer(&self, id: UserId) -> Result<Option<Profile>, Fault> {
        for pause in LOOKS {
            match self.look(id).await? {
                Known::Here(profile) => return Ok(Some(profile)),
                Known::Left => return Ok(None),
                // No connection is held while waiting.
                Known::Nothing => sleep(pause).await,
            }
        }
        match self.look(id).await? {
            Known::Here(profile) => Ok(Some(profile)),
            Known::Left | Known::Nothing => Ok(None),
        }
    }

    /// Waits for the actor's own profile, as [`Self::viewer`] does; whether others exist is known.
    pub(super) async fn arrived(&self, actor: &Actor, user: UserId) -> Result<(), Fault> {
        if actor.user() == Some(user) {
            self.viewer(user).await?;
        }
        Ok(())
    }

    async fn look(&self, id: UserId) -> Result<Known, Fault> {
        Ok(profile::find(&mut *self.pool.acquire().await?, id).await?)
    }

    /// The profiles by their accounts.
    ///
    /// # Errors
    /// The database's.
    pub async fn profiles_by_id(&self, ids: &[UserId]) -> Result<HashMap<UserId, Profile>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let found = profile::by_ids(&mut *self.pool.acquire().await?, &ids).await?;
        Ok(found.into_iter().map(|profile| (profile.id, profile)).collect())
    }

    /// A page of the profiles, latest first, with one more than `first` when there is a next page. A prefix of the e-mail
    /// address or of the name narrows it.
    ///
    /// # Errors
    /// The database's.
    pub async fn list(&self, prefix: Option<&str>, after: Option<Place>, first: usize) -> Result<Vec<Profile>, Fault> {
        let limit = i64::try_from(first.saturating_add(1))?;
        let mut conn = self.pool.acquire().await?;
        Ok(match prefix {
            Some(prefix) => listing::matching(&mut conn, prefix, after, limit).await?,
            None => listing::newest(&mut conn, after, limit).await?,
        })
    }

    /// How many profiles there are, or match the prefix.
    ///
    /// # Errors
    /// The database's.
    pub async fn count(&self, prefix: Option<&str>) -> Result<i64, Fault> {
        let mut conn = self.pool.acquire().await?;
        Ok(match prefix {
            Some(prefix) => listing::count_matching(&mut conn, prefix).await?,
            None => listing::count(&mut conn).await?,
        })
    }

    /// The address books of the users, oldest entry first.
    ///
    /// # Errors
    /// The database's.
    pub async fn addresses_of(&self, users: &[UserId]) -> Result<HashMap<UserId, Vec<Address>>, Fault> {
        let ids: Vec<Uuid> = users.iter().map(|id| id.0).collect();
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for entry in address::of(&mut *self.pool.acquire().await?, &ids).await? {
            found.entry(entry.user_id).or_default().push(entry);
        }
        Ok(found)
    }

    /// What was done to each of the users, latest first, each after a place of its own and at most `limit` entries.
    ///
    /// # Errors
    /// The database's.
    pub async fn history_of(
        &self,
        users: &[(UserId, Option<Place>)],
        limit: usize,
    ) -> Result<HashMap<(UserId, Option<Place>), Vec<Change>>, Fault> {
        let limit = i64::try_from(limit)?;
        let found = change::pages(&mut *self.pool.acquire().await?, users, limit).await?;
        let mut pages: HashMap<_, Vec<_>> = HashMap::new();
        for (index, change) in found {
            if let Some(key) = users.get(index) {
                pages.entry(*key).or_default().push(change);
            }
        }
        Ok(pages)
    }
}
