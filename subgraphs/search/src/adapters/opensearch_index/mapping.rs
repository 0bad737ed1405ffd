use serde_json::{Map, Value, json};

use super::super::words::{MAX_WORD, UNFINISHED_TYPO};
use crate::app::{Change, Indexed};

/// Grows when what is written below changes its meaning; an index with another number is made again.
pub(super) const VERSION: u32 = 1;

/// The longest beginning of a word that is found with a typo in it.
const MAX_BEGINNING: usize = 20;

/// Settings and fields of a new index, under the alias.
pub(super) fn index(replicas: u32, alias: &str) -> Value {
    let plain = json!({ "type": "text", "analyzer": "plain", "index_options": "freqs", "copy_to": "names" });
    // With positions, for suggestions of several words.
    let counted = json!({
        "type": "text", "analyzer": "plain", "copy_to": "names", "fields": { "exact": { "type": "keyword" } },
    });
    json!({
        "aliases": { alias: {} },
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": replicas,
            // Nobody searches it until it is filled.
            "refresh_interval": "-1",
            "analysis": analysis(),
        },
        "mappings": { "dynamic": false, "properties": {
            "for_sale": { "type": "boolean" },
            "reached": { "type": "object", "enabled": false },
            "facts": { "type": "object", "enabled": false },
            "id": { "type": "keyword" },
            // Nothing near a stem can be searched for, so typos are looked for in the words as they are written.
            "title": {
                "type": "text", "analyzer": "plain", "copy_to": "names",
                "fields": {
                    "stem": { "type": "text", "analyzer": "english_stems", "index_options": "freqs" },
                    "beginnings": { "type": "text", "analyzer": "beginnings", "index_options": "docs" },
                },
            },
            "title_sort": { "type": "keyword" },
            "vendor": counted,
            "tags": counted,
            "categories": counted,
            "variants": plain,
            "description": {
                "type": "text", "analyzer": "english_stems", "index_options": "freqs", "copy_to": "names",
            },
            "sku": { "type": "keyword", "normalizer": "code" },
            // The words that products are called by, to propose instead of others.
            "names": { "type": "text", "analyzer": "plain", "index_options": "freqs" },
            "price": { "type": "object", "dynamic": true },
            "in_stock": { "type": "boolean" },
            "listed_at": { "type": "long" },
        } },
    })
}

/// The same words as `words` makes of a text.
fn analysis() -> Value {
    json!({
        "tokenizer": { "words": { "type": "pattern", "pattern": "[^\\p{IsAlphabetic}\\p{N}]+" } },
        "filter": {
            "no_long_words": { "type": "length", "max": MAX_WORD },
            "say_nothing": { "type": "stop", "stopwords": "_english_" },
            "stems": { "type": "stemmer", "language": "porter2" },
            "beginnings": { "type": "edge_ngram", "min_gram": UNFINISHED_TYPO - 1, "max_gram": MAX_BEGINNING },
        },
        "analyzer": {
            "plain": { "tokenizer": "words", "filter": ["no_long_words", "lowercase", "asciifolding"] },
            "beginnings": { "tokenizer": "words", "filter": ["no_long_words", "lowercase", "asciifolding", "beginnings"] },
            "english_stems": {
                "tokenizer": "words",
                "filter": ["no_long_words", "lowercase", "asciifolding", "say_nothing", "stems"],
            },
        },
        "normalizer": { "code": { "type": "custom", "filter": ["lowercase"] } },
    })
}

/// The change as a document. What is not for sale stays as an empty one, so that a late change does not bring it back.
pub(super) fn document(change: &Change) -> Value {
    let Some(product) = &change.product else { return json!({ "for_sale": false }) };
    let Indexed { facts, description, skus, variants } = &**product;
    let prices: Map<String, Value> =
        facts.prices.iter().map(|price| (price.currency.code().to_owned(), price.minor.into())).collect();
    json!({
        "for_sale": true,
        "facts": facts,
        "id": facts.id,
        "title": facts.title,
        "title_sort": facts.title.to_lowercase(),
        "vendor": facts.vendor,
        "tags": facts.tags,
        "categories": facts.categories,
        "variants": variants,
        "description": description,
        "sku": skus,
        "price": prices,
        "in_stock": facts.in_stock,
        "listed_at": facts.listed_at,
    })
}
