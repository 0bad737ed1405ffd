//! The catalogue from an import to the graph.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use async_graphql::Request;
use gql::TokenVerifier;
use jsonwebtoken::jwk::JwkSet;
use kernel::{Actor, Currency, Failure, Scope};
use products::adapters::shopify::Products;
use products::app::{App, Imported};
use products::{ApiSchema, Resources};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::ManualClock;

struct Shop {
    pool: PgPool,
    app: App,
    api: ApiSchema,
}

async fn shop(pool: PgPool) -> Shop {
    testkit::migrate(&pool, &products::schema()).await;
    let clock = Arc::new(ManualClock::default());
    let verifier = Arc::new(TokenVerifier::new("techcorp", "techcorp", JwkSet { keys: Vec::new() }));
    let resources = Resources { pool: pool.clone(), clock: clock.clone(), verifier };
    Shop { api: products::api(&resources), app: App::new(pool.clone(), clock), pool }
}

impl Shop {
    /// Imports a file: what happened to each product, and the lines that were refused.
    async fn import(&self, name: &str) -> (Vec<Imported>, Vec<u64>) {
        let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let (mut imported, mut refused) = (Vec::new(), Vec::new());
        for product in Products::new(std::fs::File::open(path).unwrap(), Currency::EUR).unwrap() {
            match product {
                Err(refusal) => refused.push(refusal.line),
                Ok((line, draft)) => match self.app.import(draft).await {
                    Ok(done) => imported.push(done),
                    Err(Failure::Problems(_)) => refused.push(line),
                    Err(Failure::Fault(fault)) => panic!("{fault}"),
                },
            }
        }
        (imported, refused)
    }

    async fn events(&self) -> i64 {
        sqlx::query_scalar("select count(*) from products.outbox").fetch_one(&self.pool).await.unwrap()
    }

    async fn ask(&self, actor: Actor, query: &str, variables: Value) -> Value {
        let request = Request::new(query).variables(async_graphql::Variables::from_json(variables)).data(actor);
        serde_json::to_value(self.api.execute(request).await).unwrap()
    }
}

#[sqlx::test(migrations = false)]
async fn a_second_import_changes_nothing_and_tells_nobody(pool: PgPool) {
    let shop = shop(pool).await;
    let (first, refused) = shop.import("first.csv").await;
    assert!(refused.is_empty() && first.iter().all(|done| *done == Imported::Created), "{first:?}");
    let told = shop.events().await;
    assert!(told > 0);
    let (second, _) = shop.import("first.csv").await;
    assert!(second.iter().all(|done| *done == Imported::Unchanged), "{second:?}");
    assert_eq!(shop.events().await, told);
    let (third, _) = shop.import("second.csv").await;
    for expected in [Imported::Created, Imported::Changed, Imported::Unchanged] {
        assert_eq!(third.iter().filter(|done| **done == expected).count(), 1, "{third:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_bad_row_is_refused_with_its_line_and_stops_nothing(pool: PgPool) {
    let shop = shop(pool).await;
    let (imported, refused) = shop.import("bad-rows.csv").await;
    assert_eq!(imported.len(), 9);
    assert_eq!(refused, [3, 5, 8, 10, 12, 16, 18, 20]);
    let stored: i64 = sqlx::query_scalar("select count(*) from products.product").fetch_one(&shop.pool).await.unwrap();
    assert_eq!(stored, 9, "a refused product leaves nothing behind");
}

#[sqlx::test(migrations = false)]
async fn scripts_in_a_description_are_removed(pool: PgPool) {
    let shop = shop(pool).await;
    let (imported, refused) = shop.import("no-skus-default-title.csv").await;
    assert!(imported.len() == 4 && refused.is_empty());
    let html: Vec<String> =
        sqlx::query_scalar("select description_html from products.product").fetch_all(&shop.pool).await.unwrap();
    assert!(html.iter().all(|html| !html.contains("<script") && !html.contains("onclick")), "{html:?}");
}

#[sqlx::test(migrations = false)]
async fn a_category_without_an_address_is_refused_and_a_draft_is_no_entity_for_a_guest(pool: PgPool) {
    let shop = shop(pool).await;
    let csv = "Handle,Title,Product Category,Variant Price,Status\na,A,書籍,1,active\nb,B,a>b>c>d>e>f>g>h>i,1,active\nc,C,Fine,1,draft\n";
    let mut outcomes = Vec::new();
    for (_, draft) in Products::new(csv.as_bytes(), Currency::EUR).unwrap().flatten() {
        outcomes.push(shop.app.import(draft).await);
    }
    assert!(matches!(&outcomes[..], [Err(Failure::Problems(_)), Err(Failure::Problems(_)), Ok(_)]), "{outcomes:?}");
    let id: uuid::Uuid = sqlx::query_scalar("select id from products.product").fetch_one(&shop.pool).await.unwrap();
    let query = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Product { slug } } }";
    let keys = json!({ "keys": [{ "__typename": "Product", "id": id }] });
    let guest = shop.ask(Actor::Anonymous, query, keys.clone()).await;
    assert_eq!(guest["data"]["_entities"], json!([null]), "{guest}");
    let staff = shop.ask(testkit::staff([Scope::CatalogueRead]), query, keys).await;
    assert_eq!(staff["data"]["_entities"][0]["slug"], "c", "{staff}");
    let nul = shop.ask(Actor::Anonymous, BY_SLUG, json!({ "slug": "a\u{0}b" })).await;
    assert_eq!(nul["data"]["product"], Value::Null);
    assert!(nul.get("errors").is_none(), "{nul}");
}

const ARCHIVE: &str =
    "mutation($id: ID!) { productArchive(input: { id: $id }) { product { status } errors { __typename message } } }";
const PUBLISH: &str =
    "mutation($id: ID!) { productPublish(input: { id: $id }) { product { status } errors { __typename message } } }";
const BY_SLUG: &str = "query($slug: String!) { product(slug: $slug) { id slug variants { price { amount } product { slug } } priceRange { lowest { amount } } } }";

#[sqlx::test(migrations = false)]
async fn only_the_scope_lets_one_archive_and_an_archived_product_is_gone_for_shoppers(pool: PgPool) {
    let shop = shop(pool).await;
    shop.import("first.csv").await;
    let found = shop.ask(Actor::Anonymous, BY_SLUG, json!({ "slug": "garden-twine" })).await;
    let product = &found["data"]["product"];
    assert_eq!(product["variants"][0]["product"]["slug"], "garden-twine", "{found}");
    let id = json!({ "id": product["id"] });

    let told = shop.events().await;
    for (actor, code) in [(Actor::Anonymous, "UNAUTHENTICATED"), (testkit::staff([Scope::CatalogueRead]), "FORBIDDEN")]
    {
        let refused = shop.ask(actor, ARCHIVE, id.clone()).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], code, "{refused}");
    }
    assert_eq!(shop.events().await, told, "a refused change changes nothing");

    let manager = testkit::staff([Scope::CatalogueWrite]);
    for _ in 0..2 {
        let archived = shop.ask(manager.clone(), ARCHIVE, id.clone()).await;
        assert_eq!(archived["data"]["productArchive"]["product"]["status"], "ARCHIVED", "{archived}");
    }
    assert_eq!(shop.events().await, told + 1, "archiving twice is archiving once");
    let gone = shop.ask(Actor::Anonymous, BY_SLUG, json!({ "slug": "garden-twine" })).await;
    assert_eq!(gone["data"]["product"], Value::Null);
    let seen = shop.ask(testkit::staff([Scope::CatalogueRead]), BY_SLUG, json!({ "slug": "garden-twine" })).await;
    assert_eq!(seen["data"]["product"]["slug"], "garden-twine");
    let refused = shop.ask(manager.clone(), PUBLISH, id).await;
    assert_eq!(refused["data"]["productPublish"]["errors"][0]["__typename"], "ProductStatusConflict", "{refused}");
    // A changed file does not put it up for sale again.
    let (_, refused) = shop.import("second.csv").await;
    assert_eq!(refused.len(), 1, "only the archived product is refused");
    let unknown = shop.ask(manager, PUBLISH, json!({ "id": "no-id" })).await;
    assert_eq!(unknown["data"]["productPublish"]["errors"][0]["__typename"], "NotFound", "{unknown}");
}

#[sqlx::test(migrations = false)]
async fn one_bad_key_does_not_spoil_the_other_entities(pool: PgPool) {
    let shop = shop(pool).await;
    shop.import("first.csv").await;
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
async fn walking_a_list_by_cursor_shows_each_product_once_in_every_order(pool: PgPool) {
    let shop = shop(pool).await;
    shop.import("bad-rows.csv").await;
    shop.import("no-skus-default-title.csv").await;
    let all = shop.ask(Actor::Anonymous, "{ products { totalCount } }", json!({})).await;
    let total = all["data"]["products"]["totalCount"].as_u64().unwrap();
    assert!(total > 5, "{all}");
    let page = "query($after: String, $order: ProductSort!) { products(first: 2, after: $after, sortBy: $order) {
        pageInfo { hasNextPage endCursor } edges { node { slug } } } }";
    for order in ["NEWEST", "TITLE", "PRICE_LOW", "PRICE_HIGH"] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let answer = shop.ask(Actor::Anonymous, page, json!({ "after": after, "order": order })).await;
            let found = &answer["data"]["products"];
            seen.extend(found["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["slug"].to_string()));
            if found["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = found["pageInfo"]["endCursor"].clone();
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((seen.len(), count as u64), (count, total), "{order}");
    }
    for (first, after) in [(0, Value::Null), (101, Value::Null), (10, json!("garbage"))] {
        let query = "query($first: Int!, $after: String) { products(first: $first, after: $after) { totalCount } }";
        let refused = shop.ask(Actor::Anonymous, query, json!({ "first": first, "after": after })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
}

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    let shop = shop(pool).await;
    let query = "{ __schema { types { name kind description fields { name description args { name description } }
        inputFields { name description } enumValues { name description } } } }";
    let answer = shop.ask(Actor::Anonymous, query, json!({})).await;
    let mut bare = Vec::new();
    let mut look = |path: String, of: &Value| {
        if of["description"].as_str().is_none_or(str::is_empty) {
            bare.push(path);
        }
    };
    let list = |of: &Value| of.as_array().cloned().unwrap_or_default();
    for kind in list(&answer["data"]["__schema"]["types"]) {
        let name = kind["name"].as_str().unwrap().to_owned();
        // Federation's own types are not part of the graph that clients see.
        if name.starts_with('_') {
            continue;
        }
        // The library describes neither GraphQL's own scalars nor its connection type.
        if kind["kind"] != "SCALAR" && !name.ends_with("Connection") {
            look(name.clone(), &kind);
        }
        for field in list(&kind["fields"]).iter().filter(|field| !field["name"].as_str().unwrap().starts_with('_')) {
            look(format!("{name}.{}", field["name"]), field);
            list(&field["args"]).iter().for_each(|arg| look(format!("{name}.{}({})", field["name"], arg["name"]), arg));
        }
        for part in ["inputFields", "enumValues"] {
            list(&kind[part]).iter().for_each(|value| look(format!("{name}.{}", value["name"]), value));
        }
    }
    assert!(bare.is_empty(), "without a description: {bare:#?}");
}
