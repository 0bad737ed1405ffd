use async_graphql::{Context, ID, Object, Result};
use gql::{masked, parse_id};
use kernel::{ProductId, VariantId};

use super::Loader;
use super::types::{
    Category, Collection, Collections, Product, ProductFilter, ProductSort, ProductVariant, Products, collections,
    products,
};
use crate::app::{self, App};
use crate::domain::is_slug;

/// Entry points for reading the catalogue.
#[derive(Debug)]
pub struct Query;

async fn by_id(ctx: &Context<'_>, id: &ID) -> Result<Option<app::Product>> {
    let Some(id) = parse_id::<ProductId>(id) else { return Ok(None) };
    ctx.data::<Loader>()?.load_one(id).await.map_err(|fault| masked(&fault))
}

/// Entry points for reading.
#[Object(name = "Query")]
impl Query {
    /// A product by its id or its slug; null when there is none that you can see. Give one of the two.
    async fn product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product's id.")] id: Option<ID>,
        #[graphql(desc = "The product's slug, from its address in the shop.")] slug: Option<String>,
    ) -> Result<Option<Product>> {
        let found = match (id, slug) {
            (Some(id), _) => by_id(ctx, &id).await?,
            // What is no slug belongs to nothing; the database need not be asked (nor be given a NUL, which it refuses).
            (None, Some(slug)) if !is_slug(&slug) => None,
            (None, Some(slug)) => ctx.data::<App>()?.product_by_slug(&slug).await.map_err(|fault| masked(&fault))?,
            (None, None) => None,
        };
        Ok(found.and_then(|product| Product::for_sale(ctx, product)))
    }

    /// The products for sale, a page at a time.
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "Which products; all when absent.")] filter: Option<ProductFilter>,
        #[graphql(desc = "The order.", default_with = "Some(ProductSort::Newest)")] sort_by: Option<ProductSort>,
    ) -> Result<Products> {
        products(ctx, first, after, filter.unwrap_or_default(), sort_by).await
    }

    /// A category by its slug; null when there is none.
    async fn category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The category's slug.")] slug: String,
    ) -> Result<Option<Category>> {
        let all = ctx.data::<App>()?.categories().await.map_err(|fault| masked(&fault))?;
        Ok(all.into_iter().find(|category| category.slug == slug).map(Into::into))
    }

    /// All categories, parents before children.
    async fn categories(&self, ctx: &Context<'_>) -> Result<Vec<Category>> {
        let all = ctx.data::<App>()?.categories().await.map_err(|fault| masked(&fault))?;
        Ok(all.into_iter().map(Into::into).collect())
    }

    /// A collection by its slug; null when there is none.
    async fn collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The collection's slug.")] slug: String,
    ) -> Result<Option<Collection>> {
        if !is_slug(&slug) {
            return Ok(None);
        }
        let found = ctx.data::<App>()?.collection_by_slug(&slug).await.map_err(|fault| masked(&fault))?;
        Ok(found.map(Into::into))
    }

    /// All collections by title, a page at a time.
    async fn collections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
    ) -> Result<Collections> {
        collections(ctx, first, after).await
    }

    #[graphql(entity)]
    async fn find_product(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Product>> {
        Ok(by_id(ctx, &id).await?.and_then(|product| Product::known(ctx, product)))
    }

    #[graphql(entity)]
    async fn find_variant(&self, ctx: &Context<'_>, id: ID) -> Result<Option<ProductVariant>> {
        let Some(id) = parse_id::<VariantId>(&id) else { return Ok(None) };
        let Some(found) = ctx.data::<Loader>()?.load_one(id).await.map_err(|fault| masked(&fault))? else {
            return Ok(None);
        };
        let variant = ProductVariant::from(found);
        // A variant is known to whom its product is.
        Ok(variant.of_known_product(ctx).await?.map(|_| variant))
    }
}
