use std::time::Duration;

use kernel::Fault;

use super::App;
use crate::domain::{Filter, Listing, Place, Sort, Text};

/// How long a first page is kept. A change of the index is seen at once all the same: the key names its generation.
const LIFETIME: Duration = Duration::from_secs(60);

/// What to search for among the products.
#[derive(Debug, Clone)]
pub struct ProductSearch {
    /// What somebody typed; empty finds everything.
    pub text: Text,
    /// Which products.
    pub filter: Filter,
    /// The order.
    pub sort: Sort,
    /// After this place of an earlier page.
    pub after: Option<Place>,
    /// How many.
    pub first: usize,
}

/// What was found, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The page.
    pub listing: Listing,
    /// Whether it came from the cache.
    pub cached: bool,
}

impl App {
    /// A page of products. First pages are kept for a while: most visitors see no other.
    ///
    /// # Errors
    /// The index's.
    pub async fn search_products(&self, search: ProductSearch) -> Result<Found, Fault> {
        if search.after.is_some() {
            return Ok(Found { listing: self.page(search).await?, cached: false });
        }
        let key = self.key(&search).await?;
        // When the index changes, all first pages are new: who asks for the same one meanwhile waits for it to be made once.
        let make = || async { Ok::<_, Fault>(serde_json::to_vec(&self.page(search).await?)?) };
        let made = self.makers.get_or_make(&key, LIFETIME, make).await?;
        Ok(Found { listing: serde_json::from_slice(&made.value)?, cached: made.hit })
    }

    async fn page(&self, search: ProductSearch) -> Result<Listing, Fault> {
        self.with_index(move |index| {
            let ProductSearch { text, filter, sort, after, first } = search;
            index.search(&text, &filter, sort, after.as_ref(), first)
        })
        .await
    }

    async fn key(&self, search: &ProductSearch) -> Result<String, Fault> {
        let generation = self.with_index(|index| index.generation()).await?;
        let asked = (search.text.as_str().to_lowercase(), &search.filter, search.sort, search.first);
        Ok(format!("search:{generation}:{}", serde_json::to_string(&asked)?))
    }

    /// What somebody who has typed the prefix may want to search for.
    ///
    /// # Errors
    /// The index's.
    pub async fn suggestions(&self, prefix: Text, first: usize) -> Result<Vec<String>, Fault> {
        self.with_index(move |index| index.suggest(&prefix, first)).await
    }
}
