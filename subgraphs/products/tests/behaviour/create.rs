use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::shop::Shop;

pub const CREATE: &str = "mutation($input: ProductCreateInput!) { productCreate(input: $input) {
    product { id slug title descriptionHtml vendor tags status version category { path } options { name values }
        media { url alt } variants { sku optionValues weightGrams prices { amount currencyCode } }
        dollars: priceRange(currency: \"USD\") { lowest { amount } highest { amount } } }
    errors { __typename message ... on InvalidInput { field } ... on SlugTaken { slug } ... on SkuTaken { sku } } } }";

/// A product with two variants in two currencies, except where the patch says otherwise.
pub fn lamp(patch: Value) -> Value {
    let variant = |sku: &str, colour: &str, euros: &str| {
        json!({
            "sku": sku, "optionValues": [colour], "weightGrams": 900, "initialQuantity": 4,
            "prices": [{ "amount": euros, "currencyCode": "EUR" }, { "amount": "60", "currencyCode": "USD" }],
        })
    };
    let mut input = json!({
        "title": " Oak Desk Lamp ", "descriptionHtml": "<p>Warm<script>x()</script></p>", "vendor": "Saltmarsh",
        "categoryPath": ["Home", "Lighting"], "tags": ["new"], "options": [{ "name": "Colour" }], "status": "ACTIVE",
        "variants": [variant("LAMP-R", "Red", "49.90"), variant("LAMP-B", " Blue ", "52.5")],
        "media": [{ "url": "/media/lamp.svg", "alt": "A lamp" }], "idempotencyKey": "key-1",
    });
    for (field, value) in patch.as_object().unwrap() {
        input[field] = value.clone();
    }
    input
}

pub fn writer() -> Actor {
    testkit::staff([Scope::CatalogueWrite])
}

async fn create(shop: &Shop, input: Value) -> Value {
    let answer = shop.ask(writer(), CREATE, json!({ "input": input })).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["productCreate"].clone()
}

fn problems(payload: &Value) -> Vec<String> {
    assert_eq!(payload["product"], Value::Null, "{payload}");
    let errors = payload["errors"].as_array().unwrap().iter();
    let show = |error: &Value| {
        let about = ["field", "slug", "sku"].into_iter().find_map(|name| error[name].as_str()).unwrap_or_default();
        format!("{} {about}", error["__typename"].as_str().unwrap()).trim_end().to_owned()
    };
    errors.map(show).collect()
}

#[sqlx::test(migrations = false)]
async fn a_created_product_is_as_its_input_says_and_is_told(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let made = create(&shop, lamp(json!({}))).await;
    let prices =
        |euros: &str| json!([{ "amount": euros, "currencyCode": "EUR" }, { "amount": "60.00", "currencyCode": "USD" }]);
    let variant = |sku: &str, colour: &str, euros: &str| {
        json!({
        "sku": sku, "optionValues": [colour], "weightGrams": 900, "prices": prices(euros) })
    };
    let expected = json!({
        "id": made["product"]["id"], "slug": "oak-desk-lamp", "title": "Oak Desk Lamp", "descriptionHtml": "<p>Warm</p>",
        "vendor": "Saltmarsh", "tags": ["new"], "status": "ACTIVE", "version": 1,
        "category": { "path": ["Home", "Lighting"] }, "options": [{ "name": "Colour", "values": ["Red", "Blue"] }],
        "media": [{ "url": "/media/lamp.svg", "alt": "A lamp" }],
        "variants": [variant("LAMP-R", "Red", "49.90"), variant("LAMP-B", "Blue", "52.50")],
        "dollars": { "lowest": { "amount": "60.00" }, "highest": { "amount": "60.00" } },
    });
    assert_eq!(made, json!({ "product": expected, "errors": [] }));
    let told = shop.events().await;
    let kinds: Vec<&str> = told.iter().map(|(kind, _)| kind.as_str()).collect();
    let created = "products.variant.created.v1";
    assert_eq!(kinds, [created, created, "products.product.published.v1"]);
    assert_eq!((&told[0].1["sku"], &told[0].1["initial_quantity"]), (&json!("LAMP-R"), &json!(4)));
    let euros_and_dollars = json!([{ "minor": 4990, "currency": "EUR" }, { "minor": 6000, "currency": "USD" }]);
    assert_eq!(told[2].1["product"]["variants"][0]["prices"], euros_and_dollars);
}

#[sqlx::test(migrations = false)]
async fn a_draft_with_the_least_that_a_product_needs_is_told_to_nobody(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let price = json!([{ "amount": "1", "currencyCode": "EUR" }]);
    let least = json!({ "title": "Lamp", "variants": [{ "prices": price, "sku": " " }], "idempotencyKey": "k" });
    let made = create(&shop, least).await;
    assert_eq!(made["product"]["status"], "DRAFT", "{made}");
    assert_eq!(made["product"]["variants"][0]["sku"], Value::Null);
    let kinds: Vec<String> = shop.events().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["products.variant.created.v1"]);
}

#[sqlx::test(migrations = false)]
async fn the_same_request_creates_one_product(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let first = create(&shop, lamp(json!({}))).await;
    let before = shop.stored().await;
    assert_eq!(create(&shop, lamp(json!({}))).await, first);
    // Also what the draft's JSON leaves out makes another request.
    let mut other = lamp(json!({}));
    other["variants"][0]["initialQuantity"] = json!(5);
    for other in [other, lamp(json!({ "title": "Ash Desk Lamp" }))] {
        assert_eq!(problems(&create(&shop, other).await), ["IdempotencyConflict"]);
    }
    assert_eq!(shop.stored().await, before);
    // The key of somebody else is another key.
    let somebody = Actor::User { id: kernel::UserId(uuid::Uuid::from_u128(7)), scopes: [Scope::CatalogueWrite].into() };
    let refused = shop.ask(somebody, CREATE, json!({ "input": lamp(json!({})) })).await;
    assert_eq!(problems(&refused["data"]["productCreate"]), ["SlugTaken oak-desk-lamp"]);
    // Keys are kept for a month.
    shop.clock.advance(31 * 86_400);
    shop.app.forget_keys().await.unwrap();
    assert_eq!(problems(&create(&shop, lamp(json!({}))).await), ["SlugTaken oak-desk-lamp"]);
}

#[sqlx::test(migrations = false)]
async fn the_same_request_many_times_at_once_creates_one_product(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let again = || create(&shop, lamp(json!({})));
    let answers = tokio::join!(again(), again(), again(), again());
    assert_eq!(answers.0["errors"], json!([]));
    assert_eq!([&answers.1, &answers.2, &answers.3], [&answers.0; 3]);
    assert_eq!(shop.events().await.len(), 3);
}

#[sqlx::test(migrations = false)]
async fn a_slug_or_a_sku_that_is_taken_is_named_and_leaves_the_key_free(pool: PgPool) {
    let shop = Shop::open(pool).await;
    create(&shop, lamp(json!({}))).await;
    let before = shop.stored().await;
    let taken = create(&shop, lamp(json!({ "idempotencyKey": "key-2" }))).await;
    assert_eq!(problems(&taken), ["SlugTaken oak-desk-lamp"]);
    let taken = create(&shop, lamp(json!({ "idempotencyKey": "key-2", "slug": "ash-desk-lamp" }))).await;
    assert_eq!(problems(&taken), ["SkuTaken LAMP-B", "SkuTaken LAMP-R"]);
    assert_eq!(shop.stored().await, before);
    let mut other = lamp(json!({ "idempotencyKey": "key-2", "slug": "ash-desk-lamp" }));
    other["variants"][0]["sku"] = json!("ASH-R");
    other["variants"][1]["sku"] = Value::Null;
    assert_eq!(create(&shop, other).await["errors"], json!([]));
}

#[sqlx::test(migrations = false)]
async fn two_products_that_want_the_same_slug_at_once_are_decided(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let want = |key: &str| {
        let mut input = lamp(json!({ "idempotencyKey": key }));
        for variant in input["variants"].as_array_mut().unwrap() {
            variant["sku"] = Value::Null;
        }
        create(&shop, input)
    };
    let (one, two) = tokio::join!(want("a"), want("b"));
    let refused = if one["product"].is_null() { &one } else { &two };
    assert_eq!(problems(refused), ["SlugTaken oak-desk-lamp"]);
    assert_eq!(one["product"].is_null(), !two["product"].is_null());
}

#[sqlx::test(migrations = false)]
async fn everything_that_is_wrong_is_named_with_its_path(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let before = shop.stored().await;
    let price = |amount: &str, code: &str| json!({ "amount": amount, "currencyCode": code });
    let input = json!({
        "title": " ", "slug": "Not A Slug", "descriptionHtml": "a\u{0}b", "vendor": "a\nb", "categoryPath": ["書籍"],
        "tags": ["good", ""], "options": [{ "name": "Size" }, { "name": "Size" }], "status": "ARCHIVED",
        "variants": [
            { "sku": "A", "optionValues": ["S"], "weightGrams": -1, "prices": [price("-1", "EUR"), price("2", "EUR")], "initialQuantity": -1 },
            { "sku": "A", "optionValues": ["S", "a\u{1f}b"], "prices": [] },
        ],
        "media": [{ "url": "javascript:alert(1)" }, { "url": "https://example.org/a b.png" }], "idempotencyKey": "",
    });
    let expected = [
        "title",
        "slug",
        "vendor",
        "tags.1",
        "categoryPath",
        "options.1.name",
        "variants.0.prices.0.amount",
        "variants.0.prices.1.currencyCode",
        "variants.0.weightGrams",
        "variants.0.initialQuantity",
        "variants.0.optionValues",
        "variants.1.prices",
        "variants.1.optionValues",
        "variants.1.sku",
        "media.0.url",
        "media.1.url",
        "idempotencyKey",
        "status",
    ];
    let answer = create(&shop, input).await;
    assert_eq!(problems(&answer), expected.map(|field| format!("InvalidInput {field}")));
    let mut fine = lamp(json!({}));
    fine["variants"][1]["prices"][0]["amount"] = json!("1.005");
    assert_eq!(problems(&create(&shop, fine).await), ["InvalidInput variants.1.prices.0.amount"]);
    for (field, value) in [
        ("title", json!("ランプ")),
        ("variants", json!([])),
        ("descriptionHtml", json!("x".repeat(65_537))),
        ("idempotencyKey", json!("x".repeat(256))),
        ("tags", json!(vec!["x"; 251])),
        ("title", json!("x".repeat(256))),
        ("categoryPath", json!(vec!["a"; 9])),
        ("media", json!(vec![json!({ "url": "/x" }); 251])),
    ] {
        let refused = problems(&create(&shop, lamp(json!({ field: value }))).await);
        let expected = if value == "ランプ" { "slug" } else { field };
        assert_eq!(refused, [format!("InvalidInput {expected}")]);
    }
    assert_eq!(shop.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn only_the_scope_lets_one_create_and_change(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let update = "mutation { productUpdate(input: { id: \"x\", expectedVersion: 1 }) { errors { message } } }";
    let collection =
        "mutation { collectionCreate(input: { title: \"x\", idempotencyKey: \"x\" }) { errors { message } } }";
    let change = "mutation { collectionUpdate(input: { id: \"x\", expectedVersion: 1 }) { errors { message } } }";
    let set = "mutation { collectionProductsSet(input: { id: \"x\", productIds: [] }) { errors { message } } }";
    let before = shop.stored().await;
    for (actor, code) in [
        (Actor::Anonymous, "UNAUTHENTICATED"),
        (testkit::shopper(1), "FORBIDDEN"),
        (testkit::staff([Scope::CatalogueRead, Scope::StockWrite]), "FORBIDDEN"),
    ] {
        for query in [CREATE, update, collection, change, set] {
            let variables = if query == CREATE { json!({ "input": lamp(json!({})) }) } else { json!({}) };
            let refused = shop.ask(actor.clone(), query, variables).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], code, "{refused}");
        }
    }
    assert_eq!(shop.stored().await, before);
}
