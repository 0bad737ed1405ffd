use std::collections::BTreeSet;
use std::sync::Arc;

use jsonwebtoken::decode_header;
use jsonwebtoken::jwk::JwkSet;
use serde_json::Value;
use sqlx::PgPool;

use crate::door::{Door, PASSWORD};

const DAY: u64 = 86_400;

fn kid(signed_in: &Value) -> String {
    decode_header(signed_in["accessToken"].as_str().unwrap()).unwrap().kid.unwrap()
}

fn kids(keys: &JwkSet) -> BTreeSet<String> {
    keys.keys.iter().map(|key| key.common.key_id.clone().unwrap()).collect()
}

#[sqlx::test(migrations = false)]
async fn a_new_key_is_published_before_it_signs_and_the_old_one_is_trusted_until_its_tokens_are_over(pool: PgPool) {
    let door = Door::open(pool).await;
    let app = auth::app(&door.resources);
    door.ada().await;
    let first = kid(&door.sign_in("ada@example.org", PASSWORD).await);
    door.clock.advance(29 * DAY - 1);
    assert_eq!(app.keep_keys().await.unwrap().keys.len(), 1, "nothing is due yet");
    door.clock.advance(1);
    let published = kids(&app.keep_keys().await.unwrap());
    assert_eq!(published.len(), 2);
    assert_eq!(published, kids(&app.keep_keys().await.unwrap()), "once");
    assert_eq!(kid(&door.sign_in("ada@example.org", PASSWORD).await), first, "it does not sign yet");

    door.clock.advance(DAY);
    let second = kid(&door.sign_in("ada@example.org", PASSWORD).await);
    assert!(second != first && published.contains(&second));
    // The last token of the first key lives for ten minutes.
    door.clock.advance(600);
    assert!(kids(&app.keep_keys().await.unwrap()).contains(&first));
    door.clock.advance(300);
    assert_eq!(kids(&app.trusted_keys().await.unwrap()), [second.clone()].into(), "also before it is deleted");
    assert_eq!(kids(&app.keep_keys().await.unwrap()), [second].into());
    assert_eq!(door.count("signing_key").await, 1);
}

#[sqlx::test(migrations = false)]
async fn replicas_that_start_together_make_one_key(pool: PgPool) {
    testkit::migrate(&pool, &auth::schema()).await;
    let clock = Arc::new(testkit::ManualClock::default());
    let throttle = Arc::new(resilience::throttle::InProcess::default());
    let app = auth::app::App::new(pool, clock, throttle);
    let (one, other, third) = tokio::join!(app.keep_keys(), app.keep_keys(), app.keep_keys());
    let one = one.unwrap();
    assert_eq!(one.keys.len(), 1);
    assert_eq!((&other.unwrap(), &third.unwrap()), (&one, &one));
}
