use events::orders::{OrderConfirmed, OrderSnapshot};
use kernel::Scope;
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::staff;

use crate::world::{World, order};

const UPDATE: &str = "mutation($input: NotificationTemplateUpdateInput!) { notificationTemplateUpdate(input: $input) {
    template { occasion channel locale version subject html } errors { __typename message ... on InvalidInput { field } } } }";

fn text(locale: &str, subject: &str) -> Value {
    json!({ "occasion": "ORDER_CONFIRMED", "channel": "EMAIL", "locale": locale, "subject": subject,
        "text": "{{ order.total }}", "html": "<p>{{ order.total }}</p>" })
}

async fn update(world: &World, input: Value) -> Value {
    let editor = staff([Scope::NotificationsRead, Scope::AccountsWrite]);
    let mut answer = world.ask(editor, UPDATE, json!({ "input": input })).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["notificationTemplateUpdate"].take()
}

#[sqlx::test(migrations = false)]
async fn a_new_version_is_used_from_then_on_and_a_new_language_too(pool: PgPool) {
    let mut world = World::open(pool).await;
    let updated = update(&world, text("en", "Confirmed: {{ order.number }}")).await;
    assert_eq!((&updated["template"]["version"], &updated["errors"]), (&json!(2), &json!([])), "{updated}");
    let french = update(&world, text("FR-ca", "Confirmé : {{ order.number }}")).await;
    assert_eq!((&french["template"]["version"], &french["template"]["locale"]), (&json!(1), &json!("fr-ca")));
    world.wire.deliver(&OrderConfirmed { order: order(1) }).await;
    world.wire.deliver(&OrderConfirmed { order: OrderSnapshot { locale: "fr-CA".into(), ..order(2) } }).await;
    let subjects: Vec<String> = world.stored().await.into_iter().map(|message| message.subject).collect();
    assert_eq!(subjects, ["Confirmed: TC-100001", "Confirmé : TC-100002"]);
    let list = "{ notificationTemplates { occasion channel locale version } }";
    let listed = world.ask(staff([Scope::NotificationsRead]), list, json!({})).await;
    assert_eq!(listed["data"]["notificationTemplates"].as_array().unwrap().len(), 27, "one in use for each");
}

#[sqlx::test(migrations = false)]
async fn a_text_that_cannot_be_filled_in_is_refused_where_it_is_wrong(pool: PgPool) {
    let world = World::open(pool).await;
    let with = |field: &str, value: Value| {
        let mut input = text("en", "x");
        input[field] = value;
        input
    };
    for (input, field, message) in [
        (with("subject", json!("{{ order.nmuber }}")), "subject", "a name"),
        (with("text", json!("{% if order.number %}")), "text", "syntax error"),
        (with("html", json!("{{ name }}")), "html", "a name"),
        (
            with("text", json!("{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}")),
            "text",
            "steps",
        ),
        (with("html", Value::Null), "html", "needs its HTML"),
        (with("subject", json!("{{ order.reason }}")), "subject", "inside an if"),
        (with("subject", json!("{% if order.reason %}{{ order.reason }}{% endif %}\n")), "subject", "nothing is left"),
        (with("subject", json!(" ")), "subject", "1 to"),
        (with("text", json!("a\0b")), "text", "NUL"),
        (with("locale", json!("english")), "locale", "language tag"),
        (with("occasion", json!("STOCK_LOW")), "channel", "not told by EMAIL"),
    ] {
        let refused = update(&world, input.clone()).await;
        assert_eq!(refused["template"], Value::Null, "{input}");
        assert_eq!(refused["errors"][0]["field"], field, "{input} {refused}");
        assert!(refused["errors"][0]["message"].as_str().unwrap().contains(message), "{refused}");
    }
    let templates = world.app.templates().await.unwrap();
    assert!(templates.iter().all(|template| template.version == 1), "nothing is changed");
}

#[sqlx::test(migrations = false)]
async fn two_who_change_the_same_text_make_two_versions(pool: PgPool) {
    let world = World::open(pool).await;
    let (first, second) = tokio::join!(update(&world, text("pt", "Um")), update(&world, text("pt", "Dois")));
    let mut versions = [&first, &second].map(|of| of["template"]["version"].as_i64().unwrap());
    versions.sort_unstable();
    assert_eq!(versions, [1, 2]);
}
