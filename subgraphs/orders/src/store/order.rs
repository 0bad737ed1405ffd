use kernel::OrderId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::order_read::LineRow;
use super::order_row::{OrderRow, order_rows};
use crate::app::{Order, OrderLine};
use crate::domain::Entry;

/// Writes a new order with its lines and the first entry of its timeline, and that its cart became it; answers with its number.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    order: &Order,
    lines: &[OrderLine],
    entry: &Entry,
) -> sqlx::Result<String> {
    let address = serde_json::to_value(&order.address).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let column = |of: fn(&OrderLine) -> Uuid| lines.iter().map(of).collect::<Vec<_>>();
    let skus: Vec<Option<String>> = lines.iter().map(|line| line.sku.clone()).collect();
    let titles: Vec<String> = lines.iter().map(|line| line.title.clone()).collect();
    let variant_titles: Vec<String> = lines.iter().map(|line| line.variant_title.clone()).collect();
    let images: Vec<Option<String>> = lines.iter().map(|line| line.image_url.clone()).collect();
    let quantities: Vec<i32> = lines.iter().map(|line| line.quantity).collect();
    let units: Vec<i64> = lines.iter().map(|line| line.unit.minor).collect();
    sqlx::query_scalar!(
        "with placed as (
             insert into orders.customer_order
                 (id, number, cart_id, user_id, email, locale, currency, subtotal, shipping, tax, tax_included, total,
                  shipping_address, shipping_method, payment_provider, payment_token, placed_at, version, status, payment, stock,
                  reason, action_url, deadline_at)
             values ($1, 'TC-' || nextval('orders.order_number'), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                  $17, $18, $19, $20, $21, $22, $23)
             returning number
         ), filled as (
             insert into orders.order_line
                 (order_id, position, variant_id, product_id, sku, title, variant_title, image_url, quantity, unit_minor, total_minor)
             select $1, l.position, l.variant, l.product, l.sku, l.title, l.variant_title, l.image, l.quantity, l.unit,
                  l.unit * l.quantity
             from unnest($24::uuid[], $25::uuid[], $26::text[], $27::text[], $28::text[], $29::text[], $30::int[], $31::bigint[])
                  with ordinality l (variant, product, sku, title, variant_title, image, quantity, unit, position)
         ), begun as (
             insert into orders.timeline_entry (order_id, version, at, kind, message) values ($1, $17, $16, $32, $33)
         ), bought as (
             update orders.cart set order_id = $1, user_id = $3, updated_at = $16 where id = $2
         )
         select number from placed",
        order.id.0,
        order.cart_id.0,
        order.user_id.map(|user| user.0),
        order.email.as_str(),
        order.locale,
        order.currency.code(),
        order.totals.subtotal,
        order.totals.shipping,
        order.totals.tax,
        order.totals.tax_included,
        order.totals.total,
        address,
        order.delivery,
        order.provider,
        order.token.as_ref().map(|token| token.0.as_str()),
        order.placed_at,
        order.version,
        order.saga.status.name(),
        order.saga.payment.name(),
        order.saga.stock.name(),
        order.reason,
        order.action_url,
        order.deadline_at,
        &column(|line| line.variant_id.0),
        &column(|line| line.product_id.0),
        &skus as &[Option<String>],
        &titles,
        &variant_titles,
        &images as &[Option<String>],
        &quantities,
        &units,
        entry.kind,
        entry.message
    )
    .fetch_one(conn)
    .await
}

/// The order, held until the end of the transaction.
pub(crate) async fn lock(conn: &mut PgConnection, id: OrderId) -> sqlx::Result<Option<Order>> {
    let row = order_rows!("null::record[]", "where id = $1 for update", id.0);
    row.fetch_optional(conn).await?.map(Order::try_from).transpose()
}

/// Writes what a step changed, with its entry in the timeline, and wakes whoever follows the order; answers with its lines,
/// which are told with it.
pub(crate) async fn save_step(
    conn: &mut PgConnection,
    order: &Order,
    entry: &Entry,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<OrderLine>> {
    let rows = sqlx::query_as!(
        LineRow,
        r#"with saved as (
             update orders.customer_order set version = $2, status = $3, payment = $4, stock = $5, reason = $6, action_url = $7,
                 deadline_at = $8, refunded = $12, payment_token = $13
             where id = $1
         ), told as (
             insert into orders.timeline_entry (order_id, version, at, kind, message) values ($1, $2, $9, $10, $11)
         )
         select l.order_id, l.variant_id, l.product_id, l.sku, l.title, l.variant_title, l.image_url, l.quantity, l.unit_minor,
             l.total_minor, $14::text as "currency!"
         from (select pg_notify('orders_status', $1::text) is null as asleep) followers cross join orders.order_line l
         where l.order_id = $1 and not followers.asleep order by l.position"#,
        order.id.0,
        order.version,
        order.saga.status.name(),
        order.saga.payment.name(),
        order.saga.stock.name(),
        order.reason,
        order.action_url,
        order.deadline_at,
        now,
        entry.kind,
        entry.message,
        order.refunded,
        order.token.as_ref().map(|token| token.0.as_str()),
        order.currency.code()
    );
    rows.fetch_all(conn).await?.into_iter().map(LineRow::line).collect()
}

/// Writes what was given back so far.
pub(crate) async fn save_refunded(conn: &mut PgConnection, order: &Order) -> sqlx::Result<()> {
    sqlx::query!("update orders.customer_order set refunded = $2 where id = $1", order.id.0, order.refunded)
        .execute(conn)
        .await?;
    Ok(())
}

/// Orders whose step has taken too long, held until the end of the transaction; those that somebody else holds are left out.
pub(crate) async fn due(conn: &mut PgConnection, now: OffsetDateTime, limit: i64) -> sqlx::Result<Vec<OrderId>> {
    let ids = sqlx::query_scalar!(
        "select id from orders.customer_order where deadline_at <= $1 order by deadline_at limit $2 for update skip locked",
        now,
        limit
    );
    Ok(ids.fetch_all(conn).await?.into_iter().map(OrderId).collect())
}
