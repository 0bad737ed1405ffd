//! What the graph does not let anybody do, done to the platform's own database.

use std::path::Path;

use sqlx::{Connection, PgConnection};

/// The private database in the folder, as its owner.
pub(crate) async fn database(data_dir: &Path) -> PgConnection {
    let socket = data_dir.join("postgres").canonicalize().expect("the database's folder");
    let host = socket.display().to_string().replace('/', "%2F");
    PgConnection::connect(&format!("postgres://techcorp@{host}/techcorp")).await.expect("the database answers")
}

/// Lets products tell of a variant that starts with so many units, as its own code never would: through its outbox.
///
/// # Panics
/// When the database refuses.
pub async fn tell_of_variant(data_dir: &Path, variant: &str, units: i64) {
    let sql = "insert into products.outbox (id, kind, subject, occurred_at, data)
        values (gen_random_uuid(), 'products.variant.created.v1', $1::uuid, now(),
            jsonb_build_object('product_id', $1, 'variant_id', $1, 'sku', null, 'initial_quantity', $2))";
    let told = sqlx::query(sql).bind(variant).bind(units).execute(&mut database(data_dir).await).await;
    told.expect("the event waits in the outbox");
}

/// Mends the message that was given up: the variant starts with so many units.
///
/// # Panics
/// When there is no such message.
pub async fn mend_variant(data_dir: &Path, letter: &str, units: i64) {
    let sql = "update bus.message set envelope = jsonb_set(envelope, '{data,initial_quantity}', to_jsonb($2))
        where seq = $1::bigint and dead_at is not null";
    let done = sqlx::query(sql).bind(letter).bind(units).execute(&mut database(data_dir).await).await;
    assert_eq!(done.expect("an update").rows_affected(), 1, "the message is a dead letter");
}

/// Whether the message is still in a queue, given up or not.
///
/// # Panics
/// When the database does not answer.
pub async fn is_queued(data_dir: &Path, letter: &str) -> bool {
    let sql = "select exists (select from bus.message where seq = $1::bigint)";
    let found = sqlx::query_scalar(sql).bind(letter).fetch_one(&mut database(data_dir).await).await;
    found.expect("an answer")
}
