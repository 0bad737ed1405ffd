//! Which service wants which events, and whether all queues are there.

use std::time::Duration;

use sqlx::PgPool;
use tokio::time::sleep;

use crate::services::NAMES;

/// How often a service looks whether the others have made their queues.
const LOOK: Duration = Duration::from_millis(500);

/// The kinds of event that a service listens to, without anything that handling them needs: no secret, no provider.
pub(crate) fn kinds(name: &str) -> Vec<&'static str> {
    match name {
        auth::NAME => auth::kinds(),
        users::NAME => users::kinds(),
        inventory::NAME => inventory::kinds(),
        orders::NAME => orders::kinds(),
        payments::NAME => payments::kinds(),
        notifications::NAME => notifications::kinds(),
        search::NAME => search::kinds(),
        products::NAME => products::kinds(),
        _ => Vec::new(),
    }
}

/// Waits until the queue of every consumer has been made at some time, here or in another process.
pub(crate) async fn all_made(pool: PgPool) {
    let consumers: Vec<&str> = NAMES.into_iter().map(|(name, _)| name).filter(|name| !kinds(name).is_empty()).collect();
    let mut waits = false;
    loop {
        let known = sqlx::query_scalar::<_, i64>(
            "select count(distinct queue) from bus.subscription where queue = any($1) and bound",
        )
        .bind(&consumers)
        .fetch_one(&pool)
        .await;
        match known {
            Ok(known) if usize::try_from(known).is_ok_and(|known| known == consumers.len()) => return,
            Ok(_) if !waits => {
                waits = true;
                tracing::warn!("not every service has run yet: events wait until each has made its queue");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "cannot see whether every queue is made"),
        }
        sleep(LOOK).await;
    }
}
