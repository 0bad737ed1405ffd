use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};

use super::{ProductFilter, ProductSort, Products, products};
use crate::app;

/// A node of the category tree.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Category {
    /// Identifies the category for good.
    pub id: ID,
    /// Part of the category's address in the shop, for example `kitchen-coffee-tea`. Unique.
    pub slug: String,
    /// Display name.
    pub name: String,
    /// Names from the root to this category, for a breadcrumb.
    pub path: Vec<String>,
}

impl From<app::Category> for Category {
    fn from(of: app::Category) -> Self {
        Self { id: of.id.0.into(), slug: of.slug, name: of.path.last().cloned().unwrap_or_default(), path: of.path }
    }
}

#[ComplexObject]
impl Category {
    /// The products of this category and of those below it.
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "Narrows the list further; its `category` is ignored.")] filter: Option<ProductFilter>,
        #[graphql(desc = "The order.", default_with = "Some(ProductSort::Newest)")] sort_by: Option<ProductSort>,
    ) -> Result<Products> {
        let filter = ProductFilter { category: Some(self.slug.clone()), ..filter.unwrap_or_default() };
        products(ctx, first, after, filter, sort_by).await
    }
}
