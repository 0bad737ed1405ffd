use sqlx::PgPool;

use crate::shop::Shop;

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    let shop = Shop::open(pool).await;
    assert_eq!(testkit::undescribed(&shop.api).await, Vec::<String>::new());
}
