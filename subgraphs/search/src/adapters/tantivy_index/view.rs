use std::sync::Arc;

use kernel::Fault;
use tantivy::collector::TopDocs;
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::fields::Fields;
use super::query::query;
use crate::domain::{Facts, Filter, Listing, Place, Sort, Text, list};

/// The index as it was at a commit, with the facts of its products in memory: thousands of products are a few megabytes,
/// and a search then reads postings only.
pub(super) struct View {
    searcher: Searcher,
    facts: Vec<Vec<Option<Arc<Facts>>>>,
    pub(super) generation: String,
}

impl View {
    pub(super) fn read(searcher: Searcher, fields: &Fields, generation: String) -> Result<Self, Fault> {
        let mut facts = Vec::new();
        for (ord, segment) in (0_u32..).zip(searcher.segment_readers()) {
            let mut of_segment = vec![None; usize::try_from(segment.max_doc())?];
            for doc in segment.doc_ids_alive() {
                let document: TantivyDocument = searcher.doc(DocAddress::new(ord, doc))?;
                let bytes = document.get_first(fields.facts).and_then(|value| value.as_bytes());
                let read = serde_json::from_slice(bytes.unwrap_or_default())?;
                if let Some(place) = of_segment.get_mut(usize::try_from(doc)?) {
                    *place = Some(Arc::new(read));
                }
            }
            facts.push(of_segment);
        }
        Ok(Self { searcher, facts, generation })
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Facts> {
        self.facts.iter().flatten().flatten().map(|facts| &**facts)
    }

    fn facts_of(&self, at: DocAddress) -> Option<&Facts> {
        let segment = self.facts.get(usize::try_from(at.segment_ord).ok()?)?;
        segment.get(usize::try_from(at.doc_id).ok()?)?.as_deref()
    }

    pub(super) fn search(
        &self,
        fields: &Fields,
        text: &Text,
        filter: &Filter,
        sort: Sort,
        after: Option<&Place>,
        first: usize,
    ) -> Result<Listing, Fault> {
        let all = usize::try_from(self.searcher.num_docs())?.max(1);
        let found = self.searcher.search(&query(fields, text), &TopDocs::with_limit(all).order_by_score())?;
        let matched: Vec<(f32, &Facts)> =
            found.into_iter().filter_map(|(score, at)| Some((score, self.facts_of(at)?))).collect();
        Ok(list(&matched, filter, sort, after, first))
    }
}
