use async_graphql::connection::CursorType;
use kernel::Scope;
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::staff;

use crate::desk::{Desk, order_id};

const LIST: &str = "query($first: Int! = 24, $after: String, $status: PaymentStatus) {
    payments(first: $first, after: $after, filter: { status: $status }) {
        pageInfo { hasNextPage endCursor } edges { node { order { id } status } } } }";

async fn page(desk: &Desk, variables: Value) -> (Vec<Value>, Option<Value>) {
    let answer = desk.ask(staff([Scope::PaymentsRead]), LIST, variables).await;
    let found = &answer["data"]["payments"];
    let edges = found["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let orders = edges.iter().map(|edge| edge["node"]["order"]["id"].clone()).collect();
    let next = found["pageInfo"]["hasNextPage"].as_bool().unwrap();
    (orders, next.then(|| found["pageInfo"]["endCursor"].clone()))
}

#[sqlx::test(migrations = false)]
async fn pages_joined_are_all_payments_latest_first_whatever_their_size_and_filter(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for order in 1..=9 {
        // Some at the same time.
        if order % 3 == 0 {
            desk.clock.advance(1);
        }
        desk.pay(order, if order % 2 == 0 { "tok_declined" } else { "tok_success" }).await;
    }
    for (status, expected) in [
        (Value::Null, vec![9, 8, 7, 6, 5, 4, 3, 2, 1]),
        (json!("CAPTURED"), vec![9, 7, 5, 3, 1]),
        (json!("FAILED"), vec![8, 6, 4, 2]),
        (json!("VOIDED"), vec![]),
    ] {
        for first in [1, 2, 4, 100] {
            let (mut seen, mut after) = (Vec::new(), Value::Null);
            loop {
                let (orders, next) = page(&desk, json!({ "first": first, "after": after, "status": status })).await;
                seen.extend(orders);
                let Some(next) = next else { break };
                after = next;
            }
            let expected: Vec<Value> = expected.iter().map(|order| json!(order_id(*order))).collect();
            assert_eq!(seen, expected, "{status} by {first}");
        }
    }
}

#[sqlx::test(migrations = false)]
async fn payments_are_counted_with_the_filter(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for (order, token) in [(1, "tok_success"), (2, "tok_success"), (3, "tok_declined")] {
        desk.pay(order, token).await;
    }
    let query = "{ all: payments(first: 1) { totalCount } failed: payments(first: 1, filter: { status: FAILED }) { totalCount } }";
    let answer = desk.ask(staff([Scope::PaymentsRead]), query, json!({})).await;
    assert_eq!(answer["data"], json!({ "all": { "totalCount": 3 }, "failed": { "totalCount": 1 } }), "{answer}");
}

#[sqlx::test(migrations = false)]
async fn a_page_that_cannot_be_asked_for_is_refused(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let foreign = gql::Keyset { value: "title:Lamp".into(), id: uuid::Uuid::nil() }.encode_cursor();
    for variables in
        [json!({ "first": 0 }), json!({ "first": 101 }), json!({ "after": "garbage" }), json!({ "after": foreign })]
    {
        let answer = desk.ask(staff([Scope::PaymentsRead]), LIST, variables).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
    }
}
