use std::collections::HashMap;

use kernel::{CategoryId, Clock, ProductId, VariantId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::read;
use crate::app::Media;
use crate::domain::{MediaDraft, ProductDraft, Status, VariantDraft};

/// What an import needs to know of the product it meets.
pub(crate) struct Known {
    pub(crate) id: ProductId,
    pub(crate) version: i64,
    pub(crate) fingerprint: Option<Vec<u8>>,
}

/// Finds the product by its slug and locks it until the transaction ends.
pub(crate) async fn lock_by_slug(conn: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Known>> {
    let row = sqlx::query!("select id, version, fingerprint from products.product where slug = $1 for update", slug)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|row| Known { id: row.id.into(), version: row.version, fingerprint: row.fingerprint }))
}

/// Finds the product by its id and locks it until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, id: ProductId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!("select 1 as one from products.product where id = $1 for update", id.0)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// Writes the product's own row, new or not. Without a fingerprint it keeps that of its last import.
pub(crate) async fn save(
    conn: &mut PgConnection,
    (id, version): (ProductId, i64),
    draft: &ProductDraft,
    category: Option<CategoryId>,
    fingerprint: Option<&[u8]>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let published = (draft.status == Status::Active).then_some(now);
    sqlx::query!(
        "insert into products.product (id, slug, title, description_html, vendor, category_id, tags, option_names, status,
             version, fingerprint, published_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
         on conflict (id) do update set slug = excluded.slug, title = excluded.title, description_html = excluded.description_html,
             vendor = excluded.vendor, category_id = excluded.category_id, tags = excluded.tags,
             option_names = excluded.option_names, status = excluded.status, version = excluded.version,
             fingerprint = coalesce(excluded.fingerprint, products.product.fingerprint), updated_at = excluded.updated_at,
             published_at = coalesce(products.product.published_at, excluded.published_at)",
        id.0,
        draft.slug,
        draft.title,
        draft.description_html,
        draft.vendor,
        category.map(|id| id.0),
        &draft.tags,
        &draft.option_names,
        draft.status.name(),
        version,
        fingerprint,
        published,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves the product to another status with its next version.
pub(crate) async fn set_status(
    conn: &mut PgConnection,
    id: ProductId,
    status: Status,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update products.product set status = $2, version = version + 1, updated_at = $3,
             published_at = case when $2 = 'ACTIVE' then coalesce(published_at, $3) else published_at end
         where id = $1",
        id.0,
        status.name(),
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes the product's variants those of the draft. One that is still there (by SKU, else by its options) keeps its id.
/// Answers with the new ones. Prices in other currencies than the draft's go as well, unless those are kept.
pub(crate) async fn replace_variants<'d>(
    conn: &mut PgConnection,
    clock: &dyn Clock,
    product: ProductId,
    (drafts, kept_prices): (&'d [VariantDraft], bool),
) -> sqlx::Result<Vec<(VariantId, &'d VariantDraft)>> {
    let rows = sqlx::query!("select id, sku, options from products.variant where product_id = $1", product.0)
        .fetch_all(&mut *conn)
        .await?;
    let mut by_sku: HashMap<String, Uuid> = HashMap::new();
    let mut by_options: HashMap<Vec<String>, Uuid> = HashMap::new();
    for row in rows {
        let claimed = row.sku.as_ref().is_some_and(|sku| drafts.iter().any(|draft| draft.sku.as_ref() == Some(sku)));
        match row.sku {
            Some(sku) if claimed => by_sku.insert(sku, row.id),
            _ => by_options.insert(row.options, row.id),
        };
    }
    let (mut kept, mut new) = (Vec::new(), Vec::new());
    for draft in drafts {
        let same_sku = draft.sku.as_ref().and_then(|sku| by_sku.remove(sku));
        let known = same_sku.or_else(|| by_options.remove(&draft.options));
        kept.push(known.unwrap_or_else(|| clock.uuid()));
        if let (None, Some(&id)) = (known, kept.last()) {
            new.push((id.into(), draft));
        }
    }
    sqlx::query!("delete from products.variant where product_id = $1 and not id = any($2)", product.0, &kept)
        .execute(&mut *conn)
        .await?;
    let positions: Vec<i32> = (0..).take(drafts.len()).collect();
    let skus: Vec<Option<String>> = drafts.iter().map(|draft| draft.sku.clone()).collect();
    let options: Vec<String> = drafts.iter().map(|draft| draft.options.join("\u{1f}")).collect();
    let grams: Vec<i32> = drafts.iter().map(|draft| draft.grams).collect();
    sqlx::query!(
        "insert into products.variant (id, product_id, position, sku, options, grams)
         select new.id, $1, new.position, new.sku, string_to_array(new.options, chr(31)), new.grams
         from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::int[]) as new (id, position, sku, options, grams)
         on conflict (id) do update set position = excluded.position, sku = excluded.sku, options = excluded.options, grams = excluded.grams",
        product.0,
        &kept,
        &positions,
        &skus as &[Option<String>],
        &options,
        &grams
    )
    .execute(&mut *conn)
    .await?;
    save_prices(conn, product, &kept, (drafts, kept_prices)).await?;
    Ok(new)
}

async fn save_prices(
    conn: &mut PgConnection,
    product: ProductId,
    ids: &[Uuid],
    (drafts, kept): (&[VariantDraft], bool),
) -> sqlx::Result<()> {
    let (mut of, mut currencies, mut minors) = (Vec::new(), Vec::new(), Vec::new());
    for (id, draft) in ids.iter().zip(drafts) {
        for price in &draft.prices {
            of.push(*id);
            currencies.push(price.currency.code().to_owned());
            minors.push(price.minor);
        }
    }
    if !kept {
        sqlx::query!(
            "delete from products.price p using products.variant v
             where v.id = p.variant_id and v.product_id = $1 and not exists (
                 select from unnest($2::uuid[], $3::text[]) as new (variant_id, currency)
                 where new.variant_id = p.variant_id and new.currency = p.currency
             )",
            product.0,
            &of,
            &currencies
        )
        .execute(&mut *conn)
        .await?;
    }
    sqlx::query!(
        "insert into products.price (variant_id, currency, minor)
         select * from unnest($1::uuid[], $2::text[], $3::bigint[])
         on conflict (variant_id, currency) do update set minor = excluded.minor",
        &of,
        &currencies,
        &minors
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "with ranges as (
             select p.currency, min(p.minor) as lowest, max(p.minor) as highest
             from products.variant v join products.price p on p.variant_id = v.id
             where v.product_id = $1 group by p.currency
         ), gone as (
             delete from products.price_range r where r.product_id = $1 and r.currency not in (select currency from ranges)
         )
         insert into products.price_range (product_id, currency, lowest, highest) select $1, currency, lowest, highest from ranges
         on conflict (product_id, currency) do update set lowest = excluded.lowest, highest = excluded.highest",
        product.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes the product's pictures those of the draft; if they are already, they keep their ids.
pub(crate) async fn replace_media(
    conn: &mut PgConnection,
    clock: &dyn Clock,
    product: ProductId,
    media: &[MediaDraft],
) -> sqlx::Result<()> {
    let known = read::media(conn, &[product.0]).await?.remove(&product).unwrap_or_default();
    let same = |(known, new): (&Media, &MediaDraft)| known.url == new.url && known.alt == new.alt;
    if known.len() == media.len() && known.iter().zip(media).all(same) {
        return Ok(());
    }
    sqlx::query!("delete from products.media where product_id = $1", product.0).execute(&mut *conn).await?;
    let ids: Vec<Uuid> = media.iter().map(|_| clock.uuid()).collect();
    let positions: Vec<i32> = (0..).take(media.len()).collect();
    let urls: Vec<String> = media.iter().map(|picture| picture.url.clone()).collect();
    let alts: Vec<String> = media.iter().map(|picture| picture.alt.clone()).collect();
    sqlx::query!(
        "insert into products.media (id, product_id, position, url, alt)
         select new.id, $1, new.position, new.url, new.alt from unnest($2::uuid[], $3::int[], $4::text[], $5::text[]) as new (id, position, url, alt)",
        product.0,
        &ids,
        &positions,
        &urls,
        &alts
    )
    .execute(conn)
    .await?;
    Ok(())
}
