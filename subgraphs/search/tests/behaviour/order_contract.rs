//! What every index of orders does, run against both: the documents in the database, and an index on the server.

use std::sync::Arc;

use events::orders::{OrderSnapshot, OrderUpdated};
use events::users::UserDeleted;
use kernel::{Clock, FaultKind, SystemClock, UserId};
use search::Server;
use search::adapters::OpenSearchOrders;
use search::app::{OrderDocuments, OrderFilter, OrderIndex, OrderPlace};
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

use crate::place::Place;
use crate::shop::{Shop, order};

/// An index of orders, the service that fills it, and the same index out of reach.
struct Orders {
    shop: Shop,
    index: Arc<dyn OrderIndex>,
    away: Arc<dyn OrderIndex>,
    place: Option<Place>,
}

impl Orders {
    async fn in_database(pool: PgPool) -> Self {
        let index = Arc::new(OrderDocuments::new(pool.clone()));
        let nowhere = pool.options().clone().connect_lazy_with((*pool.connect_options()).clone());
        nowhere.close().await;
        Self { shop: Shop::open(pool).await, index, away: Arc::new(OrderDocuments::new(nowhere)), place: None }
    }

    async fn on_server(pool: PgPool) -> Self {
        let place = Place::on_server().await;
        let clock = Arc::new(SystemClock);
        let nowhere = Server::new(&"http://127.0.0.1:1".to_owned().into(), "away-", 0).unwrap();
        let index = Arc::new(OpenSearchOrders::new(place.server(), clock.clone()));
        let away = Arc::new(OpenSearchOrders::new(nowhere, clock));
        Self { shop: Shop::open_at(pool, place.at.clone()).await, index, away, place: Some(place) }
    }

    /// Places the orders, a minute after each other.
    async fn place(&mut self, orders: impl IntoIterator<Item = (u128, &'static str, &'static str)>) {
        for (id, email, status) in orders {
            let placed = OrderSnapshot { status: status.into(), ..order(&self.shop, id, email, None) };
            self.shop.place(placed).await;
            self.shop.clock.advance(60);
        }
        self.shop.index().await;
    }

    /// The orders that are found, which are as many as are counted.
    async fn find(&self, filter: &OrderFilter) -> Vec<u128> {
        let found = self.index.page(filter, None, 100).await.unwrap();
        let count = self.index.count(filter).await.unwrap();
        assert_eq!(usize::try_from(count).unwrap(), found.len(), "{filter:?}");
        found.iter().map(|order| order.order_id.as_u128()).collect()
    }

    async fn end(self) {
        if let Some(place) = self.place {
            place.remove().await;
        }
    }
}

fn text(text: &str) -> OrderFilter {
    OrderFilter { text: text.into(), ..OrderFilter::default() }
}

async fn orders_are_found_by_beginnings_status_and_time(orders: &mut Orders) {
    let begin = orders.shop.clock.now();
    let rows =
        [(1, "ada@example.org", "PENDING"), (2, "a_b@example.org", "PENDING"), (3, "axb@example.org", "CONFIRMED")];
    orders.place(rows).await;
    let second = Some(begin + Duration::seconds(60));
    let status = |status: &str| Some(status.to_owned());
    for (filter, expected) in [
        (text(""), &[3, 2, 1][..]),
        (text("tc-10000"), &[3, 2, 1]),
        (text("TC-100002"), &[2]),
        (text("ADA@example.org"), &[1]),
        (text("a"), &[3, 2, 1]),
        (text("C-100002"), &[]),
        (text("xb@"), &[]),
        (OrderFilter { status: status("CONFIRMED"), ..text("") }, &[3]),
        (OrderFilter { status: status("confirmed"), ..text("") }, &[]),
        (OrderFilter { placed_from: second, ..text("") }, &[3, 2]),
        (OrderFilter { placed_before: second, ..text("") }, &[1]),
        (OrderFilter { placed_from: second, placed_before: second, ..text("") }, &[]),
        (OrderFilter { placed_from: second, status: status("PENDING"), ..text("tc-1") }, &[2]),
        (OrderFilter { placed_before: second, status: status("CONFIRMED"), ..text("axb") }, &[]),
    ] {
        assert_eq!(orders.find(&filter).await, expected, "{filter:?}");
    }
}

async fn no_character_of_an_order_has_a_meaning(orders: &mut Orders) {
    orders.place([(1, "a_b@example.org", "PENDING"), (2, "axb@example.org", "PENDING")]).await;
    for (query, expected) in [
        ("a_b", &[1][..]),
        ("%", &[]),
        ("*", &[]),
        ("a*", &[]),
        ("a.b", &[]),
        ("?", &[]),
        ("\\", &[]),
        ("\"", &[]),
        ("TC-100001 OR TC-100002", &[]),
        ("email:a", &[]),
        ("😀", &[]),
    ] {
        assert_eq!(orders.find(&text(query)).await, expected, "{query}");
    }
}

async fn pages_of_orders_are_complete_and_newest_first(orders: &mut Orders) {
    orders.place([(1, "a@example.org", "PENDING")]).await;
    // Of the same microsecond: ids decide.
    for id in [5, 3, 4] {
        let placed = order(&orders.shop, id, "a@example.org", None);
        orders.shop.place(placed).await;
    }
    orders.shop.clock.advance(1);
    orders.place([(2, "a@example.org", "PENDING")]).await;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = orders.index.page(&text("tc"), after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(OrderPlace { placed_at: last.placed_at, order_id: last.order_id });
        seen.extend(page.iter().map(|order| order.order_id.as_u128()));
    }
    assert_eq!(seen, [2, 5, 4, 3, 1]);
}

async fn late_and_doubled_changes_of_orders_do_no_harm(orders: &mut Orders) {
    let newer =
        OrderSnapshot { version: 3, status: "CONFIRMED".into(), ..order(&orders.shop, 1, "ada@example.org", None) };
    orders.shop.wire.deliver_twice(&OrderUpdated { order: newer.clone() }).await;
    orders.shop.index().await;
    let late = OrderSnapshot { version: 2, status: "PENDING".into(), ..newer.clone() };
    orders.shop.wire.deliver(&OrderUpdated { order: late }).await;
    orders.shop.wire.deliver(&OrderUpdated { order: newer }).await;
    orders.shop.index().await;
    for (status, expected) in [("CONFIRMED", &[1][..]), ("PENDING", &[])] {
        assert_eq!(orders.find(&OrderFilter { status: Some(status.into()), ..text("") }).await, expected);
    }
}

async fn who_left_is_found_by_number_only(orders: &mut Orders) {
    for (id, email, user) in [(1, "ada@example.org", 7), (2, "bob@example.org", 8)] {
        let placed = order(&orders.shop, id, email, Some(user));
        orders.shop.place(placed).await;
    }
    orders.shop.index().await;
    assert_eq!(orders.find(&text("ada")).await, [1]);
    orders.shop.wire.deliver_twice(&UserDeleted { user_id: UserId(Uuid::from_u128(7)) }).await;
    orders.shop.index().await;
    assert_eq!(orders.find(&text("ada")).await, Vec::<u128>::new());
    // Late news do not bring the address back.
    let later = OrderSnapshot { version: 2, ..order(&orders.shop, 1, "ada@example.org", Some(7)) };
    orders.shop.wire.deliver(&OrderUpdated { order: later }).await;
    orders.shop.index().await;
    assert_eq!(orders.find(&text("ada")).await, Vec::<u128>::new());
    assert_eq!(orders.find(&text("TC-100001")).await, [1]);
    assert_eq!(orders.find(&text("bob")).await, [2], "others stay");
}

async fn an_index_of_orders_that_is_away_says_so(orders: &mut Orders) {
    for _ in 0..2 {
        let faults = [
            orders.away.page(&text("a"), None, 2).await.unwrap_err(),
            orders.away.count(&text("a")).await.unwrap_err(),
        ];
        assert!(faults.iter().all(|fault| fault.kind() == FaultKind::Unavailable), "{faults:?}");
    }
}

/// Runs every promise against both.
macro_rules! both {
    ($($promise:ident),* $(,)?) => {
        mod database {
            $(#[sqlx::test(migrations = false)] async fn $promise(pool: sqlx::PgPool) {
                super::$promise(&mut super::Orders::in_database(pool).await).await;
            })*
        }
        mod opensearch {
            $(#[sqlx::test(migrations = false)] async fn $promise(pool: sqlx::PgPool) {
                let mut orders = super::Orders::on_server(pool).await;
                super::$promise(&mut orders).await;
                orders.end().await;
            })*
        }
    };
}

both! {
    orders_are_found_by_beginnings_status_and_time,
    no_character_of_an_order_has_a_meaning,
    pages_of_orders_are_complete_and_newest_first,
    late_and_doubled_changes_of_orders_do_no_harm,
    who_left_is_found_by_number_only,
    an_index_of_orders_that_is_away_says_so,
}
