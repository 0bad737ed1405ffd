use serde_json::json;
use sqlx::PgPool;

use crate::depot::{Depot, EAST, MAIN, commit, level, order, release, reserve, restock, variant};

#[sqlx::test(migrations = false)]
async fn a_commit_takes_the_units_out_of_the_house_once(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    depot.told().await;
    depot.wire.deliver_twice(&commit(1)).await;
    let allocations = json!([{ "variant_id": variant(1), "warehouse_id": MAIN, "quantity": 4 }]);
    let committed = json!({ "order_id": order(1), "allocations": allocations });
    // What can be sold is as before, so nothing is told of the level.
    let committed = ("inventory.stock.committed.v1".to_owned(), committed);
    assert_eq!(depot.told().await, std::slice::from_ref(&committed));
    // Asked again in a new event: the same answer, and nothing leaves twice.
    depot.wire.deliver(&commit(1)).await;
    assert_eq!(depot.told().await, [committed]);
    assert_eq!(depot.held(1, MAIN).await, (6, 0));
    // What has left does not come back by a release, nor by time.
    depot.wire.deliver(&release(1)).await;
    depot.clock.advance(16 * 60);
    assert_eq!(depot.app.expire_due().await.unwrap(), 0);
    assert_eq!((depot.held(1, MAIN).await, depot.told().await), ((6, 0), vec![]));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn a_restock_puts_the_units_back_once(pool: PgPool) {
    let mut depot = Depot::with(pool, &[3]).await;
    depot.adjust(1, EAST, 2).await;
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    depot.wire.deliver(&commit(1)).await;
    assert_eq!((depot.held(1, MAIN).await, depot.held(1, EAST).await), ((0, 0), (1, 0)));
    depot.told().await;
    depot.wire.deliver_twice(&restock(1)).await;
    depot.wire.deliver(&restock(1)).await;
    assert_eq!((depot.held(1, MAIN).await, depot.held(1, EAST).await), ((3, 0), (2, 0)), "each where it came from");
    assert_eq!(depot.told().await, [level(1, 5, 5)]);
    // The order is over.
    depot.wire.deliver(&commit(1)).await;
    depot.wire.deliver(&release(1)).await;
    assert_eq!((depot.told().await, depot.status(1).await.as_deref()), (vec![], Some("RESTOCKED")));
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn a_restock_of_what_is_only_reserved_releases_it(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    depot.told().await;
    depot.wire.deliver_twice(&restock(1)).await;
    assert_eq!(depot.told_names().await, ["stock.released", "level.changed"]);
    assert_eq!(depot.held(1, MAIN).await, (10, 0));
}

#[sqlx::test(migrations = false)]
async fn a_paid_order_of_which_nothing_is_known_is_refused_once_and_for_all(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.wire.deliver_twice(&commit(1)).await;
    assert_eq!(depot.told_names().await, ["commit.refused"]);
    depot.wire.deliver(&commit(1)).await;
    assert_eq!(depot.told_names().await, ["commit.refused"], "asked again, answered again");
    depot.wire.deliver(&reserve(1, &[(1, 4)])).await;
    assert_eq!(depot.told_names().await, ["stock.rejected"]);
    assert_eq!(depot.held(1, MAIN).await, (10, 0));
    // Given up and then paid.
    depot.wire.deliver(&reserve(2, &[(1, 4)])).await;
    depot.wire.deliver(&release(2)).await;
    depot.told().await;
    depot.wire.deliver_twice(&commit(2)).await;
    assert_eq!(depot.told_names().await, ["commit.refused"]);
    assert_eq!(depot.held(1, MAIN).await, (10, 0));
    depot.assert_sound().await;
}
