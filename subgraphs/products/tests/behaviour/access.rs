use async_graphql::connection::CursorType;
use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::shop::Shop;

const ARCHIVE: &str =
    "mutation($id: ID!) { productArchive(input: { id: $id }) { product { status } errors { __typename message } } }";
const PUBLISH: &str =
    "mutation($id: ID!) { productPublish(input: { id: $id }) { product { status } errors { __typename message } } }";
const BY_SLUG: &str = "query($slug: String!) { product(slug: $slug) { id slug variants { price { amount } product { slug } } priceRange { lowest { amount } } } }";
const ENTITIES: &str = "query($keys: [_Any!]!) { _entities(representations: $keys) {
    ... on Product { slug } ... on ProductVariant { sku product { slug } } } }";

#[sqlx::test(migrations = false)]
async fn only_the_scope_lets_one_archive_and_an_archived_product_is_gone_for_shoppers(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("first.csv").await;
    let found = shop.ask(Actor::Anonymous, BY_SLUG, json!({ "slug": "garden-twine" })).await;
    let product = &found["data"]["product"];
    assert_eq!(product["variants"][0]["product"]["slug"], "garden-twine", "{found}");
    let id = json!({ "id": product["id"] });

    let told = shop.events().await.len();
    for (actor, code) in [(Actor::Anonymous, "UNAUTHENTICATED"), (testkit::staff([Scope::CatalogueRead]), "FORBIDDEN")]
    {
        let refused = shop.ask(actor, ARCHIVE, id.clone()).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], code, "{refused}");
    }
    assert_eq!(shop.events().await.len(), told, "a refused change changes nothing");

    let manager = testkit::staff([Scope::CatalogueWrite]);
    for _ in 0..2 {
        let archived = shop.ask(manager.clone(), ARCHIVE, id.clone()).await;
        assert_eq!(archived["data"]["productArchive"]["product"]["status"], "ARCHIVED", "{archived}");
    }
    assert_eq!(shop.events().await.len(), told + 1, "archiving twice is archiving once");
    let gone = shop.ask(Actor::Anonymous, BY_SLUG, json!({ "slug": "garden-twine" })).await;
    assert_eq!(gone["data"]["product"], Value::Null);
    let seen = shop.ask(testkit::staff([Scope::CatalogueRead]), BY_SLUG, json!({ "slug": "garden-twine" })).await;
    assert_eq!(seen["data"]["product"]["slug"], "garden-twine");
    let refused = shop.ask(manager.clone(), PUBLISH, id).await;
    assert_eq!(refused["data"]["productPublish"]["errors"][0]["__typename"], "ProductStatusConflict", "{refused}");
    // A changed file does not put it up for sale again.
    let (_, refused) = shop.import_file("second.csv").await;
    assert_eq!(refused.len(), 1, "only the archived product is refused");
    let unknown = shop.ask(manager, PUBLISH, json!({ "id": "no-id" })).await;
    assert_eq!(unknown["data"]["productPublish"]["errors"][0]["__typename"], "NotFound", "{unknown}");
}

#[sqlx::test(migrations = false)]
async fn one_bad_key_does_not_spoil_the_other_entities(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("first.csv").await;
    let found = shop.ask(Actor::Anonymous, BY_SLUG, json!({ "slug": "garden-twine" })).await;
    let keys = json!({ "keys": [
        { "__typename": "Product", "id": found["data"]["product"]["id"] },
        { "__typename": "Product", "id": "nonsense" },
        { "__typename": "ProductVariant", "id": "00000000-0000-7000-8000-000000000000" },
    ] });
    let query = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Product { slug } } }";
    let answer = shop.ask(Actor::Anonymous, query, keys).await;
    assert_eq!(answer["data"]["_entities"], json!([{ "slug": "garden-twine" }, null, null]), "{answer}");
}

#[sqlx::test(migrations = false)]
async fn a_draft_and_its_variants_are_entities_for_staff_alone(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import("Handle,Title,Variant SKU,Variant Price,Status\nlamp,Lamp,LAMP,1,draft\n".as_bytes()).await;
    let ids: (uuid::Uuid, uuid::Uuid) =
        sqlx::query_as("select product_id, id from products.variant").fetch_one(&shop.pool).await.unwrap();
    let keys =
        json!({ "keys": [{ "__typename": "Product", "id": ids.0 }, { "__typename": "ProductVariant", "id": ids.1 }] });
    let guest = shop.ask(Actor::Anonymous, ENTITIES, keys.clone()).await;
    assert_eq!(guest["data"]["_entities"], json!([null, null]), "{guest}");
    let staff = shop.ask(testkit::staff([Scope::CatalogueRead]), ENTITIES, keys).await;
    assert_eq!(
        staff["data"]["_entities"],
        json!([{ "slug": "lamp" }, { "sku": "LAMP", "product": { "slug": "lamp" } }]),
        "{staff}"
    );
}

#[sqlx::test(migrations = false)]
async fn an_archived_product_is_an_entity_for_everybody_because_orders_name_it(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import("Handle,Title,Variant SKU,Variant Price,Status\nlamp,Lamp,LAMP,1,archived\n".as_bytes()).await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from products.variant").fetch_one(&shop.pool).await.unwrap();
    let keys = json!({ "keys": [{ "__typename": "ProductVariant", "id": id }] });
    let guest = shop.ask(Actor::Anonymous, ENTITIES, keys).await;
    assert_eq!(guest["data"]["_entities"], json!([{ "sku": "LAMP", "product": { "slug": "lamp" } }]), "{guest}");
}

#[sqlx::test(migrations = false)]
async fn a_nul_character_belongs_to_nothing_and_is_no_fault(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let product = shop.ask(Actor::Anonymous, BY_SLUG, json!({ "slug": "a\u{0}b" })).await;
    assert_eq!(product["data"]["product"], Value::Null);
    assert!(product.get("errors").is_none(), "{product}");
    let list = "query($filter: ProductFilter) { products(filter: $filter) { totalCount } }";
    for name in ["category", "vendor", "tag"] {
        let refused = shop.ask(Actor::Anonymous, list, json!({ "filter": { name: "a\u{0}b" } })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
    let cursor = gql::Keyset { value: "title:a\u{0}b".into(), id: uuid::Uuid::nil() };
    let list = "query($after: String) { products(after: $after, sortBy: TITLE) { totalCount } }";
    let refused = shop.ask(Actor::Anonymous, list, json!({ "after": cursor.encode_cursor() })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
}
