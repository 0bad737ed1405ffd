use kernel::VariantId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::corrupt;
use crate::app::{Movement, Place};

struct Row {
    id: Uuid,
    kind: String,
    variant_id: Uuid,
    warehouse_id: Uuid,
    on_hand: i64,
    reserved: i64,
    order_id: Option<Uuid>,
    actor_id: Option<Uuid>,
    reason: Option<String>,
    at: OffsetDateTime,
}

impl TryFrom<Row> for Movement {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.id,
            kind: row.kind.parse().map_err(corrupt)?,
            variant_id: row.variant_id.into(),
            warehouse_id: row.warehouse_id.into(),
            on_hand: row.on_hand,
            reserved: row.reserved,
            order_id: row.order_id.map(Into::into),
            actor_id: row.actor_id.map(Into::into),
            reason: row.reason,
            at: row.at,
        })
    }
}

/// The history of the variant before the place, latest first.
pub(crate) async fn page(
    conn: &mut PgConnection,
    variant: VariantId,
    before: Option<&Place>,
    limit: i64,
) -> sqlx::Result<Vec<Movement>> {
    let (at, id) = before.map(|place| (place.at, place.id)).unzip();
    let rows = sqlx::query_as!(
        Row,
        "select id, kind, variant_id, warehouse_id, on_hand, reserved, order_id, actor_id, reason, at
         from inventory.movement
         where variant_id = $1 and (at, id) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
         order by at desc, id desc limit $4",
        variant.0,
        at,
        id,
        limit
    );
    rows.fetch_all(conn).await?.into_iter().map(Movement::try_from).collect()
}

/// How many changes the variant has had.
pub(crate) async fn count(conn: &mut PgConnection, variant: VariantId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from inventory.movement where variant_id = $1"#, variant.0)
        .fetch_one(conn)
        .await
}

/// The change by its id.
pub(crate) async fn by_id(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Movement>> {
    let row = sqlx::query_as!(
        Row,
        "select id, kind, variant_id, warehouse_id, on_hand, reserved, order_id, actor_id, reason, at
         from inventory.movement where id = $1",
        id
    );
    row.fetch_optional(conn).await?.map(Movement::try_from).transpose()
}
