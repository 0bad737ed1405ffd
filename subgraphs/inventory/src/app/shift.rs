use events::inventory::{LevelChanged, StockLow};
use kernel::{Fault, OrderId};
use messaging::Telling;
use sqlx::PgConnection;

use super::App;
use crate::domain::{Allocation, Kind};
use crate::store::level::Changed;
use crate::store::movement::{self, ByHand, Move};

impl App {
    /// What the allocation changes on its shelf, with so many units more there and set aside for each of its own.
    pub(super) fn moved(&self, order: OrderId, of: &Allocation, (on_hand, reserved): (i64, i64)) -> Move {
        Move {
            id: self.clock.uuid(),
            order: Some(order),
            variant: of.variant_id,
            warehouse: of.warehouse_id,
            on_hand: on_hand * of.quantity,
            reserved: reserved * of.quantity,
        }
    }

    /// Changes locked shelves; answers with what there is to tell of it.
    pub(super) async fn shift(
        &self,
        conn: &mut PgConnection,
        kind: Kind,
        moves: &[Move],
        by_hand: Option<ByHand<'_>>,
    ) -> Result<Vec<Telling>, Fault> {
        Ok(tellings(&movement::apply(conn, kind, moves, by_hand, self.clock.now()).await?)?)
    }
}

/// What there is to tell of levels that changed.
pub(super) fn tellings(changed: &[Changed]) -> sqlx::Result<Vec<Telling>> {
    let mut told = Vec::new();
    for Changed { level, change } in changed {
        let (variant_id, available, threshold) = (level.variant_id, level.available, level.threshold);
        told.push(Telling::new(&LevelChanged { variant_id, version: level.version, available })?);
        if level.fell_by(*change) {
            told.push(Telling::new(&StockLow { variant_id, available, threshold })?);
        }
    }
    Ok(told)
}

/// The ids of the variants, for locking.
pub(super) fn variants<'a>(of: impl IntoIterator<Item = &'a Allocation>) -> Vec<uuid::Uuid> {
    let mut ids: Vec<uuid::Uuid> = of.into_iter().map(|allocation| allocation.variant_id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
