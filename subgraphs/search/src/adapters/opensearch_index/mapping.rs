use serde_json::{Map, Value, json};

use super::super::words::{MAX_WORD, UNFINISHED_TYPO};
use super::held::Held;
use crate::app::{Change, Indexed};

/// The longest beginning of a word that is found with a typo in it.
const MAX_BEGINNING: usize = 20;

impl Held for Indexed {
    const NAME: &'static str = "products";
    const TARGET: &'static str = "opensearch";
    const VERSION: u32 = 1;

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

    fn fields() -> Value {
        let plain = json!({ "type": "text", "analyzer": "plain", "index_options": "freqs", "copy_to": "names" });
        // With positions, for suggestions of several words.
        let counted = json!({
            "type": "text", "analyzer": "plain", "copy_to": "names", "fields": { "exact": { "type": "keyword" } },
        });
        json!({
            "for_sale": { "type": "boolean" },
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
        })
    }

    /// What is not for sale stays as an empty document, so that a late change does not bring it back.
    fn document(change: &Change<Self>) -> Value {
        let Some(product) = &change.document else { return json!({ "for_sale": false }) };
        let Indexed { facts, description, skus, variants } = product;
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
}
