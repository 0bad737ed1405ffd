use async_graphql::connection::CursorType;
use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{Statements, shopper, staff};

use crate::desk::{Desk, LAMP, MUG};

const ORDER: &str = "query($id: ID, $number: String) { order(id: $id, number: $number) { number } }";

#[sqlx::test(migrations = false)]
async fn an_accounts_cart_and_order_are_its_own(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let (ada, bob) = (shopper(1), shopper(2));
    let cart = desk.cart(&ada, &[(MUG, 1)]).await;
    for other in [&bob, &Actor::Anonymous] {
        let seen = desk.ask(other, "query($id: ID!) { cart(id: $id) { id } }", json!({ "id": cart })).await;
        assert_eq!(seen["data"]["cart"], Value::Null);
        assert_eq!(desk.checkout(other, &cart, "tok_success", "k1").await["errors"][0]["__typename"], "NotFound");
    }
    let placed = desk.checkout(&ada, &cart, "tok_success", "k1").await;
    let (id, number) = (&placed["order"]["id"], &placed["order"]["number"]);
    for by in [json!({ "id": id }), json!({ "number": number })] {
        for (actor, sees) in
            [(ada.clone(), true), (bob.clone(), false), (Actor::Anonymous, false), (staff([Scope::OrdersRead]), true)]
        {
            let seen = desk.ask(&actor, ORDER, by.clone()).await;
            assert_eq!(seen["data"]["order"].is_object(), sees, "{actor:?} {seen}");
        }
    }
    let cancel = "mutation($id: ID!) { orderCancel(input: { orderId: $id }) { errors { __typename } } }";
    let refused = desk.ask(&bob, cancel, json!({ "id": id })).await;
    assert_eq!(refused["data"]["orderCancel"]["errors"][0]["__typename"], "NotFound", "{refused}");
    let refused = desk.ask(&staff([Scope::OrdersRead]), cancel, json!({ "id": id })).await;
    let error = &refused["data"]["orderCancel"]["errors"][0]["__typename"];
    assert_eq!(error, "NotFound", "to see is not to change: {refused}");
    let done = desk.ask(&staff([Scope::OrdersWrite]), cancel, json!({ "id": id })).await;
    assert_eq!(done["data"]["orderCancel"]["errors"], json!([]), "{done}");
}

#[sqlx::test(migrations = false)]
async fn a_guests_order_is_found_by_its_id_but_not_by_its_number(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let id = desk.order().await.to_string();
    let seen = desk.ask(&Actor::Anonymous, ORDER, json!({ "id": id })).await;
    let number = &seen["data"]["order"]["number"];
    assert!(number.is_string());
    assert_eq!(desk.ask(&shopper(1), ORDER, json!({ "number": number })).await["data"]["order"], Value::Null);
    for nonsense in [json!({ "id": "nonsense" }), json!({ "number": "a\u{0}" }), json!({})] {
        assert_eq!(desk.ask(&Actor::Anonymous, ORDER, nonsense).await["data"]["order"], Value::Null);
    }
}

#[sqlx::test(migrations = false)]
async fn signing_in_adopts_the_guests_cart(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let cart = desk.cart(&Actor::Anonymous, &[(MUG, 1)]).await;
    let ada = shopper(1);
    let lines = json!([{ "variantId": MUG.to_string() }]);
    desk.change(&ada, "cartLinesAdd", "CartLinesInput", json!({ "cartId": cart, "lines": lines })).await;
    let user = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on User { cart { id } orders { totalCount } } } }";
    let keys = json!({ "keys": [{ "__typename": "User", "id": ada.user().unwrap().to_string() }] });
    let own = desk.ask(&ada, user, keys.clone()).await;
    assert_eq!(own["data"]["_entities"][0]["cart"]["id"], cart.as_str(), "{own}");
    let other = desk.ask(&shopper(2), user, keys).await;
    assert_eq!(other["data"]["_entities"][0], json!({ "cart": null, "orders": null }), "{other}");
}

#[sqlx::test(migrations = false)]
async fn a_shopper_is_told_of_their_orders_without_saying_who_they_are(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let ada = shopper(1);
    let cart = desk.cart(&ada, &[(MUG, 1)]).await;
    desk.checkout(&ada, &cart, "tok_success", &cart).await;
    let query = "{ viewer { id orders { totalCount } } }";
    let seen = desk.ask(&ada, query, json!({})).await;
    let own = json!({ "id": ada.user().unwrap().to_string(), "orders": { "totalCount": 1 } });
    assert_eq!(seen["data"]["viewer"], own, "{seen}");
    assert_eq!(desk.ask(&shopper(2), query, json!({})).await["data"]["viewer"]["orders"]["totalCount"], 0);
    assert_eq!(desk.ask(&Actor::Anonymous, query, json!({})).await, json!({ "data": { "viewer": null } }));
}

#[sqlx::test(migrations = false)]
async fn a_shoppers_history_is_one_statement_with_the_lines_that_each_order_has_by_itself(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let ada = shopper(1);
    for lines in [&[(LAMP, 1), (MUG, 3)][..], &[(MUG, 1)]] {
        let cart = desk.cart(&ada, lines).await;
        desk.checkout(&ada, &cart, "tok_success", &cart).await;
        desk.clock.advance(1);
    }
    let lines = "lines { variant { id } sku title variantTitle imageUrl quantity unitPrice { amount } total { amount currencyCode } }";
    let statements = Statements::watch();
    let query = format!("{{ viewer {{ orders {{ edges {{ node {{ number {lines} }} }} }} }} }}");
    let seen = desk.ask(&ada, &query, json!({})).await;
    assert_eq!(statements.take(), 1);
    let through =
        format!("{{ viewer {{ orders {{ nodes {{ ...shown }} }} }} }} fragment shown on Order {{ number {lines} }}");
    let nodes = desk.ask(&ada, &through, json!({})).await;
    assert_eq!(statements.take(), 1, "nodes and fragments are looked through");
    let edges = seen["data"]["viewer"]["orders"]["edges"].as_array().expect("orders");
    let units = |edge: &Value| {
        edge["node"]["lines"]
            .as_array()
            .map(|lines| lines.iter().map(|line| line["quantity"].clone()).collect::<Value>())
    };
    assert_eq!(edges.iter().map(units).collect::<Vec<_>>(), [Some(json!([1])), Some(json!([1, 3]))], "{seen}");
    let told: Value = edges.iter().map(|edge| edge["node"].clone()).collect();
    assert_eq!(nodes["data"]["viewer"]["orders"]["nodes"], told);
    for edge in edges {
        let alone = format!("query($number: String) {{ order(number: $number) {{ number {lines} }} }}");
        let alone = desk.ask(&ada, &alone, json!({ "number": edge["node"]["number"] })).await;
        assert_eq!(alone["data"]["order"], edge["node"]);
    }
}

#[sqlx::test(migrations = false)]
async fn a_page_may_be_asked_for_without_its_size_and_not_after_a_time_that_never_was(pool: PgPool) {
    let desk = Desk::open(pool).await;
    desk.order().await;
    let query = "query($first: Int, $after: String) { orders(first: $first, after: $after) { edges { cursor } } }";
    let reader = staff([Scope::OrdersRead]);
    let page = desk.ask(&reader, query, json!({})).await;
    assert_eq!(page["data"]["orders"]["edges"].as_array().map(Vec::len), Some(1), "{page}");
    for value in ["-300000000000000000", "9223372036854775807", "9999-12-31T23:59:59-01:00", "x"] {
        let cursor = gql::Keyset { value: value.into(), id: uuid::Uuid::nil() };
        let refused = desk.ask(&reader, query, json!({ "after": cursor.encode_cursor() })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{value}: {refused}");
    }
}

#[sqlx::test(migrations = false)]
async fn staff_pages_through_all_orders_with_a_constant_number_of_statements(pool: PgPool) {
    let desk = Desk::open(pool).await;
    for _ in 0..5 {
        let cart = desk.cart(&Actor::Anonymous, &[(LAMP, 1), (MUG, 1)]).await;
        desk.checkout(&Actor::Anonymous, &cart, "tok_success", &cart).await;
        desk.clock.advance(1);
    }
    let query =
        "query($first: Int!, $after: String) { orders(first: $first, after: $after, status: PENDING) { totalCount
        pageInfo { hasNextPage endCursor } edges { node { number lines { title } timeline { kind } } } } }";
    let reader = staff([Scope::OrdersRead]);
    let (statements, mut costs) = (Statements::watch(), Vec::new());
    let (mut numbers, mut after) = (Vec::new(), Value::Null);
    for first in [1, 2, 2] {
        statements.take();
        let page = desk.ask(&reader, query, json!({ "first": first, "after": after })).await;
        costs.push(statements.take());
        let page = &page["data"]["orders"];
        assert_eq!(page["totalCount"], 5);
        after = page["pageInfo"]["endCursor"].clone();
        numbers.extend(
            page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["number"].as_str().unwrap().to_owned()),
        );
    }
    assert_eq!(numbers, ["TC-100005", "TC-100004", "TC-100003", "TC-100002", "TC-100001"]);
    assert_eq!(costs, [costs[0]; 3]);
    let refused = desk.ask(&shopper(1), query, json!({ "first": 1 })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
}
