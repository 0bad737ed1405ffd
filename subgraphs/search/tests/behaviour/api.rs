use kernel::{Actor, Scope};
use serde_json::json;
use sqlx::PgPool;
use testkit::{shopper, staff};

use crate::shop::{SEARCH, Shop, product};

const ORDERS: &str = "query($q: String!, $f: OrderSearchFilter) { orderSearch(query: $q, filter: $f) { totalCount } }";

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    let shop = Shop::open(pool).await;
    assert_eq!(testkit::undescribed(&shop.api).await, Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn orders_are_searched_by_staff_alone(pool: PgPool) {
    let shop = Shop::open(pool).await;
    for (actor, code) in [
        (Actor::Anonymous, "UNAUTHENTICATED"),
        (shopper(1), "FORBIDDEN"),
        (staff(Scope::all().filter(|scope| *scope != Scope::OrdersRead)), "FORBIDDEN"),
    ] {
        let refused = shop.ask(actor, ORDERS, json!({ "q": "" })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], code, "{refused}");
    }
    let allowed = shop.ask(staff([Scope::OrdersRead]), ORDERS, json!({ "q": "" })).await;
    assert_eq!(allowed, json!({ "data": { "orderSearch": { "totalCount": 0 } } }));
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_asked_is_refused_with_a_code(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let long = "a".repeat(257);
    for bad in [
        json!({ "q": long }),
        json!({ "q": "a\0b" }),
        json!({ "q": "line\nbreak" }),
        json!({ "q": "", "n": 0 }),
        json!({ "q": "", "n": 101 }),
        json!({ "q": "", "a": "nonsense" }),
        json!({ "q": "", "f": { "vendor": "a\0" } }),
        json!({ "q": "", "f": { "priceMin": "0.001" } }),
    ] {
        let refused = shop.ask(Actor::Anonymous, SEARCH, bad.clone()).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{bad} {refused}");
    }
    for bad in [
        json!({ "q": "a\0" }),
        json!({ "q": long }),
        json!({ "q": "", "f": { "placedFrom": "9999-12-31T23:59:59-01:00" } }),
    ] {
        let refused = shop.ask(staff([Scope::OrdersRead]), ORDERS, bad.clone()).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{bad} {refused}");
    }
    let refused = shop.ask(Actor::Anonymous, "{ searchSuggestions(prefix: \"a\\u0000\") }", json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
}

#[sqlx::test(migrations = false)]
async fn the_syntax_of_query_languages_is_plain_text(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Desk Lamp")).await;
    shop.index().await;
    for text in
        ["title:lamp OR *", "(", "\"", "lamp AND", "[a TO b]", "*", "?", "lamp~10000", "\\", "😀", "a:b:c", "^9"]
    {
        shop.find(text).await;
    }
    assert_eq!(shop.find("+lamp -desk").await, [1], "signs are no operators");
    assert_eq!(shop.find("*").await, Vec::<u128>::new(), "a star is no wildcard");
    assert_eq!(shop.find(&"lamp ".repeat(51)).await, [1]);
}
