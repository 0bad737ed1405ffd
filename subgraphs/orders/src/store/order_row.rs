use events::orders::ProviderToken;
use kernel::{CartId, Currency, Money, OrderId, PostalAddress, UserId};
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{corrupt, email};
use crate::app::{Order, OrderLine};
use crate::domain::{Saga, Totals};

/// Variant, product, stock keeping unit, title, options, picture, units, price of a unit, price of all.
type LineRecord = (Uuid, Uuid, Option<String>, String, String, Option<String>, i32, i64, i64);

/// An order as it is stored, with its lines where they were asked for.
pub(super) struct OrderRow {
    pub(super) id: Uuid,
    pub(super) number: String,
    pub(super) cart_id: Uuid,
    pub(super) user_id: Option<Uuid>,
    pub(super) email: String,
    pub(super) locale: String,
    pub(super) currency: String,
    pub(super) subtotal: i64,
    pub(super) shipping: i64,
    pub(super) tax: i64,
    pub(super) tax_included: bool,
    pub(super) total: i64,
    pub(super) shipping_address: Json<PostalAddress>,
    pub(super) shipping_method: String,
    pub(super) payment_provider: String,
    pub(super) payment_token: Option<String>,
    pub(super) placed_at: OffsetDateTime,
    pub(super) version: i64,
    pub(super) status: String,
    pub(super) payment: String,
    pub(super) stock: String,
    pub(super) refunded: i64,
    pub(super) reason: Option<String>,
    pub(super) action_url: Option<String>,
    pub(super) deadline_at: Option<OffsetDateTime>,
    pub(super) lines: Option<Vec<LineRecord>>,
}

/// Reads orders: what is to be read as their lines, an array of [`LineRecord`]s or null, and which orders.
macro_rules! order_rows {
    ($lines:literal, $which:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            OrderRow,
            "select id, number, cart_id, user_id, email, locale, currency, subtotal, shipping, tax, tax_included, total, "
                + "shipping_address as \"shipping_address: _\", shipping_method, payment_provider, payment_token, placed_at, version, "
                + "status, payment, stock, refunded, reason, action_url, deadline_at, "
                + $lines
                + " as \"lines: _\" from orders.customer_order o "
                + $which
            $(, $argument)*
        )
    };
}
pub(super) use order_rows;

impl OrderRow {
    /// The order, and its lines where they were read.
    pub(super) fn with_lines(mut self) -> sqlx::Result<(Order, Option<Vec<OrderLine>>)> {
        let lines = self.lines.take();
        let order = Order::try_from(self)?;
        let lines = lines.map(|lines| lines.into_iter().map(|of| line(of, order.currency)).collect());
        Ok((order, lines))
    }
}

impl TryFrom<OrderRow> for Order {
    type Error = sqlx::Error;
    fn try_from(row: OrderRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: OrderId(row.id),
            number: row.number,
            cart_id: CartId(row.cart_id),
            user_id: row.user_id.map(UserId),
            email: email(&row.email)?,
            locale: row.locale,
            currency: row.currency.parse().map_err(corrupt)?,
            totals: Totals {
                subtotal: row.subtotal,
                shipping: row.shipping,
                tax: row.tax,
                tax_included: row.tax_included,
                total: row.total,
            },
            address: row.shipping_address.0,
            delivery: row.shipping_method,
            provider: row.payment_provider,
            token: row.payment_token.map(ProviderToken),
            placed_at: row.placed_at,
            version: row.version,
            saga: Saga {
                status: row.status.parse().map_err(corrupt)?,
                payment: row.payment.parse().map_err(corrupt)?,
                stock: row.stock.parse().map_err(corrupt)?,
            },
            refunded: row.refunded,
            reason: row.reason,
            action_url: row.action_url,
            deadline_at: row.deadline_at,
        })
    }
}

fn line(of: LineRecord, currency: Currency) -> OrderLine {
    let (variant, product, sku, title, variant_title, image_url, quantity, unit, total) = of;
    OrderLine {
        variant_id: variant.into(),
        product_id: product.into(),
        sku,
        title,
        variant_title,
        image_url,
        quantity,
        unit: Money { minor: unit, currency },
        total: Money { minor: total, currency },
    }
}
