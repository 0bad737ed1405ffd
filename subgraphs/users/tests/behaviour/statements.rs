use kernel::Scope;
use serde_json::json;
use sqlx::PgPool;

use crate::counted::Counted;
use crate::desk::{Desk, actor, quay, registration, user};

#[sqlx::test(migrations = false)]
async fn a_list_costs_the_same_statements_whatever_its_length(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for id in 1..=6_u128 {
        desk.wire.deliver(&registration(id, &format!("mail{id}@example.org"), "Ada")).await;
        desk.add(id, json!({ "address": quay(1) })).await;
    }
    let staff = actor(9, &[Scope::UsersRead]);
    let person = "displayName addresses { label address { city } }
        history(first: 2) { edges { node { kind } } } latest: history(first: 1) { edges { node { kind } } }";
    let counted = Counted::watch();
    let mut costs = Vec::new();
    for first in [1, 6] {
        let query = format!("{{ users(first: {first}) {{ edges {{ node {{ {person} }} }} }} }}");
        counted.take();
        let answer = desk.ask(staff.clone(), &query, json!({})).await;
        let edges = answer["data"]["users"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
        assert_eq!(edges.len(), first);
        for edge in edges {
            let node = &edge["node"];
            assert_eq!(node["addresses"][0]["address"]["city"], "Porto");
            assert_eq!(node["history"]["edges"].as_array().map(Vec::len), Some(2));
            assert_eq!(node["latest"]["edges"], json!([{ "node": { "kind": "ADDRESS_CREATED" } }]));
        }
        costs.push(counted.take());
    }
    // The list, the address books, the histories.
    assert_eq!(costs, [3, 3]);
    let keys: Vec<_> = (1..=6).map(|id| json!({ "__typename": "User", "id": user(id) })).collect();
    let query =
        format!("query($keys: [_Any!]!) {{ _entities(representations: $keys) {{ ... on User {{ {person} }} }} }}");
    let answer = desk.ask(staff, &query, json!({ "keys": keys })).await;
    assert_eq!(answer["data"]["_entities"][5]["displayName"], "Ada", "{answer}");
    assert_eq!(counted.take(), 3);
}
