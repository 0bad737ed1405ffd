use events::products::ProductSnapshot;
use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{announce, corrupt};
use crate::app::{Document, Source};

/// Keeps the product as it is now, unless something newer is known; a product that comes back is new again.
pub(crate) async fn put(conn: &mut PgConnection, product: &ProductSnapshot, at: OffsetDateTime) -> sqlx::Result<()> {
    let put = sqlx::query!(
        "insert into search.product_document (product_id, version, snapshot, deleted, listed_at, change_seq)
         values ($1, $2, $3, false, $4, nextval('search.change_seq'))
         on conflict (product_id) do update
         set version = excluded.version, snapshot = excluded.snapshot, deleted = false, change_seq = excluded.change_seq,
             listed_at = case when product_document.deleted then excluded.listed_at else product_document.listed_at end
         where product_document.version < excluded.version",
        product.product_id.0,
        product.version,
        Json(product) as _,
        at
    );
    if put.execute(&mut *conn).await?.rows_affected() > 0 {
        announce(conn).await?;
    }
    Ok(())
}

/// Marks the product as gone, unless something newer is known. The row stays, so that a late snapshot does not bring it back.
pub(crate) async fn archive(
    conn: &mut PgConnection,
    product: Uuid,
    version: i64,
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    let archive = sqlx::query!(
        "insert into search.product_document (product_id, version, deleted, listed_at, change_seq)
         values ($1, $2, true, $3, nextval('search.change_seq'))
         on conflict (product_id) do update
         set version = excluded.version, deleted = true, change_seq = excluded.change_seq
         where product_document.version < excluded.version",
        product,
        version,
        at
    );
    if archive.execute(&mut *conn).await?.rows_affected() > 0 {
        announce(conn).await?;
    }
    Ok(())
}

/// Lets the indexer look again at the product that has the variant.
pub(crate) async fn touch_variant(conn: &mut PgConnection, variant: Uuid) -> sqlx::Result<()> {
    let touch = sqlx::query!(
        "update search.product_document set change_seq = nextval('search.change_seq')
         where snapshot -> 'variants' @> jsonb_build_array(jsonb_build_object('variant_id', $1::text)) and not deleted",
        variant.to_string()
    );
    if touch.execute(&mut *conn).await?.rows_affected() > 0 {
        announce(conn).await?;
    }
    Ok(())
}

/// Which database this is, and the highest number of a change in it.
pub(crate) async fn source(conn: &mut PgConnection) -> sqlx::Result<Source> {
    sqlx::query_as!(
        Source,
        r#"select id, (select coalesce(max(change_seq), 0) from search.product_document) as "seq!" from search.source"#
    )
    .fetch_one(conn)
    .await
}

/// How many documents there are, with those of products that are gone.
pub(crate) async fn count(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from search.product_document"#).fetch_one(conn).await
}

/// Documents that changed after the number, in the order of their changes, with whether anything of them is in stock.
pub(crate) async fn changed_after(conn: &mut PgConnection, seq: i64, limit: i64) -> sqlx::Result<Vec<Document>> {
    let rows = sqlx::query!(
        r#"select d.product_id, d.snapshot, d.deleted, d.listed_at, d.change_seq,
             exists (select from jsonb_array_elements(d.snapshot -> 'variants') v
                     join search.stock_level s on s.variant_id = (v ->> 'variant_id')::uuid
                     where s.available > 0) as "in_stock!"
           from search.product_document d where d.change_seq > $1 order by d.change_seq limit $2"#,
        seq,
        limit
    );
    let rows = rows.fetch_all(conn).await?.into_iter().map(|row| {
        let snapshot =
            row.snapshot.filter(|_| !row.deleted).map(serde_json::from_value).transpose().map_err(corrupt)?;
        Ok(Document {
            product_id: row.product_id.into(),
            snapshot,
            listed_at: row.listed_at,
            in_stock: row.in_stock,
            seq: row.change_seq,
        })
    });
    rows.collect()
}
