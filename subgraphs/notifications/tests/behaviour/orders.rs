use events::orders::{OrderCancelled, OrderConfirmed, OrderPlaced, OrderRejected, OrderSnapshot, OrderUpdated};
use serde_json::json;
use sqlx::PgPool;

use crate::world::{ADA, World, order, order_of};

fn at(version: i64, status: &str, order: OrderSnapshot) -> OrderSnapshot {
    OrderSnapshot { version, status: status.into(), ..order }
}

#[sqlx::test(migrations = false)]
async fn a_guest_is_told_by_e_mail_and_an_account_also_in_the_shop(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.wire.deliver_twice(&OrderConfirmed { order: order(1) }).await;
    assert_eq!(world.outline().await, ["ORDER_CONFIRMED EMAIL QUEUED"]);
    world.wire.deliver_twice(&OrderConfirmed { order: order_of(2, ADA) }).await;
    assert_eq!(
        world.outline().await,
        ["ORDER_CONFIRMED EMAIL QUEUED", "ORDER_CONFIRMED EMAIL QUEUED", "ORDER_CONFIRMED IN_APP SENT"]
    );
    let (kind, told) = &world.told().await[0];
    assert_eq!(kind, "notifications.message.sent.v1");
    assert_eq!((&told["channel"], &told["template"]), (&json!("IN_APP"), &json!("ORDER_CONFIRMED")));
    assert_eq!(world.told().await.len(), 1, "an e-mail is told when it has left");
}

#[sqlx::test(migrations = false)]
async fn a_confirmation_shows_lines_sums_and_address_as_the_language_has_them(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.wire.deliver(&OrderConfirmed { order: order(1) }).await;
    let german = OrderSnapshot { locale: "de-DE".into(), ..order(2) };
    world.wire.deliver(&OrderConfirmed { order: german }).await;
    let stored = world.stored().await;
    assert_eq!(stored[0].subject, "Your order TC-100001 is confirmed");
    for part in [
        "2 x Oak Desk Lamp (Natural)  1,234.50 EUR",
        "Delivery: 4.90 EUR",
        "Total: 1,239.40 EUR",
        "of 1970-01-01",
        "  4050 Porto\n",
    ] {
        assert!(stored[0].text.contains(part), "{part}: {}", stored[0].text);
    }
    assert!(
        stored[1].text.contains("Gesamt: 1.239,40 EUR") && stored[1].text.contains("vom 01.01.1970"),
        "{}",
        stored[1].text
    );
    let html = stored[0].html.as_deref().unwrap();
    assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">") && html.contains("1,239.40 EUR"), "{html}");
}

#[sqlx::test(migrations = false)]
async fn a_rejection_and_a_cancellation_say_why_when_there_is_something_to_say(pool: PgPool) {
    let mut world = World::open(pool).await;
    let because = |id, reason: Option<&str>| OrderSnapshot { reason: reason.map(Into::into), ..order(id) };
    world.wire.deliver(&OrderRejected { order: because(1, Some("the lamp is sold out")) }).await;
    world.wire.deliver(&OrderCancelled { order: because(2, Some("the card was declined")) }).await;
    world.wire.deliver(&OrderCancelled { order: because(3, None) }).await;
    let stored = world.stored().await;
    assert!(
        stored[0].text.contains("The reason: the lamp is sold out") && stored[0].text.contains("Nothing was charged")
    );
    assert!(stored[1].text.contains("The reason: the card was declined"));
    assert!(!stored[2].text.contains("reason"), "{}", stored[2].text);
}

#[sqlx::test(migrations = false)]
async fn shipping_and_delivery_are_told_once_however_often_the_order_changes(pool: PgPool) {
    let mut world = World::open(pool).await;
    for (version, status) in
        [(2, "FULFILLING"), (3, "SHIPPED"), (4, "SHIPPED"), (5, "DELIVERED"), (6, "RETURN_REQUESTED")]
    {
        world.wire.deliver_twice(&OrderUpdated { order: at(version, status, order(1)) }).await;
    }
    assert_eq!(world.outline().await, ["ORDER_DELIVERED EMAIL QUEUED", "ORDER_SHIPPED EMAIL QUEUED"]);
}

#[sqlx::test(migrations = false)]
async fn a_late_snapshot_tells_nobody_anything(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.wire.deliver(&OrderCancelled { order: at(5, "CANCELLED", order(1)) }).await;
    world.wire.deliver(&OrderConfirmed { order: at(3, "CONFIRMED", order(1)) }).await;
    world.wire.deliver(&OrderUpdated { order: at(4, "SHIPPED", order(1)) }).await;
    assert_eq!(world.outline().await, ["ORDER_CANCELLED EMAIL QUEUED"]);
    // Another order has versions of its own.
    world.wire.deliver(&OrderConfirmed { order: at(1, "CONFIRMED", order(2)) }).await;
    assert_eq!(world.stored().await.len(), 2);
}

#[sqlx::test(migrations = false)]
async fn an_order_that_is_only_placed_is_not_for_this_service(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.wire.deliver(&OrderPlaced { order: order(1) }).await;
    assert_eq!(world.outline().await, Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn an_occasion_without_a_text_is_not_passed_over_in_silence(pool: PgPool) {
    let mut world = World::open(pool).await;
    world
        .execute(
            "update notifications.template set active = false where name = 'ORDER_CONFIRMED' and channel = 'IN_APP'",
        )
        .await;
    world.wire.send(&world.wire.envelope(&OrderConfirmed { order: order_of(1, ADA) })).await;
    let troubles = world.wire.troubles().await;
    assert!(troubles[0].contains("no template ORDER_CONFIRMED for IN_APP"), "{troubles:?}");
    assert_eq!(world.stored().await, [], "not even the e-mail is written: the event is tried again as a whole");
}
