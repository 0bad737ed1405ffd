use serde_json::{Value, json};
use sqlx::PgPool;

use crate::depot::{Depot, EAST, MAIN, level, reserve};

const CREATE: &str = "mutation($input: WarehouseCreateInput!) { warehouseCreate(input: $input) {
    warehouse { id code priority active } errors { __typename ... on InvalidInput { field } } } }";
const UPDATE: &str = "mutation($input: WarehouseUpdateInput!) { warehouseUpdate(input: $input) {
    warehouse { code name priority active } errors { __typename ... on InvalidInput { field } ... on NotFound { id } } } }";

#[sqlx::test(migrations = false)]
async fn a_new_warehouse_has_a_code_of_its_own(pool: PgPool) {
    let depot = Depot::open(pool).await;
    let input = |name: &str, key: &str| json!({ "input": { "code": "WEST", "name": name, "country": "FR", "priority": 3, "idempotencyKey": key } });
    let created = depot.ask_staff(CREATE, input("West", "a")).await;
    assert_eq!(created["data"]["warehouseCreate"]["warehouse"]["code"], "WEST", "{created}");
    assert_eq!(depot.ask_staff(CREATE, input("West", "a")).await, created, "the same request again opens nothing");
    let other = depot.ask_staff(CREATE, input("Other", "a")).await;
    assert_eq!(other["data"]["warehouseCreate"]["errors"], json!([{ "__typename": "IdempotencyConflict" }]));
    let taken = depot.ask_staff(CREATE, input("West", "b")).await;
    assert_eq!(taken["data"]["warehouseCreate"]["errors"], json!([{ "__typename": "InvalidInput", "field": "code" }]));
    let bad = json!({ "input": { "code": "w", "name": " ", "country": "fr", "priority": 0, "idempotencyKey": "" } });
    let refused = depot.ask_staff(CREATE, bad).await;
    let errors = refused["data"]["warehouseCreate"]["errors"].as_array().unwrap();
    let fields: Vec<&str> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["code", "name", "country", "idempotencyKey"]);
    let listed = depot.ask_staff("{ warehouses { code } }", json!({})).await;
    assert_eq!(listed["data"]["warehouses"], json!([{ "code": "MAIN" }, { "code": "EAST" }, { "code": "WEST" }]));
}

#[sqlx::test(migrations = false)]
async fn what_a_closed_warehouse_holds_is_not_for_sale(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.adjust(1, EAST, 3).await;
    depot.wire.deliver(&reserve(1, &[(1, 2)])).await;
    depot.told().await;
    let closed = depot.ask_staff(UPDATE, json!({ "input": { "id": MAIN, "active": false } })).await;
    let shown = json!({ "code": "MAIN", "name": "Main warehouse", "priority": 1, "active": false });
    assert_eq!(closed["data"]["warehouseUpdate"]["warehouse"], shown, "{closed}");
    let told = depot.told().await;
    assert_eq!(told[0], level(1, 5, 3));
    assert_eq!(told[1].0, "inventory.stock.low.v1");
    depot.wire.deliver(&reserve(2, &[(1, 4)])).await;
    assert_eq!(depot.status(2).await.as_deref(), Some("REJECTED"));
    assert_eq!(depot.held(1, MAIN).await, (10, 2), "what is reserved there stays");
    depot.told().await;
    for _ in 0..2 {
        depot.ask_staff(UPDATE, json!({ "input": { "id": MAIN, "active": true } })).await;
    }
    assert_eq!(depot.told().await, [level(1, 6, 11)], "opening twice is opening once");
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn the_order_of_warehouses_can_be_changed(pool: PgPool) {
    let mut depot = Depot::with(pool, &[10]).await;
    depot.adjust(1, EAST, 10).await;
    let changed = depot.ask_staff(UPDATE, json!({ "input": { "id": MAIN, "priority": 9, "name": "Old" } })).await;
    assert_eq!(changed["data"]["warehouseUpdate"]["warehouse"]["name"], "Old", "{changed}");
    depot.wire.deliver(&reserve(1, &[(1, 2)])).await;
    assert_eq!((depot.held(1, MAIN).await, depot.held(1, EAST).await), ((10, 0), (10, 2)));
    for id in ["nonsense", "00000000-0000-7000-8000-0000000000ff"] {
        let refused = depot.ask_staff(UPDATE, json!({ "input": { "id": id, "priority": 1 } })).await;
        let expected = json!([{ "__typename": "NotFound", "id": id }]);
        assert_eq!(refused["data"]["warehouseUpdate"]["errors"], expected);
        assert_eq!(refused["data"]["warehouseUpdate"]["warehouse"], Value::Null);
    }
    let refused = depot.ask_staff(UPDATE, json!({ "input": { "id": MAIN, "priority": 1, "country": "fr" } })).await;
    assert_eq!(refused["data"]["warehouseUpdate"]["errors"][0]["field"], "country");
}
