use async_trait::async_trait;
use kernel::Fault;
use serde_json::json;

use super::super::synonyms::Synonyms;
use super::super::words::fold;
use super::{OpenSearchProducts, query, search};
use crate::app::{ProductIndex, ProductSearch};
use crate::domain::{Listing, Text, suggest};

/// Products that are looked at for suggestions.
const SUGGESTED_FROM: usize = 200;

impl OpenSearchProducts {
    /// How many products match the text.
    async fn found(&self, text: &str) -> Result<u64, Fault> {
        let query = query::query(text, &Synonyms::of_the_shop().asked(text));
        let question = json!({ "query": query, "size": 0, "track_total_hits": true });
        Ok(self.shared.found(&question).await?["hits"]["total"]["value"].as_u64().unwrap_or_default())
    }
}

#[async_trait]
impl ProductIndex for OpenSearchProducts {
    async fn generation(&self) -> Result<String, Fault> {
        let reached = self.shared.filled().await?;
        Ok(format!("{}-{}-{}-{}", self.shared.alias, reached.source, reached.build, reached.seq))
    }

    async fn search(&self, search: &ProductSearch) -> Result<Listing, Fault> {
        let asked = Synonyms::of_the_shop().asked(search.text.as_str());
        let body = self.shared.found(&search::question(search, &asked)?).await?;
        let search::Page { mut listing, meant } = search::page(body, search, &asked)?;
        if let Some((text, found)) = meant {
            let would_find = self.found(&text).await?;
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
