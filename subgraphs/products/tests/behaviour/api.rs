use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::shop::Shop;

const DRAFT: &str = "Handle,Title,Published,Option1 Name,Option1 Value,Variant Price,Status\n\
    lamp,Lamp,true,Title,Default Title,10,draft\n";

fn code(answer: &Value) -> &Value {
    &answer["errors"][0]["extensions"]["code"]
}

#[sqlx::test(migrations = false)]
async fn a_product_shows_its_variants_options_pictures_and_prices(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("second.csv").await;
    let query = "query($slug: String!) { product(slug: $slug) { title vendor status tags category { slug path }
        options { name values } media { url alt } priceRange { lowest { amount currencyCode } highest { amount } }
        dollars: priceRange(currency: \"USD\") { lowest { amount } }
        variants { sku title optionValues weightGrams price { amount } } } }";
    let twine = shop.ask(Actor::Anonymous, query, json!({ "slug": "garden-twine" })).await;
    let variant = |sku: &str, title: &str, amount: &str| json!({ "sku": sku, "title": title, "optionValues": [title], "weightGrams": 300, "price": { "amount": amount } });
    let expected = json!({
        "title": "Garden Twine", "vendor": "Saltmarsh Stores", "status": "ACTIVE", "tags": ["garden"],
        "category": { "slug": "garden-tools", "path": ["Garden", "Tools"] },
        "options": [{ "name": "Colour", "values": ["Green", "Natural"] }],
        "media": [],
        "priceRange": { "lowest": { "amount": "4.20", "currencyCode": "EUR" }, "highest": { "amount": "4.60" } },
        "dollars": null,
        "variants": [variant("TWN-GRN", "Green", "4.20"), variant("TWN-NAT", "Natural", "4.60")],
    });
    assert_eq!(twine["data"]["product"], expected, "{twine}");
    let canes = shop.ask(Actor::Anonymous, query, json!({ "slug": "bamboo-canes" })).await;
    let canes = &canes["data"]["product"];
    assert_eq!(canes["options"], json!([]), "there is nothing to choose");
    assert_eq!(canes["media"], json!([{ "url": "/media/bamboo-canes.svg", "alt": "Bundle of bamboo canes" }]));
}

#[sqlx::test(migrations = false)]
async fn a_draft_is_visible_to_staff_alone_until_it_is_published(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import(DRAFT.as_bytes()).await;
    let find = "query($id: ID, $slug: String) { product(id: $id, slug: $slug) { id status }
        products { totalCount edges { node { slug } } } }";
    let staff = testkit::staff([Scope::CatalogueRead]);
    let seen = shop.ask(staff, find, json!({ "slug": "lamp" })).await;
    assert_eq!(seen["data"]["product"]["status"], "DRAFT", "{seen}");
    let id = seen["data"]["product"]["id"].clone();
    let writer = testkit::staff([Scope::CatalogueWrite]);
    for actor in [Actor::Anonymous, testkit::staff([]), testkit::staff([Scope::OrdersRead])] {
        for by in [json!({ "slug": "lamp" }), json!({ "id": id })] {
            let hidden = shop.ask(actor.clone(), find, by).await;
            assert_eq!(hidden["data"], json!({ "product": null, "products": { "totalCount": 0, "edges": [] } }));
        }
    }
    let publish = "mutation($id: ID!) { productPublish(input: { id: $id }) { product { status } errors { message } } }";
    let before = shop.stored().await;
    for (actor, expected) in
        [(Actor::Anonymous, "UNAUTHENTICATED"), (testkit::staff([Scope::CatalogueRead]), "FORBIDDEN")]
    {
        assert_eq!(code(&shop.ask(actor, publish, json!({ "id": id })).await), expected);
    }
    assert_eq!(shop.stored().await, before, "a refused change changes nothing");
    for _ in 0..2 {
        let done = shop.ask(writer.clone(), publish, json!({ "id": id })).await;
        assert_eq!(
            done["data"]["productPublish"],
            json!({ "product": { "status": "ACTIVE" }, "errors": [] }),
            "{done}"
        );
    }
    let kinds: Vec<String> = shop.events().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["products.variant.created.v1", "products.product.published.v1"], "publishing twice is once");
    let listed = shop.ask(Actor::Anonymous, find, json!({ "slug": "lamp" })).await;
    assert_eq!(listed["data"]["products"], json!({ "totalCount": 1, "edges": [{ "node": { "slug": "lamp" } }] }));
}

#[sqlx::test(migrations = false)]
async fn a_product_that_is_not_there_is_a_typed_error_that_repeats_the_id(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let before = shop.stored().await;
    for name in ["productPublish", "productArchive"] {
        for id in ["00000000-0000-7000-8000-000000000000", "no-id", ""] {
            let query = format!(
                "mutation($id: ID!) {{ {name}(input: {{ id: $id }}) {{ product {{ id }}
                    errors {{ __typename message ... on NotFound {{ id }} }} }} }}"
            );
            let answer = shop.ask(testkit::staff([Scope::CatalogueWrite]), &query, json!({ "id": id })).await;
            let error = json!({ "__typename": "NotFound", "message": "there is no product with this id", "id": id });
            assert_eq!(answer["data"][name], json!({ "product": null, "errors": [error] }), "{answer}");
        }
    }
    assert_eq!(shop.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_cursor_of_a_list_in_another_order_is_refused(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("second.csv").await;
    let query = "query($order: ProductSort!, $after: String) { products(first: 1, sortBy: $order, after: $after) {
        pageInfo { endCursor } } }";
    let orders = ["NEWEST", "TITLE", "PRICE_LOW", "PRICE_HIGH"];
    for from in orders {
        let page = shop.ask(Actor::Anonymous, query, json!({ "order": from })).await;
        let cursor = &page["data"]["products"]["pageInfo"]["endCursor"];
        for to in orders {
            let answer = shop.ask(Actor::Anonymous, query, json!({ "order": to, "after": cursor })).await;
            let expected = if from == to { Value::Null } else { json!("BAD_USER_INPUT") };
            assert_eq!(code(&answer), &expected, "from {from} to {to}: {answer}");
        }
    }
}

#[sqlx::test(migrations = false)]
async fn a_page_that_cannot_be_asked_for_is_refused_with_the_way_to_fix_it(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let query = "query($first: Int, $after: String, $filter: ProductFilter) {
        products(first: $first, after: $after, filter: $filter) { totalCount } }";
    let cases = [
        (json!({ "first": 0 }), "`first` is 0: ask for 1 to 100, and for more with `after`"),
        (json!({ "first": -1 }), "`first` is -1: ask for 1 to 100, and for more with `after`"),
        (json!({ "first": 101 }), "`first` is 101: ask for 1 to 100, and for more with `after`"),
        (json!({ "first": 1, "after": "garbage" }), "this cursor is not one that a page returned"),
        (json!({ "first": 1, "after": "" }), "this cursor is not one that a page returned"),
        (json!({ "first": 1, "filter": { "priceMin": "1.005" } }), "1.005 has more than 2 decimal digits"),
    ];
    for (variables, message) in cases {
        let answer = shop.ask(Actor::Anonymous, query, variables).await;
        assert_eq!(code(&answer), "BAD_USER_INPUT", "{answer}");
        assert!(answer["errors"][0]["message"].as_str().unwrap().starts_with(message), "{answer}");
    }
    for first in [1, 100] {
        let answer = shop.ask(Actor::Anonymous, query, json!({ "first": first })).await;
        assert_eq!(answer["data"]["products"]["totalCount"], 0, "{answer}");
    }
}
