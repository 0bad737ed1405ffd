use std::sync::Arc;

use events::inventory::LevelChanged;
use events::products::{ProductChanged, ProductSnapshot, VariantSnapshot};
use gql::TokenVerifier;
use kernel::{Actor, Currency, Money, OrderId, ProductId, VariantId};
use messaging::Outbox;
use orders::app::App;
use orders::{ApiSchema, Resources};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{ManualClock, Wire};
use uuid::Uuid;

pub const LAMP: VariantId = VariantId(Uuid::from_u128(0xA1));
pub const MUG: VariantId = VariantId(Uuid::from_u128(0xB1));

pub const CART: &str = "cart { id total { amount } lines { quantity variant { id } } }
    errors { __typename message ... on InsufficientStock { available variantId } ... on PriceChanged { now { amount } }
             ... on CartIncomplete { field } ... on InvalidInput { field } }";
const CHECKOUT: &str = "mutation($in: CheckoutCompleteInput!) { checkoutComplete(input: $in) {
    order { id number status total { amount } tax { amount } shipping { amount } lines { title quantity total { amount } } }
    errors { __typename message ... on InsufficientStock { available variantId } ... on PriceChanged { now { amount } }
             ... on CartIncomplete { field } ... on InvalidInput { field } } } }";

/// The service over a database of its own, with two products: a lamp (EUR 40.00, 5 left) and a mug (EUR 9.50, 100 left).
pub struct Desk {
    pub pool: PgPool,
    pub clock: Arc<ManualClock>,
    pub app: App,
    pub api: ApiSchema,
    pub wire: Wire,
}

impl Desk {
    pub async fn open(pool: PgPool) -> Self {
        testkit::migrate(&pool, &orders::schema()).await;
        let clock = Arc::new(ManualClock::default());
        let verifier = Arc::new(TokenVerifier::untrusting());
        let resources =
            Resources { pool: pool.clone(), clock: clock.clone(), outbox: Outbox::new(orders::NAME), verifier };
        let wire = Wire::open(pool.clone(), clock.clone(), orders::consumer(&resources)).await;
        let (app, api) = (orders::app(&resources), orders::api(&resources));
        let mut desk = Self { pool, clock, app, api, wire };
        desk.product(LAMP, "Arc Lamp", 1, 4000).await;
        desk.product(MUG, "Mug", 1, 950).await;
        desk.level(LAMP, 1, 5).await;
        desk.level(MUG, 1, 100).await;
        desk
    }

    pub async fn product(&mut self, variant: VariantId, title: &str, version: i64, price: i64) {
        let variants = vec![VariantSnapshot {
            variant_id: variant,
            sku: Some(format!("{title}-1")),
            title: String::new(),
            prices: vec![Money { minor: price, currency: Currency::EUR }],
        }];
        let product = ProductSnapshot {
            product_id: ProductId(Uuid::from_u128(variant.0.as_u128() + 0x1000)),
            version,
            slug: title.to_lowercase().replace(' ', "-"),
            title: title.to_owned(),
            description_html: String::new(),
            vendor: "Maker".into(),
            category_path: Vec::new(),
            tags: Vec::new(),
            image_url: None,
            variants,
        };
        self.wire.deliver(&ProductChanged { product }).await;
    }

    pub async fn level(&mut self, variant_id: VariantId, version: i64, available: i64) {
        self.wire.deliver(&LevelChanged { variant_id, version, available }).await;
    }

    pub async fn ask(&self, actor: &Actor, query: &str, variables: Value) -> Value {
        testkit::ask(&self.api, actor.clone(), query, variables).await
    }

    /// A mutation of a cart: its payload.
    pub async fn change(&self, actor: &Actor, name: &str, kind: &str, input: Value) -> Value {
        let query = format!("mutation($in: {kind}!) {{ {name}(input: $in) {{ {CART} }} }}");
        let answer = self.ask(actor, &query, json!({ "in": input })).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"][name].clone()
    }

    /// A cart with these units, ready for checkout; its id.
    pub async fn cart(&self, actor: &Actor, lines: &[(VariantId, i32)]) -> String {
        let lines: Vec<Value> =
            lines.iter().map(|(id, quantity)| json!({ "variantId": id.to_string(), "quantity": quantity })).collect();
        let made = self.change(actor, "cartCreate", "CartCreateInput", json!({ "lines": lines })).await;
        let id = made["cart"]["id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        let address =
            json!({ "name": "Ada", "line1": "Quay 1", "city": "Berlin", "postalCode": "10115", "country": "DE" });
        let buyer = json!({ "cartId": id, "email": "ada@example.org", "shippingAddress": address });
        self.change(actor, "cartBuyerUpdate", "CartBuyerUpdateInput", buyer).await;
        let delivery = json!({ "cartId": id, "delivery": "standard" });
        self.change(actor, "cartDeliverySelect", "CartDeliverySelectInput", delivery).await;
        id
    }

    /// Checks out; the payload.
    pub async fn checkout(&self, actor: &Actor, cart: &str, token: &str, key: &str) -> Value {
        let payment = json!({ "provider": "sandbox", "token": token });
        let input = json!({ "cartId": cart, "payment": payment, "idempotencyKey": key });
        let answer = self.ask(actor, CHECKOUT, json!({ "in": input })).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"]["checkoutComplete"].clone()
    }

    /// A guest's order for one lamp.
    pub async fn order(&self) -> OrderId {
        let cart = self.cart(&Actor::Anonymous, &[(LAMP, 1)]).await;
        let placed = self.checkout(&Actor::Anonymous, &cart, "tok_success", &cart).await;
        placed["order"]["id"].as_str().unwrap_or_else(|| panic!("{placed}")).parse().unwrap()
    }

    /// Status, payment, stock and reason of the order, as a guest sees them.
    pub async fn state(&self, order: OrderId) -> Value {
        let query = "query($id: ID!) { order(id: $id) { status paymentStatus stockStatus reason paymentActionUrl } }";
        let answer = self.ask(&Actor::Anonymous, query, json!({ "id": order.to_string() })).await;
        let order = &answer["data"]["order"];
        json!([
            order["status"],
            order["paymentStatus"],
            order["stockStatus"],
            order["reason"],
            order["paymentActionUrl"]
        ])
    }

    /// Names of the events of the orders, oldest first.
    pub async fn told(&self) -> Vec<String> {
        testkit::outbox(&self.pool, "orders").await.into_iter().map(|(kind, _)| kind).collect()
    }
}
