use events::inventory::LevelChanged;
use kernel::{Fault, VariantId};
use messaging::Telling;
use sqlx::PgConnection;

use super::App;
use crate::domain::{Kind, MAX_UNITS};
use crate::store::movement::Move;
use crate::store::{level, stock, warehouse};

/// A variant cannot start with so many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadQuantity(pub i64);

impl App {
    /// Stock is kept for the variant from now on, and its first units are in the warehouse where new variants arrive. Of a
    /// variant that is known already nothing changes.
    ///
    /// # Errors
    /// The database's. A quantity that cannot be is answered with [`BadQuantity`], and nothing is done.
    pub async fn receive(
        &self,
        conn: &mut PgConnection,
        variant: VariantId,
        quantity: i64,
    ) -> Result<Result<(), BadQuantity>, Fault> {
        if !(0..=MAX_UNITS).contains(&quantity) {
            return Ok(Err(BadQuantity(quantity)));
        }
        let Some(first) = level::create(conn, variant).await? else { return Ok(Ok(())) };
        let arrivals = warehouse::arrivals(conn).await?;
        stock::ensure(conn, variant, arrivals).await?;
        let mut told = Vec::new();
        if quantity > 0 {
            let (id, order) = (self.clock.uuid(), None);
            let moved = Move { id, order, variant, warehouse: arrivals, on_hand: quantity, reserved: 0 };
            told = self.shift(conn, Kind::Receive, &[moved], None).await?;
        }
        if told.is_empty() {
            // Others learn of an empty shelf, too.
            let (version, available) = (first.version, first.available);
            told.push(Telling::new(&LevelChanged { variant_id: variant, version, available })?);
        }
        self.outbox.put_all(conn, &*self.clock, told).await?;
        Ok(Ok(()))
    }
}
