use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use gql::masked;
use kernel::{Fault, WarehouseId};

use super::{ProductVariant, units};
use crate::app;
use crate::domain::Shelf;
use crate::graphql::Loader;

/// A place where stock is kept.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Warehouse {
    /// Identifies the warehouse for good.
    pub id: ID,
    /// What people call it for good, for example `MAIN`. Unique.
    pub code: String,
    /// Display name.
    pub name: String,
    /// Where it is: the country's two-letter code (ISO 3166-1), for example `DE`.
    pub country: String,
    /// Orders are served from the lowest first: of the warehouses that have everything, or else of all.
    pub priority: i32,
    /// Whether its stock can be sold.
    pub active: bool,
}

impl From<app::Warehouse> for Warehouse {
    fn from(of: app::Warehouse) -> Self {
        let app::Warehouse { id, code, name, country, priority, active } = of;
        Self { id: id.0.into(), code, name, country, priority, active }
    }
}

/// The warehouse that a row names.
pub(crate) async fn warehouse(ctx: &Context<'_>, id: WarehouseId) -> Result<Warehouse> {
    let found = ctx.data::<Loader>()?.load_one(id).await.map_err(|fault| masked(&fault))?;
    let found = found.ok_or_else(|| masked(&Fault::internal(format!("warehouse {id} is gone"))))?;
    Ok(found.into())
}

/// What a warehouse holds of a variant.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct StockLevel {
    /// What.
    pub variant: ProductVariant,
    /// Units that are there.
    pub on_hand: i32,
    /// Units of them that are set aside for orders.
    pub reserved: i32,
    /// Units that are there and not set aside. They can be sold if the warehouse is active.
    pub available: i32,
    #[graphql(skip)]
    at: WarehouseId,
}

impl From<Shelf> for StockLevel {
    fn from(of: Shelf) -> Self {
        Self {
            variant: of.variant_id.into(),
            on_hand: units(of.on_hand),
            reserved: units(of.reserved),
            available: units(of.on_hand - of.reserved),
            at: of.warehouse_id,
        }
    }
}

#[ComplexObject]
impl StockLevel {
    /// Where.
    async fn warehouse(&self, ctx: &Context<'_>) -> Result<Warehouse> {
        warehouse(ctx, self.at).await
    }
}
