//! Messages that consumers gave up, as staff meets them.

use kernel::{Actor, Scope};
use messaging::embedded;
use serde_json::{Value, json};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};

use crate::door::{Door, error};

const LIST: &str = "query($first: Int, $after: String, $filter: DeadLetterFilter) {
    deadLetters(first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor } nodes {
        id queue kind subject occurredAt attempts deadAt reason payload history { actor action } } } }";
const SHOW: &str = "query($id: ID!) { deadLetter(id: $id) { id payload history { actor action subject } } }";
const REPLAY: &str = "mutation($id: ID!) { deadLetterReplay(input: { id: $id }) {
    deadLetter { id queue } errors { __typename message ... on AlreadyReplayed { replayedAt replayedBy } } } }";
const DISCARD: &str = "mutation($id: ID!) { deadLetterDiscard(input: { id: $id }) { id errors { __typename } } }";

fn operations() -> Actor {
    testkit::staff([Scope::DeadLettersWrite])
}

/// The service as it runs in a database with queues: its connections act as a role with its rights and no others.
async fn desk(pool: PgPool) -> Door {
    let bus = chassis::Schema::empty(embedded::SCHEMA).with(embedded::migrations());
    testkit::migrate(&pool, &bus).await;
    testkit::migrate(&pool, &auth::schema()).await;
    let database: i64 = sqlx::query_scalar("select oid::int8 from pg_database where datname = current_database()")
        .fetch_one(&pool)
        .await
        .unwrap();
    // Roles belong to the cluster: the database's number keeps them apart.
    let role = format!("test_auth_{database}");
    let rights = [embedded::grants(&role, "auth"), embedded::administrator_grants(&role)].concat();
    let sql = format!(
        "do $$ begin if not exists (select from pg_roles where rolname = '{role}') then create role {role} nologin; end if; end $$;
         grant usage on schema auth to {role}; grant select, insert, update, delete on all tables in schema auth to {role};
         {rights}"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    let options = pool.connect_options().as_ref().clone().options([("role", role.as_str())]);
    let restricted = PgPoolOptions::new().max_connections(4).connect_with(options).await.unwrap();
    Door::with(pool, restricted).await
}

/// Gives up a message of the queue; its number.
async fn give_up(door: &Door, queue: &str, envelope: Value) -> i64 {
    sqlx::query_scalar(
        "insert into bus.message (queue, subject, envelope, attempts, available_at, dead_at, last_error)
         values ($1, gen_random_uuid(), $2, 3, $3, $3, 'provider is away') returning seq",
    )
    .bind(queue)
    .bind(envelope)
    .bind(kernel::Clock::now(&*door.clock))
    .fetch_one(&door.pool)
    .await
    .unwrap()
}

fn placed(number: i64) -> Value {
    json!({ "id": "00000000-0000-0000-0000-000000000001", "type": "orders.order.placed.v1", "source": "orders",
        "subject": "00000000-0000-0000-0000-000000000002", "time": "2026-01-01T00:00:00Z", "data": { "number": number } })
}

fn parsed(payload: &Value) -> Value {
    serde_json::from_str(payload.as_str().unwrap()).unwrap()
}

async fn waiting(door: &Door) -> i64 {
    let sql = "select count(*) from bus.message where dead_at is null and attempts = 0 and available_at = $1";
    sqlx::query_scalar(sql).bind(kernel::Clock::now(&*door.clock)).fetch_one(&door.pool).await.unwrap()
}

async fn written(door: &Door) -> Vec<(String, String, String)> {
    let sql = "select actor, action, subject from auth.audit order by id";
    sqlx::query_as(sql).fetch_all(&door.pool).await.unwrap()
}

#[sqlx::test(migrations = false)]
async fn staff_lists_what_was_given_up_by_queue_and_kind_a_page_at_a_time(pool: PgPool) {
    let door = desk(pool).await;
    let first = give_up(&door, "search", placed(1)).await;
    let second = give_up(&door, "search", placed(2)).await;
    give_up(&door, "orders", json!({ "headers": { "cloudEvents:type": "orders.order.placed.v1" }, "body": "{" })).await;
    give_up(&door, "orders", json!({ "headers": {}, "body": "nonsense" })).await;
    let list = async |variables: Value| door.ask(operations(), LIST, variables).await["data"]["deadLetters"].take();
    let mut page = list(json!({ "first": 1 })).await;
    assert_eq!(parsed(&page["nodes"][0]["payload"].take()), placed(1));
    let reason = "provider is away";
    assert_eq!(
        page["nodes"],
        json!([{ "id": first.to_string(), "queue": "search", "kind": "orders.order.placed.v1",
            "subject": "00000000-0000-0000-0000-000000000002", "occurredAt": "2026-01-01T00:00:00Z", "attempts": 3,
            "deadAt": "2026-01-01T00:00:00Z", "reason": reason, "payload": null, "history": [] }]),
        "{page}"
    );
    assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(4), &json!(true)));
    let next = list(json!({ "first": 2, "after": page["pageInfo"]["endCursor"] })).await;
    assert_eq!(next["nodes"][0]["id"], second.to_string());
    assert_eq!(
        (&next["nodes"][1]["kind"], &next["nodes"][1]["subject"]),
        (&json!("orders.order.placed.v1"), &Value::Null)
    );
    for (filter, found) in [
        (json!({ "queue": "orders" }), 2),
        (json!({ "kind": "orders.order.placed.v1" }), 3),
        (json!({ "queue": "orders", "kind": "orders.order.placed.v1" }), 1),
        (json!({ "queue": "nobody" }), 0),
    ] {
        let page = list(json!({ "filter": filter })).await;
        assert_eq!(page["nodes"].as_array().unwrap().len(), found, "{filter}");
        assert_eq!(page["totalCount"], json!(found), "{filter}");
    }
    for wrong in [json!({ "first": 101 }), json!({ "after": "x" }), json!({ "filter": { "queue": "a\u{0}" } })] {
        let refused = door.ask(operations(), LIST, wrong).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_message_is_replayed_once_and_it_is_written_down_who_did(pool: PgPool) {
    let door = desk(pool).await;
    let id = give_up(&door, "orders", placed(1)).await.to_string();
    let replay = async || door.ask(operations(), REPLAY, json!({ "id": id })).await["data"]["deadLetterReplay"].take();
    // Two of the staff at once.
    let (one, other) = tokio::join!(replay(), replay());
    let (done, late) = if one["errors"] == json!([]) { (one, other) } else { (other, one) };
    assert_eq!(done, json!({ "deadLetter": { "id": id, "queue": "orders" }, "errors": [] }));
    assert_eq!(error(&late), "AlreadyReplayed", "{late}");
    let nobody = "account:00000000-0000-0000-0000-000000000000";
    assert_eq!(late["errors"][0]["replayedBy"], nobody);
    assert_eq!(late["errors"][0]["replayedAt"], "2026-01-01T00:00:00Z");
    assert_eq!(waiting(&door).await, 1);
    let discarded = door.ask(operations(), DISCARD, json!({ "id": id })).await;
    assert_eq!(error(&discarded["data"]["deadLetterDiscard"]), "AlreadyReplayed", "{discarded}");
    assert_eq!(waiting(&door).await, 1, "it is still on its way");
    let entry = |action: &str| (nobody.to_owned(), action.to_owned(), format!("dead-letter:{id}"));
    assert_eq!(written(&door).await, [entry("DEAD_LETTER_REPLAYED")], "what failed is not written down");
    // Given up again: the history says that replaying did not help.
    sqlx::query("update bus.message set dead_at = now()").execute(&door.pool).await.unwrap();
    let shown = door.ask(operations(), SHOW, json!({ "id": id })).await["data"]["deadLetter"].take();
    assert_eq!(
        shown["history"],
        json!([{ "actor": nobody, "action": "DEAD_LETTER_REPLAYED",
        "subject": format!("dead-letter:{id}") }])
    );
    assert_eq!(parsed(&shown["payload"]), placed(1));
    assert_eq!(replay().await["errors"], json!([]));
}

#[sqlx::test(migrations = false)]
async fn a_message_is_discarded_for_good_and_twice_is_once(pool: PgPool) {
    let door = desk(pool).await;
    let id = give_up(&door, "orders", placed(1)).await.to_string();
    for _ in 0..2 {
        let done = door.ask(operations(), DISCARD, json!({ "id": id })).await;
        assert_eq!(done["data"]["deadLetterDiscard"], json!({ "id": id, "errors": [] }), "{done}");
    }
    let actions: Vec<String> = written(&door).await.into_iter().map(|entry| entry.1).collect();
    assert_eq!(actions, ["DEAD_LETTER_DISCARDED"]);
    for number in [id.as_str(), "0", "-1", "7777", "nonsense"] {
        let answer = door.ask(operations(), REPLAY, json!({ "id": number })).await;
        assert_eq!(error(&answer["data"]["deadLetterReplay"]), "NotFound", "{answer}");
        let shown = door.ask(operations(), SHOW, json!({ "id": number })).await;
        assert_eq!(shown["data"]["deadLetter"], Value::Null, "{shown}");
    }
    let unknown = door.ask(operations(), DISCARD, json!({ "id": "7777" })).await;
    assert_eq!(error(&unknown["data"]["deadLetterDiscard"]), "NotFound", "{unknown}");
}

#[sqlx::test(migrations = false)]
async fn only_the_scope_opens_the_letters_and_a_message_on_its_way_is_never_shown(pool: PgPool) {
    let door = desk(pool).await;
    let id = give_up(&door, "orders", placed(1)).await.to_string();
    let support = auth::domain::Role::Support.scopes();
    let others = Scope::all().filter(|scope| *scope != Scope::DeadLettersWrite);
    let strangers = [
        (Actor::Anonymous, "UNAUTHENTICATED"),
        (testkit::shopper(1), "FORBIDDEN"),
        (testkit::staff(support), "FORBIDDEN"),
        (testkit::staff(others), "FORBIDDEN"),
    ];
    for (actor, code) in strangers {
        for query in [LIST, SHOW, REPLAY, DISCARD] {
            let refused = door.ask(actor.clone(), query, json!({ "id": id })).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], code, "{query}: {refused}");
        }
    }
    assert!(written(&door).await.is_empty());
    sqlx::query("update bus.message set dead_at = null").execute(&door.pool).await.unwrap();
    assert_eq!(door.ask(operations(), SHOW, json!({ "id": id })).await["data"]["deadLetter"], Value::Null);
    assert_eq!(door.ask(operations(), LIST, json!({})).await["data"]["deadLetters"]["totalCount"], 0);
    let discarded = door.ask(operations(), DISCARD, json!({ "id": id })).await;
    assert_eq!(error(&discarded["data"]["deadLetterDiscard"]), "NotFound", "{discarded}");
    let left: i64 = sqlx::query_scalar("select count(*) from bus.message").fetch_one(&door.pool).await.unwrap();
    assert_eq!(left, 1);
}
