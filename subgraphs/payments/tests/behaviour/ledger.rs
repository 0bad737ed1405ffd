use sqlx::PgPool;

use crate::desk::{Desk, SUCCESS};

#[sqlx::test(migrations = false)]
async fn captures_and_refunds_are_booked_on_both_sides_and_sum_to_zero(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for order in 1..=3 {
        desk.pay(order, SUCCESS).await;
    }
    desk.pay(4, "tok_declined").await;
    desk.ask_refund(1, 7, 700).await;
    desk.undo(2).await;
    desk.work().await;
    assert_eq!(desk.balance("provider:sandbox").await, 3 * 2_500 - 700 - 2_500);
    assert_eq!(desk.balance("orders").await, -(3 * 2_500 - 700 - 2_500));
    // The books agree with the payments, one by one.
    let wrong: i64 = sqlx::query_scalar(
        "select count(*) from payments.payment p where captured - refunded <> coalesce((
            select sum(e.minor) from payments.ledger_transaction t join payments.ledger_entry e on e.transaction_id = t.id
            where t.payment_id = p.id and e.account = 'provider:sandbox'), 0)",
    )
    .fetch_one(&desk.pool)
    .await
    .unwrap();
    assert_eq!(wrong, 0);
}

async fn booked(pool: &PgPool, sides: &[(&str, i64)]) -> sqlx::Result<()> {
    let mut tx = pool.begin().await?;
    let payment: uuid::Uuid = sqlx::query_scalar("select id from payments.payment").fetch_one(&mut *tx).await?;
    let id: uuid::Uuid = sqlx::query_scalar(
        "insert into payments.ledger_transaction (id, kind, payment_id, created_at) values (gen_random_uuid(), 'CAPTURE', $1, now())
         returning id",
    )
    .bind(payment)
    .fetch_one(&mut *tx)
    .await?;
    for (position, (currency, minor)) in (1_i16..).zip(sides) {
        sqlx::query("insert into payments.ledger_entry values ($1, $2, 'somewhere', $3, $4)")
            .bind(id)
            .bind(position)
            .bind(currency)
            .bind(minor)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await
}

#[sqlx::test(migrations = false)]
async fn the_database_refuses_a_transaction_that_does_not_sum_to_zero_per_currency(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    for sides in [&[][..], &[("EUR", 1)], &[("EUR", 1), ("EUR", -2)], &[("EUR", 1), ("USD", -1)]] {
        let error = booked(&desk.pool, sides).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|error| error.code()).as_deref(), Some("23514"), "{sides:?}");
    }
    booked(&desk.pool, &[("EUR", 1), ("EUR", -1), ("USD", 2), ("USD", -2)]).await.unwrap();
}

#[sqlx::test(migrations = false)]
async fn the_database_refuses_to_change_what_is_booked(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    for change in [
        "update payments.ledger_entry set minor = 1",
        "delete from payments.ledger_entry",
        "truncate payments.ledger_entry",
        "update payments.ledger_transaction set kind = 'REFUND'",
        "delete from payments.ledger_transaction",
        "truncate payments.ledger_transaction cascade",
    ] {
        let error = sqlx::query(change).execute(&desk.pool).await.unwrap_err();
        assert!(error.to_string().contains("append-only"), "{change}: {error}");
    }
}

#[sqlx::test(migrations = false)]
async fn the_database_refuses_amounts_that_do_not_agree(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    for change in [
        "refunded = 2501",
        "refunded = -1",
        "refunded = 2000, refunding = 501",
        "captured = 2501",
        "authorised = 2499",
        "authorised = 2501",
        "status = 'REFUNDED'",
        "status = 'FAILED'",
        "status = 'ELSEWHERE'",
    ] {
        let sql = sqlx::AssertSqlSafe(format!("update payments.payment set {change}"));
        let error = sqlx::query(sql).execute(&desk.pool).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|error| error.code()).as_deref(), Some("23514"), "{change}");
    }
}
