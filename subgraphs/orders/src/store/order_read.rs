use std::collections::HashMap;

use kernel::{Currency, Money, OrderId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::corrupt;
use super::order_row::{OrderRow, order_rows};
use crate::app::{Order, OrderLine, TimelineEntry};

/// A line of an order, with the order's currency.
pub(super) struct LineRow {
    pub(super) order_id: Uuid,
    pub(super) variant_id: Uuid,
    pub(super) product_id: Uuid,
    pub(super) sku: Option<String>,
    pub(super) title: String,
    pub(super) variant_title: String,
    pub(super) image_url: Option<String>,
    pub(super) quantity: i32,
    pub(super) unit_minor: i64,
    pub(super) total_minor: i64,
    pub(super) currency: String,
}

impl LineRow {
    pub(super) fn line(self) -> sqlx::Result<OrderLine> {
        let currency = self.currency.parse().map_err(corrupt)?;
        Ok(OrderLine {
            variant_id: self.variant_id.into(),
            product_id: self.product_id.into(),
            sku: self.sku,
            title: self.title,
            variant_title: self.variant_title,
            image_url: self.image_url,
            quantity: self.quantity,
            unit: Money { minor: self.unit_minor, currency },
            total: Money { minor: self.total_minor, currency },
        })
    }
}

/// The orders by their ids, in no order.
pub(crate) async fn by_ids(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Order>> {
    let rows = order_rows!("null::record[]", "where id = any($1)", ids);
    rows.fetch_all(conn).await?.into_iter().map(Order::try_from).collect()
}

/// The order by its number.
pub(crate) async fn by_number(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Order>> {
    let row = order_rows!("null::record[]", "where number = $1", number);
    row.fetch_optional(conn).await?.map(Order::try_from).transpose()
}

/// The lines of the orders, which are in these currencies, in order.
pub(crate) async fn lines(
    conn: &mut PgConnection,
    orders: &[(OrderId, Currency)],
) -> sqlx::Result<HashMap<OrderId, Vec<OrderLine>>> {
    let ids: Vec<Uuid> = orders.iter().map(|(id, _)| id.0).collect();
    let currencies: Vec<String> = orders.iter().map(|(_, currency)| currency.code().to_owned()).collect();
    let rows = sqlx::query_as!(
        LineRow,
        r#"select l.order_id, l.variant_id, l.product_id, l.sku, l.title, l.variant_title, l.image_url, l.quantity, l.unit_minor,
             l.total_minor, o.currency as "currency!"
         from unnest($1::uuid[], $2::text[]) as o (id, currency) join orders.order_line l on l.order_id = o.id
         order by l.order_id, l.position"#,
        &ids,
        &currencies
    );
    let mut found: HashMap<OrderId, Vec<OrderLine>> = HashMap::new();
    for row in rows.fetch_all(conn).await? {
        found.entry(OrderId(row.order_id)).or_default().push(row.line()?);
    }
    Ok(found)
}

/// The timelines of the orders, oldest entry first.
pub(crate) async fn timelines(
    conn: &mut PgConnection,
    ids: &[Uuid],
) -> sqlx::Result<HashMap<OrderId, Vec<TimelineEntry>>> {
    let rows = sqlx::query!(
        "select order_id, at, kind, message from orders.timeline_entry where order_id = any($1)
         order by order_id, version",
        ids
    );
    let mut found: HashMap<OrderId, Vec<TimelineEntry>> = HashMap::new();
    for row in rows.fetch_all(conn).await? {
        let entry = TimelineEntry { at: row.at, kind: row.kind, message: row.message };
        found.entry(OrderId(row.order_id)).or_default().push(entry);
    }
    Ok(found)
}

/// When the order's money was ours.
pub(crate) async fn captured_at(conn: &mut PgConnection, id: OrderId) -> sqlx::Result<Option<OffsetDateTime>> {
    let at = sqlx::query_scalar!(
        "select at from orders.timeline_entry where order_id = $1 and kind = 'PAYMENT_CAPTURED' order by version limit 1",
        id.0
    );
    at.fetch_optional(conn).await
}

/// For each step that an order waits in, since when the one has waited that last heard anything longest ago. Goods on their way back
/// into the stock are left out.
pub(crate) async fn oldest_unfinished(conn: &mut PgConnection) -> sqlx::Result<Vec<(String, OffsetDateTime)>> {
    let rows = sqlx::query!(
        r#"select case when o.status = 'PENDING' then 'reserve' when o.status = 'RESERVED' then 'pay'
                       when o.stock = 'COMMITTING' then 'commit' else 'undo' end as "step!", min(t.at) as "since!"
           from orders.customer_order o join orders.timeline_entry t on t.order_id = o.id and t.version = o.version
           where o.status in ('PENDING', 'RESERVED') or o.stock in ('COMMITTING', 'RELEASING') or o.payment = 'UNDOING'
           group by 1"#
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| (row.step, row.since)).collect())
}
