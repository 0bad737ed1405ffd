use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use kernel::{Clock, Fault};
use opensearch::indices::IndicesGetAliasParts;
use opensearch::params::{Refresh, SearchType, VersionType};
use opensearch::{BulkOperation, BulkOperations, BulkParts, GetParts, SearchParts};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::Server;
use super::build::note;
use super::client::{Answer, Client, READ, WRITE};
use super::held::{Held, made_by_a_newer_release};
use crate::app::{Change, Reached};

/// What is known of an index on the server.
#[derive(Debug)]
pub(super) struct Shared<T> {
    pub(super) client: Client,
    /// What is searched.
    pub(super) alias: String,
    pub(super) replicas: u32,
    of: PhantomData<fn() -> T>,
}

/// One of the indexes on the server that this one is, or was, or will be.
#[derive(Debug)]
pub(super) struct Existing {
    pub(super) name: String,
    pub(super) build: u64,
    pub(super) is_searched: bool,
}

impl<T: Held> Shared<T> {
    pub(super) fn new(server: Server, clock: Arc<dyn Clock>) -> Self {
        let (client, alias) = (Client::new(server.api, T::TARGET, clock), format!("{}{}", server.prefix, T::NAME));
        Self { client, alias, replicas: server.replicas, of: PhantomData }
    }

    /// How the names of indexes begin.
    pub(super) fn stem(&self) -> String {
        format!("{}-v", self.alias)
    }

    /// The alias of what is being filled.
    pub(super) fn beside(&self) -> String {
        format!("{}-new", self.alias)
    }

    /// All of them, also those that were never finished.
    pub(super) async fn indexes(&self, deadline: Duration) -> Result<Vec<Existing>, Fault> {
        let pattern = [format!("{}*", self.stem())];
        let pattern = [pattern[0].as_str()];
        let indices = self.client.api.indices();
        let request = indices.get_alias(IndicesGetAliasParts::Index(&pattern));
        let answer = self.client.call(deadline, request.request_timeout(deadline).send()).await?;
        if answer.is_missing() {
            return Ok(Vec::new());
        }
        #[derive(Deserialize)]
        struct Of {
            aliases: HashMap<String, Value>,
        }
        let found: HashMap<String, Of> = serde_json::from_value(answer.done()?)?;
        let existing = found.into_iter().filter_map(|(name, of)| {
            let build = name.strip_prefix(&self.stem())?.parse().ok()?;
            Some(Existing { build, is_searched: of.aliases.contains_key(&self.alias), name })
        });
        Ok(existing.collect())
    }

    /// How far the index that is searched has come.
    pub(super) async fn reached(&self, deadline: Duration) -> Result<Reached, Fault> {
        let first = self.look(deadline).await?;
        // Perhaps it was replaced and dropped between the two questions.
        if first.is_nothing() { self.look(deadline).await } else { Ok(first) }
    }

    /// How far it has come, of an index that can be searched.
    pub(super) async fn filled(&self) -> Result<Reached, Fault> {
        let reached = self.reached(READ).await?;
        if reached.is_nothing() { Err(Fault::unavailable("the index is being made")) } else { Ok(reached) }
    }

    async fn look(&self, deadline: Duration) -> Result<Reached, Fault> {
        let Some(index) = self.indexes(deadline).await?.into_iter().find(|index| index.is_searched) else {
            return Ok(Reached::default());
        };
        let nothing = Reached { build: index.build, ..Reached::default() };
        let name = note(index.build);
        let request = self.client.api.get(GetParts::IndexId(&index.name, &name));
        let answer = self.client.call(deadline, request.request_timeout(deadline).send()).await?;
        if answer.is_missing() {
            return Ok(nothing);
        }
        #[derive(Deserialize)]
        struct Note {
            version: u32,
            source: Uuid,
            seq: i64,
        }
        let Note { version, source, seq } = serde_json::from_value(answer.done()?["_source"]["reached"].take())?;
        if made_by_a_newer_release::<T>(version) {
            // Making it anew would undo what the newer release makes, and it would make it again, and so on.
            return Err(Fault::unavailable("the index was made by a newer release of the platform"));
        }
        Ok(if version == T::VERSION { Reached { source, seq, ..nothing } } else { nothing })
    }

    /// Writes the changes to what has the alias. What is there in a later version stays.
    pub(super) async fn write(&self, alias: &str, changes: &[Change<T>], refresh: Refresh) -> Result<(), Fault> {
        if changes.is_empty() {
            return Ok(());
        }
        let mut operations = BulkOperations::new();
        for change in changes {
            let put = BulkOperation::index(T::document(change)).id(change.id.to_string());
            operations.push(put.version(change.seq).version_type(VersionType::External))?;
        }
        let request = self.client.api.bulk(BulkParts::Index(alias)).body(vec![operations]);
        let request = request.require_alias(true).refresh(refresh).request_timeout(WRITE);
        let body = self.client.call(WRITE, request.send()).await?.done()?;
        for item in body["items"].as_array().into_iter().flatten() {
            let (status, error) = (item["index"]["status"].as_u64().unwrap_or_default(), &item["index"]["error"]);
            // 409: it is there already, or something later.
            if !(200..300).contains(&status) && status != 409 {
                let fault = format!("the search server did not take a document, with {status}: {error}");
                return Err(if status == 429 || status >= 500 {
                    Fault::unavailable(fault)
                } else {
                    Fault::internal(fault)
                });
            }
        }
        Ok(())
    }

    async fn ask(&self, question: &Value) -> Result<Answer, Fault> {
        let alias = [self.alias.as_str()];
        let request = self.client.api.search(SearchParts::Index(&alias)).body(question);
        let request = request.search_type(SearchType::QueryThenFetch).allow_partial_search_results(false);
        self.client.call(READ, request.request_timeout(READ).send()).await
    }

    /// Asks what is searched.
    pub(super) async fn found(&self, question: &Value) -> Result<Value, Fault> {
        let mut answer = self.ask(question).await?;
        if answer.is_missing() {
            // It was replaced while it was searched.
            answer = self.ask(question).await?;
        }
        if answer.is_missing() {
            return Err(Fault::unavailable("the index is being made"));
        }
        answer.done()
    }
}
