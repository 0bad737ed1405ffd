use events::orders::OrderConfirmed;
use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{Statements, shopper, staff};
use uuid::Uuid;

use crate::world::{ADA, EVE, World, order, order_of, user};

const OF_ORDERS: &str = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Order {
    id messages { channel status order { id } user { id } delivery { attempts } } } } }";

fn key(id: u128) -> Value {
    json!({ "__typename": "Order", "id": Uuid::from_u128(id) })
}

async fn channels(world: &World, actor: Actor, id: u128) -> Vec<String> {
    let answer = world.ask(actor, OF_ORDERS, json!({ "keys": [key(id)] })).await;
    let list = answer["data"]["_entities"][0]["messages"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    list.iter()
        .map(|message| format!("{} {}", message["channel"].as_str().unwrap(), message["status"].as_str().unwrap()))
        .collect()
}

#[sqlx::test(migrations = false)]
async fn the_messages_of_an_order_are_its_owners_and_of_a_guests_order_whoever_knows_it(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.execute("insert into notifications.preference values ('00000000-0000-0000-0000-000000000ada', 'ORDER', 'EMAIL', false)").await;
    world.wire.deliver(&OrderConfirmed { order: order_of(1, ADA) }).await;
    world.wire.deliver(&OrderConfirmed { order: order(2) }).await;
    let support = staff([Scope::NotificationsRead]);
    assert_eq!(channels(&world, shopper(ADA), 1).await, ["IN_APP SENT"]);
    assert_eq!(channels(&world, support.clone(), 1).await, ["EMAIL SUPPRESSED", "IN_APP SENT"]);
    for stranger in [Actor::Anonymous, shopper(EVE), staff([Scope::OrdersRead])] {
        assert_eq!(channels(&world, stranger.clone(), 1).await, Vec::<String>::new());
        assert_eq!(channels(&world, stranger, 2).await, ["EMAIL QUEUED"]);
    }
    assert_eq!(channels(&world, Actor::Anonymous, 3).await, Vec::<String>::new(), "an order without messages");
    let seen = world.ask(shopper(ADA), OF_ORDERS, json!({ "keys": [key(1)] })).await;
    let message = &seen["data"]["_entities"][0]["messages"][0];
    assert_eq!((&message["user"]["id"], &message["delivery"]), (&json!(user(ADA).0), &Value::Null));
    let seen = world.ask(support, OF_ORDERS, json!({ "keys": [key(1)] })).await;
    assert_eq!(seen["data"]["_entities"][0]["messages"][0]["delivery"]["attempts"], 0, "{seen}");
}

#[sqlx::test(migrations = false)]
async fn one_bad_key_does_not_spoil_the_other_entities(pool: PgPool) {
    let world = World::open(pool).await;
    let bad = [json!({ "__typename": "Order", "id": "nonsense" }), json!({ "__typename": "User", "id": "nonsense" })];
    let answer = world.ask(Actor::Anonymous, OF_ORDERS, json!({ "keys": [key(1), bad[0], bad[1]] })).await;
    assert_eq!(
        answer["data"]["_entities"],
        json!([{ "id": Uuid::from_u128(1), "messages": [] }, null, null]),
        "{answer}"
    );
}

#[sqlx::test(migrations = false)]
async fn orders_and_lists_cost_the_same_statements_whatever_their_length(pool: PgPool) {
    let mut world = World::open(pool).await;
    for id in 1..=6 {
        world.wire.deliver(&OrderConfirmed { order: order_of(id, ADA) }).await;
    }
    // With a single dispatcher, tracing asks whichever thread comes first by a call site whether anybody listens, and other
    // tests would answer for this one. A second dispatcher makes it ask them all.
    let _second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let counted = Statements::watch();
    for many in [1, 6] {
        let keys: Vec<Value> = (1..=many).map(key).collect();
        let answer = world.ask(shopper(ADA), OF_ORDERS, json!({ "keys": keys })).await;
        assert_eq!(answer["data"]["_entities"].as_array().unwrap().len(), many as usize);
        assert_eq!(counted.take(), 1, "one for all orders");
        let list = format!(
            "{{ messages(first: {many}) {{ edges {{ node {{ subject order {{ messages {{ subject }} }} }} }} }} }}"
        );
        let answer = world.ask(staff([Scope::NotificationsRead]), &list, json!({})).await;
        assert_eq!(answer["data"]["messages"]["edges"].as_array().unwrap().len(), many as usize, "{answer}");
        assert_eq!(counted.take(), 2, "one for the list, one for the orders");
    }
}

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    let world = World::open(pool).await;
    assert_eq!(testkit::undescribed(&world.api).await, Vec::<String>::new());
}
