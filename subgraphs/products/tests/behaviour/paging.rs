use kernel::{Actor, Currency, Money};
use products::domain::{ProductDraft, Status, VariantDraft};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::shop::Shop;

const ORDERS: [&str; 4] = ["NEWEST", "TITLE", "PRICE_LOW", "PRICE_HIGH"];
const TITLES: [&str; 3] = ["Anvil", "Bucket", "Candle"];
const VENDORS: [&str; 2] = ["Northwind", "Saltmarsh"];
const PATHS: [&[&str]; 3] = [&["Home"], &["Home", "Light"], &["Garden"]];

/// What a list is sorted and filtered by; few values, so that many are equal.
#[derive(Debug, Clone, Copy)]
struct Sample {
    title: usize,
    vendor: usize,
    path: usize,
    tagged: bool,
    price: i64,
    /// Seconds since the one before it.
    wait: u64,
}

fn catalogue() -> impl Strategy<Value = Vec<Sample>> {
    let sample = (0..3_usize, 0..2_usize, 0..3_usize, any::<bool>(), 1..4_i64, 0..2_u64).prop_map(
        |(title, vendor, path, tagged, price, wait)| Sample { title, vendor, path, tagged, price: price * 100, wait },
    );
    prop::collection::vec(sample, 20..30)
}

async fn sell(shop: &Shop, slug: String, of: Sample) {
    shop.clock.advance(of.wait);
    let price = Money { minor: of.price, currency: Currency::EUR };
    let draft = ProductDraft {
        slug,
        title: TITLES[of.title].into(),
        description_html: String::new(),
        vendor: VENDORS[of.vendor].into(),
        category_path: PATHS[of.path].iter().map(ToString::to_string).collect(),
        tags: if of.tagged { vec!["new".into()] } else { Vec::new() },
        option_names: Vec::new(),
        status: Status::Active,
        variants: vec![VariantDraft {
            sku: None,
            options: Vec::new(),
            grams: 0,
            prices: vec![price],
            initial_quantity: None,
        }],
        media: Vec::new(),
    };
    shop.app.import(draft).await.unwrap();
}

async fn page(shop: &Shop, variables: Value) -> (Vec<String>, Option<Value>) {
    let query = "query($first: Int!, $after: String, $order: ProductSort!, $filter: ProductFilter) {
        products(first: $first, after: $after, sortBy: $order, filter: $filter) {
            pageInfo { hasNextPage endCursor } edges { node { slug } } } }";
    let answer = shop.ask(Actor::Anonymous, query, variables).await;
    let found = &answer["data"]["products"];
    let edges = found["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let slugs = edges.iter().map(|edge| edge["node"]["slug"].as_str().unwrap().to_owned()).collect();
    let next = found["pageInfo"]["hasNextPage"].as_bool().unwrap();
    (slugs, next.then(|| found["pageInfo"]["endCursor"].clone()))
}

/// The slugs in the order that the list promises, without a database: ids and times grow in the order of creation.
fn expected(samples: &[Sample], order: &str, keep: impl Fn(&Sample) -> bool) -> Vec<String> {
    let mut kept: Vec<(usize, &Sample)> = samples.iter().enumerate().filter(|(_, sample)| keep(sample)).collect();
    match order {
        "NEWEST" => kept.reverse(),
        "TITLE" => kept.sort_by_key(|(_, sample)| sample.title),
        "PRICE_LOW" => kept.sort_by_key(|(_, sample)| sample.price),
        _ => {
            kept.sort_by_key(|(_, sample)| sample.price);
            kept.reverse();
        }
    }
    kept.into_iter().map(|(index, _)| format!("p{index}")).collect()
}

#[sqlx::test(migrations = false)]
async fn pages_joined_are_the_whole_list_in_order_whatever_the_catalogue(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let mut runner = TestRunner::deterministic();
    type Keep = fn(&Sample) -> bool;
    let filters: [(Value, Keep); 6] = [
        (json!({}), |_| true),
        (json!({ "vendor": "Saltmarsh" }), |of| of.vendor == 1),
        (json!({ "tag": "new" }), |of| of.tagged),
        (json!({ "category": "home" }), |of| of.path < 2),
        (json!({ "priceMin": "2", "priceMax": "2.00" }), |of| of.price == 200),
        (json!({ "category": "home-light", "vendor": "Northwind", "priceMax": "2.99" }), |of| {
            of.path == 1 && of.vendor == 0 && of.price < 300
        }),
    ];
    for _ in 0..4 {
        sqlx::query("truncate products.product cascade").execute(&shop.pool).await.unwrap();
        let samples = catalogue().new_tree(&mut runner).unwrap().current();
        for (index, sample) in samples.iter().enumerate() {
            sell(&shop, format!("p{index}"), *sample).await;
        }
        for (filter, keep) in &filters {
            for order in ORDERS {
                for first in [1, 3, 100] {
                    let (mut seen, mut after) = (Vec::new(), Value::Null);
                    loop {
                        let asked = json!({ "first": first, "after": after, "order": order, "filter": filter });
                        let (slugs, next) = page(&shop, asked).await;
                        assert!(slugs.len() <= first && (next.is_none() || slugs.len() == first));
                        seen.extend(slugs);
                        let Some(next) = next else { break };
                        after = next;
                    }
                    assert_eq!(seen, expected(&samples, order, keep), "{order} {first} {filter} {samples:?}");
                }
            }
        }
    }
}

#[sqlx::test(migrations = false)]
async fn what_is_added_between_two_pages_repeats_nothing_and_hides_nothing(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let mut runner = TestRunner::deterministic();
    let samples = catalogue().new_tree(&mut runner).unwrap().current();
    for (index, sample) in samples.iter().enumerate() {
        sell(&shop, format!("p{index}"), *sample).await;
    }
    for order in ORDERS {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let (slugs, next) = page(&shop, json!({ "first": 4, "after": after, "order": order })).await;
            seen.extend(slugs);
            let Some(next) = next else { break };
            after = next;
            // Sorts before every place that the walk has passed, in each order but PRICE_HIGH, where it ties.
            let slug = format!("{}-{}", order.to_lowercase().replace('_', "-"), seen.len());
            let price = if order == "PRICE_HIGH" { 300 } else { 100 };
            sell(&shop, slug, Sample { title: 0, vendor: 0, path: 0, tagged: false, price, wait: 1 }).await;
        }
        let count = seen.len();
        let mut unique = seen.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), count, "{order} repeats: {seen:?}");
        for index in 0..samples.len() {
            assert!(seen.contains(&format!("p{index}")), "{order} hides p{index}: {seen:?}");
        }
    }
}
