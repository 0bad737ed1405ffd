use std::sync::Arc;

use gql::TokenVerifier;
use kernel::{Actor, Currency, Failure};
use messaging::Outbox;
use products::adapters::shopify::Products;
use products::app::{App, Imported};
use products::domain::Problem;
use products::{ApiSchema, Resources};
use serde_json::Value;
use sqlx::PgPool;
use testkit::ManualClock;

/// The service over a database of its own.
pub struct Shop {
    pub pool: PgPool,
    pub clock: Arc<ManualClock>,
    pub app: App,
    pub api: ApiSchema,
}

/// What became of a file: what was done, and what was refused with line and reason.
pub type Report = (Vec<Imported>, Vec<(u64, String)>);

impl Shop {
    pub async fn open(pool: PgPool) -> Self {
        testkit::migrate(&pool, &products::schema()).await;
        let clock = Arc::new(ManualClock::default());
        let verifier = Arc::new(TokenVerifier::untrusting());
        let api = products::api(&Resources {
            pool: pool.clone(),
            clock: clock.clone(),
            outbox: Outbox::new(products::NAME),
            verifier,
        });
        Self { app: App::new(pool.clone(), clock.clone()), pool, clock, api }
    }

    /// Imports one of the files in `tests/data`.
    pub async fn import_file(&self, name: &str) -> Report {
        let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
        self.import(std::fs::File::open(path).unwrap()).await
    }

    pub async fn import(&self, csv: impl std::io::Read) -> Report {
        let (mut done, mut refused) = (Vec::new(), Vec::new());
        for product in Products::new(csv, Currency::EUR).unwrap() {
            match product {
                Err(refusal) => refused.push((refusal.line, refusal.reason)),
                Ok((line, draft)) => match self.app.import(draft).await {
                    Ok(imported) => done.push(imported),
                    Err(Failure::Problems(problems)) => {
                        refused.extend(problems.into_iter().map(|problem| match problem {
                            Problem::Invalid { message, .. } => (line, message),
                            other => (line, format!("{other:?}")),
                        }));
                    }
                    Err(Failure::Fault(fault)) => panic!("line {line}: {fault}"),
                },
            }
        }
        (done, refused)
    }

    /// Answers as the subgraph does to the router.
    pub async fn ask(&self, actor: Actor, query: &str, variables: Value) -> Value {
        testkit::ask(&self.api, actor, query, variables).await
    }

    /// The events that wait in the outbox, oldest first: kind and payload.
    pub async fn events(&self) -> Vec<(String, Value)> {
        testkit::outbox(&self.pool, products::NAME).await
    }

    /// Everything that the service knows of products, for comparison.
    pub async fn stored(&self) -> Value {
        let sql = "select jsonb_build_object(
            'products', (select jsonb_agg(p order by p.slug) from products.product p),
            'variants', (select jsonb_agg(v order by v.id) from products.variant v),
            'prices', (select jsonb_agg(p order by p.variant_id, p.currency) from products.price p),
            'ranges', (select jsonb_agg(r order by r.product_id, r.currency) from products.price_range r),
            'media', (select jsonb_agg(m order by m.id) from products.media m),
            'collections', (select jsonb_agg(c order by c.id) from products.collection c),
            'collected', (select jsonb_agg(m order by m.collection_id, m.position) from products.collection_product m),
            'keys', (select jsonb_agg(k order by k.scope, k.key) from products.idempotency_key k),
            'categories', (select jsonb_agg(c order by c.id) from products.category c),
            'outbox', (select jsonb_agg(o order by o.sequence) from products.outbox o))";
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap()
    }
}
