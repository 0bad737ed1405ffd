use sqlx::PgPool;

use crate::door::Door;

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    let door = Door::open(pool).await;
    assert_eq!(testkit::undescribed(&auth::api(&door.resources)).await, Vec::<String>::new());
}
