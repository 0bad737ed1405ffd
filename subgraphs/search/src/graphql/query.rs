use async_graphql::{Context, Object, Result};
use gql::{Scoped, masked, page_size};
use kernel::Scope;

use super::types::{
    FoundOrders, FoundProducts, OrderSearchFilter, ProductSearchFilter, ProductSearchSort, orders, products, text,
};
use crate::app::App;

/// Entry points for reading.
#[derive(Debug)]
pub struct Query;

/// Entry points for reading.
#[Object(name = "Query")]
impl Query {
    /// Searches the products for sale: every word must be found in the title, vendor, tags, categories, variants, description, or the whole text be the beginning of a SKU.
    /// Small typos are forgiven, and the last word may be unfinished.
    async fn product_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What somebody typed, at most 256 characters, taken as plain text; empty finds everything.")]
        query: String,
        #[graphql(desc = "Which products; all when absent.")] filter: Option<ProductSearchFilter>,
        #[graphql(desc = "The order.", default_with = "Some(ProductSearchSort::Relevance)")] sort_by: Option<
            ProductSearchSort,
        >,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
    ) -> Result<FoundProducts> {
        let sort = sort_by.unwrap_or(ProductSearchSort::Relevance);
        products(ctx, &query, filter.unwrap_or_default(), sort, first, after.as_deref()).await
    }

    /// Titles, vendors and categories with a word that begins like the text, for a search field that completes.
    async fn search_suggestions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What somebody has typed so far, at most 256 characters.")] prefix: String,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(8)")] first: Option<i32>,
    ) -> Result<Vec<String>> {
        let (prefix, first) = (text(&prefix, "prefix")?, page_size(first.or(Some(8)))?);
        ctx.data::<App>()?.suggestions(prefix, first).await.map_err(|fault| masked(&fault))
    }

    /// Searches all orders, newest first, by the beginning of the number or of the shopper's e-mail address.
    #[graphql(guard = "Scoped(Scope::OrdersRead)", requires_scopes = "orders:read")]
    async fn order_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How the number or the e-mail address begins, at most 256 characters; empty finds everything."
        )]
        query: String,
        #[graphql(desc = "Which orders; all when absent.")] filter: Option<OrderSearchFilter>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
    ) -> Result<FoundOrders> {
        orders(ctx, &query, filter.unwrap_or_default(), first, after.as_deref()).await
    }
}
