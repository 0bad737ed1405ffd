use events::orders::{PaymentRequested, VoidRequested};
use events::users::UserDeleted;
use kernel::UserId;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use crate::desk::{Desk, SUCCESS, order_id, refund_event};

async fn rows(desk: &Desk, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("select count(*) from payments.{table}"));
    sqlx::query_scalar(sql).fetch_one(&desk.pool).await.unwrap()
}

#[sqlx::test(migrations = false)]
async fn every_event_that_comes_twice_has_its_effect_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let request = desk.request(1, SUCCESS);
    desk.wire.deliver_twice(&request).await;
    desk.work().await;
    desk.wire.deliver_twice(&refund_event(1, 7, 500)).await;
    desk.work().await;
    let void = VoidRequested { order_id: order_id(1), reason: "cancelled".into() };
    desk.wire.deliver_twice(&void).await;
    desk.work().await;
    // The same again in new envelopes, as a saga that repeats itself sends it.
    desk.wire.deliver(&request).await;
    desk.wire.deliver(&refund_event(1, 7, 500)).await;
    desk.wire.deliver(&void).await;
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("REFUNDED".into(), 2_500, 2_500));
    assert_eq!(desk.told(1).await, ["authorised", "captured", "refunded", "refunded"]);
    assert_eq!(desk.at_sandbox(1).await, [("CAPTURED".into(), 2_500, 2_500)]);
    assert_eq!((rows(&desk, "payment").await, rows(&desk, "refund").await), (1, 2));
}

#[sqlx::test(migrations = false)]
async fn a_payment_that_failed_is_not_begun_again_by_a_repeated_request(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, "tok_declined").await;
    desk.pay(1, SUCCESS).await;
    assert_eq!(desk.status(1).await, "FAILED");
    assert_eq!(desk.tap.calls(), ["authorise"]);
}

#[sqlx::test(migrations = false)]
async fn the_database_refuses_a_second_live_payment_of_an_order(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    let copy = "insert into payments.payment (id, order_id, provider, currency, amount, status, pay_by, created_at, updated_at)
        select gen_random_uuid(), order_id, provider, currency, amount, status, pay_by, created_at, updated_at from payments.payment";
    let error = sqlx::query(copy).execute(&desk.pool).await.unwrap_err();
    assert_eq!(error.as_database_error().and_then(|error| error.constraint()), Some("payment_live_key"));
}

#[sqlx::test(migrations = false)]
async fn a_negative_amount_is_a_dead_letter_and_charges_nothing(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let mut event = desk.request(1, SUCCESS);
    event.amount.minor = -1;
    let envelope = desk.wire.envelope(&event);
    desk.wire.send(&envelope).await;
    assert!(desk.wire.troubles().await[0].contains("negative"));
    assert_eq!(rows(&desk, "payment").await, 0);
}

#[sqlx::test(migrations = false)]
async fn a_provider_that_is_not_offered_fails_the_payment_at_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let mut event = desk.request(1, SUCCESS);
    event.method.provider = "elsewhere".into();
    desk.wire.deliver(&event).await;
    assert_eq!((desk.status(1).await, desk.failure(1).await), ("FAILED".into(), Some("unknown_provider".into())));
    assert_eq!(desk.told(1).await, ["failed"]);
    desk.work().await;
    assert_eq!(desk.tap.calls(), Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn the_address_of_a_person_who_left_is_forgotten_and_stays_so(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let (gone, other) = (UserId(Uuid::from_u128(9)), UserId(Uuid::from_u128(8)));
    for (order, user) in [(1, gone), (2, other)] {
        let event = PaymentRequested { user_id: Some(user), ..desk.request(order, SUCCESS) };
        desk.wire.deliver(&event).await;
    }
    desk.wire.deliver_twice(&UserDeleted { user_id: gone }).await;
    let late = PaymentRequested { user_id: Some(gone), ..desk.request(3, SUCCESS) };
    desk.wire.deliver(&late).await;
    desk.work().await;
    let kept: serde_json::Value = sqlx::query_scalar(
        "select jsonb_agg(jsonb_build_array(email, status) order by order_id) from payments.payment",
    )
    .fetch_one(&desk.pool)
    .await
    .unwrap();
    assert_eq!(kept, json!([[null, "CAPTURED"], ["ada@example.org", "CAPTURED"], [null, "CAPTURED"]]));
}
