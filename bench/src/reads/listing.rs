//! Q2: the products of a category, newest first, page by page.

use anyhow::{Context, Result, ensure};
use client::{Client, data};
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};

use super::{Question, amount};
use crate::wrk::Request;

const CATEGORY: &str =
    "query Category($slug: String!, $after: String) { category(slug: $slug) { name products(first: 24, after: $after) {
    edges { node { id slug title priceRange { lowest { amount currencyCode } } media { url alt } } }
    pageInfo { hasNextPage endCursor } } } }";
const PAGE: usize = 24;
/// Pages of a category that are walked.
const PAGES: usize = 5;

/// The first products of each category at the top, newest first: slug, lowest price, first picture.
const TRUTH: &str = "
    select top.slug, (select jsonb_agg(jsonb_build_array(x.slug, x.lowest, x.url)) from (
        select p.slug, r.lowest, m.url from products.product p join products.category c on c.id = p.category_id
        left join products.price_range r on r.product_id = p.id and r.currency = 'EUR'
        left join products.media m on m.product_id = p.id and m.position = 0
        where p.status = 'ACTIVE' and c.path[1] = top.path[1] order by p.published_at desc, p.id desc limit $1) as x) as truth
    from products.category top where cardinality(top.path) = 1 and top.slug like 'bench-%' order by top.slug";

/// Walks the pages by their cursors and holds them against the database. Under load the same pages are asked for in turn.
pub(super) async fn walk(guest: &Client, conn: &mut PgConnection) -> Result<Vec<Request>> {
    let rows = sqlx::query(TRUTH).bind(i64::try_from(PAGE * PAGES)?).fetch_all(conn).await?;
    let mut requests = Vec::new();
    for row in rows {
        let (slug, truth): (String, Value) = (row.try_get("slug")?, row.try_get("truth")?);
        let truth = truth.as_array().cloned().unwrap_or_default();
        let mut after = Value::Null;
        for page in truth.chunks(PAGE) {
            let page = page.to_vec();
            let variables = json!({ "slug": slug, "after": after });
            let truth = Box::new(move |data: &Value| judge(&data["category"]["products"], &page));
            let request = Question::new(guest, CATEGORY, variables, truth).confirmed().await?;
            let mut answer = data(&request.expected)?;
            after = answer["category"]["products"]["pageInfo"]["endCursor"].take();
            after.as_str().context("a page without a cursor")?;
            requests.push(request);
        }
    }
    Ok(requests)
}

fn judge(products: &Value, truth: &[Value]) -> Result<()> {
    let edges = products["edges"].as_array().context("no products")?;
    ensure!(edges.len() == truth.len(), "{} products instead of {}", edges.len(), truth.len());
    for (edge, truth) in edges.iter().zip(truth) {
        let node = &edge["node"];
        let told = json!([node["slug"], node["priceRange"]["lowest"]["amount"], node["media"][0]["url"]]);
        let lowest = amount(truth[1].as_i64().unwrap_or(-1));
        ensure!(told == json!([truth[0], lowest, truth[2]]), "{told} instead of {truth}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_right_only_whole_and_in_order() {
        let edge = |slug: &str, lowest: &str| json!({ "node": { "slug": slug, "priceRange": { "lowest": { "amount": lowest } }, "media": [{ "url": "/p" }] } });
        let truth = [json!(["a", 490, "/p"]), json!(["b", 1000, "/p"])];
        let judged = |edges: Vec<Value>| judge(&json!({ "edges": edges }), &truth);
        judged(vec![edge("a", "4.90"), edge("b", "10.00")]).expect("it is right");
        assert!(judged(vec![edge("b", "10.00"), edge("a", "4.90")]).is_err(), "another order");
        assert!(judged(vec![edge("a", "4.90")]).is_err(), "one is missing");
        assert!(judged(vec![edge("a", "4.91"), edge("b", "10.00")]).is_err(), "another price");
        assert!(judge(&Value::Null, &truth).is_err());
    }
}
