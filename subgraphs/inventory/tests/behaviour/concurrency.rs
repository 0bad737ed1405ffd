use std::time::Duration;

use inventory::app::App;
use inventory::domain::Lines;
use sqlx::PgPool;

use crate::depot::{Depot, EAST, MAIN, order, variant};

async fn reserve(pool: PgPool, app: App, number: u128, lines: Vec<(u128, i64)>) {
    let lines = Lines::new(lines.into_iter().map(|(of, quantity)| (variant(of), quantity))).unwrap();
    let mut tx = pool.begin().await.unwrap();
    app.reserve(&mut tx, order(number), &lines).await.unwrap();
    tx.commit().await.unwrap();
}

/// Waits until a session of this database waits for a lock.
async fn somebody_waits(pool: &PgPool) {
    let sql =
        "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
    tokio::time::timeout(Duration::from_secs(20), async {
        while !sqlx::query_scalar::<_, bool>(sql).fetch_one(pool).await.unwrap() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the second one waits for the first");
}

#[sqlx::test(migrations = false)]
async fn of_two_orders_for_the_last_unit_one_gets_it(pool: PgPool) {
    let depot = Depot::with(pool, &[1]).await;
    let mut first = depot.pool.begin().await.unwrap();
    let lines = Lines::new([(variant(1), 1)]).unwrap();
    depot.app.reserve(&mut first, order(1), &lines).await.unwrap();
    let second = tokio::spawn(reserve(depot.pool.clone(), depot.app.clone(), 2, vec![(1, 1)]));
    somebody_waits(&depot.pool).await;
    first.commit().await.unwrap();
    second.await.unwrap();
    assert_eq!(depot.status(1).await.as_deref(), Some("RESERVED"));
    assert_eq!(depot.status(2).await.as_deref(), Some("REJECTED"));
    assert_eq!(depot.held(1, MAIN).await, (1, 1));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn the_second_gets_the_last_unit_when_the_first_fails(pool: PgPool) {
    let depot = Depot::with(pool, &[1]).await;
    let mut first = depot.pool.begin().await.unwrap();
    let lines = Lines::new([(variant(1), 1)]).unwrap();
    depot.app.reserve(&mut first, order(1), &lines).await.unwrap();
    let second = tokio::spawn(reserve(depot.pool.clone(), depot.app.clone(), 2, vec![(1, 1)]));
    somebody_waits(&depot.pool).await;
    first.rollback().await.unwrap();
    second.await.unwrap();
    assert_eq!((depot.status(1).await, depot.status(2).await.as_deref()), (None, Some("RESERVED")));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn one_order_asked_for_twice_at_once_is_reserved_once(pool: PgPool) {
    let depot = Depot::with(pool, &[10]).await;
    let mut first = depot.pool.begin().await.unwrap();
    let lines = Lines::new([(variant(1), 4)]).unwrap();
    depot.app.reserve(&mut first, order(1), &lines).await.unwrap();
    let second = tokio::spawn(reserve(depot.pool.clone(), depot.app.clone(), 1, vec![(1, 4)]));
    somebody_waits(&depot.pool).await;
    first.commit().await.unwrap();
    second.await.unwrap();
    assert_eq!(depot.held(1, MAIN).await, (10, 4));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn many_orders_over_the_same_variants_neither_deadlock_nor_oversell(pool: PgPool) {
    const VARIANTS: u128 = 5;
    let depot = Depot::with(pool, &[20, 20, 20, 20, 20]).await;
    for of in 1..=VARIANTS {
        depot.adjust(of, EAST, 5).await;
    }
    let mut running = Vec::new();
    for number in 0..60_u128 {
        // Every order names three variants, beginning with another one, in rising or falling order.
        let mut lines: Vec<(u128, i64)> = (0..3).map(|step| ((number + step) % VARIANTS + 1, 1)).collect();
        if number % 2 == 0 {
            lines.reverse();
        }
        running.push(tokio::spawn(reserve(depot.pool.clone(), depot.app.clone(), number, lines)));
        if number % 10 == 9 {
            let app = depot.app.clone();
            running.push(tokio::spawn(async move { app.expire_due().await.map(drop).unwrap() }));
        }
    }
    for task in running {
        task.await.unwrap();
    }
    depot.assert_sound().await;
    let reserved: i64 =
        sqlx::query_scalar("select sum(reserved)::bigint from inventory.stock").fetch_one(&depot.pool).await.unwrap();
    let granted: i64 = sqlx::query_scalar("select count(*) from inventory.reservation where status = 'RESERVED'")
        .fetch_one(&depot.pool)
        .await
        .unwrap();
    assert_eq!(reserved, granted * 3);
    // 125 units for orders of three: no order was turned away while all its variants were there.
    assert!((35..=41).contains(&granted), "{granted} orders were granted");
    for of in 1..=VARIANTS {
        assert!(depot.held(of, MAIN).await.1 + depot.held(of, EAST).await.1 <= 25);
    }
}
