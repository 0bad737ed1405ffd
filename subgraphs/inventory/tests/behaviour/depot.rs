use std::sync::Arc;

use events::orders::{CommitRequested, Quantity, ReleaseRequested, ReservationRequested, RestockRequested};
use events::products::VariantCreated;
use gql::TokenVerifier;
use inventory::app::App;
use inventory::domain::Adjustment;
use inventory::{ApiSchema, Resources};
use kernel::{Actor, OrderId, ProductId, Scope, UserId, VariantId, WarehouseId};
use messaging::Outbox;
use resilience::counters::{Counters, InProcess};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{ManualClock, Wire};
use uuid::Uuid;

/// The warehouses that a new service has.
pub const MAIN: &str = "019b7700-0000-7000-8000-000000000001";
pub const EAST: &str = "019b7700-0000-7000-8000-000000000002";

/// The service over a database of its own, at the end of a bus.
pub struct Depot {
    pub pool: PgPool,
    pub clock: Arc<ManualClock>,
    pub app: App,
    pub wire: Wire,
    api: ApiSchema,
    heard: usize,
}

pub fn variant(number: u128) -> VariantId {
    VariantId(Uuid::from_u128(0xA000 + number))
}

pub fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(0xB000 + number))
}

pub fn reserve(of: u128, lines: &[(u128, i64)]) -> ReservationRequested {
    let line = |(of, quantity): &(u128, i64)| Quantity { variant_id: variant(*of), quantity: *quantity };
    ReservationRequested { order_id: order(of), lines: lines.iter().map(line).collect() }
}

pub fn release(of: u128) -> ReleaseRequested {
    ReleaseRequested { order_id: order(of) }
}

pub fn commit(of: u128) -> CommitRequested {
    CommitRequested { order_id: order(of) }
}

pub fn restock(of: u128) -> RestockRequested {
    RestockRequested { order_id: order(of) }
}

pub fn created(of: u128, units: Option<i64>) -> VariantCreated {
    let product_id = ProductId(Uuid::from_u128(1));
    VariantCreated { product_id, variant_id: variant(of), sku: None, initial_quantity: units }
}

impl Depot {
    pub async fn open(pool: PgPool) -> Self {
        Self::open_with(pool, Arc::new(InProcess::new(inventory::COUNTED_FOR))).await
    }

    /// A depot whose counts are kept elsewhere.
    pub async fn open_with(pool: PgPool, counters: Arc<dyn Counters>) -> Self {
        testkit::migrate(&pool, &inventory::schema()).await;
        let clock = Arc::new(ManualClock::default());
        let verifier = Arc::new(TokenVerifier::untrusting());
        let resources = Resources {
            pool: pool.clone(),
            clock: clock.clone(),
            outbox: Outbox::new(inventory::NAME),
            verifier,
            counters,
        };
        let wire = Wire::open(pool.clone(), clock.clone(), inventory::consumer(&resources)).await;
        let app = inventory::app(&resources);
        Self { pool, clock, wire, api: inventory::api_of(app.clone()), app, heard: 0 }
    }

    /// A depot that holds these numbers of units of variants 1, 2, and so on.
    pub async fn with(pool: PgPool, units: &[i64]) -> Self {
        let mut depot = Self::open(pool).await;
        depot.stock(units).await;
        depot
    }

    /// Brings in these numbers of units of variants 1, 2, and so on.
    pub async fn stock(&mut self, units: &[i64]) {
        for (index, units) in units.iter().enumerate() {
            self.wire.deliver(&created(u128::try_from(index + 1).unwrap(), Some(*units))).await;
        }
        self.told().await;
    }

    pub async fn ask(&self, actor: Actor, query: &str, variables: Value) -> Value {
        testkit::ask(&self.api, actor, query, variables).await
    }

    pub async fn ask_staff(&self, query: &str, variables: Value) -> Value {
        self.ask(testkit::staff([Scope::StockRead, Scope::StockWrite]), query, variables).await
    }

    pub async fn undescribed(&self) -> Vec<String> {
        testkit::undescribed(&self.api).await
    }

    /// Adds units to a warehouse, or removes them.
    pub async fn adjust(&self, of: u128, warehouse: &str, delta: i64) {
        let warehouse: WarehouseId = warehouse.parse().unwrap();
        let adjustment =
            Adjustment { variant_id: variant(of), warehouse_id: warehouse, delta, reason: "counted".into() };
        let key = format!("{of} {warehouse} {delta}");
        self.app.adjust(UserId(Uuid::nil()), &key, &adjustment).await.unwrap();
    }

    /// What was published since the last call.
    pub async fn told(&mut self) -> Vec<(String, Value)> {
        let all = testkit::outbox(&self.pool, inventory::NAME).await;
        let new = all[self.heard..].to_vec();
        self.heard = all.len();
        new
    }

    /// The names of what was published since the last call, without context and version.
    pub async fn told_names(&mut self) -> Vec<String> {
        let name = |kind: &str| kind.trim_start_matches("inventory.").trim_end_matches(".v1").to_owned();
        self.told().await.iter().map(|(kind, _)| name(kind)).collect()
    }

    /// What a warehouse holds: on hand and reserved.
    pub async fn held(&self, of: u128, warehouse: &str) -> (i64, i64) {
        let sql = "select on_hand, reserved from inventory.stock where variant_id = $1 and warehouse_id = $2::uuid";
        let row = sqlx::query_as(sql).bind(variant(of).0).bind(warehouse).fetch_optional(&self.pool).await;
        row.unwrap().unwrap_or_default()
    }

    pub async fn status(&self, of: u128) -> Option<String> {
        let sql = "select status from inventory.reservation where order_id = $1";
        sqlx::query_scalar(sql).bind(order(of).0).fetch_optional(&self.pool).await.unwrap()
    }

    /// Everything that the service knows, its events included, for comparison.
    pub async fn everything(&self) -> Value {
        let sql = "select jsonb_build_object(
            'stock', (select jsonb_agg(s order by s.variant_id, s.warehouse_id) from inventory.stock s),
            'levels', (select jsonb_agg(l order by l.variant_id) from inventory.level l),
            'reservations', (select jsonb_agg(r order by r.order_id) from inventory.reservation r),
            'allocations', (select jsonb_agg(a order by a.order_id, a.variant_id, a.warehouse_id) from inventory.allocation a),
            'movements', (select jsonb_agg(m order by m.id) from inventory.movement m),
            'outbox', (select jsonb_agg(o order by o.sequence) from inventory.outbox o))";
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap()
    }

    /// Nothing is sold twice and nothing is lost, says the database.
    pub async fn assert_sound(&self) {
        let wrong: Vec<String> = sqlx::query_scalar(
            "select 'oversold ' || variant_id from inventory.stock where reserved < 0 or reserved > on_hand
             union all
             select 'reserved for nobody ' || s.variant_id from inventory.stock s where s.reserved <> (
               select coalesce(sum(a.quantity), 0) from inventory.allocation a
               join inventory.reservation r on r.order_id = a.order_id and r.status = 'RESERVED'
               where a.variant_id = s.variant_id and a.warehouse_id = s.warehouse_id)
             union all
             select 'movements differ ' || s.variant_id from inventory.stock s where (s.on_hand, s.reserved) <> (
               select coalesce(sum(m.on_hand), 0), coalesce(sum(m.reserved), 0) from inventory.movement m
               where m.variant_id = s.variant_id and m.warehouse_id = s.warehouse_id)
             union all
             select 'level differs ' || l.variant_id from inventory.level l where l.available <> (
               select coalesce(sum(s.on_hand - s.reserved), 0) from inventory.stock s
               join inventory.warehouse w on w.id = s.warehouse_id and w.active where s.variant_id = l.variant_id)
             union all
             select 'not all lines ' || r.order_id from inventory.reservation r
             join inventory.reservation_line l using (order_id)
             where r.status in ('RESERVED', 'COMMITTED') and l.quantity <> (
               select coalesce(sum(a.quantity), 0) from inventory.allocation a
               where a.order_id = r.order_id and a.variant_id = l.variant_id)",
        )
        .fetch_all(&self.pool)
        .await
        .unwrap();
        assert_eq!(wrong, Vec::<String>::new());
    }
}

/// A level's event as a test expects it.
pub fn level(of: u128, version: i64, available: i64) -> (String, Value) {
    let data = json!({ "variant_id": variant(of), "version": version, "available": available });
    ("inventory.level.changed.v1".into(), data)
}
