use kernel::Scope;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::depot::{Depot, EAST, MAIN, level, reserve, variant};

const ADJUST: &str = "mutation($input: StockAdjustInput!) { stockAdjust(input: $input) {
    movement { id kind onHandDelta reason actor { id } warehouse { code } }
    stockLevel { onHand reserved available warehouse { code } }
    errors { __typename message ... on InvalidInput { field } ... on NotFound { id }
             ... on StockConflict { onHand reserved } } } }";

fn input(of: u128, warehouse: &str, delta: i64, key: &str) -> Value {
    json!({ "input": { "variantId": variant(of), "warehouseId": warehouse, "delta": delta, "reason": "counted",
                       "idempotencyKey": key } })
}

#[sqlx::test(migrations = false)]
async fn a_correction_is_written_down_and_told(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    let answer = depot.ask_staff(ADJUST, input(1, EAST, 3, "a")).await;
    let done = &answer["data"]["stockAdjust"];
    assert_eq!(done["errors"], json!([]), "{answer}");
    assert_eq!(done["movement"]["kind"], "ADJUST");
    assert_eq!(done["movement"]["actor"]["id"], "00000000-0000-0000-0000-000000000000");
    assert_eq!(done["movement"]["warehouse"]["code"], "EAST");
    let expected = json!({ "onHand": 3, "reserved": 0, "available": 3, "warehouse": { "code": "EAST" } });
    assert_eq!(done["stockLevel"], expected);
    assert_eq!(depot.told().await, [level(1, 3, 13)]);
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn the_same_key_corrects_once_and_another_input_under_it_is_refused(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    let first = depot.ask_staff(ADJUST, input(1, MAIN, -3, "a")).await;
    let again = depot.ask_staff(ADJUST, input(1, MAIN, -3, "a")).await;
    assert_eq!(first, again);
    assert_eq!(depot.held(1, MAIN).await, (7, 0));
    for other in [input(1, MAIN, -4, "a"), input(1, EAST, -3, "a"), input(2, MAIN, -3, "a")] {
        let refused = depot.ask_staff(ADJUST, other).await;
        assert_eq!(refused["data"]["stockAdjust"]["errors"][0]["__typename"], "IdempotencyConflict", "{refused}");
    }
    assert_eq!(depot.told().await, [level(1, 3, 7)]);
    let own = kernel::Actor::User { id: kernel::UserId(uuid::Uuid::from_u128(7)), scopes: [Scope::StockWrite].into() };
    let theirs = depot.ask(own, ADJUST, input(1, MAIN, -3, "a")).await;
    assert_eq!(theirs["data"]["stockAdjust"]["errors"], json!([]), "another person's key is another key: {theirs}");
    assert_eq!(depot.held(1, MAIN).await, (4, 0));
}

#[sqlx::test(migrations = false)]
async fn what_is_reserved_cannot_be_corrected_away_and_the_key_stays_free(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.wire.deliver(&reserve(1, &[(1, 8)])).await;
    depot.told().await;
    let before = depot.everything().await;
    let refused = depot.ask_staff(ADJUST, input(1, MAIN, -3, "a")).await;
    let error = &refused["data"]["stockAdjust"]["errors"][0];
    assert_eq!(
        (&error["__typename"], &error["onHand"], &error["reserved"]),
        (&json!("StockConflict"), &json!(10), &json!(8))
    );
    assert_eq!(refused["data"]["stockAdjust"]["movement"], Value::Null);
    let refused = depot.ask_staff(ADJUST, input(1, EAST, -1, "b")).await;
    assert_eq!(refused["data"]["stockAdjust"]["errors"][0]["__typename"], "StockConflict");
    assert_eq!(depot.everything().await, before);
    let done = depot.ask_staff(ADJUST, input(1, MAIN, -2, "a")).await;
    assert_eq!(done["data"]["stockAdjust"]["stockLevel"]["available"], 0, "{done}");
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn a_wrong_input_is_named_whole_and_changes_nothing(pool: PgPool) {
    let depot = Depot::with(pool, &[10]).await;
    let before = depot.everything().await;
    let errors = async |input: Value| {
        let answer = depot.ask_staff(ADJUST, input).await;
        answer["data"]["stockAdjust"]["errors"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
    };
    let mut bad = input(1, MAIN, 0, "");
    bad["input"]["reason"] = json!("a\u{0}b");
    let found = errors(bad).await;
    let fields: Vec<&str> = found.iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["delta", "reason", "idempotencyKey"]);
    for (input, id) in [
        (input(9, MAIN, 1, "a"), json!(variant(9))),
        (input(1, "nonsense", 1, "a"), json!("nonsense")),
        (input(1, "00000000-0000-7000-8000-0000000000ff", 1, "a"), json!("00000000-0000-7000-8000-0000000000ff")),
    ] {
        let found = errors(input).await;
        assert_eq!((&found[0]["__typename"], &found[0]["id"]), (&json!("NotFound"), &id));
    }
    assert_eq!(depot.everything().await, before);
}
