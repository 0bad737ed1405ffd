use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use gql::{Keyset, masked, page_after, page_size};
use kernel::{VariantId, WarehouseId};
use time::OffsetDateTime;

use super::{Order, ProductVariant, User, Warehouse, units, warehouse};
use crate::app::{self, App, Place};
use crate::domain::Kind;

/// A change of what a warehouse holds of a variant. All changes of a variant add up to its stock.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct StockMovement {
    /// Identifies the movement.
    pub id: ID,
    /// Why it happened, for programs.
    pub kind: StockMovementKind,
    /// What moved.
    pub variant: ProductVariant,
    /// Units that came; negative for those that went.
    pub on_hand_delta: i32,
    /// Units that were set aside for an order; negative for those that no longer are.
    pub reserved_delta: i32,
    /// The order that it happened for; null for one without.
    pub order: Option<Order>,
    /// Who did it; null for what the platform does by itself.
    pub actor: Option<User>,
    /// Why somebody did it; null for what the platform does by itself.
    pub reason: Option<String>,
    /// When it happened.
    pub at: OffsetDateTime,
    #[graphql(skip)]
    place: WarehouseId,
}

/// Why stock moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Kind")]
pub enum StockMovementKind {
    /// The variant was new and had stock.
    Receive,
    /// Somebody corrected the stock.
    Adjust,
    /// Units were set aside for an order.
    Reserve,
    /// The order gave up its units.
    Release,
    /// The order was not paid in time and lost its units.
    Expire,
    /// The units left for the order.
    Commit,
    /// The units came back from the order.
    Restock,
}

impl From<app::Movement> for StockMovement {
    fn from(of: app::Movement) -> Self {
        Self {
            id: of.id.into(),
            kind: of.kind.into(),
            variant: of.variant_id.into(),
            on_hand_delta: units(of.on_hand),
            reserved_delta: units(of.reserved),
            order: of.order_id.map(|order| Order { id: order.0.into() }),
            actor: of.actor_id.map(|actor| User { id: actor.0.into() }),
            reason: of.reason,
            at: of.at,
            place: of.warehouse_id,
        }
    }
}

#[ComplexObject]
impl StockMovement {
    /// Where it moved.
    async fn warehouse(&self, ctx: &Context<'_>) -> Result<Warehouse> {
        warehouse(ctx, self.place).await
    }
}

/// Counts the list, if asked.
pub struct StockMovementsTotal(VariantId);

#[Object]
impl StockMovementsTotal {
    /// How many movements there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        ctx.data::<App>()?.movement_count(self.0).await.map_err(|fault| masked(&fault))
    }
}

/// A page of movements.
pub(crate) type StockMovements = Connection<Keyset, StockMovement, StockMovementsTotal, EmptyFields>;

/// Lists the movements of the variant, latest first.
pub(crate) async fn movements(
    ctx: &Context<'_>,
    variant: VariantId,
    first: Option<i32>,
    after: Option<String>,
) -> Result<StockMovements> {
    let count = page_size(first)?;
    let after = page_after(after.as_deref())?
        .map(|keyset| Ok::<_, async_graphql::Error>(Place { at: keyset.time()?, id: keyset.id }))
        .transpose()?;
    let found = ctx.data::<App>()?.movements(variant, after.as_ref(), count).await;
    let mut found = found.map_err(|fault| masked(&fault))?;
    let has_next = found.len() > count;
    found.truncate(count);
    let mut page = Connection::with_additional_fields(after.is_some(), has_next, StockMovementsTotal(variant));
    for of in found {
        page.edges.push(Edge::new(Keyset::at(of.at, of.id), of.into()));
    }
    Ok(page)
}
