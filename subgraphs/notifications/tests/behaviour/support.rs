use events::orders::OrderConfirmed;
use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{shopper, staff};

use crate::world::{ADA, Answer, World, order, order_of};

const LIST: &str = "query($first: Int, $after: String, $filter: MessageFilter) {
    messages(first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor }
        edges { node { id subject recipient status delivery { attempts lastError receipt nextAttemptAt templateVersion } } } } }";

fn recipients(answer: &Value) -> Vec<&str> {
    let edges = answer["data"]["messages"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
    edges.iter().map(|edge| edge["node"]["recipient"].as_str().unwrap_or("-")).collect()
}

#[sqlx::test(migrations = false)]
async fn support_finds_messages_by_status_category_and_beginning_of_the_address(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.register(ADA, "en").await;
    world.wire.deliver(&OrderConfirmed { order: order_of(1, ADA) }).await;
    for (id, email) in [(2, "a_b@example.org"), (3, "axb@example.org")] {
        let guest = events::orders::OrderSnapshot { email: email.parse().unwrap(), ..order(id) };
        world.wire.deliver(&OrderConfirmed { order: guest }).await;
    }
    let support = staff([Scope::NotificationsRead]);
    for (filter, expected) in [
        (json!({}), &["axb@example.org", "a_b@example.org", "-", "uada@example.org", "uada@example.org"][..]),
        (json!({ "status": "SENT" }), &["-"]),
        (json!({ "category": "ACCOUNT" }), &["uada@example.org"]),
        (json!({ "recipientPrefix": "A_B" }), &["a_b@example.org"]),
        (json!({ "recipientPrefix": "%" }), &[]),
        (json!({ "status": "QUEUED", "category": "ORDER", "recipientPrefix": "u" }), &["uada@example.org"]),
    ] {
        let found = world.ask(support.clone(), LIST, json!({ "filter": filter })).await;
        assert_eq!(recipients(&found), expected, "{filter}");
        assert_eq!(found["data"]["messages"]["totalCount"], expected.len());
    }
    let page = world.ask(support.clone(), LIST, json!({ "first": 3 })).await;
    let after = &page["data"]["messages"]["pageInfo"]["endCursor"];
    let rest = world.ask(support.clone(), LIST, json!({ "first": 3, "after": after })).await;
    assert_eq!(recipients(&rest), ["uada@example.org", "uada@example.org"]);
    assert_eq!(rest["data"]["messages"]["pageInfo"]["hasNextPage"], false);
    let cursor =
        async_graphql::connection::CursorType::encode_cursor(&gql::Keyset { value: "x".into(), id: uuid::Uuid::nil() });
    for bad in [
        json!({ "first": 0 }),
        json!({ "after": "x" }),
        json!({ "after": cursor }),
        json!({ "filter": { "recipientPrefix": "a\0" } }),
    ] {
        let refused = world.ask(support.clone(), LIST, bad.clone()).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{bad} {refused}");
    }
}

#[sqlx::test(migrations = false)]
async fn support_sees_how_the_sending_goes(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.queue_one().await;
    let support = staff([Scope::NotificationsRead]);
    let id = world.stored().await[0].id;
    let query = "query($id: ID!) { message(id: $id) { id occasion html status sentAt delivery { attempts lastError receipt nextAttemptAt } } }";
    world.channel.will([Answer::IsAway("421 later")]);
    world.app.dispatch().await.unwrap();
    let waiting = world.ask(support.clone(), query, json!({ "id": id })).await;
    let waiting = &waiting["data"]["message"];
    assert_eq!((&waiting["status"], &waiting["occasion"]), (&json!("QUEUED"), &json!("ORDER_CONFIRMED")));
    assert_eq!((&waiting["delivery"]["attempts"], &waiting["delivery"]["lastError"]), (&json!(1), &json!("421 later")));
    assert!(waiting["delivery"]["nextAttemptAt"].is_string(), "{waiting}");
    world.clock.advance(10);
    world.app.dispatch().await.unwrap();
    let sent = world.ask(support.clone(), query, json!({ "id": id })).await;
    let sent = &sent["data"]["message"];
    assert_eq!((&sent["status"], &sent["delivery"]["receipt"]), (&json!("SENT"), &json!("250 taken")));
    assert!(
        sent["sentAt"].is_string()
            && sent["delivery"]["nextAttemptAt"].is_null()
            && sent["delivery"]["lastError"].is_null()
    );
    for unknown in ["nonsense", "00000000-0000-7000-8000-000000000000"] {
        let answer = world.ask(support.clone(), query, json!({ "id": unknown })).await;
        assert_eq!(answer, json!({ "data": { "message": null } }));
    }
}

#[sqlx::test(migrations = false)]
async fn what_is_for_support_needs_its_scope(pool: PgPool) {
    let world = World::open(pool).await;
    let reads = [
        "{ messages { totalCount } }",
        "{ message(id: \"x\") { id } }",
        "{ notificationTemplates { subject } }",
        "mutation { messageResend(input: { id: \"x\", idempotencyKey: \"k\" }) { message { id } } }",
        "mutation { notificationTemplateUpdate(input: { occasion: STOCK_LOW, channel: IN_APP, locale: \"en\", subject: \"s\", text: \"t\" }) { template { version } } }",
    ];
    for query in reads {
        for (actor, code) in [
            (Actor::Anonymous, "UNAUTHENTICATED"),
            (shopper(ADA), "FORBIDDEN"),
            (staff(Scope::all().filter(|scope| *scope != Scope::NotificationsRead)), "FORBIDDEN"),
        ] {
            let refused = world.ask(actor, query, json!({})).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], code, "{query} {refused}");
        }
    }
    let reader = world.ask(staff([Scope::NotificationsRead]), reads[4], json!({})).await;
    assert_eq!(reader["errors"][0]["extensions"]["code"], "FORBIDDEN", "reading is not changing: {reader}");
}
