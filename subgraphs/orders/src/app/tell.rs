use events::orders::{
    CommitRequested, OrderCancelled, OrderConfirmed, OrderLineSnapshot, OrderRejected, OrderSnapshot, OrderUpdated,
    PaymentMethod, PaymentRequested, ReleaseRequested, RestockRequested, VoidRequested,
};
use kernel::Fault;
use sqlx::PgConnection;
use time::Duration;

use super::{App, Order, OrderLine};
use crate::domain::{Ask, Tell};
use crate::store::order_read;

/// How long a payment may take, customer's action included. Shorter than the life of a reservation (15 minutes), so that a
/// payment in time meets goods that are still set aside.
pub(super) const PAY_WITHIN: Duration = Duration::minutes(10);

impl App {
    /// Puts what the order asks of others into the outbox.
    pub(super) async fn ask(&self, conn: &mut PgConnection, order: &Order, ask: Ask) -> Result<(), Fault> {
        let (order_id, clock) = (order.id, &*self.clock);
        match ask {
            Ask::Pay => {
                let Some(token) = order.token.clone() else {
                    return Err(Fault::internal(format!("order {order_id} asks to be paid a second time")));
                };
                let event = PaymentRequested {
                    order_id,
                    user_id: order.user_id,
                    email: order.email.clone(),
                    amount: order.money(order.totals.total),
                    method: PaymentMethod { provider: order.provider.clone(), token },
                    pay_by: clock.now() + PAY_WITHIN,
                };
                self.outbox.put(conn, clock, &event).await?;
            }
            Ask::Undo => {
                let reason = order.reason.clone().unwrap_or_default();
                self.outbox.put(conn, clock, &VoidRequested { order_id, reason }).await?;
            }
            Ask::Release => self.outbox.put(conn, clock, &ReleaseRequested { order_id }).await?,
            Ask::Commit => self.outbox.put(conn, clock, &CommitRequested { order_id }).await?,
            Ask::Restock => self.outbox.put(conn, clock, &RestockRequested { order_id }).await?,
        }
        Ok(())
    }

    /// Puts what became of the order into the outbox.
    pub(super) async fn tell(&self, conn: &mut PgConnection, order: &Order, tell: Tell) -> Result<(), Fault> {
        let lines = order_read::lines(conn, &[order.id.0]).await?.remove(&order.id).unwrap_or_default();
        let order = snapshot(order, &lines);
        let clock = &*self.clock;
        match tell {
            Tell::Confirmed => self.outbox.put(conn, clock, &OrderConfirmed { order }).await?,
            Tell::Rejected => self.outbox.put(conn, clock, &OrderRejected { order }).await?,
            Tell::Cancelled => self.outbox.put(conn, clock, &OrderCancelled { order }).await?,
            Tell::Updated => self.outbox.put(conn, clock, &OrderUpdated { order }).await?,
        }
        Ok(())
    }
}

pub(super) fn snapshot(order: &Order, lines: &[OrderLine]) -> OrderSnapshot {
    OrderSnapshot {
        order_id: order.id,
        version: order.version,
        number: order.number.clone(),
        status: order.saga.status.name().to_owned(),
        reason: order.reason.clone(),
        user_id: order.user_id,
        email: order.email.clone(),
        locale: order.locale.clone(),
        placed_at: order.placed_at,
        lines: lines
            .iter()
            .map(|line| OrderLineSnapshot {
                product_id: line.product_id,
                variant_id: line.variant_id,
                sku: line.sku.clone(),
                title: line.title.clone(),
                variant_title: line.variant_title.clone(),
                quantity: line.quantity.into(),
                unit_price: line.unit,
                total: line.total,
            })
            .collect(),
        subtotal: order.money(order.totals.subtotal),
        shipping: order.money(order.totals.shipping),
        tax: order.money(order.totals.tax),
        total: order.money(order.totals.total),
        shipping_address: order.address.clone(),
    }
}
