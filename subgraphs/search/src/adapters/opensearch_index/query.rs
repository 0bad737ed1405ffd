use serde_json::{Value, json};

use super::super::synonyms::{Asked, INSTEAD, Part};
use super::super::words::{UNFINISHED_TYPO, Word};
use crate::domain::{Filter, Sort, typos};

/// A query for the text, of whose characters none has a meaning: every word must be found somewhere, and where it is found
/// decides how much it counts. What is written like a SKU is found by that as well.
pub(super) fn query(text: &str, asked: &Asked) -> Value {
    let matching = if text.is_empty() {
        json!({ "match_all": {} })
    } else {
        let code = text.to_lowercase();
        let mut either = vec![json!({ "term": { "sku": { "value": code, "boost": 20.0 } } })];
        if code.chars().count() >= 3 {
            either.push(prefix("sku", &code, 4.0));
        }
        let parts: Vec<Value> = asked.parts().into_iter().filter_map(|part| found(asked, part)).collect();
        either.extend(all(&parts));
        any(&either)
    };
    // Products that are gone, and the note of how far the index has come, are documents as well.
    json!({ "bool": { "must": [matching], "filter": [{ "term": { "for_sale": true } }] } })
}

fn any(either: &[Value]) -> Value {
    json!({ "bool": { "should": either, "minimum_should_match": 1 } })
}

/// All of the clauses; none when there are none.
fn all(clauses: &[Value]) -> Option<Value> {
    (!clauses.is_empty()).then(|| json!({ "bool": { "must": clauses } }))
}

/// The part by its own words, or by what means the same.
fn found(asked: &Asked, part: Part<'_>) -> Option<Value> {
    let own: Vec<Value> = part.words.iter().filter(|word| asked.requires(word)).map(somewhere).collect();
    let mut either: Vec<Value> = all(&own).into_iter().collect();
    for phrase in part.instead {
        let words: Vec<Value> = phrase.iter().map(|word| any(&written(word, INSTEAD))).collect();
        either.extend(all(&words));
    }
    (!either.is_empty()).then(|| any(&either))
}

fn exact(field: &str, word: &str, boost: f32) -> Value {
    json!({ "term": { field: { "value": word, "boost": boost } } })
}

fn prefix(field: &str, word: &str, boost: f32) -> Value {
    json!({ "prefix": { field: { "value": word, "boost": boost } } })
}

fn fuzzy(field: &str, word: &str, typos: u8, boost: f32) -> Value {
    json!({ "fuzzy": { field: { "value": word, "fuzziness": typos, "boost": boost, "rewrite": "constant_score" } } })
}

/// The word as it is written, or in another form.
fn written(asked: &Word, weight: f32) -> Vec<Value> {
    let word = asked.plain.as_str();
    let mut either = vec![
        exact("title", word, 8.0 * weight),
        exact("vendor", word, 4.0 * weight),
        exact("tags", word, 3.0 * weight),
        exact("categories", word, 3.0 * weight),
        exact("variants", word, 2.0 * weight),
    ];
    for stem in &asked.stems {
        either.push(exact("title.stem", stem, 5.0 * weight));
        either.push(exact("description", stem, weight));
    }
    either
}

fn somewhere(asked: &Word) -> Value {
    let word = asked.plain.as_str();
    let mut either = written(asked, 1.0);
    // The last word may not be finished.
    if asked.may_go_on() {
        either.push(prefix("title", word, 1.0));
        either.push(prefix("vendor", word, 0.5));
        if word.chars().count() >= UNFINISHED_TYPO {
            either.push(fuzzy("title.beginnings", word, 1, 0.2));
        }
    }
    let typos = typos(word);
    if typos > 0 {
        for (field, boost) in [("title", 0.4), ("vendor", 0.2), ("tags", 0.1), ("categories", 0.1)] {
            either.push(fuzzy(field, word, typos, boost));
        }
    }
    any(&either)
}

/// What the filter asks for, in parts: everything that is not counted, then vendor, category and tag.
pub(super) struct Parts {
    uncounted: Vec<Value>,
    counted: [(&'static str, &'static str, Option<Value>); 3],
}

impl Parts {
    pub(super) fn new(filter: &Filter, sort: Sort) -> (Self, Option<Value>) {
        let price = price(filter);
        let mut uncounted = Vec::new();
        if let Some(wanted) = filter.in_stock {
            uncounted.push(json!({ "term": { "in_stock": wanted } }));
        }
        if let Some(min) = filter.price_min {
            uncounted.push(json!({ "range": { &price: { "gte": min } } }));
        }
        if let Some(max) = filter.price_max {
            uncounted.push(json!({ "range": { &price: { "lte": max } } }));
        }
        let is = |field: &'static str, value: &Option<String>| {
            value.as_ref().map(|value| json!({ "term": { field: { "value": value } } }))
        };
        let counted = [
            ("vendor", "vendor.exact", is("vendor.exact", &filter.vendor)),
            ("category", "categories.exact", is("categories.exact", &filter.category)),
            ("tag", "tags.exact", is("tags.exact", &filter.tag)),
        ];
        // What has no price in the currency has no place in this order.
        let sorted = matches!(sort, Sort::PriceLow | Sort::PriceHigh);
        let priced = sorted.then(|| json!({ "exists": { "field": price } }));
        (Self { uncounted, counted }, priced)
    }

    /// What the page shows.
    pub(super) fn shown(&self, priced: Option<Value>) -> Value {
        let counted = self.counted.iter().filter_map(|(.., is)| is.clone());
        let all: Vec<Value> = self.uncounted.iter().cloned().chain(counted).chain(priced).collect();
        json!({ "bool": { "filter": all } })
    }

    /// Counts of each facet's values, as if it were not filtered by.
    pub(super) fn counts(&self, most: usize) -> Vec<(&'static str, Value)> {
        let count = |(name, field, _): &(&'static str, &'static str, Option<Value>)| {
            let others = self.counted.iter().filter(|(other, ..)| other != name).filter_map(|(.., is)| is.clone());
            let filter: Vec<Value> = self.uncounted.iter().cloned().chain(others).collect();
            let values = json!({ "terms": { "field": field, "size": most, "exclude": [""] } });
            (*name, json!({ "filter": { "bool": { "filter": filter } }, "aggs": { "values": values } }))
        };
        self.counted.iter().map(count).collect()
    }
}

/// The field of the price in the filter's currency.
pub(super) fn price(filter: &Filter) -> String {
    format!("price.{}", filter.currency.code())
}
