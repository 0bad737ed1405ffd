//! How many SQL statements an operation costs.

use kernel::{Actor, Scope};
use serde_json::json;
use sqlx::PgPool;

use crate::counted::Counted;
use crate::shop::Shop;

#[sqlx::test(migrations = false)]
async fn a_listing_costs_the_same_statements_whatever_its_length(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("bad-rows.csv").await;

    let counted = Counted::watch();
    let mut costs = Vec::new();
    for first in [1, 8] {
        let query = format!(
            "{{ products(first: {first}) {{ edges {{ node {{ title category {{ name }} options {{ name }} media {{ url }}
               variants {{ sku price {{ amount }} }} priceRange {{ lowest {{ amount }} }} collections {{ title }} }} }} }} }}"
        );
        counted.take();
        let answer = shop.ask(Actor::Anonymous, &query, json!({})).await;
        assert_eq!(answer["data"]["products"]["edges"].as_array().map(Vec::len), Some(first), "{answer}");
        costs.push(counted.take());
    }
    // The list, then one each for categories, variants, media, price ranges and collections.
    assert_eq!(costs, [6, 6]);
}

#[sqlx::test(migrations = false)]
async fn collections_with_their_products_cost_the_same_statements_whatever_their_number(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("bad-rows.csv").await;
    let ids: Vec<uuid::Uuid> =
        sqlx::query_scalar("select id from products.product order by slug").fetch_all(&shop.pool).await.unwrap();
    for number in 0..5 {
        let create = "mutation($key: String!) { collectionCreate(input: { title: $key, idempotencyKey: $key }) { collection { id } } }";
        let staff = testkit::staff([Scope::CatalogueWrite]);
        let made = shop.ask(staff.clone(), create, json!({ "key": format!("c{number}") })).await;
        let set = "mutation($input: CollectionProductsSetInput!) { collectionProductsSet(input: $input) { errors { message } } }";
        let input = json!({ "id": made["data"]["collectionCreate"]["collection"]["id"], "productIds": ids });
        let set = shop.ask(staff, set, json!({ "input": input })).await;
        assert_eq!(set["data"]["collectionProductsSet"]["errors"], json!([]), "{set}");
    }
    let counted = Counted::watch();
    let mut costs = Vec::new();
    for first in [1, 5] {
        let query = format!(
            "{{ collections(first: {first}) {{ totalCount edges {{ node {{ title
                products(first: 3) {{ totalCount edges {{ node {{ slug variants {{ sku }} }} }} }}
                start: products(first: 1) {{ edges {{ node {{ slug }} }} }} }} }} }} }}"
        );
        counted.take();
        let answer = shop.ask(Actor::Anonymous, &query, json!({})).await;
        let edges = answer["data"]["collections"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
        assert_eq!(edges.len(), first);
        for edge in edges {
            assert_eq!(edge["node"]["products"]["edges"].as_array().map(Vec::len), Some(3), "{answer}");
            assert_eq!(edge["node"]["start"]["edges"].as_array().map(Vec::len), Some(1), "{answer}");
            assert_eq!(edge["node"]["products"]["totalCount"], ids.len());
        }
        costs.push(counted.take());
    }
    // The list and its count; products, their counts and their variants.
    assert_eq!(costs, [5, 5]);
}
