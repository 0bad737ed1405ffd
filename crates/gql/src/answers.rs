use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use kernel::Actor;
use metrics::counter;
use moka::future::Cache;

use crate::Operation;

/// Answers to queries that are the same for many askers, kept in this process until what they tell of changes.
///
/// Who changes it says so with [`Self::outdated`] after the commit, here and in every other process. An answer that was being made
/// meanwhile is kept for nobody. Equal questions of the same moment are answered once. What was not heard of is seen when the
/// lifetime is over.
#[derive(Clone)]
pub struct Answers {
    kept: Cache<Question, Arc<Kept>>,
    generation: Arc<AtomicU64>,
    are_for: fn(&Actor) -> bool,
}

/// A request, to the last byte, and how often what it asks for had changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    generation: u64,
    pub(crate) body: Bytes,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) body: Bytes,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) asked: Operation,
}

impl Answers {
    /// Keeps so many bytes at most, each answer for the lifetime at most, and only for those who are all answered alike.
    pub fn new(max_bytes: u64, lifetime: Duration, are_for: fn(&Actor) -> bool) -> Self {
        let weight = |question: &Question, kept: &Arc<Kept>| {
            u32::try_from(question.body.len().saturating_add(kept.body.len())).unwrap_or(u32::MAX)
        };
        let kept = Cache::builder().max_capacity(max_bytes).weigher(weight).time_to_live(lifetime).build();
        Self { kept, generation: Arc::default(), are_for }
    }

    /// What was answered so far does not hold any more.
    pub fn outdated(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn are_for(&self, actor: &Actor) -> bool {
        (self.are_for)(actor)
    }

    pub(crate) fn question(&self, body: Bytes) -> Question {
        Question { generation: self.generation.load(Ordering::SeqCst), body }
    }

    /// The answer, if it was given before.
    pub(crate) async fn known(&self, question: &Question) -> Option<Arc<Kept>> {
        let kept = self.kept.get(question).await;
        let outcome = if kept.is_some() { "hit" } else { "miss" };
        counter!("cache_requests_total", "cache" => "answers", "outcome" => outcome).increment(1);
        kept
    }

    /// Makes the answer, or waits for who makes it already. One with errors is forgotten.
    pub(crate) async fn make(&self, question: &Question, answer: impl Future<Output = Kept>) -> Arc<Kept> {
        let made = self.kept.get_with_by_ref(question, async { Arc::new(answer.await) }).await;
        if made.asked.errors > 0 {
            self.kept.invalidate(question).await;
        }
        made
    }
}

impl Kept {
    pub(crate) fn response(&self) -> Response {
        let mut response = self.body.clone().into_response();
        if let Some(content_type) = &self.content_type {
            response.headers_mut().insert(CONTENT_TYPE, content_type.clone());
        }
        response.extensions_mut().insert(self.asked.clone());
        response
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers").field("kept", &self.kept.entry_count()).finish_non_exhaustive()
    }
}
