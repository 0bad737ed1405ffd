use std::sync::Arc;

use async_graphql::Request;
use async_graphql::parser::types::ExecutableDocument;
use moka::sync::Cache;

/// How much text of documents is remembered, in bytes; what was read takes some ten times as much. A gateway asks with as many
/// documents as its clients have operations.
const MOST: u64 = 1 << 20;
/// The longest that is remembered, in bytes.
const LONGEST: usize = 16 << 10;

/// Documents that were read before. Reading one takes several times as long as copying what was read.
#[derive(Clone)]
pub(crate) struct Documents(Cache<String, Arc<ExecutableDocument>>);

impl Default for Documents {
    fn default() -> Self {
        let weight = |text: &String, _: &Arc<ExecutableDocument>| u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(MOST).weigher(weight).build())
    }
}

impl Documents {
    /// Reads the request's document, unless it is known already.
    pub(crate) fn read(&self, request: &mut Request) {
        if let Some(known) = self.0.get(request.query.as_str()) {
            request.set_parsed_query(ExecutableDocument::clone(&known));
            return;
        }
        let text = (request.query.len() <= LONGEST).then(|| request.query.clone());
        if let (Ok(document), Some(text)) = (request.parsed_query(), text) {
            self.0.insert(text, Arc::new(document.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_once_and_one_that_cannot_be_read_never() {
        let documents = Documents::default();
        for text in ["{ a }", "{ a }", "{ b }", "no document {", &format!("{{ {} }}", "a ".repeat(LONGEST))] {
            let mut request = Request::new(text);
            documents.read(&mut request);
            let fresh = async_graphql::parser::parse_query(text).map(|document| format!("{document:?}"));
            let read = request.parsed_query().map(|document| format!("{document:?}"));
            assert_eq!(read.ok(), fresh.ok(), "{text}");
        }
        documents.0.run_pending_tasks();
        assert_eq!(documents.0.entry_count(), 2);
    }
}
