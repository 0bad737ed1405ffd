use kernel::{CartId, Currency, Money, OrderId, UserId};
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
pub(crate) async fn create(
    conn: &mut PgConnection,
    id: CartId,
    user: Option<UserId>,
    currency: Currency,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into orders.cart (id, user_id, currency, created_at, updated_at) values ($1, $2, $3, $4, $4)",
        id.0,
        user.map(|user| user.0),
        currency.code(),
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The cart with its lines.
pub(crate) async fn load(conn: &mut PgConnection, id: CartId) -> sqlx::Result<Option<Cart>> {
    let row = sqlx::query_as!(
        CartRow,
        "select id, user_id, currency, email, shipping_address, shipping_method, updated_at, order_id
         from orders.cart where id = $1",
        id.0
    );
    let Some(row) = row.fetch_optional(&mut *conn).await? else { return Ok(None) };
    let mut cart = Cart::try_from(row)?;
    cart.lines = lines(conn, id, cart.currency).await?;
    Ok(Some(cart))
}

/// Holds the cart until the end of the transaction: changes of one cart come one after the other.
pub(crate) async fn lock(conn: &mut PgConnection, id: CartId) -> sqlx::Result<()> {
    sqlx::query!("select id from orders.cart where id = $1 for update", id.0).fetch_optional(conn).await?;
    Ok(())
}

/// The account's cart that was used last, if it has an open one.
pub(crate) async fn of_user(conn: &mut PgConnection, user: UserId) -> sqlx::Result<Option<CartId>> {
    let found = sqlx::query_scalar!(
        "select id from orders.cart where user_id = $1 and order_id is null order by updated_at desc limit 1",
        user.0
    );
    Ok(found.fetch_optional(conn).await?.map(CartId))
}

async fn lines(conn: &mut PgConnection, cart: CartId, currency: Currency) -> sqlx::Result<Vec<CartLine>> {
    let rows = sqlx::query!(
        r#"select l.variant_id, l.quantity, l.seen_minor, v.product_id, v.sku, v.title, v.variant_title, v.image_url,
             case when v.for_sale then (v.prices ->> $2)::bigint end as price, s.available as "available?"
         from orders.cart_line l join orders.variant v on v.variant_id = l.variant_id
         left join orders.level s on s.variant_id = l.variant_id
         where l.cart_id = $1 order by l.added_at, l.variant_id"#,
        cart.0,
        currency.code()
    );
    let rows = rows.fetch_all(conn).await?;
    let money = |minor| Money { minor, currency };
    Ok(rows
        .into_iter()
        .map(|row| CartLine {
            variant_id: row.variant_id.into(),
            product_id: row.product_id.into(),
            sku: row.sku,
            title: row.title,
            variant_title: row.variant_title,
            image_url: row.image_url,
            quantity: row.quantity,
            seen: money(row.seen_minor),
            price: row.price.map(money),
            available: row.available,
        })
        .collect())
}

/// A variant as far as a cart cares: id, price in the cart's currency, units left.
pub(crate) struct Offer {
    pub(crate) variant_id: Uuid,
    pub(crate) price: Option<i64>,
    pub(crate) available: Option<i64>,
}

/// What is offered of these variants.
pub(crate) async fn offers(conn: &mut PgConnection, ids: &[Uuid], currency: Currency) -> sqlx::Result<Vec<Offer>> {
    let rows = sqlx::query_as!(
        Offer,
        r#"select v.variant_id as "variant_id!", case when v.for_sale then (v.prices ->> $2)::bigint end as price, s.available as "available?"
         from orders.variant v left join orders.level s on s.variant_id = v.variant_id where v.variant_id = any($1)"#,
        ids,
        currency.code()
    );
    rows.fetch_all(conn).await
}

/// Sets the lines' quantities and the prices seen.
pub(crate) async fn put_lines(
    conn: &mut PgConnection,
    cart: CartId,
    lines: &[(Uuid, i32, i64)],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.0).collect();
    let quantities: Vec<i32> = lines.iter().map(|line| line.1).collect();
    let prices: Vec<i64> = lines.iter().map(|line| line.2).collect();
    sqlx::query!(
        "insert into orders.cart_line (cart_id, variant_id, quantity, seen_minor, added_at)
         select $1, l.id, l.quantity, l.minor, $5
         from unnest($2::uuid[], $3::int[], $4::bigint[]) l (id, quantity, minor)
         on conflict (cart_id, variant_id) do update set quantity = excluded.quantity, seen_minor = excluded.seen_minor",
        cart.0,
        &ids,
        &quantities,
        &prices,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes lines out.
pub(crate) async fn remove_lines(conn: &mut PgConnection, cart: CartId, ids: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from orders.cart_line where cart_id = $1 and variant_id = any($2)", cart.0, ids)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes the cart's own fields.
pub(crate) async fn save(conn: &mut PgConnection, cart: &Cart, now: OffsetDateTime) -> sqlx::Result<()> {
    let address =
        cart.address.as_ref().map(serde_json::to_value).transpose().map_err(|e| sqlx::Error::Encode(e.into()))?;
    sqlx::query!(
        "update orders.cart set user_id = $2, email = $3, shipping_address = $4, shipping_method = $5, order_id = $6,
             updated_at = $7 where id = $1",
        cart.id.0,
        cart.user_id.map(|user| user.0),
        cart.email.as_ref().map(kernel::Email::as_str),
        address,
        cart.delivery,
        cart.order_id.map(|order| order.0),
        now
    )
    .execute(conn)
    .await?;
    Ok(())
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
