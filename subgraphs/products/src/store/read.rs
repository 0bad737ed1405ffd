use std::collections::HashMap;

use kernel::{Money, ProductId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::app::{Media, PriceRange, Product, Variant};

pub(super) fn corrupt(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

fn money(minor: i64, currency: &str) -> sqlx::Result<Money> {
    Ok(Money { minor, currency: currency.parse().map_err(corrupt)? })
}

#[derive(sqlx::FromRow)]
pub(super) struct ProductRow {
    pub(super) id: Uuid,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) description_html: String,
    pub(super) vendor: String,
    pub(super) category_id: Option<Uuid>,
    pub(super) tags: Vec<String>,
    pub(super) option_names: Vec<String>,
    pub(super) status: String,
    pub(super) version: i64,
    pub(super) published_at: Option<OffsetDateTime>,
}

impl TryFrom<ProductRow> for Product {
    type Error = sqlx::Error;
    fn try_from(row: ProductRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.id.into(),
            slug: row.slug,
            title: row.title,
            description_html: row.description_html,
            vendor: row.vendor,
            category_id: row.category_id.map(Into::into),
            tags: row.tags,
            option_names: row.option_names,
            status: row.status.parse().map_err(corrupt)?,
            version: row.version,
            published_at: row.published_at,
        })
    }
}

/// The products by their ids, in no order.
pub(crate) async fn by_ids(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Product>> {
    let rows = sqlx::query_as!(
        ProductRow,
        "select id, slug, title, description_html, vendor, category_id, tags, option_names, status, version, published_at
         from products.product where id = any($1)",
        ids
    );
    rows.fetch_all(conn).await?.into_iter().map(Product::try_from).collect()
}

/// The product by its slug.
pub(crate) async fn by_slug(conn: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Product>> {
    let row = sqlx::query_as!(
        ProductRow,
        "select id, slug, title, description_html, vendor, category_id, tags, option_names, status, version, published_at
         from products.product where slug = $1",
        slug
    );
    row.fetch_optional(conn).await?.map(Product::try_from).transpose()
}

/// Variants with their prices, by product or by their own ids (either list may be empty), in display order.
pub(crate) async fn variants(conn: &mut PgConnection, products: &[Uuid], ids: &[Uuid]) -> sqlx::Result<Vec<Variant>> {
    let rows = sqlx::query!(
        r#"select v.id, v.product_id, v.sku, v.options, v.grams, p.currency as "currency?", p.minor as "minor?"
           from products.variant v left join products.price p on p.variant_id = v.id
           where v.product_id = any($1) or v.id = any($2)
           order by v.product_id, v.position, v.id, p.currency"#,
        products,
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut variants: Vec<Variant> = Vec::new();
    for row in rows {
        if variants.last().is_none_or(|last| last.id.0 != row.id) {
            variants.push(Variant {
                id: row.id.into(),
                product_id: row.product_id.into(),
                sku: row.sku,
                options: row.options,
                grams: row.grams,
                prices: Vec::new(),
            });
        }
        if let (Some(variant), Some(currency), Some(minor)) = (variants.last_mut(), row.currency, row.minor) {
            variant.prices.push(money(minor, &currency)?);
        }
    }
    Ok(variants)
}

/// Which of the SKUs are those of other products than this one.
pub(crate) async fn skus_of_others(
    conn: &mut PgConnection,
    skus: &[String],
    product: Option<ProductId>,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select sku as "sku!" from products.variant
           where sku = any($1) and product_id is distinct from $2 order by sku"#,
        skus,
        product.map(|id| id.0)
    )
    .fetch_all(conn)
    .await
}

/// The pictures of the products, in display order.
pub(crate) async fn media(conn: &mut PgConnection, products: &[Uuid]) -> sqlx::Result<HashMap<ProductId, Vec<Media>>> {
    let rows = sqlx::query!(
        "select id, product_id, url, alt from products.media where product_id = any($1) order by product_id, position",
        products
    );
    let mut found: HashMap<ProductId, Vec<Media>> = HashMap::new();
    for row in rows.fetch_all(conn).await? {
        found.entry(row.product_id.into()).or_default().push(Media { id: row.id.into(), url: row.url, alt: row.alt });
    }
    Ok(found)
}

/// The price ranges of the products, by currency.
pub(crate) async fn price_ranges(
    conn: &mut PgConnection,
    products: &[Uuid],
) -> sqlx::Result<HashMap<ProductId, Vec<PriceRange>>> {
    let rows = sqlx::query!(
        "select product_id, currency, lowest, highest from products.price_range where product_id = any($1) order by currency",
        products
    );
    let mut found: HashMap<ProductId, Vec<PriceRange>> = HashMap::new();
    for row in rows.fetch_all(conn).await? {
        let range =
            PriceRange { lowest: money(row.lowest, &row.currency)?, highest: money(row.highest, &row.currency)? };
        found.entry(row.product_id.into()).or_default().push(range);
    }
    Ok(found)
}
