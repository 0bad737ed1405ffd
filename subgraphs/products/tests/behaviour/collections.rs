use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use crate::create::writer;
use crate::shop::Shop;

const CREATE: &str = "mutation($input: CollectionCreateInput!) { collectionCreate(input: $input) {
    collection { id slug title descriptionHtml version products { totalCount } }
    errors { __typename ... on InvalidInput { field } ... on SlugTaken { slug } } } }";
const UPDATE: &str = "mutation($input: CollectionUpdateInput!) { collectionUpdate(input: $input) {
    collection { slug title descriptionHtml version }
    errors { __typename message ... on InvalidInput { field } ... on CollectionVersionConflict { currentVersion } ... on NotFound { id } } } }";
const SET: &str = "mutation($input: CollectionProductsSetInput!) { collectionProductsSet(input: $input) {
    collection { version products { edges { node { slug } } } }
    errors { __typename message ... on InvalidInput { field } ... on CollectionVersionConflict { currentVersion } } } }";
const PRODUCTS: &str = "query($slug: String!, $first: Int!, $after: String) { collection(slug: $slug) {
    products(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { slug } } } } }";

async fn call(shop: &Shop, query: &str, input: Value) -> Value {
    let answer = shop.ask(writer(), query, json!({ "input": input })).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"].as_object().unwrap().values().next().unwrap().clone()
}

/// A new collection's id.
async fn collection(shop: &Shop, title: &str) -> Value {
    let made = call(shop, CREATE, json!({ "title": title, "idempotencyKey": title })).await;
    assert_eq!(made["errors"], json!([]), "{made}");
    made["collection"]["id"].clone()
}

async fn ids(shop: &Shop, slugs: &[&str]) -> Vec<Uuid> {
    let sql = "select p.id from unnest($1::text[]) with ordinality as wanted (slug, number)
        join products.product p on p.slug = wanted.slug order by wanted.number";
    sqlx::query_scalar(sql).bind(slugs).fetch_all(&shop.pool).await.unwrap()
}

async fn walk(shop: &Shop, actor: Actor, first: usize) -> Vec<String> {
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let variables = json!({ "slug": "summer", "first": first, "after": after });
        let answer = shop.ask(actor.clone(), PRODUCTS, variables).await;
        let page = &answer["data"]["collection"]["products"];
        let edges = page["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
        seen.extend(edges.iter().map(|edge| edge["node"]["slug"].as_str().unwrap().to_owned()));
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(page["totalCount"], seen.len());
            return seen;
        }
        assert_eq!(edges.len(), first);
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[sqlx::test(migrations = false)]
async fn a_collection_is_created_once_and_changed_by_version(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let input = json!({ "title": " Summer Evenings ", "descriptionHtml": "<i>Warm</i><script>x()</script>", "idempotencyKey": "k" });
    let made = call(&shop, CREATE, input.clone()).await;
    let expected = json!({ "id": made["collection"]["id"], "slug": "summer-evenings", "title": "Summer Evenings",
        "descriptionHtml": "<i>Warm</i>", "version": 1, "products": { "totalCount": 0 } });
    assert_eq!(made, json!({ "collection": expected, "errors": [] }));
    let before = shop.stored().await;
    assert_eq!(call(&shop, CREATE, input).await, made);
    let conflicts = [
        (json!({ "title": "Winter", "idempotencyKey": "k" }), json!({ "__typename": "IdempotencyConflict" })),
        (
            json!({ "title": "Summer evenings!", "idempotencyKey": "l" }),
            json!({ "__typename": "SlugTaken", "slug": "summer-evenings" }),
        ),
        (json!({ "title": "夏", "idempotencyKey": "l" }), json!({ "__typename": "InvalidInput", "field": "slug" })),
        (
            json!({ "title": "Winter", "idempotencyKey": "" }),
            json!({ "__typename": "InvalidInput", "field": "idempotencyKey" }),
        ),
    ];
    for (input, error) in conflicts {
        assert_eq!(call(&shop, CREATE, input).await, json!({ "collection": null, "errors": [error] }));
    }
    assert_eq!(shop.stored().await, before);

    let id = &made["collection"]["id"];
    let changed =
        call(&shop, UPDATE, json!({ "id": id, "expectedVersion": 1, "title": "Nights", "slug": "nights" })).await;
    let mut expected = json!({ "slug": "nights", "title": "Nights", "descriptionHtml": "<i>Warm</i>", "version": 2 });
    assert_eq!(changed["collection"], expected, "{changed}");
    let same = call(&shop, UPDATE, json!({ "id": id, "expectedVersion": 2, "title": "Nights" })).await;
    assert_eq!(same["collection"], expected);
    expected["descriptionHtml"] = json!("");
    expected["version"] = json!(3);
    let changed = call(&shop, UPDATE, json!({ "id": id, "expectedVersion": 2, "descriptionHtml": "" })).await;
    assert_eq!(changed["collection"], expected);
    let old = call(&shop, UPDATE, json!({ "id": id, "expectedVersion": 2, "title": "Days" })).await;
    assert_eq!(
        (&old["errors"][0]["__typename"], &old["errors"][0]["currentVersion"]),
        (&json!("CollectionVersionConflict"), &json!(3))
    );
    let bad = call(&shop, UPDATE, json!({ "id": id, "expectedVersion": 3, "title": "", "slug": "A b" })).await;
    let fields: Vec<&Value> = bad["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["title", "slug"]);
    collection(&shop, "Days").await;
    let taken = call(&shop, UPDATE, json!({ "id": id, "expectedVersion": 3, "slug": "days" })).await;
    assert_eq!(taken["errors"][0]["__typename"], "SlugTaken");
    let nothing = call(&shop, UPDATE, json!({ "id": "no-id", "expectedVersion": 3 })).await;
    let error = json!({ "__typename": "NotFound", "message": "there is no collection with this id", "id": "no-id" });
    assert_eq!(nothing["errors"], json!([error]));
}

#[sqlx::test(migrations = false)]
async fn a_collection_shows_its_products_in_the_order_that_was_set(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("bad-rows.csv").await;
    let id = collection(&shop, "Summer").await;
    let orders: [&[&str]; 4] = [
        &["good-rake", "good-hoe", "good-gloves", "good-basket", "good-hose"],
        &["good-hose", "good-basket", "good-gloves", "good-hoe", "good-rake"],
        &["good-sieve", "good-hoe"],
        &[],
    ];
    for (version, slugs) in (2..).zip(orders) {
        let set = call(&shop, SET, json!({ "id": id, "productIds": ids(&shop, slugs).await })).await;
        assert_eq!(set["collection"]["version"], version, "{set}");
        for first in [1, 2, 5, 100] {
            assert_eq!(walk(&shop, Actor::Anonymous, first).await, slugs, "by {first}");
        }
    }
    let before = shop.stored().await;
    call(&shop, SET, json!({ "id": id, "productIds": [] })).await;
    assert_eq!(shop.stored().await, before, "the same again is no change");
}

#[sqlx::test(migrations = false)]
async fn shoppers_see_what_is_for_sale_and_staff_sees_all(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let csv = "Handle,Title,Variant Price,Status\na,A,1,active\nb,B,1,draft\nc,C,1,archived\nd,D,1,active\n";
    shop.import(csv.as_bytes()).await;
    let id = collection(&shop, "Summer").await;
    call(&shop, SET, json!({ "id": id, "productIds": ids(&shop, &["d", "c", "b", "a"]).await })).await;
    for first in [1, 2, 3, 4] {
        for actor in [Actor::Anonymous, testkit::shopper(1), testkit::staff([Scope::OrdersRead])] {
            assert_eq!(walk(&shop, actor, first).await, ["d", "a"]);
        }
        assert_eq!(walk(&shop, testkit::staff([Scope::CatalogueRead]), first).await, ["d", "c", "b", "a"]);
    }
}

#[sqlx::test(migrations = false)]
async fn products_that_cannot_be_in_a_collection_are_named(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("bad-rows.csv").await;
    let id = collection(&shop, "Summer").await;
    let known = ids(&shop, &["good-rake", "good-hoe"]).await;
    call(&shop, SET, json!({ "id": id, "productIds": [known[0]] })).await;
    let before = shop.stored().await;
    let wanted = json!([known[0], "no-id", known[1], known[0], Uuid::from_u128(7), "no-id"]);
    let refused = call(&shop, SET, json!({ "id": id, "productIds": wanted })).await;
    let mut fields: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["productIds.1", "productIds.3", "productIds.4", "productIds.5"], "{refused}");
    let many = call(&shop, SET, json!({ "id": id, "productIds": vec![known[0]; 1_001] })).await;
    assert_eq!(many["errors"][0]["field"], "productIds");
    let old = call(&shop, SET, json!({ "id": id, "expectedVersion": 1, "productIds": [] })).await;
    assert_eq!(old["errors"][0]["currentVersion"], 2, "{old}");
    let nothing = call(&shop, SET, json!({ "id": Uuid::from_u128(7), "productIds": [] })).await;
    assert_eq!(nothing["errors"][0]["__typename"], "NotFound");
    assert_eq!(shop.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn two_orders_set_at_once_leave_one_of_them(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("bad-rows.csv").await;
    let id = collection(&shop, "Summer").await;
    let (one, two) = (["good-rake", "good-hoe", "good-hose"], ["good-hose", "good-rake", "good-sieve"]);
    let set = async |slugs: &[&str]| call(&shop, SET, json!({ "id": id, "productIds": ids(&shop, slugs).await })).await;
    let (first, second) = tokio::join!(set(&one), set(&two));
    let mut versions = [&first, &second].map(|answer| answer["collection"]["version"].as_i64().unwrap());
    versions.sort_unstable();
    assert_eq!(versions, [2, 3]);
    let left = walk(&shop, Actor::Anonymous, 10).await;
    assert!(left == one || left == two, "{left:?}");
}

#[sqlx::test(migrations = false)]
async fn a_product_knows_its_collections_and_collections_are_listed_by_title(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("bad-rows.csv").await;
    let rake = ids(&shop, &["good-rake"]).await;
    for title in ["Winter", "Autumn", "Summer", "Spring"] {
        let id = collection(&shop, title).await;
        if title != "Spring" {
            call(&shop, SET, json!({ "id": id, "productIds": rake })).await;
        }
    }
    let query = "query($slug: String!) { product(slug: $slug) { collections { slug } } }";
    let seen = shop.ask(Actor::Anonymous, query, json!({ "slug": "good-rake" })).await;
    let expected = json!([{ "slug": "autumn" }, { "slug": "summer" }, { "slug": "winter" }]);
    assert_eq!(seen["data"]["product"]["collections"], expected, "{seen}");
    let seen = shop.ask(Actor::Anonymous, query, json!({ "slug": "good-hoe" })).await;
    assert_eq!(seen["data"]["product"]["collections"], json!([]));

    let list = "query($first: Int!, $after: String) { collections(first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { title } } } }";
    for first in 1..=5 {
        let (mut titles, mut after) = (Vec::new(), Value::Null);
        loop {
            let answer = shop.ask(Actor::Anonymous, list, json!({ "first": first, "after": after })).await;
            let page = &answer["data"]["collections"];
            assert_eq!(page["totalCount"], 4, "{answer}");
            titles.extend(page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["title"].clone()));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(titles, ["Autumn", "Spring", "Summer", "Winter"], "by {first}");
    }
}

#[sqlx::test(migrations = false)]
async fn what_is_no_collection_and_no_page_of_one_is_answered_without_a_fault(pool: PgPool) {
    let shop = Shop::open(pool).await;
    collection(&shop, "Summer").await;
    for slug in ["winter", "", "No Slug", "a\u{0}"] {
        let answer = shop.ask(Actor::Anonymous, PRODUCTS, json!({ "slug": slug, "first": 1 })).await;
        assert_eq!(answer, json!({ "data": { "collection": null } }), "{slug:?}");
    }
    let foreign = gql::Keyset { value: "title:Lamp".into(), id: Uuid::nil() };
    let foreign = async_graphql::connection::CursorType::encode_cursor(&foreign);
    for variables in [
        json!({ "first": 0 }),
        json!({ "first": 101 }),
        json!({ "first": 1, "after": foreign }),
        json!({ "first": 1, "after": "x" }),
    ] {
        let mut variables = variables;
        variables["slug"] = json!("summer");
        let refused = shop.ask(Actor::Anonymous, PRODUCTS, variables).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
}
