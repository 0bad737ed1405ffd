use std::time::Duration;

use kernel::{Fault, FaultKind};
use serde::Serialize;

use super::App;
use crate::domain::{Filter, Listing, Place, Sort, Text};

/// How long a first page is kept. A change of the index is seen at once all the same: the key names its generation.
const LIFETIME: Duration = Duration::from_secs(60);
/// How long a first page is kept for the time when the index is away.
const LAST_GOOD: Duration = Duration::from_secs(3_600);

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
    /// Whether the index could not be asked: the page is an earlier one, or one that the database found by simpler means.
    pub degraded: bool,
}

/// What makes two first pages the same.
#[derive(Serialize)]
struct Asked<'a>(String, &'a Filter, Sort, usize);

impl App {
    /// A page of products. First pages are kept for a while: most visitors see no other. When the index is away the last page
    /// that it gave is shown, or else what the database finds.
    ///
    /// # Errors
    /// The index's, and the database's when the index is away.
    pub async fn search_products(&self, search: ProductSearch) -> Result<Found, Fault> {
        match self.indexed_page(&search).await {
            Err(fault) if fault.kind() == FaultKind::Unavailable => {
                tracing::warn!(%fault, "the index is away: searches without it");
                self.degraded_page(&search).await
            }
            answered => answered,
        }
    }

    async fn indexed_page(&self, search: &ProductSearch) -> Result<Found, Fault> {
        if search.after.is_some() {
            return Ok(Found { listing: self.index.search(search).await?, cached: false, degraded: false });
        }
        let (generation, asked) = (self.index.generation().await?, asked(search)?);
        // When the index changes, all first pages are new: who asks for the same one meanwhile waits for it to be made once.
        let make = async || {
            let page = serde_json::to_vec(&self.index.search(search).await?)?;
            self.cache.put(&last_good(&asked), page.clone(), LAST_GOOD).await;
            Ok::<_, Fault>(page)
        };
        let made = self.makers.get_or_make(&format!("search:{generation}:{asked}"), LIFETIME, make).await?;
        match serde_json::from_slice(&made.value) {
            Ok(listing) => Ok(Found { listing, cached: made.hit, degraded: false }),
            // Of another version of this service, with which it shares the cache.
            Err(_) => Ok(Found { listing: self.index.search(search).await?, cached: false, degraded: false }),
        }
    }

    async fn degraded_page(&self, search: &ProductSearch) -> Result<Found, Fault> {
        if search.after.is_none()
            && let Some(kept) = self.cache.get(&last_good(&asked(search)?)).await
            && let Ok(listing) = serde_json::from_slice(&kept)
        {
            return Ok(Found { listing, cached: true, degraded: true });
        }
        Ok(Found { listing: self.page_without_index(search).await?, cached: false, degraded: true })
    }

    /// What somebody who has typed the prefix may want to search for. When the index is away, titles that begin so.
    ///
    /// # Errors
    /// The index's, and the database's when the index is away.
    pub async fn suggestions(&self, prefix: Text, first: usize) -> Result<Vec<String>, Fault> {
        match self.index.suggest(&prefix, first).await {
            Err(fault) if fault.kind() == FaultKind::Unavailable => self.titles(&prefix, first).await,
            answered => answered,
        }
    }
}

fn asked(search: &ProductSearch) -> Result<String, Fault> {
    let asked = Asked(search.text.as_str().to_lowercase(), &search.filter, search.sort, search.first);
    Ok(serde_json::to_string(&asked)?)
}

fn last_good(asked: &str) -> String {
    format!("search:last:{asked}")
}
