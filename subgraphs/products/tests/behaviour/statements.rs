//! How many SQL statements an operation costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kernel::Actor;
use serde_json::json;
use sqlx::PgPool;
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use crate::shop::Shop;

/// Counts the statements that sqlx reports.
#[derive(Clone, Default)]
struct Statements(Arc<AtomicUsize>);

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[sqlx::test(migrations = false)]
async fn a_listing_costs_the_same_statements_whatever_its_length(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("bad-rows.csv").await;

    let counted = Statements::default();
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(counted.clone()));
    let mut costs = Vec::new();
    for first in [1, 8] {
        let query = format!(
            "{{ products(first: {first}) {{ edges {{ node {{ title category {{ name }} options {{ name }} media {{ url }}
               variants {{ sku price {{ amount }} }} priceRange {{ lowest {{ amount }} }} }} }} }} }}"
        );
        let before = counted.0.load(Ordering::Relaxed);
        let answer = shop.ask(Actor::Anonymous, &query, json!({})).await;
        assert_eq!(answer["data"]["products"]["edges"].as_array().map(Vec::len), Some(first), "{answer}");
        costs.push(counted.0.load(Ordering::Relaxed) - before);
    }
    assert_eq!(costs[0], costs[1]);
    // The list, then one each for categories, variants, media and price ranges.
    assert_eq!(costs[0], 5);
}
