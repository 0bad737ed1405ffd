use std::collections::HashMap;

use kernel::{CollectionId, ProductId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::app::{Collection, Place};

struct Row {
    id: Uuid,
    slug: String,
    title: String,
    description_html: String,
    version: i64,
}

impl From<Row> for Collection {
    fn from(row: Row) -> Self {
        let Row { id, slug, title, description_html, version } = row;
        Self { id: id.into(), slug, title, description_html, version }
    }
}

/// The collection by its id.
pub(crate) async fn by_id(conn: &mut PgConnection, id: CollectionId) -> sqlx::Result<Option<Collection>> {
    let row = sqlx::query_as!(
        Row,
        "select id, slug, title, description_html, version from products.collection where id = $1",
        id.0
    );
    Ok(row.fetch_optional(conn).await?.map(Into::into))
}

/// The collection by its id, locked until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, id: CollectionId) -> sqlx::Result<Option<Collection>> {
    let row = sqlx::query_as!(
        Row,
        "select id, slug, title, description_html, version from products.collection where id = $1 for update",
        id.0
    );
    Ok(row.fetch_optional(conn).await?.map(Into::into))
}

/// The collection by its slug.
pub(crate) async fn by_slug(conn: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Collection>> {
    let row = sqlx::query_as!(
        Row,
        "select id, slug, title, description_html, version from products.collection where slug = $1",
        slug
    );
    Ok(row.fetch_optional(conn).await?.map(Into::into))
}

/// Collections after the place, by title.
pub(crate) async fn page(conn: &mut PgConnection, after: Option<&Place>, limit: i64) -> sqlx::Result<Vec<Collection>> {
    // No title is empty, so an empty one stands before all.
    let (title, id) = after.map_or(("", Uuid::nil()), |place| (place.value.as_str(), place.id));
    let rows = sqlx::query_as!(
        Row,
        "select id, slug, title, description_html, version from products.collection
         where (title, id) > ($1, $2) order by title, id limit $3",
        title,
        id,
        limit
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// How many collections there are.
pub(crate) async fn count(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from products.collection"#).fetch_one(conn).await
}

/// The collections that the products are in, by title.
pub(crate) async fn of_products(
    conn: &mut PgConnection,
    products: &[Uuid],
) -> sqlx::Result<HashMap<ProductId, Vec<Collection>>> {
    let rows = sqlx::query!(
        "select m.product_id, c.id, c.slug, c.title, c.description_html, c.version
         from products.collection_product m join products.collection c on c.id = m.collection_id
         where m.product_id = any($1) order by c.title, c.id",
        products
    );
    let mut found: HashMap<ProductId, Vec<Collection>> = HashMap::new();
    for row in rows.fetch_all(conn).await? {
        found.entry(row.product_id.into()).or_default().push(Collection {
            id: row.id.into(),
            slug: row.slug,
            title: row.title,
            description_html: row.description_html,
            version: row.version,
        });
    }
    Ok(found)
}

/// Writes the collection's own row, new or not.
pub(crate) async fn save(conn: &mut PgConnection, of: &Collection, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into products.collection (id, slug, title, description_html, version, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6)
         on conflict (id) do update set slug = excluded.slug, title = excluded.title,
             description_html = excluded.description_html, version = excluded.version, updated_at = excluded.updated_at",
        of.id.0,
        of.slug,
        of.title,
        of.description_html,
        of.version,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}
