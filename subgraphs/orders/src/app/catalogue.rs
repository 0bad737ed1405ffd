use events::inventory::LevelChanged;
use events::products::{ProductArchived, ProductSnapshot};
use kernel::{Fault, UserId};
use sqlx::PgConnection;

use super::App;
use crate::store::{cart, catalogue};

/// What orders takes note of, on the connection of who heard it.
impl App {
    /// Knows the product as it is now, unless something newer is known.
    pub(crate) async fn note_product(&self, conn: &mut PgConnection, product: &ProductSnapshot) -> Result<(), Fault> {
        if catalogue::take_version(conn, product.product_id.0, product.version).await? {
            catalogue::put_product(conn, product).await?;
        }
        Ok(())
    }

    /// The product is no longer for sale.
    pub(crate) async fn note_archived(&self, conn: &mut PgConnection, event: &ProductArchived) -> Result<(), Fault> {
        if catalogue::take_version(conn, event.product_id.0, event.version).await? {
            catalogue::withdraw(conn, event.product_id.0).await?;
        }
        Ok(())
    }

    /// So many units are left, unless something newer is known.
    pub(crate) async fn note_level(&self, conn: &mut PgConnection, event: &LevelChanged) -> Result<(), Fault> {
        Ok(catalogue::put_level(conn, event.variant_id.0, event.version, event.available).await?)
    }

    /// The person left: open carts go. Orders stay, as the law wants accounts to be kept.
    pub(crate) async fn forget_user(&self, conn: &mut PgConnection, user: UserId) -> Result<(), Fault> {
        Ok(cart::forget_user(conn, user).await?)
    }
}
