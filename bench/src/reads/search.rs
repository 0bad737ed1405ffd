//! Q3: search by words, some of them mistyped, with three facets.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use client::Client;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::Question;
use crate::wrk::Request;

const SEARCH: &str = "query Search($query: String!, $filter: ProductSearchFilter) { productSearch(query: $query, filter: $filter, first: 24) {
    totalCount degraded facets { name values { value count } }
    edges { node { id slug title priceRange { lowest { amount currencyCode } } media { url alt } } } } }";
/// Hits of a page.
const PAGE: u64 = 24;
/// Different texts: so many of one word, of two, and mistyped.
const SHARES: (usize, usize, usize) = (100, 50, 50);

/// A text, and what a hit's title or a facet must have in it, in small letters.
type Term = (String, String);

pub(super) async fn questions(guest: &Client, conn: &mut PgConnection) -> Result<Vec<Question>> {
    let titles: Vec<String> = sqlx::query_scalar(
        "select p.title from products.product p join products.category c on c.id = p.category_id
         where p.status = 'ACTIVE' and c.slug like 'bench-%' order by md5(p.slug) limit 2000",
    )
    .fetch_all(conn)
    .await?;
    let question = |(text, expected): Term| {
        let truth = Box::new(move |data: &Value| judge(&data["productSearch"], &expected));
        Question::new(guest, SEARCH, json!({ "query": text, "filter": null }), truth)
    };
    Ok(terms(&titles).into_iter().map(question).collect())
}

/// The same question, different each time, so that no answer to an earlier one fits: its filter leaves every product.
pub(super) fn uncached(request: Request) -> Request {
    Request { body: request.body.replace("\"filter\":null", "\"filter\":{\"priceMin\":\"NUMBER\"}"), ..request }
}

/// 200 texts from the words of the titles; fewer when there are not so many words.
fn terms(titles: &[String]) -> Vec<Term> {
    let words: BTreeSet<String> = titles
        .iter()
        .flat_map(|title| title.split(' '))
        .filter(|word| word.len() >= 4)
        .map(str::to_lowercase)
        .collect();
    let words: Vec<String> = words.into_iter().collect();
    let single = words.iter().take(SHARES.0).map(|word| (word.clone(), word.clone()));
    let pairs = titles.iter().filter_map(|title| {
        let title = title.to_lowercase();
        let (first, last) = (title.split(' ').next()?, title.split(' ').next_back()?);
        (first.len() >= 4 && last.len() >= 4 && first != last).then(|| (format!("{first} {last}"), last.to_owned()))
    });
    // Of long words a letter in the middle may be missing.
    let mistyped = words.iter().filter(|word| word.len() >= 7).map(|word| {
        let middle = word.len() / 2;
        (format!("{}{}", &word[..middle], &word[middle + 1..]), word.clone())
    });
    single.chain(pairs.take(SHARES.1)).chain(mistyped.take(SHARES.2)).collect()
}

fn judge(found: &Value, expected: &str) -> Result<()> {
    ensure!(found["degraded"] == false, "it is a substitute");
    let total = found["totalCount"].as_u64().unwrap_or_default();
    ensure!(total > 0, "nothing was found");
    let edges = found["edges"].as_array().map_or(&[][..], Vec::as_slice);
    ensure!(edges.len() as u64 == total.min(PAGE), "{} hits of {total}", edges.len());
    ensure!(found["facets"].as_array().is_some_and(|facets| facets.len() == 3), "not three facets");
    for edge in edges {
        ensure!(edge["node"]["priceRange"]["lowest"]["amount"].is_string(), "a hit without a price");
    }
    let titles = edges.iter().map(|edge| &edge["node"]["title"]);
    let facets = found["facets"].as_array().into_iter().flatten();
    let values = facets.flat_map(|facet| facet["values"].as_array().into_iter().flatten()).map(|value| &value["value"]);
    // What is called by the word, or is filed under it.
    let fits = |text: &Value| text.as_str().is_some_and(|text| text.to_lowercase().contains(expected));
    ensure!(titles.chain(values).any(fits), "neither a hit nor a facet has {expected} in it");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrk::Kind;

    #[test]
    fn texts_are_words_pairs_and_mistyped_words() {
        let titles = ["Amber Walnut Floor Lamp".to_owned(), "Striped Oak Stockpot".to_owned()];
        let terms = terms(&titles);
        let has = |text: &str, expected: &str| terms.contains(&(text.to_owned(), expected.to_owned()));
        assert!(has("walnut", "walnut") && has("amber lamp", "lamp"), "{terms:?}");
        assert!(has("stocpot", "stockpot") && has("strped", "striped"), "{terms:?}");
        assert!(!terms.iter().any(|(text, _)| text == "oak"), "a short word is found in too many places");
    }

    #[test]
    fn a_search_is_right_with_its_hits_facets_and_word() {
        let edge =
            |title: &str| json!({ "node": { "title": title, "priceRange": { "lowest": { "amount": "1.00" } } } });
        let right = json!({ "degraded": false, "totalCount": 2, "facets": [{}, {}, { "values": [{ "value": "Lighting" }] }], "edges": [edge("Floor Lamp"), edge("Shade")] });
        judge(&right, "lamp").expect("a hit has it");
        judge(&right, "lighting").expect("a facet has it");
        assert!(judge(&right, "chair").is_err());
        for (name, wrong) in [
            ("degraded", json!(true)),
            ("totalCount", json!(3)),
            ("facets", json!([{}, {}])),
            ("edges", json!([edge("Floor Lamp")])),
        ] {
            let mut answer = right.clone();
            answer[name] = wrong;
            assert!(judge(&answer, "lamp").is_err(), "{name}");
        }
        let none = json!({ "degraded": false, "totalCount": 0, "facets": [{}, {}, {}], "edges": [] });
        assert!(judge(&none, "lamp").is_err());
    }

    #[test]
    fn without_the_cache_each_question_is_another() {
        let body = json!({ "variables": { "query": "x", "filter": null } }).to_string();
        let request = Request { kind: Kind::Exact, authorization: String::new(), body, expected: String::new() };
        assert!(uncached(request).body.contains(r#""filter":{"priceMin":"NUMBER"}"#));
    }
}
