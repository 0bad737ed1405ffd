use kernel::Scope;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::desk::{Desk, UPDATE, actor, user};

async fn update(desk: &Desk, input: Value) -> Value {
    let answer = desk.ask(actor(1, &[]), UPDATE, json!({ "input": input })).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["userUpdate"].clone()
}

#[sqlx::test(migrations = false)]
async fn only_the_given_fields_change(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    desk.clock.advance(60);
    let all = json!({ "displayName": " Countess ", "phone": "0044 20 7946-0000", "locale": "en-gb", "currency": "GBP",
        "marketingOptIn": true });
    let mut expected = json!({
        "id": user(1), "displayName": "Countess", "email": "ada@example.org", "phone": "+442079460000", "locale": "en-GB",
        "currency": "GBP", "marketingOptIn": true, "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-01T00:01:00Z",
    });
    assert_eq!(update(&desk, all).await, json!({ "user": expected, "errors": [] }));
    let steps = [
        ("displayName", json!("Ada")),
        ("currency", json!("JPY")),
        ("locale", json!("pt")),
        ("marketingOptIn", json!(false)),
        ("phone", Value::Null),
    ];
    for (field, value) in steps {
        expected[field] = value.clone();
        assert_eq!(update(&desk, json!({ field: value })).await["user"], expected);
    }
    // Null means nothing for what a person cannot be without.
    let nothing = json!({ "displayName": null, "currency": null, "locale": null, "marketingOptIn": null });
    assert_eq!(update(&desk, nothing).await["user"], expected);
}

#[sqlx::test(migrations = false)]
async fn every_change_is_told_with_the_next_version(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    for (name, locale) in [("Countess", "en"), ("Countess", "pt-BR"), ("Countess", "pt-BR"), ("Ada", "pt-BR")] {
        update(&desk, json!({ "displayName": name, "locale": locale })).await;
    }
    update(&desk, json!({ "phone": "+442079460000" })).await;
    let told = |version: i64, name: &str, locale: &str| {
        let data = json!({ "user_id": user(1), "version": version, "display_name": name, "locale": locale });
        ("users.user.updated.v1".to_owned(), data)
    };
    let expected =
        [told(2, "Countess", "en"), told(3, "Countess", "pt-BR"), told(4, "Ada", "pt-BR"), told(5, "Ada", "pt-BR")];
    assert_eq!(desk.events().await, expected, "what changes nothing is not told");
}

#[sqlx::test(migrations = false)]
async fn a_change_with_problems_names_them_all_and_changes_nothing(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let before = desk.stored().await;
    let bad = [
        json!({ "displayName": "", "phone": "", "locale": "" }),
        json!({ "displayName": "x".repeat(101), "phone": "030 1234567", "locale": "en_US" }),
        json!({ "displayName": "a\u{0}b", "phone": "+0123456789", "locale": "english", "marketingOptIn": true }),
    ];
    for input in bad {
        let answer = update(&desk, input.clone()).await;
        let fields: Vec<&Value> = answer["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
        assert_eq!(fields, ["displayName", "phone", "locale"], "{input}");
        assert_eq!(answer["user"], Value::Null);
    }
    let refused = desk.ask(actor(1, &[]), UPDATE, json!({ "input": { "currency": "euro" } })).await;
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("ISO 4217"), "{refused}");
    assert_eq!(desk.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn concurrent_changes_of_different_fields_both_hold(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let answers = tokio::join!(
        update(&desk, json!({ "displayName": "A" })),
        update(&desk, json!({ "phone": "+442079460000" })),
        update(&desk, json!({ "locale": "pt" })),
        update(&desk, json!({ "currency": "GBP" })),
        update(&desk, json!({ "marketingOptIn": true })),
    );
    let (name, phone, locale, currency, opt_in) = answers;
    for answer in [name, phone, locale, currency, opt_in] {
        assert_eq!(answer["errors"], json!([]));
    }
    let row: (String, String, String, String, bool, i64) = sqlx::query_as(
        "select display_name, phone, locale, currency, marketing_opt_in, version from users.user_profile where email like 'ada%'",
    )
    .fetch_one(&desk.pool)
    .await
    .unwrap();
    assert_eq!(row, ("A".into(), "+442079460000".into(), "pt".into(), "GBP".into(), true, 6));
    let versions: Vec<Value> = desk.events().await.into_iter().map(|(_, data)| data["version"].clone()).collect();
    assert_eq!(versions, [2, 3, 4, 5, 6]);
}

#[sqlx::test(migrations = false)]
async fn staff_that_may_write_changes_others_and_sees_them_only_if_it_may_read(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let input = json!({ "input": { "id": user(1), "displayName": "Countess" } });
    let both = actor(9, &[Scope::UsersRead, Scope::UsersWrite]);
    let seen = desk.ask(both, UPDATE, input).await;
    assert_eq!(seen["data"]["userUpdate"]["user"]["displayName"], "Countess", "{seen}");
    let input = json!({ "input": { "id": user(1), "displayName": "Ada" } });
    let blind = desk.ask(actor(9, &[Scope::UsersWrite]), UPDATE, input).await;
    assert_eq!(blind["data"]["userUpdate"], json!({ "user": null, "errors": [] }), "{blind}");
    assert_eq!(desk.events().await[1].1["display_name"], "Ada");
}
