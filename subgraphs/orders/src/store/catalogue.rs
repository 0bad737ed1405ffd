//! What orders knows of products, stock, delivery and tax.

use events::products::ProductSnapshot;
use kernel::Currency;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::app::{Cart, Delivery};
use crate::domain::TaxRate;
use kernel::Money;

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

/// The deliveries for the cart's country and currency, with their prices for this subtotal.
pub(crate) async fn deliveries(conn: &mut PgConnection, cart: &Cart, subtotal: i64) -> sqlx::Result<Vec<Delivery>> {
    let country = cart.address.as_ref().map(|address| address.country.as_str());
    deliveries_to(conn, cart.currency, country, subtotal).await
}

/// The deliveries to the country, in the currency, with their prices for this subtotal.
pub(crate) async fn deliveries_to(
    conn: &mut PgConnection,
    currency: Currency,
    country: Option<&str>,
    subtotal: i64,
) -> sqlx::Result<Vec<Delivery>> {
    let rows = sqlx::query!(
        r#"select m.code, m.name, m.min_days, m.max_days,
             case when $3 >= p.free_from then 0 else p.minor end as "minor!"
         from orders.shipping_method m join orders.shipping_price p on p.code = m.code and p.currency = $1
         where m.countries = '{}' or $2::text is null or $2 = any(m.countries) order by m.position"#,
        currency.code(),
        country,
        subtotal
    );
    let rows = rows.fetch_all(conn).await?;
    let delivery = |minor| Money { minor, currency };
    Ok(rows
        .into_iter()
        .map(|row| Delivery {
            code: row.code,
            name: row.name,
            price: delivery(row.minor),
            min_days: row.min_days,
            max_days: row.max_days,
        })
        .collect())
}

/// The tax of the country; none where no rate is known.
pub(crate) async fn tax(conn: &mut PgConnection, country: Option<&str>) -> sqlx::Result<TaxRate> {
    let found =
        sqlx::query_as!(TaxRate, "select basis_points, included from orders.tax_rate where country = $1", country)
            .fetch_optional(conn)
            .await?;
    Ok(found.unwrap_or(TaxRate { basis_points: 0, included: true }))
}
