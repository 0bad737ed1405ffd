use sqlx::PgPool;

use crate::desk::Desk;

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    let desk = Desk::open(pool).await;
    assert_eq!(testkit::undescribed(&desk.api).await, Vec::<String>::new());
}
