use std::sync::Arc;

use async_trait::async_trait;
use kernel::Fault;
use opensearch::IndexParts;
use opensearch::indices::{IndicesCreateParts, IndicesDeleteParts, IndicesPutSettingsParts, IndicesRefreshParts};
use opensearch::params::{Refresh, VersionType};
use serde_json::{Value, json};
use uuid::Uuid;

use super::client::WRITE;
use super::held::{Held, index};
use super::shared::Shared;
use crate::app::{Change, NewIndex};

/// The document that tells how far the making with this number has come. What another making's indexer writes late into this
/// one has another name, so it does not count.
pub(super) fn note(build: u64) -> String {
    format!("reached-{build}")
}

impl<T: Held> Shared<T> {
    /// Keeps how far the index has come, unless it has come further.
    pub(super) async fn keep_reached(&self, index: &str, build: u64, source: Uuid, seq: i64) -> Result<(), Fault> {
        let reached = json!({ "reached": { "version": T::VERSION, "source": source, "seq": seq } });
        let name = note(build);
        let request = self.client.api.index(IndexParts::IndexId(index, &name)).body(reached);
        let request = request.version(seq).version_type(VersionType::External).require_alias(true);
        let answer = self.client.call(WRITE, request.refresh(Refresh::True).request_timeout(WRITE).send()).await?;
        if answer.is_conflict() {
            return Ok(());
        }
        answer.done().map(|_| ())
    }

    /// Makes an empty index beside the one that is searched.
    pub(super) async fn create(self: &Arc<Self>) -> Result<Build<T>, Fault> {
        let indexes = self.indexes(WRITE).await?;
        for leftover in indexes.iter().filter(|index| !index.is_searched) {
            self.delete(&leftover.name).await?;
        }
        let build = indexes.iter().map(|index| index.build).max().unwrap_or(0).saturating_add(1);
        let name = format!("{}{build}", self.stem());
        let indices = self.client.api.indices();
        let request = indices.create(IndicesCreateParts::Index(&name));
        let request = request.body(index::<T>(self.replicas, &self.beside()));
        self.client.call(WRITE, request.request_timeout(WRITE).send()).await?.done()?;
        Ok(Build { shared: self.clone(), name, build })
    }

    async fn delete(&self, name: &str) -> Result<(), Fault> {
        let names = [name];
        let indices = self.client.api.indices();
        let request = indices.delete(IndicesDeleteParts::Index(&names));
        let answer = self.client.call(WRITE, request.request_timeout(WRITE).send()).await?;
        if answer.is_missing() { Ok(()) } else { answer.done().map(|_| ()) }
    }
}

/// An index that is filled beside the one that is searched.
#[derive(Debug)]
pub(super) struct Build<T> {
    shared: Arc<Shared<T>>,
    name: String,
    build: u64,
}

#[async_trait]
impl<T: Held> NewIndex<T> for Build<T> {
    async fn add(&mut self, changes: Vec<Change<T>>) -> Result<(), Fault> {
        // By its alias: a name that does not exist any more would be made anew, with fields as the server guesses them.
        self.shared.write(&self.shared.beside(), &changes, Refresh::False).await
    }

    async fn finish(self: Box<Self>, source: Uuid, seq: i64) -> Result<(), Fault> {
        let Self { shared, name, build } = *self;
        let (beside, names) = (shared.beside(), [name.as_str()]);
        let indices = shared.client.api.indices();
        shared.keep_reached(&beside, build, source, seq).await?;
        // As often as the server does by itself.
        let often = json!({ "index": { "refresh_interval": Value::Null } });
        let request = indices.put_settings(IndicesPutSettingsParts::Index(&names)).body(often);
        shared.client.call(WRITE, request.request_timeout(WRITE).send()).await?.done()?;
        let request = indices.refresh(IndicesRefreshParts::Index(&names));
        shared.client.call(WRITE, request.request_timeout(WRITE).send()).await?.done()?;
        let old: Vec<String> =
            shared.indexes(WRITE).await?.into_iter().filter(|i| i.is_searched).map(|i| i.name).collect();
        let mut actions = vec![
            json!({ "remove": { "index": name, "alias": beside } }),
            json!({ "add": { "index": name, "alias": shared.alias } }),
        ];
        actions.extend(old.iter().map(|old| json!({ "remove": { "index": old, "alias": shared.alias } })));
        // All or nothing: whoever searches sees the old one or the new one.
        let request = indices.update_aliases().body(json!({ "actions": actions }));
        shared.client.call(WRITE, request.request_timeout(WRITE).send()).await?.done()?;
        for old in old {
            // What cannot be deleted now is deleted when the next one is made.
            if let Err(fault) = shared.delete(&old).await {
                tracing::warn!(index = old, %fault, "the index that was replaced stays for now");
            }
        }
        Ok(())
    }
}
