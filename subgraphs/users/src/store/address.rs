use kernel::{AddressId, PostalAddress, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::app::Address;
use crate::domain::{AddressDraft, MAX_ADDRESSES};

struct Row {
    id: Uuid,
    user_id: Uuid,
    label: String,
    name: String,
    line1: String,
    line2: String,
    city: String,
    region: String,
    postal_code: String,
    country: String,
    default_shipping: bool,
    default_billing: bool,
    created_at: OffsetDateTime,
}

impl From<Row> for Address {
    fn from(row: Row) -> Self {
        let Row { name, line1, line2, city, region, postal_code, country, .. } = row;
        let address = PostalAddress { name, line1, line2, city, region, postal_code, country };
        let Row { label, default_shipping, default_billing, .. } = row;
        Self {
            id: row.id.into(),
            user_id: row.user_id.into(),
            entry: AddressDraft { label, address, default_shipping, default_billing },
            created_at: row.created_at,
        }
    }
}

/// The address books of the users, oldest entry first.
pub(crate) async fn of(conn: &mut PgConnection, users: &[Uuid]) -> sqlx::Result<Vec<Address>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, user_id, label, name, line1, line2, city, region, postal_code, country, default_shipping,
             default_billing, created_at
         from users.address where user_id = any($1) order by user_id, created_at, id",
        users
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Address::from).collect())
}

/// The entry by its id.
pub(crate) async fn by_id(conn: &mut PgConnection, id: AddressId) -> sqlx::Result<Option<Address>> {
    let row = sqlx::query_as!(
        Row,
        "select id, user_id, label, name, line1, line2, city, region, postal_code, country, default_shipping,
             default_billing, created_at
         from users.address where id = $1",
        id.0
    );
    Ok(row.fetch_optional(conn).await?.map(Address::from))
}

/// Whose book the entry is in.
pub(crate) async fn owner(conn: &mut PgConnection, id: AddressId) -> sqlx::Result<Option<UserId>> {
    let owner = sqlx::query_scalar!("select user_id from users.address where id = $1", id.0).fetch_optional(conn);
    Ok(owner.await?.map(UserId))
}

/// Writes a new entry into the first free place of the book; not if there is none.
pub(crate) async fn insert(conn: &mut PgConnection, new: &Address) -> sqlx::Result<bool> {
    let entry = &new.entry;
    let done = sqlx::query!(
        "insert into users.address (id, user_id, slot, label, name, line1, line2, city, region, postal_code, country,
             default_shipping, default_billing, created_at, updated_at)
         select $1, $2, slot, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13
         from generate_series(1, $14::int) as slot
         where not exists (select from users.address known where known.user_id = $2 and known.slot = slot.slot)
         order by slot limit 1",
        new.id.0,
        new.user_id.0,
        entry.label,
        entry.address.name,
        entry.address.line1,
        entry.address.line2,
        entry.address.city,
        entry.address.region,
        entry.address.postal_code,
        entry.address.country,
        entry.default_shipping,
        entry.default_billing,
        new.created_at,
        i32::from(MAX_ADDRESSES)
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Writes what a change can change.
pub(crate) async fn save(conn: &mut PgConnection, of: &Address, now: OffsetDateTime) -> sqlx::Result<()> {
    let entry = &of.entry;
    sqlx::query!(
        "update users.address set label = $2, name = $3, line1 = $4, line2 = $5, city = $6, region = $7,
             postal_code = $8, country = $9, default_shipping = $10, default_billing = $11, updated_at = $12
         where id = $1",
        of.id.0,
        entry.label,
        entry.address.name,
        entry.address.line1,
        entry.address.line2,
        entry.address.city,
        entry.address.region,
        entry.address.postal_code,
        entry.address.country,
        entry.default_shipping,
        entry.default_billing,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Removes the entry.
pub(crate) async fn delete(conn: &mut PgConnection, id: AddressId) -> sqlx::Result<()> {
    sqlx::query!("delete from users.address where id = $1", id.0).execute(conn).await?;
    Ok(())
}

/// Removes the user's whole book.
pub(crate) async fn delete_all(conn: &mut PgConnection, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("delete from users.address where user_id = $1", user.0).execute(conn).await?;
    Ok(())
}
