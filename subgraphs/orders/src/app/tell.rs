use events::orders::{
    CommitRequested, OrderCancelled, OrderConfirmed, OrderLineSnapshot, OrderRejected, OrderSnapshot, OrderUpdated,
    PaymentMethod, PaymentRequested, ReleaseRequested, RestockRequested, VoidRequested,
};
use kernel::Fault;
use messaging::Telling;
use time::Duration;

use super::{App, Order, OrderLine};
use crate::domain::{Ask, Tell};

/// How long a payment may take, customer's action included. Shorter than the life of a reservation (15 minutes), so that a
/// payment in time meets goods that are still set aside.
pub(super) const PAY_WITHIN: Duration = Duration::minutes(10);

impl App {
    /// What the order asks of others.
    pub(super) fn ask(&self, order: &Order, ask: Ask) -> Result<Telling, Fault> {
        let order_id = order.id;
        let telling = match ask {
            Ask::Pay => {
                let Some(token) = order.token.clone() else {
                    return Err(Fault::internal(format!("order {order_id} asks to be paid a second time")));
                };
                Telling::new(&PaymentRequested {
                    order_id,
                    user_id: order.user_id,
                    email: order.email.clone(),
                    amount: order.money(order.totals.total),
                    method: PaymentMethod { provider: order.provider.clone(), token },
                    pay_by: self.clock.now() + PAY_WITHIN,
                })
            }
            Ask::Undo => {
                let reason = order.reason.clone().unwrap_or_default();
                Telling::new(&VoidRequested { order_id, reason })
            }
            Ask::Release => Telling::new(&ReleaseRequested { order_id }),
            Ask::Commit => Telling::new(&CommitRequested { order_id }),
            Ask::Restock => Telling::new(&RestockRequested { order_id }),
        };
        Ok(telling?)
    }
}

/// What became of the order.
pub(super) fn tell(order: &Order, lines: &[OrderLine], tell: Tell) -> sqlx::Result<Telling> {
    let order = snapshot(order, lines);
    match tell {
        Tell::Confirmed => Telling::new(&OrderConfirmed { order }),
        Tell::Rejected => Telling::new(&OrderRejected { order }),
        Tell::Cancelled => Telling::new(&OrderCancelled { order }),
        Tell::Updated => Telling::new(&OrderUpdated { order }),
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
