use events::inventory::StockLow;
use events::orders::OrderConfirmed;
use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{shopper, staff};
use uuid::Uuid;

use crate::world::{ADA, EVE, World, order_of, user};

const INBOX: &str = "query($keys: [_Any!]!, $first: Int, $after: String, $unreadOnly: Boolean) {
    _entities(representations: $keys) { ... on User {
        notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
            totalCount unreadCount pageInfo { hasNextPage endCursor } edges { node { id subject readAt channel } } } } } }";
const MARK: &str = "mutation($input: NotificationMarkReadInput!) { notificationMarkRead(input: $input) {
    markedCount errors { __typename message ... on NotFound { id } ... on InvalidInput { field } } } }";
const STAFF: &str =
    "{ staffNotifications(first: 5) { unreadCount edges { node { id subject readAt variant { id } } } } }";

async fn inbox(world: &World, actor: Actor, mut variables: Value) -> Value {
    variables["keys"] = json!([{ "__typename": "User", "id": user(ADA).0 }]);
    let mut answer = world.ask(actor, INBOX, variables).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["_entities"][0]["notifications"].take()
}

async fn mark(world: &World, actor: Actor, input: Value) -> Value {
    let mut answer = world.ask(actor, MARK, json!({ "input": input })).await;
    answer["data"]["notificationMarkRead"].take()
}

async fn with_orders(pool: PgPool) -> World {
    let mut world = World::open(pool).await;
    for id in 1..=5 {
        // Two at the same time, so that the id decides.
        world.clock.advance(u64::from(id % 2 == 0));
        world.wire.deliver(&OrderConfirmed { order: order_of(id, ADA) }).await;
    }
    world.wire.deliver(&OrderConfirmed { order: order_of(6, EVE) }).await;
    world
}

fn ids(page: &Value) -> Vec<Value> {
    page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["id"].clone()).collect()
}

#[sqlx::test(migrations = false)]
async fn an_inbox_is_paged_newest_first_without_e_mails_and_without_those_of_others(pool: PgPool) {
    let world = with_orders(pool).await;
    let (mut subjects, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = inbox(&world, shopper(ADA), json!({ "first": 2, "after": after })).await;
        assert_eq!((&page["totalCount"], &page["unreadCount"]), (&json!(5), &json!(5)));
        for edge in page["edges"].as_array().unwrap() {
            assert_eq!(edge["node"]["channel"], "IN_APP");
            subjects.push(edge["node"]["subject"].as_str().unwrap().to_owned());
        }
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    let expected: Vec<String> = (1..=5).rev().map(|id| format!("Order TC-10000{id} confirmed")).collect();
    assert_eq!(subjects, expected);
}

#[sqlx::test(migrations = false)]
async fn the_inbox_of_another_account_is_null_for_everybody(pool: PgPool) {
    let world = with_orders(pool).await;
    for actor in [Actor::Anonymous, shopper(EVE), staff([Scope::NotificationsRead])] {
        assert_eq!(inbox(&world, actor, json!({})).await, Value::Null);
    }
}

#[sqlx::test(migrations = false)]
async fn reading_counts_down_and_reading_twice_is_reading_once(pool: PgPool) {
    let world = with_orders(pool).await;
    let all = ids(&inbox(&world, shopper(ADA), json!({})).await);
    for (input, count) in [
        (json!({ "ids": [all[0], all[1]] }), 2),
        (json!({ "ids": [all[1], all[2]] }), 1),
        (json!({ "all": true }), 2),
        (json!({ "all": true }), 0),
    ] {
        let marked = mark(&world, shopper(ADA), input).await;
        assert_eq!(marked, json!({ "markedCount": count, "errors": [] }));
        let unread = inbox(&world, shopper(ADA), json!({ "unreadOnly": true })).await;
        assert_eq!(unread["unreadCount"], unread["totalCount"]);
    }
    assert_eq!(inbox(&world, shopper(ADA), json!({ "unreadOnly": true })).await["totalCount"], 0);
    assert_eq!(inbox(&world, shopper(ADA), json!({})).await["totalCount"], 5);
    let unread: i64 =
        sqlx::query_scalar("select count(*) from notifications.message where channel = 'IN_APP' and read_at is null")
            .fetch_one(&world.pool)
            .await
            .unwrap();
    assert_eq!(unread, 1, "that of the other account");
}

#[sqlx::test(migrations = false)]
async fn nobody_marks_what_is_not_theirs_and_then_nothing_is_marked(pool: PgPool) {
    let world = with_orders(pool).await;
    let own = ids(&inbox(&world, shopper(ADA), json!({})).await)[0].clone();
    let others: Uuid =
        sqlx::query_scalar("select id from notifications.message where user_id = $1 and channel = 'IN_APP'")
            .bind(user(EVE).0)
            .fetch_one(&world.pool)
            .await
            .unwrap();
    let email: Uuid =
        sqlx::query_scalar("select id from notifications.message where user_id = $1 and channel = 'EMAIL' limit 1")
            .bind(user(ADA).0)
            .fetch_one(&world.pool)
            .await
            .unwrap();
    for foreign in [json!(others), json!(email), json!(Uuid::from_u128(99)), json!("nonsense")] {
        let refused = mark(&world, shopper(ADA), json!({ "ids": [own, foreign] })).await;
        assert_eq!(refused["markedCount"], Value::Null);
        assert_eq!((&refused["errors"][0]["__typename"], &refused["errors"][0]["id"]), (&json!("NotFound"), &foreign));
    }
    for input in [
        json!({}),
        json!({ "ids": [own], "all": true }),
        json!({ "ids": [] }),
        json!({ "ids": vec![own.clone(); 101] }),
    ] {
        let refused = mark(&world, shopper(ADA), input).await;
        assert_eq!(refused["errors"][0]["field"], "ids", "{refused}");
    }
    assert_eq!(inbox(&world, shopper(ADA), json!({})).await["unreadCount"], 5);
    let guest = world.ask(Actor::Anonymous, MARK, json!({ "input": { "all": true } })).await;
    assert_eq!(guest["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

#[sqlx::test(migrations = false)]
async fn the_staffs_inbox_is_common_and_needs_its_scope(pool: PgPool) {
    let mut world = with_orders(pool).await;
    let variant = Uuid::from_u128(7);
    world.wire.deliver(&StockLow { variant_id: variant.into(), available: 3, threshold: 5 }).await;
    for (actor, code) in [(Actor::Anonymous, "UNAUTHENTICATED"), (staff([Scope::NotificationsRead]), "FORBIDDEN")] {
        let refused = world.ask(actor, STAFF, json!({})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], code);
    }
    let keeper = staff([Scope::StockRead]);
    let found = world.ask(keeper.clone(), STAFF, json!({})).await;
    let found = &found["data"]["staffNotifications"];
    assert_eq!((&found["unreadCount"], found["edges"].as_array().unwrap().len()), (&json!(1), 1), "{found}");
    assert_eq!(found["edges"][0]["node"]["variant"]["id"], json!(variant));
    let id = &found["edges"][0]["node"]["id"];
    assert_eq!(mark(&world, shopper(ADA), json!({ "ids": [id] })).await["errors"][0]["__typename"], "NotFound");
    assert_eq!(mark(&world, keeper.clone(), json!({ "ids": [id] })).await["markedCount"], 1);
    assert_eq!(world.ask(keeper, STAFF, json!({})).await["data"]["staffNotifications"]["unreadCount"], 0);
}
