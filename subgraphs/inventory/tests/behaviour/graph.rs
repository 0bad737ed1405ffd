use kernel::Actor;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::depot::{Depot, EAST, MAIN, commit, order, release, reserve, variant};

const ENTITIES: &str = "query($keys: [_Any!]!) { _entities(representations: $keys) {
    ... on ProductVariant { id availability { quantity status } } } }";
const MOVEMENTS: &str = "query($id: ID!, $first: Int!, $after: String) {
    stockMovements(variantId: $id, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      edges { node { kind onHandDelta reservedDelta order { id } actor { id } reason warehouse { code } } } } }";

fn keys(ids: &[Value]) -> Value {
    let keys: Vec<Value> = ids.iter().map(|id| json!({ "__typename": "ProductVariant", "id": id })).collect();
    json!({ "keys": keys })
}

#[sqlx::test(migrations = false)]
async fn everybody_sees_what_can_be_bought(pool: PgPool) {
    let mut depot = Depot::with(pool, &[8, 5, 1]).await;
    depot.wire.deliver(&reserve(1, &[(1, 2), (3, 1)])).await;
    let ids = [json!(variant(1)), json!(variant(2)), json!(variant(3)), json!(variant(9)), json!("nonsense")];
    let answer = depot.ask(Actor::Anonymous, ENTITIES, keys(&ids)).await;
    let show = |of: u128, quantity: i32, status: &str| json!({ "id": variant(of), "availability": { "quantity": quantity, "status": status } });
    let expected = json!([
        show(1, 6, "IN_STOCK"),
        show(2, 5, "LOW_STOCK"),
        show(3, 0, "OUT_OF_STOCK"),
        show(9, 0, "OUT_OF_STOCK"),
        null
    ]);
    assert_eq!(answer["data"]["_entities"], expected, "{answer}");
    assert!(answer.get("errors").is_none(), "{answer}");
}

#[sqlx::test(migrations = false)]
async fn staff_see_what_each_warehouse_holds(pool: PgPool) {
    let mut depot = Depot::with(pool, &[8]).await;
    depot.wire.deliver(&reserve(1, &[(1, 2)])).await;
    depot.adjust(1, EAST, 3).await;
    let query = "query($id: ID!) { stockLevels(variantId: $id) { onHand reserved available warehouse { code } variant { id } } }";
    let answer = depot.ask_staff(query, json!({ "id": variant(1) })).await;
    let show = |code: &str, on_hand: i32, reserved: i32| {
        json!({ "onHand": on_hand, "reserved": reserved,
        "available": on_hand - reserved, "warehouse": { "code": code }, "variant": { "id": variant(1) } })
    };
    assert_eq!(answer["data"]["stockLevels"], json!([show("MAIN", 8, 2), show("EAST", 3, 0)]), "{answer}");
    for unknown in [json!(variant(9)), json!("nonsense")] {
        let answer = depot.ask_staff(query, json!({ "id": unknown })).await;
        assert_eq!(answer["data"]["stockLevels"], json!([]), "{answer}");
    }
}

#[sqlx::test(migrations = false)]
async fn movements_are_paged_from_the_latest_and_name_their_order(pool: PgPool) {
    let mut depot = Depot::with(pool, &[8]).await;
    depot.wire.deliver(&reserve(1, &[(1, 2)])).await;
    depot.clock.advance(1);
    depot.wire.deliver(&commit(1)).await;
    depot.adjust(1, EAST, 3).await;
    let mut after = Value::Null;
    let mut seen = Vec::new();
    for page in 0..4 {
        let answer = depot.ask_staff(MOVEMENTS, json!({ "id": variant(1), "first": 1, "after": after })).await;
        let found = &answer["data"]["stockMovements"];
        assert_eq!(found["totalCount"], 4, "{answer}");
        assert_eq!(found["pageInfo"]["hasNextPage"], page < 3);
        after = found["pageInfo"]["endCursor"].clone();
        seen.push(found["edges"][0]["node"].clone());
    }
    let kinds: Vec<&str> = seen.iter().map(|of| of["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["ADJUST", "COMMIT", "RESERVE", "RECEIVE"]);
    assert_eq!(seen[0]["order"], Value::Null);
    assert_eq!(seen[1]["order"]["id"], json!(order(1)));
    assert_eq!((&seen[1]["onHandDelta"], &seen[1]["reservedDelta"]), (&json!(-2), &json!(-2)));
    assert_eq!((&seen[1]["actor"], &seen[1]["warehouse"]["code"]), (&Value::Null, &json!("MAIN")));
    for (first, after) in [(0, Value::Null), (101, Value::Null), (1, json!("nonsense"))] {
        let refused = depot.ask_staff(MOVEMENTS, json!({ "id": variant(1), "first": first, "after": after })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
    let none = depot.ask_staff(MOVEMENTS, json!({ "id": "nonsense", "first": 1 })).await;
    assert_eq!(none["data"]["stockMovements"]["totalCount"], 0, "{none}");
}

#[sqlx::test(migrations = false)]
async fn staff_see_what_became_of_an_orders_request(pool: PgPool) {
    let mut depot = Depot::with(pool, &[8]).await;
    let query = "query($id: ID!) { reservation(orderId: $id) { status expiresAt order { id }
        lines { variant { id } quantity } allocations { variant { id } warehouse { id } quantity } } }";
    depot.wire.deliver(&reserve(1, &[(1, 2)])).await;
    let answer = depot.ask_staff(query, json!({ "id": order(1) })).await;
    let expected = json!({ "status": "RESERVED", "expiresAt": "2026-01-01T00:15:00Z", "order": { "id": order(1) },
        "lines": [{ "variant": { "id": variant(1) }, "quantity": 2 }],
        "allocations": [{ "variant": { "id": variant(1) }, "warehouse": { "id": MAIN }, "quantity": 2 }] });
    assert_eq!(answer["data"]["reservation"], expected, "{answer}");
    depot.wire.deliver(&release(2)).await;
    let answer = depot.ask_staff(query, json!({ "id": order(2) })).await;
    assert_eq!(answer["data"]["reservation"]["status"], "RELEASED", "{answer}");
    assert_eq!(answer["data"]["reservation"]["expiresAt"], Value::Null);
    // What lacked stock says how much there was, and what was given back holds nothing.
    let query = "query($id: ID!) { reservation(orderId: $id) { status lines { quantity lackingAvailable } allocations { quantity } } }";
    depot.wire.deliver(&reserve(4, &[(1, 7)])).await;
    let answer = depot.ask_staff(query, json!({ "id": order(4) })).await;
    let lines = json!([{ "quantity": 7, "lackingAvailable": 6 }]);
    let expected = json!({ "status": "REJECTED", "lines": lines, "allocations": [] });
    assert_eq!(answer["data"]["reservation"], expected, "{answer}");
    depot.wire.deliver(&release(1)).await;
    let answer = depot.ask_staff(query, json!({ "id": order(1) })).await;
    let lines = json!([{ "quantity": 2, "lackingAvailable": null }]);
    let expected = json!({ "status": "RELEASED", "lines": lines, "allocations": [] });
    assert_eq!(answer["data"]["reservation"], expected, "{answer}");
    for unknown in [json!(order(3)), json!("nonsense")] {
        let answer = depot.ask_staff(query, json!({ "id": unknown })).await;
        assert_eq!((&answer["data"]["reservation"], answer.get("errors")), (&Value::Null, None));
    }
}
