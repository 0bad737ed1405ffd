use kernel::OrderId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::corrupt;
use super::reservation_read::AllocationRow;
use crate::domain::{Allocation, Lines, Shortage, Status};

/// A reservation that is locked until the transaction ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    pub(crate) status: Status,
    pub(crate) expires_at: Option<OffsetDateTime>,
}

/// Begins the reservation of an order with its lines, and notes from where it gets them or what lacks; `false`, and nothing is
/// changed, when the order was heard of before.
pub(crate) async fn begin(
    conn: &mut PgConnection,
    order: OrderId,
    lines: &Lines,
    outcome: &Result<Vec<Allocation>, Vec<Shortage>>,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let (status, taken, lacking) = match outcome {
        Ok(taken) => (Status::Reserved, taken.as_slice(), [].as_slice()),
        Err(lacking) => (Status::Rejected, [].as_slice(), lacking.as_slice()),
    };
    let variants: Vec<Uuid> = lines.as_slice().iter().map(|line| line.variant_id.0).collect();
    let quantities: Vec<i64> = lines.as_slice().iter().map(|line| line.quantity).collect();
    let lacking_variants: Vec<Uuid> = lacking.iter().map(|of| of.variant_id.0).collect();
    let available: Vec<i64> = lacking.iter().map(|of| of.available).collect();
    let taken_variants: Vec<Uuid> = taken.iter().map(|of| of.variant_id.0).collect();
    let warehouses: Vec<Uuid> = taken.iter().map(|of| of.warehouse_id.0).collect();
    let taken_quantities: Vec<i64> = taken.iter().map(|of| of.quantity).collect();
    sqlx::query_scalar!(
        r#"with begun as (
               insert into inventory.reservation (order_id, status, expires_at, created_at, updated_at)
               values ($1, $2, $3, $4, $4)
               on conflict do nothing returning order_id
           ), lines as (
               insert into inventory.reservation_line (order_id, variant_id, quantity, available)
               select b.order_id, l.variant_id, l.quantity, s.available
               from begun b cross join unnest($5::uuid[], $6::bigint[]) as l (variant_id, quantity)
               left join unnest($7::uuid[], $8::bigint[]) as s (variant_id, available) using (variant_id)
           ), taken as (
               insert into inventory.allocation (order_id, variant_id, warehouse_id, quantity)
               select b.order_id, a.* from begun b
               cross join unnest($9::uuid[], $10::uuid[], $11::bigint[]) as a (variant_id, warehouse_id, quantity)
           )
           select exists(select from begun) as "begun!""#,
        order.0,
        status.name(),
        expires_at,
        now,
        &variants,
        &quantities,
        &lacking_variants,
        &available,
        &taken_variants,
        &warehouses,
        &taken_quantities
    )
    .fetch_one(conn)
    .await
}

/// Remembers that nothing shall be reserved for an order that was not heard of before; `false` when it was.
pub(crate) async fn preclude(
    conn: &mut PgConnection,
    order: OrderId,
    status: Status,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into inventory.reservation (order_id, status, created_at, updated_at) values ($1, $2, $3, $3)
         on conflict do nothing",
        order.0,
        status.name(),
        now
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// The reservation of the order, locked until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Option<Held>> {
    let row = sqlx::query!(
        "select status, expires_at from inventory.reservation where order_id = $1 for no key update",
        order.0
    );
    let held = |status: &str, expires_at| Ok(Held { status: status.parse().map_err(corrupt)?, expires_at });
    row.fetch_optional(conn).await?.map(|row| held(&row.status, row.expires_at)).transpose()
}

/// Reservations whose time is over, the longest first, locked. Those that somebody else works on are left to them.
pub(crate) async fn lock_due(conn: &mut PgConnection, now: OffsetDateTime, limit: i64) -> sqlx::Result<Vec<OrderId>> {
    let due = sqlx::query_scalar!(
        "select order_id from inventory.reservation where status = 'RESERVED' and expires_at <= $1
         order by expires_at limit $2 for no key update skip locked",
        now,
        limit
    );
    Ok(due.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// When the next reservation's time will be over.
pub(crate) async fn next_due(conn: &mut PgConnection) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar!("select min(expires_at) from inventory.reservation where status = 'RESERVED'")
        .fetch_one(conn)
        .await
}

/// Notes from where the order gets what it asked for.
pub(crate) async fn allocate(conn: &mut PgConnection, order: OrderId, allocations: &[Allocation]) -> sqlx::Result<()> {
    let variants: Vec<Uuid> = allocations.iter().map(|of| of.variant_id.0).collect();
    let warehouses: Vec<Uuid> = allocations.iter().map(|of| of.warehouse_id.0).collect();
    let quantities: Vec<i64> = allocations.iter().map(|of| of.quantity).collect();
    sqlx::query!(
        "insert into inventory.allocation (order_id, variant_id, warehouse_id, quantity)
         select $1, a.* from unnest($2::uuid[], $3::uuid[], $4::bigint[]) as a (variant_id, warehouse_id, quantity)",
        order.0,
        &variants,
        &warehouses,
        &quantities
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves the reservation to another status; answers with what the order holds.
pub(crate) async fn advance(
    conn: &mut PgConnection,
    order: OrderId,
    status: Status,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Allocation>> {
    let rows = sqlx::query_as!(
        AllocationRow,
        "with advanced as (
             update inventory.reservation set status = $2, updated_at = $3 where order_id = $1
         )
         select variant_id, warehouse_id, quantity from inventory.allocation where order_id = $1
         order by variant_id, warehouse_id",
        order.0,
        status.name(),
        now
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// Moves reservations to a status in which an order holds nothing; answers with what they held.
pub(crate) async fn end(
    conn: &mut PgConnection,
    orders: &[OrderId],
    status: Status,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<(OrderId, Allocation)>> {
    let ids: Vec<Uuid> = orders.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "with ended as (
             update inventory.reservation set status = $2, updated_at = $3 where order_id = any($1)
         )
         delete from inventory.allocation where order_id = any($1)
         returning order_id, variant_id, warehouse_id, quantity",
        &ids,
        status.name(),
        now
    );
    let held = rows.fetch_all(conn).await?.into_iter().map(|row| {
        let (variant_id, warehouse_id) = (row.variant_id.into(), row.warehouse_id.into());
        (row.order_id.into(), Allocation { variant_id, warehouse_id, quantity: row.quantity })
    });
    Ok(held.collect())
}

/// Rejects the reservation and notes what lacked.
pub(crate) async fn reject(
    conn: &mut PgConnection,
    order: OrderId,
    shortages: &[Shortage],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let variants: Vec<Uuid> = shortages.iter().map(|of| of.variant_id.0).collect();
    let available: Vec<i64> = shortages.iter().map(|of| of.available).collect();
    sqlx::query!(
        "with rejected as (
             update inventory.reservation set status = 'REJECTED', updated_at = $2 where order_id = $1
         )
         update inventory.reservation_line l set available = s.available
         from unnest($3::uuid[], $4::bigint[]) as s (variant_id, available)
         where l.order_id = $1 and l.variant_id = s.variant_id",
        order.0,
        now,
        &variants,
        &available
    )
    .execute(conn)
    .await?;
    Ok(())
}
