use kernel::{OrderId, UserId, VariantId, WarehouseId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::level::Changed;
use crate::domain::{Kind, Level};

/// A change of a shelf.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move {
    pub(crate) id: Uuid,
    pub(crate) order: Option<OrderId>,
    pub(crate) variant: VariantId,
    pub(crate) warehouse: WarehouseId,
    /// Units more that are there.
    pub(crate) on_hand: i64,
    /// Units more that are set aside.
    pub(crate) reserved: i64,
}

/// Who changes the stock by hand, and why.
pub(crate) type ByHand<'a> = (UserId, &'a str);

/// Changes shelves, notes it in the history, and counts the levels; answers with those that changed. The shelves must be
/// locked, and be there.
pub(crate) async fn apply(
    conn: &mut PgConnection,
    kind: Kind,
    moves: &[Move],
    by_hand: Option<ByHand<'_>>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Changed>> {
    let ids: Vec<Uuid> = moves.iter().map(|of| of.id).collect();
    let orders: Vec<Option<Uuid>> = moves.iter().map(|of| of.order.map(|id| id.0)).collect();
    let variants: Vec<Uuid> = moves.iter().map(|of| of.variant.0).collect();
    let warehouses: Vec<Uuid> = moves.iter().map(|of| of.warehouse.0).collect();
    let on_hand: Vec<i64> = moves.iter().map(|of| of.on_hand).collect();
    let reserved: Vec<i64> = moves.iter().map(|of| of.reserved).collect();
    let rows = sqlx::query!(
        r#"with moved as (
               select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[])
                   as m (id, order_id, variant_id, warehouse_id, on_hand, reserved)
           ), noted as (
               insert into inventory.movement
                   (id, kind, variant_id, warehouse_id, on_hand, reserved, order_id, actor_id, reason, at)
               select id, $7, variant_id, warehouse_id, on_hand, reserved, order_id, $8, $9, $10 from moved
           ), shelf as (
               select variant_id, warehouse_id, sum(on_hand)::bigint as on_hand, sum(reserved)::bigint as reserved
               from moved group by variant_id, warehouse_id
           ), stocked as (
               update inventory.stock s set on_hand = s.on_hand + m.on_hand, reserved = s.reserved + m.reserved
               from shelf m where s.variant_id = m.variant_id and s.warehouse_id = m.warehouse_id
           ), counted as (
               select m.variant_id, sum(m.on_hand - m.reserved)::bigint as change
               from shelf m join inventory.warehouse w on w.id = m.warehouse_id
               where w.active group by m.variant_id
           )
           update inventory.level l set available = l.available + c.change, version = l.version + 1
           from counted c where l.variant_id = c.variant_id and c.change <> 0
           returning l.variant_id, l.version, l.available, l.threshold, c.change as "change!""#,
        &ids,
        &orders as &[Option<Uuid>],
        &variants,
        &warehouses,
        &on_hand,
        &reserved,
        kind.name(),
        by_hand.map(|(actor, _)| actor.0),
        by_hand.map(|(_, reason)| reason),
        now
    );
    let changed = rows.fetch_all(conn).await?.into_iter().map(|row| Changed {
        level: Level {
            variant_id: row.variant_id.into(),
            version: row.version,
            available: row.available,
            threshold: row.threshold,
        },
        change: row.change,
    });
    Ok(changed.collect())
}
