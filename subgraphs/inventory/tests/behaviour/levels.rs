use serde_json::json;
use sqlx::PgPool;

use crate::depot::{Depot, MAIN, commit, level, release, reserve, variant};

#[sqlx::test(migrations = false)]
async fn a_fall_to_the_threshold_is_told_once_for_each_fall(pool: PgPool) {
    let mut depot = Depot::with(pool, &[8]).await;
    depot.wire.deliver(&reserve(1, &[(1, 2)])).await;
    assert_eq!(depot.told_names().await, ["stock.reserved", "level.changed"], "six are left");
    depot.wire.deliver(&reserve(2, &[(1, 1)])).await;
    let low = json!({ "variant_id": variant(1), "available": 5, "threshold": 5 });
    assert_eq!(depot.told().await[1..], [level(1, 4, 5), ("inventory.stock.low.v1".into(), low)]);
    depot.wire.deliver(&reserve(3, &[(1, 5)])).await;
    assert_eq!(depot.told_names().await, ["stock.reserved", "level.changed"], "it is low already");
    depot.wire.deliver(&commit(3)).await;
    depot.adjust(1, MAIN, 4).await;
    assert_eq!(depot.told_names().await, ["stock.committed", "level.changed"], "a rise is no fall");
    depot.wire.deliver(&release(1)).await;
    depot.told().await;
    depot.wire.deliver(&reserve(4, &[(1, 6)])).await;
    assert_eq!(depot.told_names().await, ["stock.reserved", "level.changed", "stock.low"], "it rose and falls again");
}

#[sqlx::test(migrations = false)]
async fn versions_of_a_variant_grow_one_by_one_whatever_happens(pool: PgPool) {
    let mut depot = Depot::with(pool, &[100]).await;
    for number in 1..6 {
        depot.wire.deliver(&reserve(number, &[(1, 2)])).await;
        depot.wire.deliver(&commit(number)).await;
        depot.wire.deliver(&crate::depot::restock(number)).await;
    }
    let levels = depot.told().await.into_iter().filter(|(kind, _)| kind.contains("level"));
    let versions: Vec<i64> = levels.map(|(_, data)| data["version"].as_i64().unwrap()).collect();
    assert_eq!(versions, (3..13).collect::<Vec<i64>>());
}
