use kernel::{CategoryId, Clock};
use sqlx::PgConnection;

use crate::app::Category;
use crate::domain::slug_of;

/// Finds the category by its path, creating it and its ancestors when they are new.
pub(crate) async fn ensure(
    conn: &mut PgConnection,
    clock: &dyn Clock,
    path: &[String],
) -> sqlx::Result<Option<CategoryId>> {
    if path.is_empty() {
        return Ok(None);
    }
    let mut ids = Vec::new();
    let (mut slugs, mut joined) = (Vec::new(), Vec::new());
    for depth in 1..=path.len() {
        ids.push(clock.uuid());
        slugs.push(slug_of(&path[..depth].join(" ")));
        // An array of arrays of different lengths cannot be bound; a separator that no name contains can.
        joined.push(path[..depth].join("\u{1f}"));
    }
    sqlx::query!(
        "insert into products.category (id, slug, path)
         select new.id, new.slug, string_to_array(new.path, chr(31))
         from unnest($1::uuid[], $2::text[], $3::text[]) as new (id, slug, path)
         on conflict (slug) do nothing",
        &ids,
        &slugs,
        &joined
    )
    .execute(&mut *conn)
    .await?;
    let id =
        sqlx::query_scalar!("select id from products.category where slug = $1", slugs.last()).fetch_one(conn).await?;
    Ok(Some(id.into()))
}

/// All categories, parents before children.
pub(crate) async fn all(conn: &mut PgConnection) -> sqlx::Result<Vec<Category>> {
    let rows = sqlx::query!("select id, slug, path from products.category order by path").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| Category { id: row.id.into(), slug: row.slug, path: row.path }).collect())
}

/// The categories by their ids, in no order.
pub(crate) async fn by_ids(conn: &mut PgConnection, ids: &[uuid::Uuid]) -> sqlx::Result<Vec<Category>> {
    let rows =
        sqlx::query!("select id, slug, path from products.category where id = any($1)", ids).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| Category { id: row.id.into(), slug: row.slug, path: row.path }).collect())
}
