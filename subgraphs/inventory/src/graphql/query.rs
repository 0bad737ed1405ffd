use async_graphql::{Context, ID, Object, Result};
use gql::{Scoped, masked, parse_id};
use kernel::{Scope, VariantId};
use uuid::Uuid;

use super::types::{ProductVariant, StockLevel, StockMovements, StockReservation, Warehouse, movements};
use crate::app::App;

/// Entry points for reading.
#[derive(Debug)]
pub struct Query;

/// Entry points for reading.
#[Object(name = "Query")]
impl Query {
    /// All warehouses, in the order in which they are asked for stock.
    #[graphql(guard = "Scoped(Scope::StockRead)", requires_scopes = "stock:read")]
    async fn warehouses(&self, ctx: &Context<'_>) -> Result<Vec<Warehouse>> {
        let found = ctx.data::<App>()?.warehouses().await.map_err(|fault| masked(&fault))?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// What each warehouse holds of a variant; empty for a variant that no stock is kept for.
    #[graphql(guard = "Scoped(Scope::StockRead)", requires_scopes = "stock:read")]
    async fn stock_levels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variant.")] variant_id: ID,
    ) -> Result<Vec<StockLevel>> {
        let Some(variant) = parse_id(&variant_id) else { return Ok(Vec::new()) };
        let found = ctx.data::<App>()?.shelves(variant).await.map_err(|fault| masked(&fault))?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// The changes of a variant's stock, the latest first, a page at a time.
    #[graphql(guard = "Scoped(Scope::StockRead)", requires_scopes = "stock:read")]
    async fn stock_movements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variant.")] variant_id: ID,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
    ) -> Result<StockMovements> {
        // What is no id of ours is the id of nothing, like the nil UUID.
        let variant = parse_id(&variant_id).unwrap_or(VariantId(Uuid::nil()));
        movements(ctx, variant, first, after).await
    }

    /// What became of an order's request for stock; null for an order that inventory never heard of.
    #[graphql(guard = "Scoped(Scope::StockRead)", requires_scopes = "stock:read")]
    async fn reservation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] order_id: ID,
    ) -> Result<Option<StockReservation>> {
        let Some(order) = parse_id(&order_id) else { return Ok(None) };
        let found = ctx.data::<App>()?.reservation(order).await.map_err(|fault| masked(&fault))?;
        Ok(found.map(Into::into))
    }

    #[graphql(entity)]
    async fn find_variant(&self, id: ID) -> Option<ProductVariant> {
        parse_id::<VariantId>(&id).map(Into::into)
    }
}
