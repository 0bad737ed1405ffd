use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::fields::{Fields, english, plain, words};
use crate::domain::Text;

/// Words of a query that count.
const MAX_WORDS: usize = 16;

type Clause = Box<dyn Query>;

fn exact(field: Field, word: &str, boost: f32) -> Clause {
    let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(term), boost))
}

fn prefix(field: Field, word: &str, boost: f32) -> Clause {
    let begins = FuzzyTermQuery::new_prefix(Term::from_field_text(field, word), 0, true);
    Box::new(BoostQuery::new(Box::new(begins), boost))
}

fn fuzzy(field: Field, word: &str, typos: u8, boost: f32) -> Clause {
    let near = FuzzyTermQuery::new(Term::from_field_text(field, word), typos, true);
    Box::new(BoostQuery::new(Box::new(near), boost))
}

/// Typos that a word of this length may have: short words are too near to each other.
fn typos(word: &str) -> u8 {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// A query for the text, of whose characters none has a meaning: every word must be found somewhere, and where it is found decides
/// how much it counts. What is written like a SKU is found by that as well.
pub(super) fn query(fields: &Fields, text: &Text) -> Clause {
    if text.as_str().is_empty() {
        return Box::new(AllQuery);
    }
    let code = text.as_str().to_lowercase();
    let mut either = vec![exact(fields.sku, &code, 20.0)];
    if code.chars().count() >= 3 {
        either.push(prefix(fields.sku, &code, 4.0));
    }
    let mut all = words(&mut plain(), text.as_str());
    all.truncate(MAX_WORDS);
    let mut stemmer = english();
    let stems: Vec<(String, Vec<String>)> =
        all.into_iter().map(|word| (word.clone(), words(&mut stemmer, &word))).collect();
    // A word that says nothing (`the`) need not be found, unless there are only such words.
    let telling = stems.iter().any(|(_, stems)| !stems.is_empty());
    let last = stems.len().saturating_sub(1);
    let must: Vec<(Occur, Clause)> = stems
        .iter()
        .enumerate()
        .filter(|(_, (_, stems))| !telling || !stems.is_empty())
        .map(|(at, (word, stems))| (Occur::Must, somewhere(fields, word, stems, at == last)))
        .collect();
    if !must.is_empty() {
        either.push(Box::new(BooleanQuery::new(must)));
    }
    Box::new(BooleanQuery::union(either))
}

fn somewhere(fields: &Fields, word: &str, stems: &[String], last: bool) -> Clause {
    let mut either = vec![
        exact(fields.title, word, 8.0),
        exact(fields.vendor, word, 4.0),
        exact(fields.tags, word, 3.0),
        exact(fields.categories, word, 3.0),
        exact(fields.variants, word, 2.0),
    ];
    for stem in stems {
        either.push(exact(fields.title_stem, stem, 5.0));
        either.push(exact(fields.description, stem, 1.0));
    }
    // The last word may not be finished.
    if last && word.chars().count() >= 2 {
        either.push(prefix(fields.title, word, 1.0));
        either.push(prefix(fields.vendor, word, 0.5));
    }
    let typos = typos(word);
    if typos > 0 {
        for (field, boost) in [(fields.title, 0.4), (fields.vendor, 0.2), (fields.tags, 0.1), (fields.categories, 0.1)]
        {
            either.push(fuzzy(field, word, typos, boost));
        }
    }
    Box::new(BooleanQuery::union(either))
}
