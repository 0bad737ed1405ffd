use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{CategoryId, Fault, ProductId, VariantId};

use crate::app::{App, Category, Media, PriceRange, Product, Variant};

/// Key of a product's variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct VariantsOf(pub(crate) ProductId);
/// Key of a product's pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MediaOf(pub(crate) ProductId);
/// Key of a product's price ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PriceRangesOf(pub(crate) ProductId);

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
