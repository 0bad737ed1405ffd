use serde_json::{Value, json};
use sqlx::PgPool;

use crate::depot::{Depot, EAST, MAIN, created, level, order, release, reserve, restock, variant};

#[sqlx::test(migrations = false)]
async fn an_order_gets_every_line_and_everybody_hears_what_is_left(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10, 20]).await;
    depot.wire.deliver_twice(&reserve(1, &[(2, 3), (1, 4)])).await;
    let told = depot.told().await;
    let expected = json!({ "order_id": order(1), "expires_at": "2026-01-01T00:15:00Z", "allocations": [
        { "variant_id": variant(1), "warehouse_id": MAIN, "quantity": 4 },
        { "variant_id": variant(2), "warehouse_id": MAIN, "quantity": 3 },
    ] });
    assert_eq!(told[0], ("inventory.stock.reserved.v1".into(), expected));
    let mut levels = told[1..].to_vec();
    levels.sort_by_key(|(_, data)| data["variant_id"].to_string());
    assert_eq!(levels, [level(1, 3, 6), level(2, 3, 17)]);
    assert_eq!((depot.held(1, MAIN).await, depot.held(2, MAIN).await), ((10, 4), (20, 3)));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn one_line_that_lacks_stock_leaves_the_others_untouched(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10, 2]).await;
    depot.wire.deliver_twice(&reserve(1, &[(1, 4), (2, 3), (9, 1)])).await;
    let shortages = json!([
        { "variant_id": variant(2), "requested": 3, "available": 2 },
        { "variant_id": variant(9), "requested": 1, "available": 0 },
    ]);
    let expected = json!({ "order_id": order(1), "shortages": shortages });
    let rejected = ("inventory.stock.rejected.v1".to_owned(), expected);
    assert_eq!(depot.told().await, std::slice::from_ref(&rejected));
    assert_eq!((depot.held(1, MAIN).await, depot.held(2, MAIN).await), ((10, 0), (2, 0)));
    assert_eq!(depot.status(1).await.as_deref(), Some("REJECTED"));
    // What comes in later is not for an order that has had its answer.
    depot.adjust(2, MAIN, 50).await;
    depot.told().await;
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    assert_eq!(depot.told().await, [rejected], "the same answer again");
    assert_eq!(depot.held(1, MAIN).await, (10, 0));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn one_warehouse_serves_the_order_where_one_can_else_they_share_it(pool: PgPool) {
    let mut depot = Depot::with(pool, &[3, 1]).await;
    depot.adjust(1, EAST, 4).await;
    depot.adjust(2, EAST, 9).await;
    depot.told().await;
    depot.wire.deliver(&reserve(1, &[(1, 2), (2, 2)])).await;
    assert_eq!((depot.held(1, EAST).await, depot.held(2, EAST).await), ((4, 2), (9, 2)), "east has everything");
    assert_eq!((depot.held(1, MAIN).await, depot.held(2, MAIN).await), ((3, 0), (1, 0)));
    depot.wire.deliver(&reserve(2, &[(1, 5)])).await;
    assert_eq!((depot.held(1, MAIN).await, depot.held(1, EAST).await), ((3, 3), (4, 4)), "both are emptied");
    depot.wire.deliver(&reserve(3, &[(1, 1)])).await;
    assert_eq!(depot.status(3).await.as_deref(), Some("REJECTED"));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn a_release_gives_everything_back_once(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    depot.told().await;
    depot.wire.deliver_twice(&release(1)).await;
    let released = json!({ "order_id": order(1), "reason": "REQUESTED" });
    assert_eq!(depot.told().await, [("inventory.stock.released.v1".into(), released), level(1, 4, 10)]);
    // Asked again in new events: the answer again, but no stock.
    depot.wire.deliver(&release(1)).await;
    assert_eq!(depot.told_names().await, ["stock.released"]);
    depot.wire.deliver(&restock(1)).await;
    assert_eq!(depot.told().await, [], "there is nothing to put back");
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    assert_eq!(depot.told_names().await, ["stock.released"]);
    assert_eq!(depot.held(1, MAIN).await, (10, 0));
    assert_eq!(depot.status(1).await.as_deref(), Some("RELEASED"));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn a_request_that_comes_after_its_release_reserves_nothing(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    for (number, by_release) in [(1, true), (2, false)] {
        if by_release {
            depot.wire.deliver_twice(&release(number)).await;
        } else {
            depot.wire.deliver_twice(&restock(number)).await;
        }
        assert_eq!(depot.told_names().await, ["stock.released"], "the saga waits for this answer");
        depot.wire.deliver(&reserve(number, &[(1, 4)])).await;
        assert_eq!(depot.told_names().await, ["stock.released"], "the request hears what became of it");
        assert_eq!(depot.status(number).await.as_deref(), Some("RELEASED"));
    }
    assert_eq!(depot.held(1, MAIN).await, (10, 0));
}

#[sqlx::test(migrations = false)]
async fn a_rejected_order_that_is_released_gets_its_answer(pool: PgPool) {
    let mut depot = Depot::with(pool, &[1]).await;
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    depot.told().await;
    depot.wire.deliver_twice(&release(1)).await;
    assert_eq!(depot.told_names().await, ["stock.released"]);
    depot.wire.deliver(&release(1)).await;
    assert_eq!(depot.told_names().await, ["stock.released"], "asked again, answered again");
    assert_eq!(depot.held(1, MAIN).await, (1, 0));
}

#[sqlx::test(migrations = false)]
async fn a_variant_is_received_once_into_the_main_warehouse(pool: PgPool) {
    let mut depot = Depot::open(pool).await;
    depot.wire.deliver_twice(&created(1, Some(7))).await;
    // Told again in a new event, with what was sold since still in the number.
    depot.wire.deliver(&created(1, Some(7))).await;
    assert_eq!(depot.told().await, [level(1, 2, 7)]);
    assert_eq!(depot.held(1, MAIN).await, (7, 0));
    for (number, units) in [(2, None), (3, Some(0))] {
        depot.wire.deliver_twice(&created(number, units)).await;
        assert_eq!(depot.held(number, MAIN).await, (0, 0));
        assert_eq!(depot.told().await, [level(number, 1, 0)], "others learn that there is none");
    }
    depot.wire.deliver(&created(4, Some(1_000_000_000))).await;
    assert_eq!(depot.held(4, MAIN).await, (1_000_000_000, 0), "as much as a warehouse holds");
    depot.told().await;
    let before = depot.everything().await;
    for (number, units) in [(5, -3), (6, 1_000_000_001), (7, i64::MAX)] {
        let envelope = depot.wire.envelope(&created(number, Some(units)));
        depot.wire.send(&envelope).await;
    }
    assert_eq!(depot.wire.troubles().await.len(), 3, "these are no numbers of units");
    assert_eq!(depot.everything().await, before);
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn a_request_that_is_no_order_becomes_a_dead_letter_and_reserves_nothing(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    for lines in [&[(1, 2), (1, 0)][..], &[(1, -1)], &[]] {
        let envelope = depot.wire.envelope(&reserve(1, lines));
        depot.wire.send(&envelope).await;
    }
    assert_eq!(depot.wire.troubles().await.len(), 3);
    assert_eq!((depot.held(1, MAIN).await, depot.status(1).await), ((10, 0), None));
}

#[sqlx::test(migrations = false)]
async fn a_variant_named_twice_is_one_line(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.wire.deliver(&reserve(1, &[(1, 2), (1, 3)])).await;
    assert_eq!(depot.held(1, MAIN).await, (10, 5));
    depot.wire.deliver(&reserve(2, &[(1, i64::MAX - 1), (1, 1)])).await;
    let (_, data) = depot.told().await.pop().unwrap();
    assert_eq!(data["shortages"][0]["requested"], Value::from(i64::MAX));
    let envelope = depot.wire.envelope(&reserve(3, &[(1, i64::MAX), (1, i64::MAX)]));
    depot.wire.send(&envelope).await;
    assert_eq!(depot.wire.troubles().await.len(), 1, "more than can be counted");
    assert_eq!((depot.held(1, MAIN).await, depot.status(3).await), ((10, 5), None));
    depot.assert_sound().await;
}
