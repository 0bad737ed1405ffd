use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::create::{CREATE, lamp, writer};
use crate::shop::Shop;

const UPDATE: &str = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) {
    product { slug title descriptionHtml vendor tags version category { slug } options { name values } media { id url }
        variants { id sku optionValues prices { amount currencyCode } } }
    errors { __typename message ... on InvalidInput { field } ... on NotFound { id }
        ... on ProductVersionConflict { currentVersion } ... on SlugTaken { slug } ... on SkuTaken { sku } } } }";

/// The catalogue with a lamp, which is version 1; its id.
async fn lit(pool: PgPool, patch: Value) -> (Shop, Value) {
    let shop = Shop::open(pool).await;
    let made = shop.ask(writer(), CREATE, json!({ "input": lamp(patch) })).await;
    (shop, made["data"]["productCreate"]["product"]["id"].clone())
}

async fn update(shop: &Shop, id: &Value, version: i64, patch: Value) -> Value {
    let mut input = json!({ "id": id, "expectedVersion": version });
    for (field, value) in patch.as_object().unwrap() {
        input[field] = value.clone();
    }
    let answer = shop.ask(writer(), UPDATE, json!({ "input": input })).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["productUpdate"].clone()
}

#[sqlx::test(migrations = false)]
async fn only_the_given_fields_change_and_each_change_is_the_next_version(pool: PgPool) {
    let (shop, id) = lit(pool, json!({})).await;
    let mut expected = update(&shop, &id, 1, json!({ "title": "Oak Lamp" })).await["product"].clone();
    assert_eq!((&expected["title"], &expected["version"]), (&json!("Oak Lamp"), &json!(2)));
    assert_eq!(expected["options"], json!([{ "name": "Colour", "values": ["Red", "Blue"] }]));
    let steps = [
        ("slug", json!("oak-lamp"), json!("oak-lamp")),
        ("descriptionHtml", json!("<b onclick=\"x()\">Bold</b>"), json!("<b>Bold</b>")),
        ("vendor", json!(" Northwind "), json!("Northwind")),
        ("tags", json!(["old", "oak"]), json!(["old", "oak"])),
    ];
    for (version, (field, given, stored)) in (2..).zip(steps) {
        let changed = update(&shop, &id, version, json!({ field: given })).await;
        expected[field] = stored;
        expected["version"] = json!(version + 1);
        assert_eq!(changed, json!({ "product": expected, "errors": [] }), "{field}");
    }
    let changed = update(&shop, &id, 6, json!({ "categoryPath": [] })).await;
    assert_eq!(changed["product"]["category"], Value::Null, "{changed}");
    let told: Vec<(String, Value)> = shop.events().await;
    let versions: Vec<(&str, &Value)> =
        told[2..].iter().map(|(kind, data)| (kind.as_str(), &data["product"]["version"])).collect();
    let (published, changed) = ("products.product.published.v1", "products.product.changed.v1");
    let numbers: Vec<Value> = (1..=7).map(|version| json!(version)).collect();
    let expected: Vec<(&str, &Value)> = numbers
        .iter()
        .enumerate()
        .map(|(index, number)| (if index == 0 { published } else { changed }, number))
        .collect();
    assert_eq!(versions, expected);
    assert_eq!(told[8].1["product"]["slug"], "oak-lamp");
}

#[sqlx::test(migrations = false)]
async fn a_change_that_changes_nothing_leaves_no_trace(pool: PgPool) {
    let (shop, id) = lit(pool, json!({})).await;
    let before = shop.stored().await;
    let same = lamp(json!({}));
    let mut patch = json!({ "title": null, "tags": null });
    for field in ["title", "descriptionHtml", "vendor", "categoryPath", "options", "variants", "media"] {
        for patch in [json!({}), json!({ field: same[field] })] {
            assert_eq!(update(&shop, &id, 1, patch).await["product"]["version"], 1);
        }
        patch[field] = same[field].clone();
    }
    assert_eq!(update(&shop, &id, 1, patch).await["errors"], json!([]));
    assert_eq!(shop.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn variants_that_stay_keep_their_ids_and_prices_that_are_not_named_go(pool: PgPool) {
    let (shop, id) = lit(pool, json!({})).await;
    let before = update(&shop, &id, 1, json!({ "vendor": "V" })).await["product"].clone();
    let price = |amount: &str, code: &str| json!([{ "amount": amount, "currencyCode": code }]);
    let variants = json!([
        { "sku": "LAMP-B2", "optionValues": ["Blue"], "prices": price("1", "EUR") },
        { "sku": "LAMP-G", "optionValues": ["Green"], "prices": price("300", "JPY"), "initialQuantity": 9 },
    ]);
    let after = update(&shop, &id, 2, json!({ "variants": variants })).await["product"].clone();
    assert_eq!(after["variants"][0]["id"], before["variants"][1]["id"], "its options tell it");
    assert_eq!(after["variants"][0]["prices"], json!([{ "amount": "1.00", "currencyCode": "EUR" }]));
    assert_eq!(after["variants"][1]["prices"], json!([{ "amount": "300", "currencyCode": "JPY" }]));
    assert_eq!(after["media"], before["media"], "what did not change keeps its id");
    let ranges: Vec<(String, i64, i64)> =
        sqlx::query_as("select currency, lowest, highest from products.price_range order by currency")
            .fetch_all(&shop.pool)
            .await
            .unwrap();
    assert_eq!(ranges, [("EUR".into(), 100, 100), ("JPY".into(), 300, 300)]);
    let told = shop.events().await;
    let created = &told[told.len() - 2];
    assert_eq!((created.0.as_str(), &created.1["sku"]), ("products.variant.created.v1", &json!("LAMP-G")));
    assert_eq!(created.1["initial_quantity"], 9);
}

#[sqlx::test(migrations = false)]
async fn an_import_in_one_currency_leaves_the_prices_in_others(pool: PgPool) {
    let (shop, _) = lit(pool, json!({ "slug": "lamp" })).await;
    let csv = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\nlamp,Lamp,Colour,Red,LAMP-R,9\nlamp,,,Blue,LAMP-B,8\n";
    shop.import(csv.as_bytes()).await;
    let prices: Vec<(String, i64)> =
        sqlx::query_as("select currency, minor from products.price order by 1, 2").fetch_all(&shop.pool).await.unwrap();
    assert_eq!(prices, [("EUR".into(), 800), ("EUR".into(), 900), ("USD".into(), 6000), ("USD".into(), 6000)]);
}

#[sqlx::test(migrations = false)]
async fn a_file_that_did_not_change_does_not_undo_what_staff_changed(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("first.csv").await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from products.product where slug = 'garden-twine'")
        .fetch_one(&shop.pool)
        .await
        .unwrap();
    update(&shop, &json!(id), 1, json!({ "title": "Twine" })).await;
    let before = shop.stored().await;
    shop.import_file("first.csv").await;
    assert_eq!(shop.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_change_from_an_old_version_is_refused_with_the_current_one(pool: PgPool) {
    let (shop, id) = lit(pool, json!({})).await;
    update(&shop, &id, 1, json!({ "title": "Oak Lamp" })).await;
    let before = shop.stored().await;
    for version in [1, 3, 0, -1] {
        let refused = update(&shop, &id, version, json!({ "title": "Ash Lamp" })).await;
        let error = &refused["errors"][0];
        assert_eq!((&error["__typename"], &error["currentVersion"]), (&json!("ProductVersionConflict"), &json!(2)));
        assert_eq!(refused["product"], Value::Null);
    }
    assert_eq!(shop.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn of_two_changes_at_once_one_is_told_of_the_other(pool: PgPool) {
    let (shop, id) = lit(pool, json!({})).await;
    let change = |title: &str| update(&shop, &id, 1, json!({ "title": title }));
    let (one, two) = tokio::join!(change("One"), change("Two"));
    let (done, refused) = if one["product"].is_null() { (two, one) } else { (one, two) };
    assert_eq!(done["product"]["version"], 2, "{done}");
    assert_eq!(refused["errors"][0]["currentVersion"], 2, "{refused}");
}

#[sqlx::test(migrations = false)]
async fn what_another_product_has_cannot_be_taken(pool: PgPool) {
    let (shop, id) = lit(pool, json!({})).await;
    shop.import_file("first.csv").await;
    let before = shop.stored().await;
    let refused = update(&shop, &id, 1, json!({ "slug": "garden-twine" })).await;
    assert_eq!(
        (&refused["errors"][0]["__typename"], &refused["errors"][0]["slug"]),
        (&json!("SlugTaken"), &json!("garden-twine"))
    );
    let mut variants = lamp(json!({}))["variants"].clone();
    variants[1]["sku"] = json!("TWN-GRN");
    let refused = update(&shop, &id, 1, json!({ "variants": variants })).await;
    assert_eq!(refused["errors"].as_array().map(Vec::len), Some(1), "its own SKU is its own: {refused}");
    assert_eq!(
        (&refused["errors"][0]["__typename"], &refused["errors"][0]["sku"]),
        (&json!("SkuTaken"), &json!("TWN-GRN"))
    );
    let refused = update(&shop, &id, 1, json!({ "options": [], "title": "" })).await;
    let fields: Vec<&Value> = refused["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["title", "variants.0.optionValues", "variants.1.optionValues"], "{refused}");
    assert_eq!(shop.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_product_that_is_not_there_is_not_found(pool: PgPool) {
    let shop = Shop::open(pool).await;
    for id in ["00000000-0000-7000-8000-000000000000", "no-id", ""] {
        let refused = update(&shop, &json!(id), 1, json!({ "title": "x" })).await;
        let error = json!({ "__typename": "NotFound", "message": "there is no product with this id", "id": id });
        assert_eq!(refused, json!({ "product": null, "errors": [error] }));
    }
}

#[sqlx::test(migrations = false)]
async fn a_changed_draft_is_told_to_nobody_and_an_archived_product_stays_archived(pool: PgPool) {
    let (shop, id) = lit(pool, json!({ "status": "DRAFT" })).await;
    let count = shop.events().await.len();
    update(&shop, &id, 1, json!({ "title": "Draft" })).await;
    assert_eq!(shop.events().await.len(), count);
    let archive = "mutation($id: ID!) { productArchive(input: { id: $id }) { errors { message } } }";
    shop.ask(writer(), archive, json!({ "id": id })).await;
    update(&shop, &id, 3, json!({ "title": "Gone" })).await;
    assert_eq!(shop.events().await.len(), count);
    let query = "query($id: ID!) { product(id: $id) { title status version } }";
    let seen = shop.ask(testkit::staff([Scope::CatalogueRead]), query, json!({ "id": id })).await;
    assert_eq!(seen["data"]["product"], json!({ "title": "Gone", "status": "ARCHIVED", "version": 4 }));
    let seen = shop.ask(Actor::Anonymous, query, json!({ "id": id })).await;
    assert_eq!(seen["data"]["product"], Value::Null);
}
