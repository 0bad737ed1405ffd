use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::super::words::{UNFINISHED_TYPO, Word, required};
use super::fields::Fields;
use crate::domain::typos;

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

/// A query for the text, of whose characters none has a meaning: every word must be found somewhere, and where it is found decides
/// how much it counts. What is written like a SKU is found by that as well.
pub(super) fn query(fields: &Fields, text: &str, asked: &[Word]) -> Clause {
    if text.is_empty() {
        return Box::new(AllQuery);
    }
    let code = text.to_lowercase();
    let mut either = vec![exact(fields.sku, &code, 20.0)];
    if code.chars().count() >= 3 {
        either.push(prefix(fields.sku, &code, 4.0));
    }
    let must: Vec<(Occur, Clause)> = required(asked).map(|word| (Occur::Must, somewhere(fields, word))).collect();
    if !must.is_empty() {
        either.push(Box::new(BooleanQuery::new(must)));
    }
    Box::new(BooleanQuery::union(either))
}

fn somewhere(fields: &Fields, asked: &Word) -> Clause {
    let word = asked.plain.as_str();
    let mut either = vec![
        exact(fields.title, word, 8.0),
        exact(fields.vendor, word, 4.0),
        exact(fields.tags, word, 3.0),
        exact(fields.categories, word, 3.0),
        exact(fields.variants, word, 2.0),
    ];
    for stem in &asked.stems {
        either.push(exact(fields.title_stem, stem, 5.0));
        either.push(exact(fields.description, stem, 1.0));
    }
    // The last word may not be finished.
    if asked.may_go_on() {
        either.push(prefix(fields.title, word, 1.0));
        either.push(prefix(fields.vendor, word, 0.5));
        if word.chars().count() >= UNFINISHED_TYPO {
            let begins = FuzzyTermQuery::new_prefix(Term::from_field_text(fields.title, word), 1, true);
            either.push(Box::new(BoostQuery::new(Box::new(begins), 0.2)));
        }
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
