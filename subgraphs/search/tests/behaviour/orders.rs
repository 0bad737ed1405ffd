use events::orders::OrderUpdated;
use events::users::UserDeleted;
use kernel::{Scope, UserId};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::staff;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use crate::shop::{Shop, ids, order};

pub const ORDERS: &str = "query($q: String!, $f: OrderSearchFilter, $n: Int, $a: String) {
    orderSearch(query: $q, filter: $f, first: $n, after: $a) { totalCount degraded pageInfo { hasNextPage endCursor } edges { node { id } } } }";

pub async fn find(shop: &Shop, variables: Value) -> Value {
    let answer = shop.ask(staff([Scope::OrdersRead]), ORDERS, variables).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["orderSearch"].clone()
}

#[sqlx::test(migrations = false)]
async fn staff_find_orders_by_number_address_status_and_time(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    for (id, email) in [(1, "ada@example.org"), (2, "a_b@example.org"), (3, "axb@example.org")] {
        let mut placed = order(&shop, id, email, None);
        if id == 3 {
            placed.status = "CONFIRMED".into();
        }
        shop.place(placed).await;
        shop.clock.advance(60);
    }
    let second = order(&shop, 2, "x@example.org", None).placed_at - time::Duration::seconds(120);
    let second = second.format(&Rfc3339).unwrap();
    for (query, filter, expected) in [
        ("", json!({}), &[3, 2, 1][..]),
        ("TC-100002", json!({}), &[2]),
        ("tc-10000", json!({}), &[3, 2, 1]),
        ("A_B", json!({}), &[2]),
        ("%", json!({}), &[]),
        ("ADA@example.org", json!({}), &[1]),
        ("", json!({ "status": "CONFIRMED" }), &[3]),
        ("", json!({ "status": "REJECTED" }), &[]),
        ("", json!({ "placedFrom": second }), &[3, 2]),
        ("", json!({ "placedBefore": second }), &[1]),
        ("", json!({ "placedFrom": second, "placedBefore": second }), &[]),
        ("tc-1", json!({ "status": "PENDING", "placedFrom": second }), &[2]),
        ("axb", json!({ "status": "CONFIRMED", "placedFrom": second }), &[3]),
        ("axb", json!({ "status": "CONFIRMED", "placedBefore": second }), &[]),
        ("axb", json!({ "status": "PENDING" }), &[]),
        ("xb@", json!({}), &[]),
        ("C-100002", json!({}), &[]),
    ] {
        let found = find(&shop, json!({ "q": query, "f": filter })).await;
        assert_eq!(ids(&found), expected, "{query} {filter}");
        assert_eq!((&found["totalCount"], &found["degraded"]), (&json!(expected.len()), &json!(false)));
    }
    let page = find(&shop, json!({ "q": "", "n": 2 })).await;
    assert_eq!((ids(&page), &page["pageInfo"]["hasNextPage"]), (vec![3, 2], &json!(true)));
    let rest = find(&shop, json!({ "q": "", "n": 2, "a": page["pageInfo"]["endCursor"] })).await;
    assert_eq!((ids(&rest), &rest["pageInfo"]["hasNextPage"]), (vec![1], &json!(false)));
}

#[sqlx::test(migrations = false)]
async fn late_and_doubled_news_of_an_order_do_no_harm(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    let mut newer = order(&shop, 1, "ada@example.org", None);
    (newer.version, newer.status) = (3, "CONFIRMED".into());
    shop.wire.deliver_twice(&OrderUpdated { order: newer }).await;
    let late = order(&shop, 1, "ada@example.org", None);
    shop.place(late).await;
    for (status, expected) in [("CONFIRMED", 1), ("PENDING", 0)] {
        assert_eq!(find(&shop, json!({ "q": "", "f": { "status": status } })).await["totalCount"], expected);
    }
}

#[sqlx::test(migrations = false)]
async fn a_person_who_left_is_found_by_number_only_even_by_late_news(pool: PgPool) {
    let mut shop = Shop::open(pool.clone()).await;
    for (id, email, user) in [(1, "ada@example.org", 7), (2, "bob@example.org", 8)] {
        let placed = order(&shop, id, email, Some(user));
        shop.place(placed).await;
    }
    shop.wire.deliver_twice(&UserDeleted { user_id: UserId(Uuid::from_u128(7)) }).await;
    let mut later = order(&shop, 1, "ada@example.org", Some(7));
    later.version = 2;
    shop.wire.deliver(&OrderUpdated { order: later }).await;
    assert_eq!(find(&shop, json!({ "q": "ada" })).await["totalCount"], 0);
    assert_eq!(ids(&find(&shop, json!({ "q": "TC-100001" })).await), [1]);
    assert_eq!(find(&shop, json!({ "q": "bob" })).await["totalCount"], 1, "others stay");
    let kept = "select string_agg(d::text, '') from search.order_document d where order_id = $1";
    let kept: String = sqlx::query_scalar(kept).bind(Uuid::from_u128(1)).fetch_one(&pool).await.unwrap();
    assert!(!kept.contains("ada@") && !kept.contains("Ada Lovelace") && !kept.contains("Quay"), "{kept}");
}
