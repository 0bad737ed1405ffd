use inventory::domain::WarehousePatch;
use serde_json::json;
use sqlx::PgPool;

use crate::depot::{Depot, MAIN, commit, level, order, release, reserve, variant};

#[sqlx::test(migrations = false)]
async fn stock_that_is_not_paid_in_time_is_free_again(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    depot.told().await;
    depot.clock.advance(15 * 60 - 1);
    assert_eq!(depot.app.expire_due().await.unwrap(), 0, "a second is left");
    depot.clock.advance(1);
    assert_eq!(depot.app.expire_due().await.unwrap(), 1);
    assert_eq!(depot.app.expire_due().await.unwrap(), 0);
    let released = json!({ "order_id": order(1), "reason": "EXPIRED" });
    assert_eq!(depot.told().await, [("inventory.stock.released.v1".into(), released), level(1, 4, 10)]);
    assert_eq!(depot.held(1, MAIN).await, (10, 0));
    let kinds: Vec<String> =
        sqlx::query_scalar("select kind from inventory.movement order by id").fetch_all(&depot.pool).await.unwrap();
    assert_eq!(kinds, ["RECEIVE", "RESERVE", "EXPIRE"]);
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn a_payment_after_the_expiry_gets_the_stock_if_it_is_still_there(pool: PgPool) {
    for swept in [true, false] {
        let mut depot = Depot::with(fresh(&pool).await, &[10]).await;
        depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
        depot.clock.advance(15 * 60);
        if swept {
            depot.app.expire_due().await.unwrap();
        }
        depot.told().await;
        depot.wire.deliver_twice(&commit(1)).await;
        let mut expected = vec!["stock.committed", "level.changed"];
        if !swept {
            // The units are free for a moment, and the versions say in which order.
            expected.splice(..0, ["stock.released", "level.changed"]);
        }
        assert_eq!(depot.told_names().await, expected);
        depot.wire.deliver(&commit(1)).await;
        assert_eq!(depot.told_names().await, ["stock.committed"], "asked again, answered again");
        assert_eq!((depot.held(1, MAIN).await, depot.status(1).await.as_deref()), ((6, 0), Some("COMMITTED")));
        assert_eq!(depot.app.expire_due().await.unwrap(), 0);
        depot.assert_sound().await;
    }
}

/// The same database, emptied of the service.
async fn fresh(pool: &PgPool) -> PgPool {
    for schema in ["inventory", "bus"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("drop schema if exists {schema} cascade")))
            .execute(pool)
            .await
            .unwrap();
    }
    pool.clone()
}

#[sqlx::test(migrations = false)]
async fn a_payment_after_the_expiry_is_refused_when_the_stock_is_gone(pool: PgPool) {
    let mut depot = Depot::with(pool, &[4]).await;
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    depot.clock.advance(15 * 60);
    depot.app.expire_due().await.unwrap();
    depot.wire.deliver(&reserve(2, &[(1, 1)])).await;
    depot.told().await;
    depot.wire.deliver_twice(&commit(1)).await;
    let shortages = json!([{ "variant_id": variant(1), "requested": 4, "available": 3 }]);
    let refused = json!({ "order_id": order(1), "shortages": shortages });
    let refused = ("inventory.commit.refused.v1".to_owned(), refused);
    assert_eq!(depot.told().await, std::slice::from_ref(&refused));
    // The customer has the money back: stock that comes in later is not taken for the order.
    depot.adjust(1, MAIN, 50).await;
    depot.told().await;
    depot.wire.deliver(&commit(1)).await;
    assert_eq!((depot.told().await, depot.held(1, MAIN).await), (vec![refused], (54, 1)));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn an_overdue_reservation_holds_nothing_that_its_warehouse_no_longer_sells(pool: PgPool) {
    let mut depot = Depot::with(pool, &[4]).await;
    depot.wire.deliver(&reserve(1, &[(1, 3)])).await;
    depot.told().await;
    let closed = WarehousePatch { active: Some(false), ..WarehousePatch::default() };
    depot.app.update_warehouse(MAIN.parse().unwrap(), closed).await.unwrap();
    assert_eq!(depot.told().await, [level(1, 4, 0)], "it was low already");
    depot.clock.advance(15 * 60);
    depot.wire.deliver_twice(&commit(1)).await;
    assert_eq!(depot.told_names().await, ["stock.released", "commit.refused"], "there is nothing more to sell");
    assert_eq!((depot.held(1, MAIN).await, depot.status(1).await.as_deref()), ((4, 0), Some("REJECTED")));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn a_released_order_is_not_committed_after_its_expiry(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    depot.clock.advance(15 * 60);
    depot.app.expire_due().await.unwrap();
    depot.wire.deliver_twice(&release(1)).await;
    depot.told().await;
    depot.wire.deliver(&commit(1)).await;
    assert_eq!(depot.told_names().await, ["commit.refused"]);
    assert_eq!(depot.held(1, MAIN).await, (10, 0));
}

#[sqlx::test(migrations = false)]
async fn what_somebody_is_working_on_expires_a_turn_later_and_holds_nobody_up(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10, 10]).await;
    depot.wire.deliver(&reserve(1, &[(1, 1), (2, 1)])).await;
    depot.wire.deliver(&reserve(2, &[(1, 1)])).await;
    depot.clock.advance(15 * 60);
    let mut busy = depot.pool.begin().await.unwrap();
    sqlx::query("select from inventory.level where variant_id = $1 for update")
        .bind(variant(2).0)
        .execute(&mut *busy)
        .await
        .unwrap();
    assert_eq!(depot.app.expire_due().await.unwrap(), 1);
    assert_eq!(depot.status(1).await.as_deref(), Some("RESERVED"));
    assert_eq!(depot.status(2).await.as_deref(), Some("EXPIRED"));
    busy.rollback().await.unwrap();
    assert_eq!(depot.app.expire_due().await.unwrap(), 1);
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn more_than_a_batch_expires_in_one_turn(pool: PgPool) {
    let depot = Depot::with(pool, &[1000]).await;
    for number in 0..101 {
        let mut tx = depot.pool.begin().await.unwrap();
        let lines = inventory::domain::Lines::new([(variant(1), 2)]).unwrap();
        depot.app.reserve(&mut tx, order(number), &lines).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(depot.held(1, MAIN).await, (1000, 202));
    depot.clock.advance(15 * 60);
    assert_eq!(depot.app.expire_due().await.unwrap(), 101);
    assert_eq!(depot.held(1, MAIN).await, (1000, 0));
    depot.assert_sound().await;
}
