use kernel::Scope;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::desk::{Desk, UPDATE, actor, quay, user};

const HISTORY: &str = "query($first: Int!, $after: String) { viewer { history(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { id at actorId kind addressId fields { field old new } } } } } }";

async fn page(desk: &Desk, first: i32, after: Value) -> (Vec<Value>, Value) {
    let answer = desk.ask(actor(1, &[]), HISTORY, json!({ "first": first, "after": after })).await;
    let found = &answer["data"]["viewer"]["history"];
    let edges = found["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let next =
        if found["pageInfo"]["hasNextPage"] == true { found["pageInfo"]["endCursor"].clone() } else { Value::Null };
    (edges.iter().map(|edge| edge["node"].clone()).collect(), next)
}

#[sqlx::test(migrations = false)]
async fn the_history_says_who_changed_what_from_what_to_what(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    desk.clock.advance(60);
    let input = json!({ "id": user(1), "phone": "+442079460000", "marketingOptIn": true, "displayName": "Ada" });
    desk.ask(actor(9, &[Scope::UsersWrite]), UPDATE, json!({ "input": input })).await;
    let entry = desk.add(1, json!({ "label": "Home", "address": quay(1) })).await["address"]["id"].clone();
    let update = "mutation($id: ID!) { addressUpdate(input: { id: $id, label: \"\", defaultBilling: false }) { errors { message } } }";
    desk.ask(actor(1, &[]), update, json!({ "id": entry })).await;
    let delete = "mutation($id: ID!) { addressDelete(input: { id: $id }) { errors { message } } }";
    desk.ask(actor(1, &[]), delete, json!({ "id": entry })).await;

    let (found, _) = page(&desk, 10, Value::Null).await;
    let show = |index: usize| {
        let of = &found[index];
        let fields = of["fields"].as_array().unwrap().iter();
        let fields =
            fields.map(|f| format!("{} {} {}", f["field"].as_str().unwrap(), f["old"], f["new"])).collect::<Vec<_>>();
        (of["kind"].as_str().unwrap(), of["actorId"].clone(), of["addressId"].clone(), fields.join(", "))
    };
    assert_eq!(found.len(), 5);
    let lines = |old: &str| {
        let lines = ["name \"Ada\"", "line1 \"Quay 1\"", "city \"Porto\"", "postalCode \"4050\"", "country \"PT\""];
        lines
            .map(|line| {
                let (name, value) = line.split_once(' ').unwrap();
                if old == "null" { format!("{name} null {value}") } else { format!("{name} {value} null") }
            })
            .join(", ")
    };
    let me = json!(user(1));
    let expected = format!("{}, defaultShipping \"true\" null, defaultBilling \"false\" null", lines("value"));
    assert_eq!(show(0), ("ADDRESS_DELETED", me.clone(), entry.clone(), expected));
    let expected = "label \"Home\" null, defaultBilling \"true\" \"false\"".to_owned();
    assert_eq!(show(1), ("ADDRESS_UPDATED", me.clone(), entry.clone(), expected));
    let expected =
        format!("label null \"Home\", {}, defaultShipping null \"true\", defaultBilling null \"true\"", lines("null"));
    assert_eq!(show(2), ("ADDRESS_CREATED", me, entry, expected));
    let expected = "phone null \"+442079460000\", marketingOptIn \"false\" \"true\"".to_owned();
    assert_eq!(show(3), ("PROFILE_UPDATED", json!(user(9)), Value::Null, expected));
    assert_eq!(show(4), ("REGISTERED", Value::Null, Value::Null, String::new()));
    assert_eq!((&found[3]["at"], &found[4]["at"]), (&json!("2026-01-01T00:01:00Z"), &json!("2026-01-01T00:00:00Z")));
}

#[sqlx::test(migrations = false)]
async fn pages_joined_are_the_whole_history(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    for step in 0..9 {
        // Some at the same time, so that the id decides.
        desk.clock.advance(step % 2);
        desk.ask(actor(1, &[]), UPDATE, json!({ "input": { "displayName": format!("Ada {step}") } })).await;
    }
    let (whole, _) = page(&desk, 100, Value::Null).await;
    assert_eq!(whole.len(), 10);
    for first in [1, 3, 5, 10] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let (found, next) = page(&desk, first, after).await;
            seen.extend(found);
            if next.is_null() {
                break;
            }
            after = next;
        }
        assert_eq!(seen, whole, "by {first}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_page_that_cannot_be_asked_for_is_refused(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let foreign = gql::Keyset { value: "title:Lamp".into(), id: uuid::Uuid::nil() };
    let foreign = async_graphql::connection::CursorType::encode_cursor(&foreign);
    for variables in [
        json!({ "first": 0 }),
        json!({ "first": 101 }),
        json!({ "first": 1, "after": "x" }),
        json!({ "first": 1, "after": foreign }),
    ] {
        let refused = desk.ask(actor(1, &[]), HISTORY, variables).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
}

#[sqlx::test(migrations = false)]
async fn an_entry_that_yields_its_default_says_so(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let old = desk.add(1, json!({ "label": "Home", "address": quay(1) })).await["address"]["id"].clone();
    desk.add(1, json!({ "label": "Work", "address": quay(2), "defaultShipping": true })).await;
    let (found, _) = page(&desk, 10, Value::Null).await;
    let yielded: Vec<&Value> = found.iter().filter(|change| change["kind"] == "ADDRESS_UPDATED").collect();
    let fields = json!([{ "field": "defaultShipping", "old": "true", "new": "false" }]);
    assert_eq!((yielded.len(), &yielded[0]["addressId"], &yielded[0]["fields"]), (1, &old, &fields), "{found:?}");
}
