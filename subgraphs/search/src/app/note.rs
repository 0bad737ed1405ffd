use events::inventory::LevelChanged;
use events::orders::OrderSnapshot;
use events::products::{ProductArchived, ProductSnapshot};
use kernel::{Fault, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::App;
use crate::store::{order, product, stock, take_turn};

/// What search takes note of, on the connection of who heard it. Who changes documents takes turns, so that the numbers of changes
/// commit in order.
impl App {
    /// Knows the product as it is now.
    pub(crate) async fn note_product(
        &self,
        conn: &mut PgConnection,
        snapshot: &ProductSnapshot,
        at: OffsetDateTime,
    ) -> Result<(), Fault> {
        take_turn(conn).await?;
        Ok(product::put(conn, snapshot, at).await?)
    }

    /// The product is no longer for sale.
    pub(crate) async fn note_archived(
        &self,
        conn: &mut PgConnection,
        event: &ProductArchived,
        at: OffsetDateTime,
    ) -> Result<(), Fault> {
        take_turn(conn).await?;
        Ok(product::archive(conn, event.product_id.0, event.version, at).await?)
    }

    /// So many units are left. The index knows only whether there are any, so it need not hear of every change.
    pub(crate) async fn note_level(&self, conn: &mut PgConnection, event: &LevelChanged) -> Result<(), Fault> {
        if stock::put(conn, event.variant_id.0, event.version, event.available).await? {
            take_turn(conn).await?;
            product::touch_variant(conn, event.variant_id.0).await?;
        }
        Ok(())
    }

    /// Knows the order as it is now; the statement that writes it takes the turn.
    pub(crate) async fn note_order(&self, conn: &mut PgConnection, snapshot: &OrderSnapshot) -> Result<(), Fault> {
        Ok(order::put(conn, snapshot).await?)
    }

    /// The person left: their orders are found by number only.
    pub(crate) async fn forget_user(&self, conn: &mut PgConnection, user: UserId) -> Result<(), Fault> {
        take_turn(conn).await?;
        Ok(order::forget(conn, user.0).await?)
    }
}
