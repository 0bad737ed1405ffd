use kernel::{Currency, Money, UserId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::order::OrderRow;
use super::order_read::place;
use crate::app::{Order, OrderLine, Place};

/// Variant, product, stock keeping unit, title, options, picture, units, price of a unit, price of all.
type LineRecord = (Uuid, Uuid, Option<String>, String, String, Option<String>, i32, i64, i64);

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

/// A page of an account's orders, newest first, with their lines where `lines` says so: what a shopper looks at most is one
/// statement.
pub(crate) async fn history(
    conn: &mut PgConnection,
    user: UserId,
    after: Option<&Place>,
    limit: i64,
    lines: bool,
) -> sqlx::Result<Vec<(Order, Option<Vec<OrderLine>>)>> {
    let (at, id) = place(after);
    let rows = sqlx::query!(
        r#"select o.*, case when $5 then array(
               select row(l.variant_id, l.product_id, l.sku, l.title, l.variant_title, l.image_url, l.quantity, l.unit_minor,
                   l.total_minor)
               from orders.order_line l where l.order_id = o.id order by l.position
           ) end as "lines: Vec<LineRecord>"
           from orders.customer_order o where o.user_id = $1 and (o.placed_at, o.id) < ($2, $3)
           order by o.placed_at desc, o.id desc limit $4"#,
        user.0,
        at,
        id,
        limit,
        lines
    );
    let mut found = Vec::new();
    for row in rows.fetch_all(conn).await? {
        let order = Order::try_from(OrderRow {
            id: row.id,
            number: row.number,
            cart_id: row.cart_id,
            user_id: row.user_id,
            email: row.email,
            locale: row.locale,
            currency: row.currency,
            subtotal: row.subtotal,
            shipping: row.shipping,
            tax: row.tax,
            tax_included: row.tax_included,
            total: row.total,
            shipping_address: row.shipping_address,
            shipping_method: row.shipping_method,
            payment_provider: row.payment_provider,
            payment_token: row.payment_token,
            placed_at: row.placed_at,
            version: row.version,
            status: row.status,
            payment: row.payment,
            stock: row.stock,
            refunded: row.refunded,
            reason: row.reason,
            action_url: row.action_url,
            deadline_at: row.deadline_at,
        })?;
        let lines = row.lines.map(|lines| lines.into_iter().map(|of| line(of, order.currency)).collect());
        found.push((order, lines));
    }
    Ok(found)
}
