//! What an operator watches.

use std::time::Duration;

use messaging::outbox_depth;
use sqlx::PgPool;

use crate::support::World;

#[sqlx::test(migrations = false)]
async fn the_outbox_tells_how_much_waits_and_how_long(pool: PgPool) {
    let world = World::embedded(pool).await;
    let depth = async || {
        let depth = outbox_depth(&world.pool, "notes", world.clock.as_ref()).await.unwrap();
        (depth.events, depth.age)
    };
    assert_eq!(depth().await, (0, Duration::ZERO));
    world.put(&[(1, 1)]).await;
    world.clock.advance(7);
    world.put(&[(1, 2)]).await;
    assert_eq!(depth().await, (2, Duration::from_secs(7)));
    world.publish().await;
    assert_eq!(depth().await, (0, Duration::ZERO));
}
