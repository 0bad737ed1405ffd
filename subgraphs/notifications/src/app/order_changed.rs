use events::orders::OrderSnapshot;
use kernel::Fault;
use sqlx::PgConnection;

use super::App;
use super::notify::{Facts, Notice};
use crate::domain::TemplateName;
use crate::store::order_seen;

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It will be delivered.
    Confirmed,
    /// It could not be taken.
    Rejected,
    /// It will not be delivered.
    Cancelled,
    /// Anything else; the snapshot's status tells.
    Updated,
}

impl App {
    /// Tells the shopper, once for each thing there is to tell. A late snapshot tells nothing: its news is old.
    ///
    /// # Errors
    /// The database's, or a template that cannot be filled in.
    pub async fn order_changed(
        &self,
        conn: &mut PgConnection,
        change: Change,
        order: &OrderSnapshot,
    ) -> Result<(), Fault> {
        let template = match (change, order.status.as_str()) {
            (Change::Confirmed, _) => TemplateName::OrderConfirmed,
            (Change::Rejected, _) => TemplateName::OrderRejected,
            (Change::Cancelled, _) => TemplateName::OrderCancelled,
            (Change::Updated, "SHIPPED") => TemplateName::OrderShipped,
            (Change::Updated, "DELIVERED") => TemplateName::OrderDelivered,
            // No news. It is not noted either: a message that failed before it and is replayed later still has something to say.
            (Change::Updated, _) => return Ok(()),
        };
        if !order_seen::advance(conn, order.order_id, order.version).await? {
            tracing::debug!(order = %order.order_id, version = order.version, "late: newer news were told");
            return Ok(());
        }
        let notice = Notice {
            template,
            // Not the event: a status that is told again in another snapshot is no news.
            occasion: format!("order:{}", order.order_id),
            locale: &order.locale,
            user_id: order.user_id,
            email: Some(&order.email),
            facts: Facts::Order(order),
        };
        self.notify(conn, &notice).await
    }
}
