use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{CategoryId, CollectionId, Fault, ProductId, VariantId};

use crate::app::{App, Category, Collected, Collection, Media, PriceRange, Product, Variant};

/// Key of a product's variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct VariantsOf(pub(crate) ProductId);
/// Key of a product's pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MediaOf(pub(crate) ProductId);
/// Key of a product's price ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PriceRangesOf(pub(crate) ProductId);

/// Key of the collections that a product is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CollectionsOf(pub(crate) ProductId);
/// Key of a page of a collection's products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CollectedPage {
    pub(crate) of: Collected,
    pub(crate) limit: usize,
}
/// Key of the number of a collection's products: all of them, and those for sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CountOf(pub(crate) CollectionId);

macro_rules! loader {
    ($key:ty => $value:ty, |$app:ident, $keys:ident| $load:expr) => {
        impl Loader<$key> for App {
            type Value = $value;
            type Error = Arc<Fault>;

            async fn load(&self, $keys: &[$key]) -> Result<HashMap<$key, $value>, Arc<Fault>> {
                let $app = self;
                Ok($load)
            }
        }
    };
}

loader!(ProductId => Product, |app, keys| app.products_by_id(keys).await.map_err(Arc::new)?);
loader!(VariantId => Variant, |app, keys| app.variants_by_id(keys).await.map_err(Arc::new)?);
loader!(CategoryId => Category, |app, keys| app.categories_by_id(keys).await.map_err(Arc::new)?);
loader!(VariantsOf => Vec<Variant>, |app, keys| {
    let ids: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
    app.variants_of(&ids).await.map_err(Arc::new)?.into_iter().map(|(id, found)| (VariantsOf(id), found)).collect()
});
loader!(MediaOf => Vec<Media>, |app, keys| {
    let ids: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
    app.media_of(&ids).await.map_err(Arc::new)?.into_iter().map(|(id, found)| (MediaOf(id), found)).collect()
});
loader!(PriceRangesOf => Vec<PriceRange>, |app, keys| {
    let ids: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
    app.price_ranges_of(&ids).await.map_err(Arc::new)?.into_iter().map(|(id, found)| (PriceRangesOf(id), found)).collect()
});
loader!(CollectionsOf => Vec<Collection>, |app, keys| {
    let ids: Vec<ProductId> = keys.iter().map(|key| key.0).collect();
    app.collections_of(&ids).await.map_err(Arc::new)?.into_iter().map(|(id, found)| (CollectionsOf(id), found)).collect()
});
loader!(CollectedPage => Vec<(i32, Product)>, |app, keys| {
    // Pages of different lengths are cut from ones of the greatest length.
    let limit = keys.iter().map(|key| key.limit).max().unwrap_or_default();
    let pages: HashSet<Collected> = keys.iter().map(|key| key.of).collect();
    let found = app.collected(&pages.into_iter().collect::<Vec<_>>(), limit).await.map_err(Arc::new)?;
    let cut = |key: &CollectedPage| Some((*key, found.get(&key.of)?.iter().take(key.limit).cloned().collect()));
    keys.iter().filter_map(cut).collect()
});
loader!(CountOf => (i64, i64), |app, keys| {
    let ids: Vec<CollectionId> = keys.iter().map(|key| key.0).collect();
    app.count_collected(&ids).await.map_err(Arc::new)?.into_iter().map(|(id, found)| (CountOf(id), found)).collect()
});
