//! E1: how long from the commit of a change in the catalogue until the search finds it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use client::Client;
use kernel::{Clock, SystemClock};
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};
use tokio::time::sleep;

use crate::gateway;
use crate::outcome::{Measured, Outcome, Times};
use crate::platform::Platform;
use crate::reads::{PASSWORD, PRODUCT_MANAGER};

/// How long a change may take.
const DEADLINE: Duration = Duration::from_secs(30);
/// Between two searches.
const PAUSE: Duration = Duration::from_millis(2);

const UPDATE: &str =
    "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { product { version } errors { message } } }";
const SEARCH: &str =
    "query($text: String!) { productSearch(query: $text, first: 5) { degraded edges { node { id title } } } }";
const PRODUCTS: &str = "select p.id::text as id, p.title, p.version::bigint as version from products.product p
    join products.category c on c.id = p.category_id where p.status = 'ACTIVE' and c.slug like 'bench-%' order by md5(p.slug) limit $1";
/// When the product was changed last, in microseconds of the epoch.
const COMMITTED: &str = "select (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::bigint from products.product where id = $1::uuid";

/// Changes the titles of so many products, one after the other, and searches for each.
///
/// # Errors
/// When a product cannot be changed, or its change is not found in time.
pub async fn measure(platform: &Platform, changes: usize) -> Result<Measured> {
    let mut conn = platform.database().await?;
    let guest = gateway::guest(&platform.gateway)?;
    let staff = guest.signed_in(PRODUCT_MANAGER, PASSWORD).await?;
    let (mut times, started) = (Times::default(), Instant::now());
    for (number, row) in
        sqlx::query(PRODUCTS).bind(i64::try_from(changes)?).fetch_all(&mut conn).await?.iter().enumerate()
    {
        let (id, title): (String, String) = (row.try_get("id")?, row.try_get("title")?);
        let version: i64 = row.try_get("version")?;
        let word = word(number);
        let input = json!({ "id": id, "expectedVersion": version, "title": format!("{title} {word}") });
        staff.change(UPDATE, input).await?;
        let found = found(&guest, &id, &word).await?;
        times.note(Duration::from_micros(u64::try_from(found - committed(&mut conn, &id).await?).unwrap_or_default()));
    }
    let outcome = Outcome {
        id: "E1".to_owned(),
        what: "commit to searchable".to_owned(),
        operations: times.count(),
        seconds: started.elapsed().as_secs_f64(),
        latency: times.latency(),
        ..Outcome::default()
    };
    Ok(Measured { outcome, ..Measured::default() })
}

/// A word of its own for each number, of letters.
fn word(number: usize) -> String {
    let letters = number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'k')).collect::<String>();
    format!("quizzaxy{letters}")
}

/// Searches until the product is found by its word; answers when that was, in microseconds of the epoch.
async fn found(guest: &Client, id: &str, word: &str) -> Result<i64> {
    let give_up = Instant::now() + DEADLINE;
    while Instant::now() < give_up {
        let answer = guest.ask(SEARCH, json!({ "text": word })).await?;
        if has(&answer["productSearch"], id, word) {
            return Ok(i64::try_from(SystemClock.now().unix_timestamp_nanos() / 1_000)?);
        }
        sleep(PAUSE).await;
    }
    anyhow::bail!("a changed product is not found within {DEADLINE:?}")
}

/// Whether the index itself has the product under its new title; others with a word like it may be found, too.
fn has(search: &Value, id: &str, word: &str) -> bool {
    let mut nodes = search["edges"].as_array().into_iter().flatten().map(|edge| &edge["node"]);
    let renamed = |title: &Value| title.as_str().is_some_and(|title| title.ends_with(word));
    search["degraded"] == false && nodes.any(|node| node["id"] == id && renamed(&node["title"]))
}

async fn committed(conn: &mut PgConnection, id: &str) -> Result<i64> {
    let at: Option<i64> = sqlx::query_scalar(COMMITTED).bind(id).fetch_one(conn).await?;
    let at = at.context("the database does not note when it commits")?;
    ensure!(at > 0, "no time of a commit");
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_found_by_its_own_product_in_the_index() {
        let answer = |degraded: bool, id: &str| json!({ "degraded": degraded, "edges": [{ "node": { "id": id, "title": "Lamp quizzaxyk" } }] });
        assert!(has(&answer(false, "a"), "a", "quizzaxyk"));
        assert!(!has(&answer(true, "a"), "a", "quizzaxyk"), "the database found it, not the index");
        assert!(!has(&answer(false, "b"), "a", "quizzaxyk"), "another product with a word like it");
        assert!(!has(&answer(false, "a"), "a", "quizzaxyl"), "the product as it was before");
    }

    #[test]
    fn words_differ() {
        assert_eq!((word(0).as_str(), word(10).as_str()), ("quizzaxyk", "quizzaxylk"));
    }
}
