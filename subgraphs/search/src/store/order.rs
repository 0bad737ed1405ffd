use events::orders::OrderSnapshot;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::app::{After, Change, IndexedOrder, Source};

/// Keeps the order as it is now, unless something newer is known.
///
/// One statement, because every event of every order comes here: it takes the turn of `store::take_turn` before it draws the number of
/// the change. What it reads may therefore be older than its turn. That does no harm: who leaves is heard of through the same queue, whose
/// messages are handled one after the other.
pub(crate) async fn put(conn: &mut PgConnection, order: &OrderSnapshot) -> sqlx::Result<()> {
    let user = order.user_id.map(|user| user.0);
    sqlx::query!(
        "with turn as materialized (select pg_advisory_xact_lock(hashtext('search.change_seq')))
         insert into search.order_document (order_id, version, number, email, user_id, status, placed_at, change_seq)
         select $1, $2, $3, case when gone then null else $4 end, $5, $6, $7, nextval('search.order_change_seq')
         from turn, (select exists (select from search.forgotten_user where user_id = $5) as gone) f
         on conflict (order_id) do update
         set version = excluded.version, number = excluded.number, email = excluded.email, user_id = excluded.user_id,
             status = excluded.status, placed_at = excluded.placed_at, change_seq = excluded.change_seq
         where order_document.version < excluded.version",
        order.order_id.0,
        order.version,
        order.number,
        order.email.as_str(),
        user,
        order.status,
        order.placed_at
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Removes what identifies the person from their orders, and from those that are heard of later. The caller has the turn.
pub(crate) async fn forget(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("insert into search.forgotten_user (user_id) values ($1) on conflict do nothing", user)
        .execute(&mut *conn)
        .await?;
    let forget = sqlx::query!(
        "update search.order_document set email = null, change_seq = nextval('search.order_change_seq')
         where user_id = $1 and email is not null",
        user
    );
    if forget.execute(&mut *conn).await?.rows_affected() > 0 {
        // The index is not left with the address for as long as it takes to look again.
        sqlx::query!(r#"select pg_notify('search_orders_changed', '') as "told!: ()""#).execute(conn).await?;
    }
    Ok(())
}

/// Which database this is, and the highest number of a change of an order in it.
pub(crate) async fn source(conn: &mut PgConnection) -> sqlx::Result<Source> {
    sqlx::query_as!(
        Source,
        r#"select id, (select coalesce(max(change_seq), 0) from search.order_document) as "seq!" from search.source"#
    )
    .fetch_one(conn)
    .await
}

/// How many orders there are.
pub(crate) async fn count(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from search.order_document"#).fetch_one(conn).await
}

/// Orders that changed after the place, in the order of their changes.
pub(crate) async fn changed_after(
    conn: &mut PgConnection,
    after: After,
    limit: i64,
) -> sqlx::Result<Vec<Change<IndexedOrder>>> {
    let rows = sqlx::query!(
        "select order_id, number, email, status, placed_at, change_seq from search.order_document
         where (change_seq, order_id) > ($1, $2) order by change_seq, order_id limit $3",
        after.seq,
        after.id,
        limit
    );
    let rows = rows.fetch_all(conn).await?.into_iter().map(|row| {
        let order = IndexedOrder { number: row.number, email: row.email, status: row.status, placed_at: row.placed_at };
        Change { id: row.order_id, seq: row.change_seq, document: Some(order) }
    });
    Ok(rows.collect())
}
