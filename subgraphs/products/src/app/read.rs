use std::collections::HashMap;

use kernel::{CategoryId, Fault, ProductId, VariantId};
use uuid::Uuid;

use super::{App, Category, Filter, Listed, Media, Place, PriceRange, Product, Sort, Variant};
use crate::store::{category, listing, read};

/// Reads: each is one statement, whatever the number of rows.
impl App {
    /// The products by their ids, whatever their status.
    ///
    /// # Errors
    /// The database's.
    pub async fn products_by_id(&self, ids: &[ProductId]) -> Result<HashMap<ProductId, Product>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let found = read::by_ids(&mut *self.pool.acquire().await?, &ids).await?;
        Ok(found.into_iter().map(|product| (product.id, product)).collect())
    }

    /// The product by its slug, whatever its status.
    ///
    /// # Errors
    /// The database's.
    pub async fn product_by_slug(&self, slug: &str) -> Result<Option<Product>, Fault> {
        Ok(read::by_slug(&mut *self.pool.acquire().await?, slug).await?)
    }

    /// A page of the products that shoppers can see, with one more than `first` when there is a next page.
    ///
    /// # Errors
    /// The database's, also for a place that does not fit the order.
    pub async fn list(
        &self,
        filter: &Filter,
        sort: Sort,
        after: Option<&Place>,
        first: usize,
    ) -> Result<Vec<Listed>, Fault> {
        let limit = i64::try_from(first.saturating_add(1))?;
        Ok(listing::page(&mut *self.pool.acquire().await?, filter, sort, after, limit).await?)
    }

    /// How many products the filter leaves.
    ///
    /// # Errors
    /// The database's.
    pub async fn count(&self, filter: &Filter) -> Result<i64, Fault> {
        Ok(listing::count(&mut *self.pool.acquire().await?, filter).await?)
    }

    /// The variants by their ids.
    ///
    /// # Errors
    /// The database's.
    pub async fn variants_by_id(&self, ids: &[VariantId]) -> Result<HashMap<VariantId, Variant>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let found = read::variants(&mut *self.pool.acquire().await?, &[], &ids).await?;
        Ok(found.into_iter().map(|variant| (variant.id, variant)).collect())
    }

    /// The variants of the products, in display order.
    ///
    /// # Errors
    /// The database's.
    pub async fn variants_of(&self, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<Variant>>, Fault> {
        let ids: Vec<Uuid> = products.iter().map(|id| id.0).collect();
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for variant in read::variants(&mut *self.pool.acquire().await?, &ids, &[]).await? {
            found.entry(variant.product_id).or_default().push(variant);
        }
        Ok(found)
    }

    /// The pictures of the products, in display order.
    ///
    /// # Errors
    /// The database's.
    pub async fn media_of(&self, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<Media>>, Fault> {
        let ids: Vec<Uuid> = products.iter().map(|id| id.0).collect();
        Ok(read::media(&mut *self.pool.acquire().await?, &ids).await?)
    }

    /// The price ranges of the products, by currency.
    ///
    /// # Errors
    /// The database's.
    pub async fn price_ranges_of(&self, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<PriceRange>>, Fault> {
        let ids: Vec<Uuid> = products.iter().map(|id| id.0).collect();
        Ok(read::price_ranges(&mut *self.pool.acquire().await?, &ids).await?)
    }

    /// All categories, parents before children.
    ///
    /// # Errors
    /// The database's.
    pub async fn categories(&self) -> Result<Vec<Category>, Fault> {
        Ok(category::all(&mut *self.pool.acquire().await?).await?)
    }

    /// The categories by their ids.
    ///
    /// # Errors
    /// The database's.
    pub async fn categories_by_id(&self, ids: &[CategoryId]) -> Result<HashMap<CategoryId, Category>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let found = category::by_ids(&mut *self.pool.acquire().await?, &ids).await?;
        Ok(found.into_iter().map(|category| (category.id, category)).collect())
    }
}
