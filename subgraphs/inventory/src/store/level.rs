use kernel::{VariantId, WarehouseId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::Level;

struct Row {
    variant_id: Uuid,
    version: i64,
    available: i64,
    threshold: i64,
}

impl From<Row> for Level {
    fn from(row: Row) -> Self {
        let Row { variant_id, version, available, threshold } = row;
        Self { variant_id: variant_id.into(), version, available, threshold }
    }
}

/// A level that has changed, and by how many units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Changed {
    pub(crate) level: Level,
    pub(crate) change: i64,
}

/// The first level of a variant; `None` when it has one already.
pub(crate) async fn create(conn: &mut PgConnection, variant: VariantId) -> sqlx::Result<Option<Level>> {
    let row = sqlx::query_as!(
        Row,
        "insert into inventory.level (variant_id, version, available) values ($1, 1, 0)
         on conflict do nothing returning variant_id, version, available, threshold",
        variant.0
    );
    Ok(row.fetch_optional(conn).await?.map(Into::into))
}

/// The levels of the variants, in no order. One that was never in stock has none.
pub(crate) async fn by_ids(conn: &mut PgConnection, variants: &[Uuid]) -> sqlx::Result<Vec<Level>> {
    let rows = sqlx::query_as!(
        Row,
        "select variant_id, version, available, threshold from inventory.level where variant_id = any($1)",
        variants
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// Counts what the warehouse keeps in or out, after it was opened or closed.
pub(crate) async fn recount(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    opened: bool,
) -> sqlx::Result<Vec<Changed>> {
    let rows = sqlx::query!(
        r#"update inventory.level l set available = l.available + c.change, version = l.version + 1
           from (
               select variant_id, case when $2 then on_hand - reserved else reserved - on_hand end as change
               from inventory.stock where warehouse_id = $1
           ) c
           where l.variant_id = c.variant_id and c.change <> 0
           returning l.variant_id, l.version, l.available, l.threshold, c.change as "change!""#,
        warehouse.0,
        opened
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
