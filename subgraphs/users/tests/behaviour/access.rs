use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::desk::{CREATE, DELETE, Desk, UPDATE, actor, quay, user};

const BY_ID: &str = "query($id: ID!) { user(id: $id) { email } }";
const ENTITIES: &str =
    "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on User { email addresses { label } } } }";

fn strangers() -> [Actor; 3] {
    let scopes = [Scope::OrdersRead, Scope::AccountsWrite, Scope::CatalogueWrite];
    [Actor::Anonymous, actor(2, &[]), actor(2, &scopes)]
}

#[sqlx::test(migrations = false)]
async fn a_person_is_seen_by_themselves_and_by_staff_alone(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let keys = json!({ "keys": [{ "__typename": "User", "id": user(1) }] });
    for stranger in strangers().into_iter().chain([actor(2, &[Scope::UsersWrite])]) {
        let answer = desk.ask(stranger.clone(), BY_ID, json!({ "id": user(1) })).await;
        assert_eq!(answer, json!({ "data": { "user": null } }), "{stranger:?}");
        let answer = desk.ask(stranger, ENTITIES, keys.clone()).await;
        assert_eq!(answer, json!({ "data": { "_entities": [null] } }));
    }
    for one in [actor(1, &[]), actor(9, &[Scope::UsersRead])] {
        let answer = desk.ask(one.clone(), BY_ID, json!({ "id": user(1) })).await;
        assert_eq!(answer["data"]["user"], json!({ "email": "ada@example.org" }));
        let answer = desk.ask(one, ENTITIES, keys.clone()).await;
        assert_eq!(answer["data"]["_entities"], json!([{ "email": "ada@example.org", "addresses": [] }]));
    }
}

#[sqlx::test(migrations = false)]
async fn one_bad_key_does_not_spoil_the_other_entities(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let key = |id: Value| json!({ "__typename": "User", "id": id });
    let keys = [json!(user(2)), json!("nonsense"), json!(user(77)), json!(""), json!(user(1))].map(key);
    let answer = desk.ask(actor(9, &[Scope::UsersRead]), ENTITIES, json!({ "keys": keys })).await;
    let emails: Vec<&Value> =
        answer["data"]["_entities"].as_array().unwrap().iter().map(|entity| &entity["email"]).collect();
    let none = Value::Null;
    assert_eq!(emails, [&json!("grace@example.org"), &none, &none, &none, &json!("ada@example.org")], "{answer}");
}

#[sqlx::test(migrations = false)]
async fn nothing_of_others_can_be_changed_and_nothing_tells_whether_it_exists(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let entry = desk.add(1, json!({ "address": quay(1) })).await["address"]["id"].clone();
    let before = desk.stored().await;
    let update = "mutation($id: ID!) { addressUpdate(input: { id: $id, label: \"x\" }) {
        address { id } errors { __typename message ... on NotFound { id } } } }";
    let delete = "mutation($id: ID!) { addressDelete(input: { id: $id }) {
        deletedAddressId errors { __typename message ... on NotFound { id } } } }";
    let nobody = json!(user(77));
    for stranger in [actor(2, &[]), actor(2, &[Scope::UsersRead, Scope::OrdersWrite])] {
        for (there, absent) in [(json!(user(1)), nobody.clone()), (json!(user(1)), json!("no-id"))] {
            let attempts = [
                (
                    "userUpdate",
                    UPDATE,
                    json!({ "input": { "id": there, "displayName": "x" } }),
                    json!({ "input": { "id": absent, "displayName": "x" } }),
                ),
                ("userDelete", DELETE, json!({ "id": there }), json!({ "id": absent })),
                (
                    "addressCreate",
                    CREATE,
                    json!({ "input": { "userId": there, "address": quay(2) } }),
                    json!({ "input": { "userId": absent, "address": quay(2) } }),
                ),
                ("addressUpdate", update, json!({ "id": entry }), json!({ "id": absent })),
                ("addressDelete", delete, json!({ "id": entry }), json!({ "id": absent })),
            ];
            for (name, query, there, absent) in attempts {
                let mut answers = Vec::new();
                for variables in [there, absent] {
                    let answer = desk.ask(stranger.clone(), query, variables).await;
                    let error = &answer["data"][name]["errors"][0];
                    assert_eq!(error["__typename"], "NotFound", "{answer}");
                    answers.push(error["message"].clone());
                }
                assert_eq!(answers[0], answers[1], "{name}");
            }
        }
    }
    assert_eq!(desk.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_guest_can_change_nothing_and_see_no_list(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let before = desk.stored().await;
    let attempts = [
        (UPDATE, json!({ "input": { "id": user(1), "displayName": "x" } })),
        (UPDATE, json!({ "input": { "displayName": "x" } })),
        (DELETE, json!({ "id": user(1) })),
        (CREATE, json!({ "input": { "address": quay(1) } })),
        ("{ users { edges { node { email } } } }", json!({})),
    ];
    for (query, variables) in attempts {
        let refused = desk.ask(Actor::Anonymous, query, variables).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{refused}");
    }
    let refused = desk.ask(actor(1, &[Scope::UsersWrite]), "{ users { totalCount } }", json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
    assert_eq!(desk.stored().await, before);
}

#[test]
fn the_gateway_learns_which_scope_the_list_needs() {
    let sdl = users::sdl();
    assert!(sdl.contains("@requiresScopes(scopes: [[\"users:read\"]])"), "{sdl}");
    assert!(sdl.contains("type User @key(fields: \"id\")"), "{sdl}");
}
