use std::collections::HashMap;

use kernel::{Fault, OrderId, VariantId, WarehouseId};
use uuid::Uuid;

use super::{App, Movement, Place, Reservation, Warehouse};
use crate::domain::{Level, Shelf};
use crate::store::{history, level, reservation_read, stock, warehouse};

/// Reads: each is a fixed number of statements, whatever the number of rows.
impl App {
    /// What can be sold of the variants. One that was never in stock is not among them.
    ///
    /// # Errors
    /// The database's.
    pub async fn levels(&self, variants: &[VariantId]) -> Result<HashMap<VariantId, Level>, Fault> {
        let ids: Vec<Uuid> = variants.iter().map(|id| id.0).collect();
        let found = level::by_ids(&mut *self.pool.acquire().await?, &ids).await?;
        Ok(found.into_iter().map(|level| (level.variant_id, level)).collect())
    }

    /// All warehouses, in the order in which they are asked.
    ///
    /// # Errors
    /// The database's.
    pub async fn warehouses(&self) -> Result<Vec<Warehouse>, Fault> {
        Ok(warehouse::all(&mut *self.pool.acquire().await?).await?)
    }

    /// The warehouses by their ids.
    ///
    /// # Errors
    /// The database's.
    pub async fn warehouses_by_id(&self, ids: &[WarehouseId]) -> Result<HashMap<WarehouseId, Warehouse>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let found = warehouse::by_ids(&mut *self.pool.acquire().await?, &ids).await?;
        Ok(found.into_iter().map(|warehouse| (warehouse.id, warehouse)).collect())
    }

    /// The shelves of the variant, in the order in which warehouses are asked.
    ///
    /// # Errors
    /// The database's.
    pub async fn shelves(&self, variant: VariantId) -> Result<Vec<Shelf>, Fault> {
        Ok(stock::of_variant(&mut *self.pool.acquire().await?, variant).await?)
    }

    /// A page of the variant's history, latest first, with one more than `first` when there is a next page.
    ///
    /// # Errors
    /// The database's.
    pub async fn movements(
        &self,
        variant: VariantId,
        before: Option<&Place>,
        first: usize,
    ) -> Result<Vec<Movement>, Fault> {
        let limit = i64::try_from(first.saturating_add(1))?;
        Ok(history::page(&mut *self.pool.acquire().await?, variant, before, limit).await?)
    }

    /// How many changes the variant has had.
    ///
    /// # Errors
    /// The database's.
    pub async fn movement_count(&self, variant: VariantId) -> Result<i64, Fault> {
        Ok(history::count(&mut *self.pool.acquire().await?, variant).await?)
    }

    /// What became of the stock of the order; `None` when nothing was ever asked for it.
    ///
    /// # Errors
    /// The database's.
    pub async fn reservation(&self, order: OrderId) -> Result<Option<Reservation>, Fault> {
        let mut conn = self.pool.acquire().await?;
        let Some(found) = reservation_read::by_order(&mut conn, order).await? else { return Ok(None) };
        let lines = reservation_read::lines(&mut conn, order).await?;
        let allocations = reservation_read::allocations(&mut conn, order).await?;
        Ok(Some(Reservation { lines, allocations, ..found }))
    }
}
