use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use kernel::{Fault, ProductId};
use tantivy::collector::{Count, TopDocs};
use tantivy::index::SegmentId;
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyDocument, Term};

use super::super::highlight::Marker;
use super::super::synonyms::{Asked, Synonyms};
use super::super::words::{Word, fold, plain, words};
use super::fields::Fields;
use super::query::query;
use crate::app::ProductSearch;
use crate::domain::{FEW, Facts, Listing, Vocabulary, list, suggest};

/// What is known of the documents of a segment. Segments never change, so this is read once, whatever is deleted later.
struct Known {
    segment: SegmentId,
    facts: Vec<Option<Facts>>,
}

/// The index as it was at a commit, with the facts of its products in memory: thousands of products are a few megabytes,
/// and a search then reads postings only.
pub(super) struct View {
    searcher: Searcher,
    known: Vec<Arc<Known>>,
    pub(super) generation: String,
    vocabulary: OnceLock<Vocabulary>,
    /// Texts to suggest, each with its folded form.
    suggestions: OnceLock<Vec<(String, String)>>,
}

impl View {
    /// Reads what was not known before.
    pub(super) fn read(
        searcher: Searcher,
        fields: &Fields,
        generation: String,
        before: Option<&Self>,
    ) -> Result<Self, Fault> {
        let mut known = Vec::new();
        for (ord, segment) in (0_u32..).zip(searcher.segment_readers()) {
            let id = segment.segment_id();
            let same = before.into_iter().flat_map(|view| &view.known).find(|known| known.segment == id);
            known.push(match same {
                Some(same) => same.clone(),
                None => Arc::new(Known { segment: id, facts: facts(&searcher, ord, segment, fields)? }),
            });
        }
        Ok(Self { searcher, known, generation, vocabulary: OnceLock::new(), suggestions: OnceLock::new() })
    }

    fn all(&self) -> impl Iterator<Item = &Facts> {
        self.searcher.segment_readers().iter().zip(&self.known).flat_map(|(segment, known)| {
            let alive = segment.doc_ids_alive();
            alive.filter_map(|doc| known.facts.get(usize::try_from(doc).ok()?)?.as_ref())
        })
    }

    fn facts_of(&self, at: DocAddress) -> Option<&Facts> {
        let known = self.known.get(usize::try_from(at.segment_ord).ok()?)?;
        known.facts.get(usize::try_from(at.doc_id).ok()?)?.as_ref()
    }

    pub(super) fn search(
        &self,
        fields: &Fields,
        synonyms: &Synonyms,
        search: &ProductSearch,
    ) -> Result<Listing, Fault> {
        let ProductSearch { text, filter, sort, after, first } = search;
        let all = usize::try_from(self.searcher.num_docs())?.max(1);
        let asked = synonyms.asked(text.as_str());
        let query = query(fields, text.as_str(), &asked);
        let found = self.searcher.search(&query, &TopDocs::with_limit(all).order_by_score())?;
        let matched: Vec<(f32, &Facts)> =
            found.iter().filter_map(|(score, at)| Some((*score, self.facts_of(*at)?))).collect();
        let mut listing = list(&matched, filter, *sort, after.as_ref(), *first);
        if !asked.words.is_empty() {
            self.mark(fields, &asked, &found, &mut listing)?;
        }
        if found.len() < FEW && after.is_none() {
            listing.did_you_mean = self.did_you_mean(fields, synonyms, &asked, found.len())?;
        }
        Ok(listing)
    }

    /// Shows where the words are in the products of the page.
    fn mark(
        &self,
        fields: &Fields,
        asked: &Asked,
        found: &[(f32, DocAddress)],
        listing: &mut Listing,
    ) -> Result<(), Fault> {
        let on_page: HashMap<ProductId, usize> = listing.hits.iter().map(|hit| hit.place.id).zip(0..).collect();
        let mut marker = Marker::new(asked);
        for (_, at) in found {
            let Some(facts) = self.facts_of(*at) else { continue };
            let Some(hit) = on_page.get(&facts.id).and_then(|place| listing.hits.get_mut(*place)) else { continue };
            let document: TantivyDocument = self.searcher.doc(*at)?;
            let texts = |field| document.get_all(field).filter_map(|value| value.as_str()).collect::<Vec<_>>();
            let (variants, description) = (texts(fields.variants), texts(fields.description));
            hit.highlights = marker.mark(facts, &variants, &description);
        }
        Ok(())
    }

    /// The text with other words for those that nobody uses, if that finds something, and no less than the text itself.
    fn did_you_mean(
        &self,
        fields: &Fields,
        synonyms: &Synonyms,
        asked: &Asked,
        found: usize,
    ) -> Result<Option<String>, Fault> {
        let vocabulary = self.vocabulary.get_or_init(|| self.words().collect());
        let (mut meant, mut changed) = (Vec::new(), false);
        for (at, word) in asked.words.iter().enumerate() {
            let unfinished = word.last && vocabulary.has_beginning(&word.plain);
            if unfinished || !word.says_something() || asked.is_named(at) || self.is_used(fields, word)? {
                meant.push(word.plain.as_str());
                continue;
            }
            // Every word must be found, so one that cannot be guessed spoils the others.
            let Some(nearest) = vocabulary.nearest(&word.plain) else { return Ok(None) };
            meant.push(nearest);
            changed = true;
        }
        let meant = meant.join(" ");
        if !changed {
            return Ok(None);
        }
        let would_find = self.searcher.search(&query(fields, &meant, &synonyms.asked(&meant)), &Count)?;
        Ok((would_find > 0 && would_find >= found).then_some(meant))
    }

    fn is_used(&self, fields: &Fields, word: &Word) -> Result<bool, Fault> {
        let plain = [fields.title, fields.vendor, fields.tags, fields.categories, fields.variants];
        let stemmed = [fields.title_stem, fields.description];
        let stems = stemmed.iter().flat_map(|field| word.stems.iter().map(move |stem| (*field, stem)));
        for (field, word) in plain.map(|field| (field, &word.plain)).into_iter().chain(stems) {
            if self.searcher.doc_freq(&Term::from_field_text(field, word))? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The words that products are called by.
    fn words(&self) -> impl Iterator<Item = String> {
        let mut plain = plain();
        self.all().flat_map(move |facts| {
            let names = [&facts.title, &facts.vendor].into_iter().chain(&facts.tags).chain(&facts.categories);
            names.flat_map(|name| words(&mut plain, name)).collect::<Vec<_>>()
        })
    }

    pub(super) fn suggest(&self, prefix: &str, first: usize) -> Vec<String> {
        let all = self.suggestions.get_or_init(|| {
            let names = self.all().flat_map(|facts| [&facts.title, &facts.vendor].into_iter().chain(&facts.categories));
            let mut texts: Vec<(String, String)> = names.map(|name| (fold(name), name.clone())).collect();
            texts.sort_unstable();
            texts.dedup();
            texts
        });
        suggest(all.iter().map(|(folded, text)| (folded.as_str(), text.as_str())), &fold(prefix), first)
    }
}

fn facts(searcher: &Searcher, ord: u32, segment: &SegmentReader, fields: &Fields) -> Result<Vec<Option<Facts>>, Fault> {
    let mut facts = Vec::new();
    facts.resize_with(usize::try_from(segment.max_doc())?, || None);
    for doc in segment.doc_ids_alive() {
        let document: TantivyDocument = searcher.doc(DocAddress::new(ord, doc))?;
        let bytes = document.get_first(fields.facts).and_then(|value| value.as_bytes());
        let read = serde_json::from_slice(bytes.unwrap_or_default())?;
        if let Some(place) = facts.get_mut(usize::try_from(doc)?) {
            *place = Some(read);
        }
    }
    Ok(facts)
}
