use kernel::{CartId, Email, Money, OrderId, PostalAddress, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{address, corrupt, email};
use crate::app::{Cart, CartLine};

struct CartRow {
    id: Uuid,
    user_id: Option<Uuid>,
    currency: String,
    email: Option<String>,
    shipping_address: Option<serde_json::Value>,
    shipping_method: Option<String>,
    updated_at: OffsetDateTime,
    order_id: Option<Uuid>,
}

impl TryFrom<CartRow> for Cart {
    type Error = sqlx::Error;
    fn try_from(row: CartRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: CartId(row.id),
            user_id: row.user_id.map(UserId),
            currency: row.currency.parse().map_err(corrupt)?,
            email: row.email.as_deref().map(email).transpose()?,
            address: row.shipping_address.map(address).transpose()?,
            delivery: row.shipping_method,
            lines: Vec::new(),
            updated_at: row.updated_at,
            order_id: row.order_id.map(OrderId),
        })
    }
}

/// Creates an empty cart.
pub(crate) async fn create(conn: &mut PgConnection, cart: &Cart) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into orders.cart (id, user_id, currency, created_at, updated_at) values ($1, $2, $3, $4, $4)",
        cart.id.0,
        cart.user_id.map(|user| user.0),
        cart.currency.code(),
        cart.updated_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The cart without its lines.
pub(crate) async fn load(conn: &mut PgConnection, id: CartId) -> sqlx::Result<Option<Cart>> {
    let row = sqlx::query_as!(
        CartRow,
        "select id, user_id, currency, email, shipping_address, shipping_method, updated_at, order_id
         from orders.cart where id = $1",
        id.0
    );
    row.fetch_optional(conn).await?.map(Cart::try_from).transpose()
}

/// The same, held until the end of the transaction: changes of one cart come one after the other. Its lines are another
/// statement's, which sees what the last holder did.
pub(crate) async fn lock(conn: &mut PgConnection, id: CartId) -> sqlx::Result<Option<Cart>> {
    let row = sqlx::query_as!(
        CartRow,
        "select id, user_id, currency, email, shipping_address, shipping_method, updated_at, order_id
         from orders.cart where id = $1 for update",
        id.0
    );
    row.fetch_optional(conn).await?.map(Cart::try_from).transpose()
}

/// The account's cart that was used last, if it has an open one.
pub(crate) async fn of_user(conn: &mut PgConnection, user: UserId) -> sqlx::Result<Option<CartId>> {
    let found = sqlx::query_scalar!(
        "select id from orders.cart where user_id = $1 and order_id is null order by updated_at desc limit 1",
        user.0
    );
    Ok(found.fetch_optional(conn).await?.map(CartId))
}

/// What is in the cart, oldest first, and after that what else is asked for and known, as lines of no units.
pub(crate) async fn lines(conn: &mut PgConnection, cart: &Cart, also: &[Uuid]) -> sqlx::Result<Vec<CartLine>> {
    let rows = sqlx::query!(
        r#"select v.variant_id, v.product_id, v.sku, v.title, v.variant_title, v.image_url, l.quantity as "quantity?",
             l.seen_minor as "seen?", case when v.for_sale then (v.prices ->> $2)::bigint end as price, s.available as "available?"
         from (select variant_id from orders.cart_line where cart_id = $1 union select unnest($3::uuid[])) asked
         join orders.variant v on v.variant_id = asked.variant_id
         left join orders.cart_line l on l.cart_id = $1 and l.variant_id = v.variant_id
         left join orders.level s on s.variant_id = v.variant_id
         order by l.added_at nulls last, v.variant_id"#,
        cart.id.0,
        cart.currency.code(),
        also
    );
    let rows = rows.fetch_all(conn).await?;
    let money = |minor| Money { minor, currency: cart.currency };
    Ok(rows
        .into_iter()
        .map(|row| CartLine {
            variant_id: row.variant_id.into(),
            product_id: row.product_id.into(),
            sku: row.sku,
            title: row.title,
            variant_title: row.variant_title,
            image_url: row.image_url,
            quantity: row.quantity.unwrap_or(0),
            seen: money(row.seen.or(row.price).unwrap_or(0)),
            price: row.price.map(money),
            available: row.available,
        })
        .collect())
}

/// Writes these lines' quantities and the prices seen, and who has the cart.
pub(crate) async fn put_lines(conn: &mut PgConnection, cart: &Cart, lines: &[&CartLine]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.variant_id.0).collect();
    let quantities: Vec<i32> = lines.iter().map(|line| line.quantity).collect();
    let prices: Vec<i64> = lines.iter().map(|line| line.seen.minor).collect();
    sqlx::query!(
        "with touched as (update orders.cart set user_id = $6, updated_at = $5 where id = $1)
         insert into orders.cart_line (cart_id, variant_id, quantity, seen_minor, added_at)
         select $1, l.id, l.quantity, l.minor, $5
         from unnest($2::uuid[], $3::int[], $4::bigint[]) l (id, quantity, minor)
         on conflict (cart_id, variant_id) do update set quantity = excluded.quantity, seen_minor = excluded.seen_minor",
        cart.id.0,
        &ids,
        &quantities,
        &prices,
        cart.updated_at,
        cart.user_id.map(|user| user.0)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes lines out, and writes who has the cart.
pub(crate) async fn remove_lines(conn: &mut PgConnection, cart: &Cart, ids: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "with touched as (update orders.cart set user_id = $4, updated_at = $3 where id = $1)
         delete from orders.cart_line where cart_id = $1 and variant_id = any($2)",
        cart.id.0,
        ids,
        cart.updated_at,
        cart.user_id.map(|user| user.0)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What is said of who buys, where it goes and how; what is not said stays as it is.
#[derive(Debug, Default)]
pub(crate) struct Said<'a> {
    pub(crate) email: Option<&'a Email>,
    pub(crate) address: Option<&'a PostalAddress>,
    pub(crate) delivery: Option<&'a str>,
}

/// Writes what is said, unless the cart is somebody else's or an order already; answers with the cart without its lines.
pub(crate) async fn save(
    conn: &mut PgConnection,
    id: CartId,
    user: Option<UserId>,
    said: Said<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Cart>> {
    let address = said.address.map(serde_json::to_value).transpose().map_err(|e| sqlx::Error::Encode(e.into()))?;
    let row = sqlx::query_as!(
        CartRow,
        "update orders.cart set user_id = coalesce(user_id, $2), email = coalesce($3, email),
             shipping_address = coalesce($4, shipping_address), shipping_method = coalesce($5, shipping_method), updated_at = $6
         where id = $1 and order_id is null and (user_id is null or user_id = $2)
         returning id, user_id, currency, email, shipping_address, shipping_method, updated_at, order_id",
        id.0,
        user.map(|user| user.0),
        said.email.map(Email::as_str),
        address,
        said.delivery,
        now
    );
    row.fetch_optional(conn).await?.map(Cart::try_from).transpose()
}

/// Deletes the open carts of an account.
pub(crate) async fn forget_user(conn: &mut PgConnection, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("delete from orders.cart where user_id = $1 and order_id is null", user.0).execute(conn).await?;
    Ok(())
}

/// Deletes open carts that nobody has touched since, up to a batch of them; tells how many.
pub(crate) async fn forget_carts(conn: &mut PgConnection, before: OffsetDateTime, limit: i64) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from orders.cart where id = any(array(
             select id from orders.cart where order_id is null and updated_at < $1 limit $2 for update skip locked))",
        before,
        limit
    );
    Ok(done.execute(conn).await?.rows_affected())
}
