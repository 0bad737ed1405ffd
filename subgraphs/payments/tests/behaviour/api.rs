use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{Statements, shopper, staff};

use crate::desk::{Desk, SUCCESS, order_id};

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    let desk = Desk::open(pool).await;
    assert_eq!(testkit::undescribed(&payments::api(&desk.resources)).await, Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn an_orders_payments_are_seen_by_whom_they_concern(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    desk.pay_as(2, 8).await;
    let paid = json!([{ "status": "CAPTURED" }]);
    let none = json!([]);
    let cases = [
        (Actor::Anonymous, &paid, &none),
        (shopper(9), &paid, &none),
        (shopper(8), &paid, &paid),
        (staff([Scope::OrdersRead, Scope::PaymentsRefund]), &paid, &none),
        (staff([Scope::PaymentsRead]), &paid, &paid),
    ];
    for (actor, of_guest, of_account) in cases {
        assert_eq!(&desk.order_payments(actor.clone(), 1, "status").await, of_guest, "{actor:?}");
        assert_eq!(&desk.order_payments(actor.clone(), 2, "status").await, of_account, "{actor:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_payment_by_its_id_is_its_owners_and_the_staffs(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    desk.pay_as(2, 8).await;
    let ids: Vec<uuid::Uuid> =
        sqlx::query_scalar("select id from payments.payment order by order_id").fetch_all(&desk.pool).await.unwrap();
    let query =
        "query($id: ID!) { payment(id: $id) { order { id } amount { amount currencyCode } capturedAmount { amount }
        provider actionUrl failureCode payBy createdAt } }";
    for (actor, guests, accounts) in [
        (Actor::Anonymous, false, false),
        (shopper(9), false, false),
        (shopper(8), false, true),
        (staff([Scope::PaymentsRead]), true, true),
    ] {
        for (id, seen) in ids.iter().zip([guests, accounts]) {
            let answer = desk.ask(actor.clone(), query, json!({ "id": id })).await;
            assert_eq!(answer["data"]["payment"].is_object(), seen, "{actor:?} {answer}");
        }
    }
    let seen = desk.ask(shopper(8), query, json!({ "id": ids[1] })).await;
    let expected = json!({ "order": { "id": order_id(2) }, "amount": { "amount": "25.00", "currencyCode": "EUR" },
        "capturedAmount": { "amount": "25.00" }, "provider": "sandbox", "actionUrl": null, "failureCode": null,
        "payBy": "2026-01-01T00:10:00Z", "createdAt": "2026-01-01T00:00:00Z" });
    assert_eq!(seen["data"]["payment"], expected);
    for id in ["no-id", "", "00000000-0000-7000-8000-000000000000"] {
        let answer = desk.ask(staff([Scope::PaymentsRead]), query, json!({ "id": id })).await;
        assert_eq!(answer, json!({ "data": { "payment": null } }));
    }
}

#[sqlx::test(migrations = false)]
async fn completing_an_action_is_for_whoever_may_see_the_payment(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay_as(2, 8).await;
    let complete = "mutation($order: ID!) { paymentActionComplete(input: { orderId: $order }) {
        payment { status } errors { __typename ... on NotFound { id } } } }";
    for (actor, order) in [
        (Actor::Anonymous, json!(order_id(2))),
        (shopper(9), json!(order_id(2))),
        (shopper(8), json!(order_id(3))),
        (shopper(8), json!("no-id")),
    ] {
        let answer = desk.ask(actor, complete, json!({ "order": order })).await;
        let expected = json!({ "payment": null, "errors": [{ "__typename": "NotFound", "id": order }] });
        assert_eq!(answer["data"]["paymentActionComplete"], expected, "{answer}");
    }
    let own = desk.ask(shopper(8), complete, json!({ "order": order_id(2) })).await;
    assert_eq!(own["data"]["paymentActionComplete"]["payment"]["status"], "CAPTURED", "as it stands");
}

#[sqlx::test(migrations = false)]
async fn only_the_scope_opens_what_is_the_staffs(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    let refund = format!(
        "mutation {{ refundCreate(input: {{ orderId: \"{}\", reason: \"x\", idempotencyKey: \"k\" }}) {{ errors {{ message }} }} }}",
        order_id(1)
    );
    let list = "{ payments { totalCount } }".to_owned();
    for (query, scope) in [(refund, Scope::PaymentsRefund), (list, Scope::PaymentsRead)] {
        let others = staff(Scope::all().filter(|other| *other != scope));
        for (actor, code) in [(Actor::Anonymous, "UNAUTHENTICATED"), (shopper(1), "FORBIDDEN"), (others, "FORBIDDEN")] {
            let answer = desk.ask(actor, &query, json!({})).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{query}: {answer}");
        }
        let answer = desk.ask(staff([scope]), &query, json!({})).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
    }
    desk.work().await;
    assert_eq!(desk.stands(1).await.2, 2_500, "once, by who may");
}

#[sqlx::test(migrations = false)]
async fn payments_of_many_orders_cost_the_same_statements_as_of_one(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for order in 1..=12 {
        desk.pay(order, SUCCESS).await;
    }
    let query = "query($keys: [_Any!]!) { _entities(representations: $keys) {
        ... on Order { payments { status refunds { id } order { payments { id } } } } } }";
    let statements = Statements::watch();
    let mut costs = Vec::new();
    for count in [1, 12] {
        let keys: Vec<Value> =
            (1..=count).map(|order| json!({ "__typename": "Order", "id": order_id(order) })).collect();
        statements.take();
        let answer = desk.ask(Actor::Anonymous, query, json!({ "keys": keys })).await;
        let entities = answer["data"]["_entities"].as_array().unwrap();
        assert!(entities.iter().all(|order| order["payments"][0]["status"] == "CAPTURED"), "{answer}");
        costs.push(statements.take());
    }
    // The payments, their refunds, and the payments of their orders.
    assert_eq!(costs, [3, 3]);
}

#[sqlx::test(migrations = false)]
async fn one_bad_key_does_not_spoil_the_other_orders(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    let query = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Order { payments { status } } } }";
    let keys = json!([{ "__typename": "Order", "id": "nonsense" }, { "__typename": "Order", "id": order_id(1) },
        { "__typename": "Order", "id": order_id(2) }]);
    let answer = desk.ask(Actor::Anonymous, query, json!({ "keys": keys })).await;
    let paid = json!({ "payments": [{ "status": "CAPTURED" }] });
    assert_eq!(answer["data"]["_entities"], json!([null, paid, { "payments": [] }]), "{answer}");
}

#[sqlx::test(migrations = false)]
async fn the_providers_are_named_with_whether_they_are_up_and_how_to_test_them(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let query = "{ paymentProviders { name isUp testTokens { token effect } } }";
    let answer = desk.ask(Actor::Anonymous, query, json!({})).await;
    let sandbox = &answer["data"]["paymentProviders"][0];
    assert_eq!((&sandbox["name"], &sandbox["isUp"]), (&json!("sandbox"), &json!(true)), "{answer}");
    let tokens: Vec<&str> =
        sandbox["testTokens"].as_array().unwrap().iter().map(|token| token["token"].as_str().unwrap()).collect();
    assert_eq!(tokens, ["tok_success", "tok_declined", "tok_insufficient_funds", "tok_slow", "tok_3ds", "tok_webhook"]);
    desk.tap.set_away(true);
    for order in 1..=5 {
        desk.pay(order, SUCCESS).await;
    }
    let answer = desk.ask(Actor::Anonymous, query, json!({})).await;
    assert_eq!(answer["data"]["paymentProviders"][0]["isUp"], false, "{answer}");
    let calls = desk.tap.calls().len();
    desk.pay(6, SUCCESS).await;
    assert_eq!(desk.tap.calls().len(), calls, "it is spared for a while");
    desk.tap.set_away(false);
    desk.clock.advance(60);
    desk.work().await;
    let answer = desk.ask(Actor::Anonymous, query, json!({})).await;
    assert_eq!(answer["data"]["paymentProviders"][0]["isUp"], true, "{answer}");
    // One payment found that out; those that were due with it follow at their next turn.
    desk.clock.advance(60);
    desk.work().await;
    for order in 1..=6 {
        assert_eq!(desk.status(order).await, "CAPTURED", "{order}");
    }
}
