use kernel::Scope;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::counted::Counted;
use crate::desk::{CREATE, DELETE, Desk, UPDATE, VIEWER, actor, quay, registration, user};

fn gone(id: u128) -> (String, Value) {
    ("users.user.deleted.v1".to_owned(), json!({ "user_id": user(id) }))
}

#[sqlx::test(migrations = false)]
async fn nothing_personal_is_left_of_who_leaves(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let all = json!({ "displayName": "Countess", "phone": "+442079460000", "locale": "pt-BR", "currency": "GBP",
        "marketingOptIn": true });
    desk.ask(actor(1, &[]), UPDATE, json!({ "input": all })).await;
    desk.add(1, json!({ "label": "Home", "address": quay(1) })).await;
    desk.add(2, json!({ "label": "Home", "address": quay(2) })).await;
    sqlx::query("truncate users.outbox").execute(&desk.pool).await.unwrap();
    for _ in 0..2 {
        desk.clock.advance(60);
        let done = desk.ask(actor(1, &[]), DELETE, json!({ "id": user(1) })).await;
        assert_eq!(done["data"]["userDelete"], json!({ "deletedUserId": user(1), "errors": [] }), "{done}");
    }
    assert_eq!(desk.events().await, [gone(1)], "twice is once");
    let stored = desk.stored().await;
    let mut row = stored["profiles"][0].as_object().unwrap().clone();
    row.retain(|_, value| !value.is_null());
    assert_eq!(
        Value::Object(row),
        json!({ "id": user(1), "version": 3, "created_at": "2026-01-01T00:00:00+00:00", "marketing_opt_in": false,
            "updated_at": "2026-01-01T00:01:00+00:00", "deleted_at": "2026-01-01T00:01:00+00:00" })
    );
    let text = stored.to_string();
    for personal in ["Countess", "ada@", "Ada", "+4420", "Quay 1", "pt-BR", "GBP"] {
        // Grace's addresses name Ada as well; hers stay.
        let left = text.matches(personal).count() - usize::from(personal == "Ada") * text.matches("\"Ada\"").count();
        assert_eq!(left, 0, "{personal} is left in {text}");
    }
    assert_eq!(stored["addresses"].as_array().map(Vec::len), Some(1), "Grace stays as she was");
    assert_eq!(stored["profiles"][1]["email"], "grace@example.org");
}

#[sqlx::test(migrations = false)]
async fn who_left_is_seen_by_nobody_and_changed_by_nobody(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let id = desk.add(1, json!({ "address": quay(1) })).await["address"]["id"].clone();
    desk.ask(actor(1, &[]), DELETE, json!({ "id": user(1) })).await;
    let before = desk.stored().await;
    // The token is still good for a while.
    let me = actor(1, &[Scope::UsersRead, Scope::UsersWrite]);
    let counted = Counted::watch();
    assert_eq!(desk.ask(me.clone(), VIEWER, json!({})).await, json!({ "data": { "viewer": null } }));
    assert_eq!(counted.take(), 1, "there is nothing to wait for");
    let seen = desk.ask(
        me.clone(),
        "query($id: ID!) { user(id: $id) { id } users { totalCount edges { node { id } } } }",
        json!({ "id": user(1) }),
    );
    let others = json!({ "user": null, "users": { "totalCount": 1, "edges": [{ "node": { "id": user(2) } }] } });
    assert_eq!(seen.await["data"], others);
    let attempts = [
        ("userUpdate", UPDATE, json!({ "input": { "displayName": "Ghost" } })),
        ("addressCreate", CREATE, json!({ "input": { "address": quay(1) } })),
        (
            "addressDelete",
            "mutation($id: ID!) { addressDelete(input: { id: $id }) { errors { __typename } } }",
            json!({ "id": id }),
        ),
    ];
    for (name, query, variables) in attempts {
        let refused = desk.ask(me.clone(), query, variables).await;
        assert_eq!(refused["data"][name]["errors"][0]["__typename"], "NotFound", "{refused}");
    }
    assert_eq!(desk.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_registration_that_comes_again_does_not_bring_anybody_back(pool: PgPool) {
    let mut desk = Desk::staffed(pool).await;
    desk.ask(actor(1, &[]), DELETE, json!({ "id": user(1) })).await;
    let before = desk.stored().await;
    desk.wire.deliver_twice(&registration(1, "ada@example.org", "Ada")).await;
    assert_eq!(desk.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn who_leaves_before_their_registration_arrives_stays_away(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for _ in 0..2 {
        let done = desk.ask(actor(1, &[]), DELETE, json!({ "id": user(1) })).await;
        assert_eq!(done["data"]["userDelete"]["deletedUserId"], json!(user(1)), "{done}");
    }
    assert_eq!(desk.events().await, [gone(1)]);
    let before = desk.stored().await;
    desk.wire.deliver(&registration(1, "ada@example.org", "Ada")).await;
    assert_eq!(desk.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn staff_deletes_others_but_nobody_who_is_not_there(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    // Who may change profiles may still not delete the people, an administrator among them.
    let refused = desk.ask(actor(9, &[Scope::UsersRead, Scope::UsersWrite]), DELETE, json!({ "id": user(1) })).await;
    assert_eq!(refused["data"]["userDelete"]["errors"][0]["__typename"], "NotFound", "{refused}");
    let staff = actor(9, &[Scope::AccountsWrite]);
    let done = desk.ask(staff.clone(), DELETE, json!({ "id": user(1) })).await;
    assert_eq!(done["data"]["userDelete"]["deletedUserId"], json!(user(1)), "{done}");
    let nobody = desk.ask(staff, DELETE, json!({ "id": user(77) })).await;
    assert_eq!(nobody["data"]["userDelete"]["errors"][0]["id"], json!(user(77)), "{nobody}");
    assert_eq!(desk.events().await, [gone(1)]);
}

#[sqlx::test(migrations = false)]
async fn leaving_twice_at_once_is_told_once(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    for id in [1, 3] {
        let leave = || desk.ask(actor(id, &[]), DELETE, json!({ "id": user(id) }));
        let answers = tokio::join!(leave(), leave(), leave(), leave());
        for answer in [answers.0, answers.1, answers.2, answers.3] {
            assert_eq!(answer["data"]["userDelete"]["deletedUserId"], json!(user(id)), "{answer}");
        }
    }
    assert_eq!(desk.events().await, [gone(1), gone(3)], "with a profile and without");
}

#[sqlx::test(migrations = false)]
async fn a_change_that_meets_the_deletion_brings_nothing_back(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let (_, _, _) = tokio::join!(
        desk.ask(actor(1, &[]), UPDATE, json!({ "input": { "displayName": "Late" } })),
        desk.ask(actor(1, &[]), DELETE, json!({ "id": user(1) })),
        desk.ask(actor(1, &[]), CREATE, json!({ "input": { "address": quay(1) } })),
    );
    let stored = desk.stored().await;
    assert!(stored["profiles"][0]["display_name"].is_null(), "{stored}");
    assert!(stored["addresses"].is_null(), "{stored}");
    assert_eq!(stored["changes"].as_array().map(Vec::len), Some(1), "only Grace has a history: {stored}");
}
