//! How many SQL statements an operation costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gql::TokenVerifier;
use jsonwebtoken::jwk::JwkSet;
use kernel::Currency;
use products::Resources;
use products::adapters::shopify::Products;
use products::app::App;
use sqlx::PgPool;
use testkit::ManualClock;
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

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
    testkit::migrate(&pool, &products::schema()).await;
    let clock = Arc::new(ManualClock::default());
    let app = App::new(pool.clone(), clock.clone());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/bad-rows.csv");
    for (_, draft) in Products::new(std::fs::File::open(path).unwrap(), Currency::EUR).unwrap().flatten() {
        // The file's refused products are another test's business.
        drop(app.import(draft).await);
    }
    let verifier = Arc::new(TokenVerifier::new("techcorp", "techcorp", JwkSet { keys: Vec::new() }));
    let api = products::api(&Resources { pool, clock, verifier });

    let counted = Statements::default();
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(counted.clone()));
    let mut costs = Vec::new();
    for first in [1, 8] {
        let query = format!(
            "{{ products(first: {first}) {{ edges {{ node {{ title category {{ name }} options {{ name }} media {{ url }}
               variants {{ sku price {{ amount }} }} priceRange {{ lowest {{ amount }} }} }} }} }} }}"
        );
        let before = counted.0.load(Ordering::Relaxed);
        let answer = api.execute(query).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        let found = serde_json::to_value(&answer.data).unwrap()["products"]["edges"].as_array().unwrap().len();
        assert_eq!(found, first);
        costs.push(counted.0.load(Ordering::Relaxed) - before);
    }
    assert_eq!(costs[0], costs[1]);
    // The list, then one each for categories, variants, media and price ranges.
    assert_eq!(costs[0], 5);
}
