use std::collections::HashMap;

use kernel::Fault;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::highlight::Marker;
use super::super::synonyms::Asked;
use super::query::{Parts, price, query};
use crate::app::ProductSearch;
use crate::domain::{FEW, Facet, FacetValue, Facts, Hit, Listing, MAX_FACET_VALUES, Place, Sort};

/// The question for a page.
pub(super) fn question(search: &ProductSearch, asked: &Asked) -> Result<Value, Fault> {
    let ProductSearch { text, filter, sort, after, first } = search;
    let (parts, priced) = Parts::new(filter, *sort);
    let mut counts = json!({ "found": { "filter": { "match_all": {} } } });
    for (name, count) in parts.counts(MAX_FACET_VALUES) {
        counts[name] = count;
    }
    let (field, direction) = match sort {
        Sort::Relevance => ("_score".to_owned(), "desc"),
        Sort::Newest => ("listed_at".to_owned(), "desc"),
        Sort::PriceLow => (price(filter), "asc"),
        Sort::PriceHigh => (price(filter), "desc"),
        Sort::Title => ("title_sort".to_owned(), "asc"),
    };
    let mut order = json!({ "order": direction });
    if matches!(sort, Sort::PriceLow | Sort::PriceHigh) {
        order["unmapped_type"] = "long".into();
    }
    let mut question = json!({
        "query": query(text.as_str(), asked),
        "post_filter": parts.shown(priced),
        "aggs": counts,
        "sort": [{ &field: order }, { "id": { "order": direction } }],
        "size": first.saturating_add(1),
        "track_total_hits": true,
        "track_scores": true,
        "_source": ["facts", "variants", "description"],
    });
    if let Some(place) = after {
        question["search_after"] = json!([place_value(*sort, &place.value)?, place.id]);
    } else if !asked.words.is_empty() {
        question["suggest"] = spelling(text.as_str());
    }
    Ok(question)
}

/// Words near to those that nothing is called by.
fn spelling(text: &str) -> Value {
    json!({ "words": { "text": text, "term": {
        "field": "names", "analyzer": "plain", "suggest_mode": "missing", "size": 1, "prefix_length": 0,
        "min_word_length": 3, "max_edits": 2, "sort": "score",
    } } })
}

/// What a cursor holds as the server wants it.
fn place_value(sort: Sort, value: &str) -> Result<Value, Fault> {
    Ok(match sort {
        Sort::Title => value.into(),
        Sort::Relevance => f64::from(f32::from_bits(value.parse()?)).into(),
        Sort::Newest | Sort::PriceLow | Sort::PriceHigh => value.parse::<i64>()?.into(),
    })
}

#[derive(Deserialize)]
struct Answered {
    hits: Hits,
    aggregations: HashMap<String, Counted>,
    #[serde(default)]
    suggest: HashMap<String, Vec<Spelling>>,
}

#[derive(Deserialize)]
struct Hits {
    total: Total,
    hits: Vec<Found>,
}

#[derive(Deserialize)]
struct Total {
    value: usize,
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "_score")]
    score: f32,
    #[serde(rename = "_source")]
    source: Source,
    sort: Vec<Value>,
}

#[derive(Deserialize)]
struct Source {
    facts: Facts,
    variants: Vec<String>,
    description: String,
}

#[derive(Deserialize)]
struct Counted {
    doc_count: usize,
    values: Option<Buckets>,
}

#[derive(Deserialize)]
struct Buckets {
    buckets: Vec<Bucket>,
}

#[derive(Deserialize)]
struct Bucket {
    key: String,
    doc_count: usize,
}

#[derive(Deserialize)]
struct Spelling {
    text: String,
    options: Vec<Near>,
}

#[derive(Deserialize)]
struct Near {
    text: String,
}

/// A page, and the text that was probably meant: it is worth proposing when it finds anything, and no less than this many.
pub(super) struct Page {
    pub(super) listing: Listing,
    pub(super) meant: Option<(String, usize)>,
}

/// Reads the answer to the question.
pub(super) fn page(body: Value, search: &ProductSearch, asked: &Asked) -> Result<Page, Fault> {
    let mut answered: Answered = serde_json::from_value(body)?;
    let mut marker = Marker::new(asked);
    let has_next = answered.hits.hits.len() > search.first;
    answered.hits.hits.truncate(search.first);
    let hits = answered.hits.hits.into_iter().map(|found| {
        let Source { facts, variants, description } = found.source;
        let texts: Vec<&str> = variants.iter().map(String::as_str).collect();
        let highlights = if asked.words.is_empty() { Vec::new() } else { marker.mark(&facts, &texts, &[&description]) };
        let place = Place { value: sorted_by(search.sort, found.score, found.sort.first())?, id: facts.id };
        Ok(Hit { score: found.score, place, highlights })
    });
    let hits = hits.collect::<Result<Vec<Hit>, Fault>>()?;
    let facets = ["vendor", "category", "tag"].map(|name| {
        let buckets =
            answered.aggregations.remove(name).and_then(|counted| counted.values).map(|values| values.buckets);
        let values = buckets.unwrap_or_default().into_iter();
        let values = values.map(|bucket| FacetValue { value: bucket.key, count: bucket.doc_count }).collect();
        Facet { name: name.to_owned(), values }
    });
    let found = answered.aggregations.get("found").map_or(0, |counted| counted.doc_count);
    let near = answered.suggest.remove("words").unwrap_or_default();
    let meant = if found < FEW { meant(asked, &near).map(|text| (text, found)) } else { None };
    let total = answered.hits.total.value;
    Ok(Page { listing: Listing { hits, has_next, total, facets: facets.into(), did_you_mean: None }, meant })
}

fn sorted_by(sort: Sort, score: f32, value: Option<&Value>) -> Result<String, Fault> {
    let text = match (sort, value) {
        // As the domain writes it: the bits of positive floats sort as they do.
        (Sort::Relevance, _) => Some(score.max(0.0).to_bits().to_string()),
        (Sort::Title, Some(value)) => value.as_str().map(str::to_owned),
        (_, Some(value)) => value.as_i64().map(|number| number.to_string()),
        (_, None) => None,
    };
    text.ok_or_else(|| Fault::internal("the search server does not tell what it sorted by"))
}

/// The text with other words for those that nobody uses; none when there is no other word.
fn meant(asked: &Asked, near: &[Spelling]) -> Option<String> {
    let (mut words, mut changed) = (Vec::new(), false);
    for (at, word) in asked.words.iter().enumerate() {
        // The server names words that are used as well, but proposes nothing for them.
        let proposed = near.iter().find(|entry| entry.text == word.plain).and_then(|entry| entry.options.first());
        let other = proposed.map(|near| near.text.as_str()).filter(|other| {
            // A number that is off by one is another number, and what only goes on is no other word.
            let stays = !word.says_something()
                || asked.is_named(at)
                || word.plain.chars().any(char::is_numeric)
                || (word.last && other.starts_with(&word.plain));
            !stays
        });
        changed |= other.is_some();
        words.push(other.unwrap_or(&word.plain));
    }
    changed.then(|| words.join(" "))
}

/// The question for what begins like the text: titles, vendors and categories.
pub(super) fn beginnings(prefix: &str, most: usize) -> Value {
    let fields = ["title", "vendor", "categories"];
    let begins =
        fields.map(|field| json!({ "match_phrase_prefix": { field: { "query": prefix, "max_expansions": 100 } } }));
    let first = json!({ "prefix": { "title_sort": { "value": prefix.to_lowercase(), "boost": 100.0 } } });
    json!({
        "query": { "bool": {
            "filter": [{ "term": { "for_sale": true } }, { "bool": { "should": begins } }],
            "should": [first],
        } },
        "size": most,
        "_source": ["facts"],
    })
}

/// The texts that the found products are called by.
pub(super) fn called(body: Value) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Answered {
        hits: Hits,
    }
    #[derive(Deserialize)]
    struct Hits {
        hits: Vec<Found>,
    }
    #[derive(Deserialize)]
    struct Found {
        #[serde(rename = "_source")]
        source: Source,
    }
    #[derive(Deserialize)]
    struct Source {
        facts: Facts,
    }
    let answered: Answered = serde_json::from_value(body)?;
    let facts = answered.hits.hits.into_iter().map(|found| found.source.facts);
    let names = facts.flat_map(|facts| [facts.title, facts.vendor].into_iter().chain(facts.categories));
    Ok(names.collect())
}
