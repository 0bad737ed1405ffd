use std::collections::{HashMap, HashSet};

use kernel::{CollectionId, ProductId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::read::{ProductRow, corrupt};
use crate::app::{Collected, Product};

/// Those of the products that exist.
pub(crate) async fn known(conn: &mut PgConnection, products: &[ProductId]) -> sqlx::Result<HashSet<ProductId>> {
    let ids: Vec<Uuid> = products.iter().map(|id| id.0).collect();
    let found = sqlx::query_scalar!("select id from products.product where id = any($1)", &ids).fetch_all(conn).await?;
    Ok(found.into_iter().map(ProductId).collect())
}

/// The collection's products in order.
pub(crate) async fn ids(conn: &mut PgConnection, collection: CollectionId) -> sqlx::Result<Vec<ProductId>> {
    let found = sqlx::query_scalar!(
        "select product_id from products.collection_product where collection_id = $1 order by position",
        collection.0
    );
    Ok(found.fetch_all(conn).await?.into_iter().map(ProductId).collect())
}

/// Makes these the collection's products, in this order.
pub(crate) async fn replace(
    conn: &mut PgConnection,
    collection: CollectionId,
    products: &[ProductId],
) -> sqlx::Result<()> {
    sqlx::query!("delete from products.collection_product where collection_id = $1", collection.0)
        .execute(&mut *conn)
        .await?;
    let ids: Vec<Uuid> = products.iter().map(|id| id.0).collect();
    let positions: Vec<i32> = (0..).take(ids.len()).collect();
    sqlx::query!(
        "insert into products.collection_product (collection_id, product_id, position)
         select $1, new.id, new.position from unnest($2::uuid[], $3::int[]) as new (id, position)",
        collection.0,
        &ids,
        &positions
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Pages of collections' products in order: products with the number of their page in the list, and their position.
pub(crate) async fn pages(
    conn: &mut PgConnection,
    pages: &[Collected],
    limit: i64,
) -> sqlx::Result<Vec<(usize, i32, Product)>> {
    let collections: Vec<Uuid> = pages.iter().map(|page| page.collection.0).collect();
    let afters: Vec<i32> = pages.iter().map(|page| page.after.unwrap_or(-1)).collect();
    let alls: Vec<bool> = pages.iter().map(|page| page.all).collect();
    let rows = sqlx::query!(
        r#"select wanted.number as "number!", found.position, found.id, found.slug, found.title, found.description_html,
               found.vendor, found.category_id, found.tags, found.option_names, found.status, found.version,
               found.published_at
           from unnest($1::uuid[], $2::int[], $3::bool[]) with ordinality as wanted (collection_id, after, everything, number)
           cross join lateral (
               select m.position, p.* from products.collection_product m join products.product p on p.id = m.product_id
               where m.collection_id = wanted.collection_id and m.position > wanted.after
                   and (wanted.everything or p.status = 'ACTIVE')
               order by m.position limit $4
           ) as found
           order by wanted.number, found.position"#,
        &collections,
        &afters,
        &alls,
        limit
    );
    let mut found = Vec::new();
    for row in rows.fetch_all(conn).await? {
        let index = usize::try_from(row.number - 1).map_err(corrupt)?;
        let product = ProductRow {
            id: row.id,
            slug: row.slug,
            title: row.title,
            description_html: row.description_html,
            vendor: row.vendor,
            category_id: row.category_id,
            tags: row.tags,
            option_names: row.option_names,
            status: row.status,
            version: row.version,
            published_at: row.published_at,
        };
        found.push((index, row.position, product.try_into()?));
    }
    Ok(found)
}

/// How many products the collections have: all of them, and those for sale.
pub(crate) async fn count(
    conn: &mut PgConnection,
    collections: &[Uuid],
) -> sqlx::Result<HashMap<CollectionId, (i64, i64)>> {
    let rows = sqlx::query!(
        r#"select m.collection_id, count(*) as "everything!",
               count(*) filter (where p.status = 'ACTIVE') as "active!"
           from products.collection_product m join products.product p on p.id = m.product_id
           where m.collection_id = any($1) group by m.collection_id"#,
        collections
    );
    let found = rows.fetch_all(conn).await?.into_iter();
    Ok(found.map(|row| (row.collection_id.into(), (row.everything, row.active))).collect())
}
