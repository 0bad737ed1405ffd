use kernel::{PaymentId, RefundId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::{Movement, Posting};

/// Books the movement; the database checks at commit that its sides sum to zero.
pub(crate) async fn book(
    conn: &mut PgConnection,
    (id, now): (Uuid, OffsetDateTime),
    movement: Movement,
    (payment, refund): (PaymentId, Option<RefundId>),
    currency: &str,
    postings: &[Posting],
) -> sqlx::Result<()> {
    let accounts: Vec<String> = postings.iter().map(|posting| posting.account.clone()).collect();
    let minors: Vec<i64> = postings.iter().map(|posting| posting.minor).collect();
    sqlx::query!(
        "with movement as (
             insert into payments.ledger_transaction (id, kind, payment_id, refund_id, created_at) values ($1, $2, $3, $4, $5)
         )
         insert into payments.ledger_entry (transaction_id, position, account, currency, minor)
         select $1, side.position, side.account, $6, side.minor
         from unnest($7::text[], $8::bigint[]) with ordinality as side (account, minor, position)",
        id,
        movement.name(),
        payment.0,
        refund.map(|id| id.0),
        now,
        currency,
        &accounts,
        &minors
    )
    .execute(conn)
    .await?;
    Ok(())
}
