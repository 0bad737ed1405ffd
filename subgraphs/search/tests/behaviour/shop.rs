use std::path::PathBuf;
use std::sync::Arc;

use events::inventory::LevelChanged;
use events::orders::{OrderPlaced, OrderSnapshot};
use events::products::{ProductPublished, ProductSnapshot, VariantSnapshot};
use gql::TokenVerifier;
use kernel::{Actor, Clock, Currency, Money, OrderId, PostalAddress, ProductId, UserId, VariantId};
use resilience::cache::InProcess;
use resilience::lock;
use search::app::App;
use search::{ApiSchema, Index, Resources};
use serde_json::{Value, json};
use sqlx::PgPool;
use tempfile::TempDir;
use testkit::{ManualClock, Wire};
use uuid::Uuid;

pub const SEARCH: &str = "query($q: String!, $f: ProductSearchFilter, $s: ProductSearchSort, $n: Int, $a: String) {
    productSearch(query: $q, filter: $f, sortBy: $s, first: $n, after: $a) { totalCount cacheStatus degraded didYouMean
        facets { name values { value count } } pageInfo { hasNextPage endCursor } edges { score cursor highlights { field fragments } node { id } } } }";

/// The service over a database and a folder of its own.
pub struct Shop {
    pub clock: Arc<ManualClock>,
    pub resources: Resources,
    pub app: App,
    pub api: ApiSchema,
    pub wire: Wire,
    folder: TempDir,
}

pub fn resources(pool: PgPool, clock: Arc<ManualClock>, index: Index) -> Resources {
    let verifier = Arc::new(TokenVerifier::untrusting());
    let cache = Arc::new(InProcess::new(1 << 20));
    let locks = Arc::new(lock::InProcess::new(clock.clone()));
    Resources { pool, clock, verifier, index, cache, locks }
}

impl Shop {
    pub async fn open(pool: PgPool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::Embedded(folder.path().to_owned());
        Self::open_with(pool, index, folder).await
    }

    /// The service with its index elsewhere.
    pub async fn open_at(pool: PgPool, index: Index) -> Self {
        Self::open_with(pool, index, tempfile::tempdir().unwrap()).await
    }

    async fn open_with(pool: PgPool, index: Index, folder: TempDir) -> Self {
        testkit::migrate(&pool, &search::schema()).await;
        let clock = Arc::new(ManualClock::default());
        let resources = resources(pool.clone(), clock.clone(), index);
        let wire = Wire::open(pool.clone(), clock.clone(), search::consumer(&resources)).await;
        let app = search::app(&resources);
        let api = search::api_with(app.clone());
        Self { clock, resources, app, api, wire, folder }
    }

    /// Another process: nothing of what this one has in memory.
    pub fn restart(&mut self) {
        self.app = search::app(&self.resources);
        self.api = search::api_with(self.app.clone());
    }

    pub fn index_folder(&self) -> PathBuf {
        self.folder.path().join("products")
    }

    pub async fn publish(&mut self, product: ProductSnapshot) {
        self.clock.advance(1);
        self.wire.deliver(&ProductPublished { product }).await;
    }

    pub async fn level(&mut self, id: u128, version: i64, available: i64) {
        let variant_id = VariantId(Uuid::from_u128(id + 0x1000));
        self.wire.deliver(&LevelChanged { variant_id, version, available }).await;
    }

    pub async fn place(&mut self, order: OrderSnapshot) {
        self.wire.deliver(&OrderPlaced { order }).await;
    }

    /// Indexes until nothing is left; how many documents there were.
    pub async fn index(&self) -> usize {
        let mut all = 0;
        loop {
            match self.app.index_products().await.unwrap() + self.app.index_orders().await.unwrap() {
                0 => return all,
                some => all += some,
            }
        }
    }

    pub async fn ask(&self, actor: Actor, query: &str, variables: Value) -> Value {
        testkit::ask(&self.api, actor, query, variables).await
    }

    /// The answer to a search.
    pub async fn search(&self, variables: Value) -> Value {
        let answer = self.ask(Actor::Anonymous, SEARCH, variables).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"]["productSearch"].clone()
    }

    /// The products that are found, in order.
    pub async fn find(&self, query: &str) -> Vec<u128> {
        ids(&self.search(json!({ "q": query })).await)
    }
}

pub fn ids(page: &Value) -> Vec<u128> {
    let edges = page["edges"].as_array().unwrap_or_else(|| panic!("{page}"));
    edges.iter().map(|edge| edge["node"]["id"].as_str().unwrap().parse::<Uuid>().unwrap().as_u128()).collect()
}

/// A product with one variant, at EUR 10.00.
pub fn product(id: u128, title: &str) -> ProductSnapshot {
    let variants = vec![VariantSnapshot {
        variant_id: VariantId(Uuid::from_u128(id + 0x1000)),
        sku: Some(format!("SKU-{id}")),
        title: String::new(),
        prices: vec![Money { minor: 1_000, currency: Currency::EUR }],
    }];
    ProductSnapshot {
        product_id: ProductId(Uuid::from_u128(id)),
        version: 1,
        slug: format!("p{id}"),
        title: title.to_owned(),
        description_html: String::new(),
        vendor: "Maker".into(),
        category_path: Vec::new(),
        tags: Vec::new(),
        image_url: None,
        variants,
    }
}

pub fn priced(mut of: ProductSnapshot, minor: i64) -> ProductSnapshot {
    of.variants[0].prices = vec![Money { minor, currency: Currency::EUR }];
    of
}

pub fn order(shop: &Shop, id: u128, email: &str, user: Option<u128>) -> OrderSnapshot {
    let money = Money { minor: 1_000, currency: Currency::EUR };
    OrderSnapshot {
        order_id: OrderId(Uuid::from_u128(id)),
        version: 1,
        number: format!("TC-{}", 100_000 + id),
        status: "PENDING".into(),
        reason: None,
        user_id: user.map(|user| UserId(Uuid::from_u128(user))),
        email: email.parse().unwrap(),
        locale: "en".into(),
        placed_at: shop.clock.now(),
        lines: vec![],
        subtotal: money,
        shipping: money,
        tax: money,
        total: money,
        shipping_address: PostalAddress {
            name: "Ada Lovelace".into(),
            line1: "Quay 1".into(),
            line2: String::new(),
            city: "Porto".into(),
            region: String::new(),
            postal_code: "4050".into(),
            country: "PT".into(),
        },
    }
}
