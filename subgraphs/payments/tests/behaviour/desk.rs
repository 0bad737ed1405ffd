use std::sync::Arc;
use std::time::Duration;

use events::orders::{PaymentMethod, PaymentRequested, ProviderToken, RefundRequested, VoidRequested};
use gql::TokenVerifier;
use kernel::{Actor, Clock, Currency, Money, OrderId, RefundId, UserId};
use messaging::Outbox;
use payments::adapters::{Providers, Sandbox, SandboxOptions};
use payments::app::App;
use payments::{ApiSchema, Resources};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{ManualClock, Wire};
use uuid::Uuid;

use crate::tap::Tap;

pub const SUCCESS: &str = "tok_success";

/// How long a payment may take, in seconds.
pub const TIME_TO_PAY: u64 = 600;

/// The service over a database of its own, with the sandbox behind a tap.
pub struct Desk {
    pub pool: PgPool,
    pub clock: Arc<ManualClock>,
    pub app: App,
    pub tap: Arc<Tap>,
    pub resources: Resources,
    pub wire: Wire,
    api: ApiSchema,
}

impl Desk {
    pub async fn open(pool: PgPool) -> Self {
        testkit::migrate(&pool, &payments::schema()).await;
        let clock = Arc::new(ManualClock::default());
        let options =
            SandboxOptions { slow: Duration::from_millis(20), webhook_after: Duration::from_secs(1), shop_url: None };
        let tap = Arc::new(Tap::new(Sandbox::new(pool.clone(), clock.clone(), options)));
        let providers = Providers::default().with(tap.clone(), clock.clone());
        let verifier = Arc::new(TokenVerifier::untrusting());
        let resources = Resources {
            pool: pool.clone(),
            clock: clock.clone(),
            outbox: Outbox::new(payments::NAME),
            verifier,
            providers: providers.clone(),
        };
        let wire = Wire::open(pool.clone(), clock.clone(), payments::consumer(&resources)).await;
        let app = App::new(pool.clone(), clock.clone(), providers);
        Self { api: payments::api(&resources), pool, clock, app, tap, resources, wire }
    }

    /// What the saga asks for: 25 euros, of a guest, within ten minutes.
    pub fn request(&self, order: u128, token: &str) -> PaymentRequested {
        PaymentRequested {
            order_id: order_id(order),
            user_id: None,
            email: "ada@example.org".parse().unwrap(),
            amount: euros(2_500),
            method: PaymentMethod { provider: "sandbox".into(), token: ProviderToken(token.into()) },
            pay_by: self.clock.now() + Duration::from_secs(TIME_TO_PAY),
        }
    }

    /// Lets the saga ask for a payment.
    pub async fn ask_payment(&mut self, order: u128, token: &str) {
        let event = self.request(order, token);
        self.wire.deliver(&event).await;
    }

    /// Lets the saga ask for a payment, and the worker do it.
    pub async fn pay(&mut self, order: u128, token: &str) {
        self.ask_payment(order, token).await;
        self.work().await;
    }

    /// Lets the saga ask for a payment of an account, and the worker do it.
    pub async fn pay_as(&mut self, order: u128, user: u128) {
        self.pay_as_with(order, user, SUCCESS).await;
    }

    /// The same with another card.
    pub async fn pay_as_with(&mut self, order: u128, user: u128, token: &str) {
        let event = PaymentRequested { user_id: Some(UserId(Uuid::from_u128(user))), ..self.request(order, token) };
        self.wire.deliver(&event).await;
        self.work().await;
    }

    /// Lets the saga undo the order's payment.
    pub async fn undo(&mut self, order: u128) {
        self.wire.deliver(&VoidRequested { order_id: order_id(order), reason: "cancelled".into() }).await;
    }

    /// Lets the saga ask for a refund.
    pub async fn ask_refund(&mut self, order: u128, refund: u128, minor: i64) {
        self.wire.deliver(&refund_event(order, refund, minor)).await;
    }

    /// Does what is due, until nothing is.
    pub async fn work(&self) {
        for _ in 0..20 {
            if self.app.work_once().await.unwrap() == 0 {
                return;
            }
        }
        panic!("the worker never rests");
    }

    /// The worker at one turn, beside the test.
    pub fn work_aside(&self) -> tokio::task::JoinHandle<usize> {
        let app = self.app.clone();
        tokio::spawn(async move { app.work_once().await.unwrap() })
    }

    /// Status, what was captured and what was given back, of the order's payment.
    pub async fn stands(&self, order: u128) -> (String, i64, i64) {
        let sql = "select status, captured, refunded from payments.payment where order_id = $1";
        sqlx::query_as(sql).bind(order_id(order).0).fetch_one(&self.pool).await.unwrap()
    }

    pub async fn status(&self, order: u128) -> String {
        self.stands(order).await.0
    }

    /// Code of why the order's payment failed.
    pub async fn failure(&self, order: u128) -> Option<String> {
        let sql = "select failure_code from payments.payment where order_id = $1";
        sqlx::query_scalar(sql).bind(order_id(order).0).fetch_one(&self.pool).await.unwrap()
    }

    /// What the sandbox has of the order: how its charges stand, what it captured and what it gave back.
    pub async fn at_sandbox(&self, order: u128) -> Vec<(String, i64, i64)> {
        let sql = "select c.status, c.captured, c.refunded from payments.sandbox_charge c
            join payments.payment p on p.id = c.payment_id where p.order_id = $1";
        sqlx::query_as(sql).bind(order_id(order).0).fetch_all(&self.pool).await.unwrap()
    }

    /// The events of the order, oldest first, without what they have in common.
    pub async fn told(&self, order: u128) -> Vec<String> {
        let order = json!(order_id(order));
        let all = testkit::outbox(&self.pool, "payments").await.into_iter();
        all.filter(|(_, data)| data["order_id"] == order)
            .map(|(kind, _)| {
                kind.trim_start_matches("payments.payment.")
                    .trim_start_matches("payments.")
                    .trim_end_matches(".v1")
                    .into()
            })
            .collect()
    }

    /// The payload of the last event.
    pub async fn last_event(&self) -> Value {
        testkit::outbox(&self.pool, "payments").await.pop().unwrap().1
    }

    /// What the ledger says of the account.
    pub async fn balance(&self, account: &str) -> i64 {
        let sql = "select coalesce(sum(minor), 0)::bigint from payments.ledger_entry where account = $1";
        sqlx::query_scalar(sql).bind(account).fetch_one(&self.pool).await.unwrap()
    }

    /// Answers as the subgraph does to the router.
    pub async fn ask(&self, actor: Actor, query: &str, variables: Value) -> Value {
        testkit::ask(&self.api, actor, query, variables).await
    }

    /// Asks for the fields of the order's payments as the router does.
    pub async fn order_payments(&self, actor: Actor, order: u128, fields: &str) -> Value {
        let query = format!(
            "query($keys: [_Any!]!) {{ _entities(representations: $keys) {{ ... on Order {{ payments {{ {fields} }} }} }} }}"
        );
        let keys = json!({ "keys": [{ "__typename": "Order", "id": order_id(order) }] });
        let answer = self.ask(actor, &query, keys).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
        answer["data"]["_entities"][0]["payments"].clone()
    }
}

pub fn order_id(order: u128) -> OrderId {
    OrderId(Uuid::from_u128(order))
}

pub fn euros(minor: i64) -> Money {
    Money { minor, currency: Currency::EUR }
}

pub fn refund_event(order: u128, refund: u128, minor: i64) -> RefundRequested {
    RefundRequested {
        order_id: order_id(order),
        refund_id: RefundId(Uuid::from_u128(refund)),
        amount: euros(minor),
        reason: "returned".into(),
    }
}
