//! An index of products on an OpenSearch server, which several processes share.
//!
//! The alias `<prefix>products` is searched; behind it is one index `<prefix>products-v<number>`. One that is filled has the
//! alias `<prefix>products-new` until it takes the other's place. Documents have the number of their change as their version,
//! so of several writers the one with the latest news wins, whoever comes first.

mod build;
mod client;
mod mapping;
mod query;
mod search;
mod server;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use kernel::{Clock, Fault};
use opensearch::indices::IndicesGetAliasParts;
use opensearch::params::{Refresh, SearchType, VersionType};
use opensearch::{BulkOperation, BulkOperations, BulkParts, GetParts, SearchParts};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::synonyms::Synonyms;
use super::words::fold;
use crate::app::{Change, NewIndex, ProductIndex, ProductSearch, Reached};
use crate::domain::{Listing, Text, suggest};
use client::{Answer, Client, READ, WRITE};
pub use server::Server;

/// Products that are looked at for suggestions.
const SUGGESTED_FROM: usize = 200;

/// An index of products on an OpenSearch server. The server is asked when something is needed; it may be away until then.
#[derive(Debug)]
pub struct OpenSearchIndex {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    client: Client,
    /// What is searched.
    alias: String,
    replicas: u32,
    synonyms: Synonyms,
}

/// One of the indexes of products on the server.
#[derive(Debug)]
struct Existing {
    name: String,
    build: u64,
    is_searched: bool,
}

impl OpenSearchIndex {
    /// The index on the server; nothing is asked yet.
    pub fn new(server: Server, clock: Arc<dyn Clock>) -> Self {
        let alias = format!("{}products", server.prefix);
        let client = Client::new(server.api, clock);
        Self {
            shared: Arc::new(Shared { client, alias, replicas: server.replicas, synonyms: Synonyms::of_the_shop() }),
        }
    }
}

impl Shared {
    /// How the names of indexes begin.
    fn stem(&self) -> String {
        format!("{}-v", self.alias)
    }

    /// The alias of what is being filled.
    fn beside(&self) -> String {
        format!("{}-new", self.alias)
    }

    /// All indexes of products, also those that were never finished.
    async fn indexes(&self, deadline: Duration) -> Result<Vec<Existing>, Fault> {
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
    async fn reached(&self, deadline: Duration) -> Result<Reached, Fault> {
        let first = self.look(deadline).await?;
        // Perhaps it was replaced and dropped between the two questions.
        if first.is_nothing() { self.look(deadline).await } else { Ok(first) }
    }

    async fn look(&self, deadline: Duration) -> Result<Reached, Fault> {
        let Some(index) = self.indexes(deadline).await?.into_iter().find(|index| index.is_searched) else {
            return Ok(Reached::default());
        };
        let nothing = Reached { build: index.build, ..Reached::default() };
        let name = build::note(index.build);
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
        if made_by_a_newer_release(version) {
            // Making it anew would undo what the newer release makes, and it would make it again, and so on.
            return Err(Fault::unavailable("the index was made by a newer release of the platform"));
        }
        Ok(if version == mapping::VERSION { Reached { source, seq, ..nothing } } else { nothing })
    }

    /// Writes the changes to what has the alias. What is there in a later version stays.
    async fn write(&self, alias: &str, changes: &[Change], refresh: Refresh) -> Result<(), Fault> {
        if changes.is_empty() {
            return Ok(());
        }
        let mut operations = BulkOperations::new();
        for change in changes {
            let put = BulkOperation::index(mapping::document(change)).id(change.id.to_string());
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
    async fn found(&self, question: &Value) -> Result<Value, Fault> {
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

    /// How many products match the text.
    async fn count(&self, text: &str) -> Result<u64, Fault> {
        let query = query::query(text, &self.synonyms.asked(text));
        let question = json!({ "query": query, "size": 0, "track_total_hits": true });
        Ok(self.found(&question).await?["hits"]["total"]["value"].as_u64().unwrap_or_default())
    }
}

#[async_trait]
impl ProductIndex for OpenSearchIndex {
    async fn reached(&self) -> Result<Reached, Fault> {
        // Searches wait while it finds out whether a server that was away is back.
        self.shared.reached(READ).await
    }

    async fn apply(&self, changes: Vec<Change>, reached: Reached) -> Result<(), Fault> {
        // Seen before the note tells of them, so that no page is kept for a generation that it is older than.
        self.shared.write(&self.shared.alias, &changes, Refresh::True).await?;
        self.shared.keep_reached(&self.shared.alias, reached.build, reached.source, reached.seq).await
    }

    async fn begin(&self) -> Result<Box<dyn NewIndex>, Fault> {
        Ok(Box::new(self.shared.create().await?))
    }

    async fn reopen(&self) {}

    async fn generation(&self) -> Result<String, Fault> {
        let reached = self.shared.reached(READ).await?;
        if reached.is_nothing() {
            return Err(Fault::unavailable("the index is being made"));
        }
        Ok(format!("{}-{}-{}-{}", self.shared.alias, reached.source, reached.build, reached.seq))
    }

    async fn search(&self, search: &ProductSearch) -> Result<Listing, Fault> {
        let asked = self.shared.synonyms.asked(search.text.as_str());
        let body = self.shared.found(&search::question(search, &asked)?).await?;
        let search::Page { mut listing, meant } = search::page(body, search, &asked)?;
        if let Some((text, found)) = meant {
            let would_find = self.shared.count(&text).await?;
            listing.did_you_mean = (would_find > 0 && would_find >= u64::try_from(found)?).then_some(text);
        }
        Ok(listing)
    }

    async fn suggest(&self, prefix: &Text, first: usize) -> Result<Vec<String>, Fault> {
        let prefix = prefix.as_str();
        if prefix.is_empty() {
            return Ok(Vec::new());
        }
        let body = self.shared.found(&search::beginnings(prefix, SUGGESTED_FROM)).await?;
        let texts: Vec<(String, String)> = search::called(body)?.into_iter().map(|text| (fold(&text), text)).collect();
        Ok(suggest(texts.iter().map(|(folded, text)| (folded.as_str(), text.as_str())), &fold(prefix), first))
    }
}

/// During a release old and new processes work side by side: the newer decide about the index.
fn made_by_a_newer_release(version: u32) -> bool {
    version > mapping::VERSION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_index_is_made_anew_and_a_newer_one_is_left_alone() {
        assert!(!made_by_a_newer_release(mapping::VERSION - 1));
        assert!(!made_by_a_newer_release(mapping::VERSION));
        assert!(made_by_a_newer_release(mapping::VERSION + 1));
    }
}
