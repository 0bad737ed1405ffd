use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::super::synonyms::{Asked, INSTEAD, Part};
use super::super::words::{UNFINISHED_TYPO, Word};
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
pub(super) fn query(fields: &Fields, text: &str, asked: &Asked) -> Clause {
    if text.is_empty() {
        return Box::new(AllQuery);
    }
    let code = text.to_lowercase();
    let mut either = vec![exact(fields.sku, &code, 20.0)];
    if code.chars().count() >= 3 {
        either.push(prefix(fields.sku, &code, 4.0));
    }
    let parts: Vec<Clause> = asked.parts().into_iter().filter_map(|part| found(fields, asked, part)).collect();
    either.extend(all(parts));
    Box::new(BooleanQuery::union(either))
}

/// All of the clauses; none when there are none.
fn all(clauses: Vec<Clause>) -> Option<Clause> {
    let must: Vec<(Occur, Clause)> = clauses.into_iter().map(|clause| (Occur::Must, clause)).collect();
    if must.is_empty() { None } else { Some(Box::new(BooleanQuery::new(must))) }
}

/// The part by its own words, or by what means the same.
fn found(fields: &Fields, asked: &Asked, part: Part<'_>) -> Option<Clause> {
    let own = part.words.iter().filter(|word| asked.requires(word)).map(|word| somewhere(fields, word)).collect();
    let mut either: Vec<Clause> = all(own).into_iter().collect();
    for phrase in part.instead {
        let words =
            phrase.iter().map(|word| -> Clause { Box::new(BooleanQuery::union(written(fields, word, INSTEAD))) });
        either.extend(all(words.collect()));
    }
    if either.is_empty() { None } else { Some(Box::new(BooleanQuery::union(either))) }
}

/// The word as it is written, or in another form.
fn written(fields: &Fields, asked: &Word, weight: f32) -> Vec<Clause> {
    let word = asked.plain.as_str();
    let mut either = vec![
        exact(fields.title, word, 8.0 * weight),
        exact(fields.vendor, word, 4.0 * weight),
        exact(fields.tags, word, 3.0 * weight),
        exact(fields.categories, word, 3.0 * weight),
        exact(fields.variants, word, 2.0 * weight),
    ];
    for stem in &asked.stems {
        either.push(exact(fields.title_stem, stem, 5.0 * weight));
        either.push(exact(fields.description, stem, weight));
    }
    either
}

fn somewhere(fields: &Fields, asked: &Word) -> Clause {
    let word = asked.plain.as_str();
    let mut either = written(fields, asked, 1.0);
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
