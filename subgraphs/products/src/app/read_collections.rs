use std::collections::HashMap;

use kernel::{CollectionId, Fault, ProductId};
use uuid::Uuid;

use super::{App, Collected, Collection, Place, Product};
use crate::store::{collected, collection};

/// Reads: each is one statement, whatever the number of rows.
impl App {
    /// The collection by its slug.
    ///
    /// # Errors
    /// The database's.
    pub async fn collection_by_slug(&self, slug: &str) -> Result<Option<Collection>, Fault> {
        Ok(collection::by_slug(&mut *self.pool.acquire().await?, slug).await?)
    }

    /// A page of the collections by title, with one more than `first` when there is a next page.
    ///
    /// # Errors
    /// The database's.
    pub async fn collections(&self, after: Option<&Place>, first: usize) -> Result<Vec<Collection>, Fault> {
        let limit = i64::try_from(first.saturating_add(1))?;
        Ok(collection::page(&mut *self.pool.acquire().await?, after, limit).await?)
    }

    /// How many collections there are.
    ///
    /// # Errors
    /// The database's.
    pub async fn count_collections(&self) -> Result<i64, Fault> {
        Ok(collection::count(&mut *self.pool.acquire().await?).await?)
    }

    /// The collections that each of the products is in, by title.
    ///
    /// # Errors
    /// The database's.
    pub async fn collections_of(&self, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<Collection>>, Fault> {
        let ids: Vec<Uuid> = products.iter().map(|id| id.0).collect();
        Ok(collection::of_products(&mut *self.pool.acquire().await?, &ids).await?)
    }

    /// Pages of collections' products in order, each at most `limit` long, with the products' positions.
    ///
    /// # Errors
    /// The database's.
    pub async fn collected(
        &self,
        pages: &[Collected],
        limit: usize,
    ) -> Result<HashMap<Collected, Vec<(i32, Product)>>, Fault> {
        let limit = i64::try_from(limit)?;
        let mut found: HashMap<Collected, Vec<_>> = HashMap::new();
        for (index, position, product) in collected::pages(&mut *self.pool.acquire().await?, pages, limit).await? {
            if let Some(page) = pages.get(index) {
                found.entry(*page).or_default().push((position, product));
            }
        }
        Ok(found)
    }

    /// How many products each of the collections has: all of them, and those for sale.
    ///
    /// # Errors
    /// The database's.
    pub async fn count_collected(
        &self,
        collections: &[CollectionId],
    ) -> Result<HashMap<CollectionId, (i64, i64)>, Fault> {
        let ids: Vec<Uuid> = collections.iter().map(|id| id.0).collect();
        Ok(collected::count(&mut *self.pool.acquire().await?, &ids).await?)
    }
}
