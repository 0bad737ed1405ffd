use async_graphql::{ComplexObject, Context, Enum, ID, Result, SimpleObject};
use gql::masked;
use kernel::VariantId;

use super::units;
use crate::domain::{Level, Supply};
use crate::graphql::Loader;

/// Something that can be bought: a product with every option chosen.
#[derive(SimpleObject)]
#[graphql(complex, serial)]
pub struct ProductVariant {
    /// Identifies the variant for good.
    pub id: ID,
    #[graphql(skip)]
    of: VariantId,
    /// The level, where it is known without looking.
    #[graphql(skip)]
    level: Option<Level>,
}

impl From<VariantId> for ProductVariant {
    fn from(of: VariantId) -> Self {
        Self { id: of.0.into(), of, level: None }
    }
}

impl From<Level> for ProductVariant {
    fn from(level: Level) -> Self {
        Self { level: Some(level), ..level.variant_id.into() }
    }
}

/// Whether and how much of a variant can be bought, as last heard: mostly a moment ago, and at most 30 seconds. It is no promise:
/// units are set aside when an order is placed.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Availability {
    /// Units that can be bought, in all warehouses.
    pub quantity: i32,
    /// What the quantity means to a shopper.
    pub status: AvailabilityStatus,
}

/// Whether a variant can be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Supply")]
#[expect(clippy::enum_variant_names, reason = "IN_STOCK and OUT_OF_STOCK are what shoppers know")]
pub enum AvailabilityStatus {
    /// There is enough.
    InStock,
    /// There is little: at or below the variant's threshold.
    LowStock,
    /// There is none.
    OutOfStock,
}

#[ComplexObject]
impl ProductVariant {
    /// Whether and how much of it can be bought, as last heard: at most 30 seconds ago.
    async fn availability(&self, ctx: &Context<'_>) -> Result<Availability> {
        let found = match self.level {
            Some(level) => Some(level),
            None => ctx.data::<Loader>()?.load_one(self.of).await.map_err(|fault| masked(&fault))?,
        };
        // A variant of which nothing is known yet has no stock.
        let level = found.unwrap_or_else(|| Level::none(self.of));
        Ok(Availability { quantity: units(level.available), status: level.supply().into() })
    }
}
