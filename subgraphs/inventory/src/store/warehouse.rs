use kernel::WarehouseId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::app::Warehouse;

struct Row {
    id: Uuid,
    code: String,
    name: String,
    country: String,
    priority: i32,
    active: bool,
}

impl From<Row> for Warehouse {
    fn from(row: Row) -> Self {
        let Row { id, code, name, country, priority, active } = row;
        Self { id: id.into(), code, name, country, priority, active }
    }
}

/// All warehouses, in the order in which they are asked.
pub(crate) async fn all(conn: &mut PgConnection) -> sqlx::Result<Vec<Warehouse>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, code, name, country, priority, active from inventory.warehouse order by priority, id"
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// The warehouses by their ids, in no order.
pub(crate) async fn by_ids(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Warehouse>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, code, name, country, priority, active from inventory.warehouse where id = any($1)",
        ids
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// The warehouse where new variants arrive.
pub(crate) async fn arrivals(conn: &mut PgConnection) -> sqlx::Result<WarehouseId> {
    let id = sqlx::query_scalar!("select id from inventory.warehouse where code = 'MAIN'").fetch_one(conn).await?;
    Ok(id.into())
}

/// The warehouse, locked until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, id: WarehouseId) -> sqlx::Result<Option<Warehouse>> {
    let row = sqlx::query_as!(
        Row,
        "select id, code, name, country, priority, active from inventory.warehouse where id = $1 for no key update",
        id.0
    );
    Ok(row.fetch_optional(conn).await?.map(Into::into))
}

/// Writes the warehouse, new or not; its code stays.
pub(crate) async fn save(conn: &mut PgConnection, of: &Warehouse) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into inventory.warehouse (id, code, name, country, priority, active) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do update set name = excluded.name, country = excluded.country, priority = excluded.priority,
             active = excluded.active",
        of.id.0,
        of.code,
        of.name,
        of.country,
        of.priority,
        of.active
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Waits until no stock is being changed and lets none be changed until the transaction ends.
///
/// Whoever changes stock looks whether its warehouse is open before it knows that it may go on; while this is held, what it
/// saw is still so when it commits.
pub(crate) async fn still(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("lock table inventory.stock in exclusive mode").execute(conn).await?;
    Ok(())
}
