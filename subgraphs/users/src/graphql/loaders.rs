use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{Fault, UserId};

use crate::app::{Address, App, Change, Place, Profile};

/// Key of a user's address book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AddressesOf(pub(crate) UserId);

/// Key of a page of a user's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct HistoryOf {
    pub(crate) user: UserId,
    pub(crate) after: Option<Place>,
    pub(crate) limit: usize,
}

impl Loader<UserId> for App {
    type Value = Profile;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[UserId]) -> Result<HashMap<UserId, Profile>, Arc<Fault>> {
        self.profiles_by_id(keys).await.map_err(Arc::new)
    }
}

impl Loader<AddressesOf> for App {
    type Value = Vec<Address>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[AddressesOf]) -> Result<HashMap<AddressesOf, Vec<Address>>, Arc<Fault>> {
        let ids: Vec<UserId> = keys.iter().map(|key| key.0).collect();
        let found = self.addresses_of(&ids).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|(id, entries)| (AddressesOf(id), entries)).collect())
    }
}

impl Loader<HistoryOf> for App {
    type Value = Vec<Change>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[HistoryOf]) -> Result<HashMap<HistoryOf, Vec<Change>>, Arc<Fault>> {
        // Pages of different lengths are cut from ones of the greatest length.
        let limit = keys.iter().map(|key| key.limit).max().unwrap_or_default();
        let mut users: Vec<_> = keys.iter().map(|key| (key.user, key.after)).collect();
        users.sort_by_key(|(user, after)| (*user, after.map(|place| (place.at, place.id))));
        users.dedup();
        let found = self.history_of(&users, limit).await.map_err(Arc::new)?;
        let page = |key: &HistoryOf| {
            let entries = found.get(&(key.user, key.after))?;
            Some((*key, entries.iter().take(key.limit).cloned().collect()))
        };
        Ok(keys.iter().filter_map(page).collect())
    }
}
