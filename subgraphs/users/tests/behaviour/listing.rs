use kernel::Scope;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::desk::{Desk, actor, registration};

const USERS: &str = "query($first: Int!, $after: String, $query: String) {
    users(first: $first, after: $after, query: $query) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { displayName } } } }";

const PEOPLE: [(&str, &str); 9] = [
    ("ada@example.org", "Ada Lovelace"),
    ("grace@example.org", "Grace Hopper"),
    ("countess@example.org", "adalbert"),
    ("adam@example.net", "Smith"),
    ("a_d@example.org", "100% Ada"),
    ("x1@example.org", "Ärger"),
    ("x2@example.org", "ärmel"),
    ("x3@example.org", "A_Z"),
    ("x4@example.org", "Álvaro"),
];

async fn people(pool: PgPool) -> Desk {
    let mut desk = Desk::open(pool).await;
    for (index, (email, name)) in PEOPLE.iter().enumerate() {
        desk.clock.advance(u64::from(index % 3 == 0));
        desk.wire.deliver(&registration(index as u128 + 1, email, name)).await;
    }
    desk
}

async fn all(desk: &Desk, first: usize, query: Option<&str>) -> Vec<String> {
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let variables = json!({ "first": first, "after": after, "query": query });
        let answer = desk.ask(actor(99, &[Scope::UsersRead]), USERS, variables).await;
        let found = &answer["data"]["users"];
        let edges = found["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
        seen.extend(edges.iter().map(|edge| edge["node"]["displayName"].as_str().unwrap().to_owned()));
        if found["pageInfo"]["hasNextPage"] == false {
            assert_eq!(found["totalCount"], seen.len(), "{query:?}");
            return seen;
        }
        assert_eq!(edges.len(), first);
        after = found["pageInfo"]["endCursor"].clone();
    }
}

#[sqlx::test(migrations = false)]
async fn pages_joined_are_everybody_latest_first(pool: PgPool) {
    let desk = people(pool).await;
    let expected: Vec<&str> = PEOPLE.iter().rev().map(|(_, name)| *name).collect();
    for first in [1, 2, 4, 9, 100] {
        for nothing in [None, Some(""), Some("  ")] {
            assert_eq!(all(&desk, first, nothing).await, expected, "by {first}");
        }
    }
}

#[sqlx::test(migrations = false)]
async fn a_query_finds_the_beginnings_of_addresses_and_names_in_any_case(pool: PgPool) {
    let desk = people(pool).await;
    let cases: [(&str, &[&str]); 12] = [
        ("ada", &["Smith", "adalbert", "Ada Lovelace"]),
        (" ADA ", &["Smith", "adalbert", "Ada Lovelace"]),
        ("ada@example.org", &["Ada Lovelace"]),
        ("ada l", &["Ada Lovelace"]),
        ("example", &[]),
        ("opper", &[]),
        // No character has a special meaning.
        ("a_", &["A_Z", "100% Ada"]),
        ("a%", &[]),
        ("100%", &["100% Ada"]),
        ("är", &["ärmel", "Ärger"]),
        ("ÄR", &["ärmel", "Ärger"]),
        ("\\", &[]),
    ];
    for (query, expected) in cases {
        for first in [1, 2, 100] {
            assert_eq!(all(&desk, first, Some(query)).await, expected, "{query:?} by {first}");
        }
    }
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_asked_for_is_refused(pool: PgPool) {
    let desk = Desk::open(pool).await;
    for variables in
        [json!({ "first": 0 }), json!({ "first": 1, "query": "a\u{0}" }), json!({ "first": 1, "after": "" })]
    {
        let refused = desk.ask(actor(1, &[Scope::UsersRead]), USERS, variables).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_query_reads_its_matches_and_not_everybody(pool: PgPool) {
    let desk = Desk::open(pool).await;
    sqlx::raw_sql(
        "insert into users.user_profile (id, email, display_name, locale, currency, version, created_at, updated_at)
         select gen_random_uuid(), 'mail' || n || '@example.org', 'Person ' || n, 'en', 'EUR', 1, now(), now()
         from generate_series(1, 20000) n;
         analyze users.user_profile;",
    )
    .execute(&desk.pool)
    .await
    .unwrap();
    let read = || async {
        // What a transaction that is still open has read is not counted yet: the connections' own counts are looked at.
        let sql = "select pg_stat_force_next_flush(), pg_stat_clear_snapshot()";
        for _ in 0..desk.pool.size() {
            sqlx::query(sql).execute(&desk.pool).await.unwrap();
        }
        let sql = "select coalesce(seq_tup_read, 0) from pg_stat_user_tables where relname = 'user_profile'";
        sqlx::query_scalar::<_, i64>(sql).fetch_one(&desk.pool).await.unwrap()
    };
    let before = read().await;
    // Often enough that the database settles on one plan for all values.
    for _ in 0..12 {
        assert_eq!(all(&desk, 5, Some("person 1234")).await.len(), 11);
        assert_eq!(all(&desk, 5, Some("mail777@")).await, ["Person 777"]);
    }
    let page =
        desk.ask(actor(1, &[Scope::UsersRead]), "{ users(first: 5) { edges { node { id } } } }", json!({})).await;
    assert_eq!(page["data"]["users"]["edges"].as_array().map(Vec::len), Some(5));
    assert_eq!(read().await, before, "no statement read the whole table");
}
