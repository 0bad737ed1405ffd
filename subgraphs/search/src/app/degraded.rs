use kernel::Fault;

use super::change::indexed;
use super::{App, ProductSearch};
use crate::domain::{Facts, Listing, Text, list};
use crate::store::product_read;

/// Products that are looked at when the index is away.
const MOST: i64 = 1_000;

/// Searching without the index: in the documents, by PostgreSQL's own words, without typos and unfinished words.
impl App {
    /// A page of the best thousand that match the text and the filter's vendor, category and tag; so its facets count only
    /// what these three leave.
    pub(super) async fn page_without_index(&self, search: &ProductSearch) -> Result<Listing, Fault> {
        let conn = &mut *self.pool.acquire().await?;
        let found = product_read::matching(conn, search.text.as_str(), &search.filter, MOST).await?;
        let found: Vec<(f32, Facts)> =
            found.into_iter().filter_map(|(rank, document)| Some((rank, indexed(document)?.facts))).collect();
        let matched: Vec<(f32, &Facts)> = found.iter().map(|(rank, facts)| (*rank, facts)).collect();
        Ok(list(&matched, &search.filter, search.sort, search.after.as_ref(), search.first))
    }

    /// Titles that begin with the prefix.
    pub(super) async fn titles(&self, prefix: &Text, first: usize) -> Result<Vec<String>, Fault> {
        if prefix.as_str().is_empty() {
            return Ok(Vec::new());
        }
        let conn = &mut *self.pool.acquire().await?;
        Ok(product_read::titles(conn, &prefix.as_str().to_lowercase(), i64::try_from(first)?).await?)
    }
}
