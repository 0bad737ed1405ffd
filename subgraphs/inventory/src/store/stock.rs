use kernel::{Fault, VariantId, WarehouseId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::Shelf;

struct Row {
    variant_id: Uuid,
    warehouse_id: Uuid,
    priority: i32,
    active: bool,
    on_hand: i64,
    reserved: i64,
}

impl From<Row> for Shelf {
    fn from(row: Row) -> Self {
        let Row { variant_id, warehouse_id, priority, active, on_hand, reserved } = row;
        Self { variant_id: variant_id.into(), warehouse_id: warehouse_id.into(), priority, active, on_hand, reserved }
    }
}

/// Every shelf of the variants, locked until the transaction ends.
///
/// Whoever changes stock calls this first, with everything it will change. All lock in the same order, so that two of them
/// cannot wait for each other.
pub(crate) async fn lock(conn: &mut PgConnection, variants: &[Uuid]) -> sqlx::Result<Vec<Shelf>> {
    // PostgreSQL locks after sorting, and answers with the row as it is once it has the lock.
    let rows = sqlx::query_as!(
        Row,
        "select s.variant_id, s.warehouse_id, w.priority, w.active, s.on_hand, s.reserved
         from inventory.stock s join inventory.warehouse w on w.id = s.warehouse_id
         where s.variant_id = any($1)
         order by s.variant_id, s.warehouse_id
         for no key update of s",
        variants
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// Makes an empty shelf for the variant where there is none yet. Does nothing when variant or warehouse do not exist.
pub(crate) async fn ensure(conn: &mut PgConnection, variant: VariantId, warehouse: WarehouseId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into inventory.stock (variant_id, warehouse_id, on_hand, reserved)
         select l.variant_id, w.id, 0, 0 from inventory.level l, inventory.warehouse w
         where l.variant_id = $1 and w.id = $2
         on conflict do nothing",
        variant.0,
        warehouse.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The shelves of the variant, in the order in which warehouses are asked.
pub(crate) async fn of_variant(conn: &mut PgConnection, variant: VariantId) -> sqlx::Result<Vec<Shelf>> {
    let rows = sqlx::query_as!(
        Row,
        "select s.variant_id, s.warehouse_id, w.priority, w.active, s.on_hand, s.reserved
         from inventory.stock s join inventory.warehouse w on w.id = s.warehouse_id
         where s.variant_id = $1
         order by w.priority, w.id",
        variant.0
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// In this transaction, waits no longer than a moment for what others have locked. A moment is less than the time after which
/// PostgreSQL looks for transactions that wait for each other, and ends one of them.
pub(crate) async fn wait_briefly(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set local lock_timeout = '200ms'").execute(conn).await?;
    Ok(())
}

/// Whether the fault is that others held what was to be locked.
pub(crate) fn was_busy(fault: &Fault) -> bool {
    let error = fault.source().downcast_ref::<sqlx::Error>().and_then(sqlx::Error::as_database_error);
    // lock_not_available
    error.and_then(|error| error.code()).as_deref() == Some("55P03")
}
