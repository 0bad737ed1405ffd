//! What orders knows of products, stock, delivery and tax.

use std::collections::HashMap;

use events::products::ProductSnapshot;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::app::{Method, Terms};
use crate::domain::TaxRate;

/// Takes the product's version if it is newer than what was applied; false for a late one.
pub(crate) async fn take_version(conn: &mut PgConnection, product: Uuid, version: i64) -> sqlx::Result<bool> {
    let taken = sqlx::query!(
        "insert into orders.product_version (product_id, version) values ($1, $2)
         on conflict (product_id) do update set version = excluded.version
         where product_version.version < excluded.version",
        product,
        version
    );
    Ok(taken.execute(conn).await?.rows_affected() == 1)
}

/// Writes the variants of the product, and takes those that are gone out of sale.
pub(crate) async fn put_product(conn: &mut PgConnection, product: &ProductSnapshot) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = product.variants.iter().map(|variant| variant.variant_id.0).collect();
    let skus: Vec<Option<String>> = product.variants.iter().map(|variant| variant.sku.clone()).collect();
    let titles: Vec<String> = product.variants.iter().map(|variant| variant.title.clone()).collect();
    let prices: Vec<serde_json::Value> = product
        .variants
        .iter()
        .map(|variant| {
            variant.prices.iter().map(|price| (price.currency.code().to_owned(), price.minor.into())).collect()
        })
        .map(serde_json::Value::Object)
        .collect();
    withdraw(conn, product.product_id.0).await?;
    sqlx::query!(
        "insert into orders.variant
             (variant_id, product_id, sku, title, variant_title, image_url, prices, for_sale)
         select v.id, $5, v.sku, $6, v.title, $7, v.prices, true
         from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[]) v (id, sku, title, prices)
         on conflict (variant_id) do update set product_id = excluded.product_id,
             sku = excluded.sku, title = excluded.title, variant_title = excluded.variant_title,
             image_url = excluded.image_url, prices = excluded.prices, for_sale = true",
        &ids,
        &skus as &[Option<String>],
        &titles,
        &prices,
        product.product_id.0,
        product.title,
        product.image_url
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes the product's variants out of sale.
pub(crate) async fn withdraw(conn: &mut PgConnection, product: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update orders.variant set for_sale = false where product_id = $1 and for_sale", product)
        .execute(conn)
        .await?;
    Ok(())
}

/// Remembers how many units are left, unless something newer is known.
pub(crate) async fn put_level(
    conn: &mut PgConnection,
    variant: Uuid,
    version: i64,
    available: i64,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into orders.level (variant_id, version, available) values ($1, $2, $3)
         on conflict (variant_id) do update set version = excluded.version, available = excluded.available
         where level.version < excluded.version",
        variant,
        version,
        available
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// All deliveries and taxes.
pub(crate) async fn terms(conn: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Terms> {
    let rates =
        sqlx::query!("select country, basis_points, included from orders.tax_rate").fetch_all(&mut *conn).await?;
    let prices = sqlx::query!(
        "select m.code, m.name, m.min_days, m.max_days, m.countries, p.currency, p.minor, p.free_from
         from orders.shipping_method m join orders.shipping_price p on p.code = m.code order by m.position, m.code"
    );
    let mut methods: Vec<Method> = Vec::new();
    for row in prices.fetch_all(conn).await? {
        let price = (row.currency, (row.minor, row.free_from));
        match methods.last_mut() {
            Some(method) if method.code == row.code => {
                method.prices.extend([price]);
            }
            _ => methods.push(Method {
                code: row.code,
                name: row.name,
                min_days: row.min_days,
                max_days: row.max_days,
                countries: row.countries,
                prices: HashMap::from([price]),
            }),
        }
    }
    let rate = |basis_points, included| TaxRate { basis_points, included };
    let rates = rates.into_iter().map(|row| (row.country, rate(row.basis_points, row.included))).collect();
    Ok(Terms { read_at: now, rates, methods })
}
