use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// Counts the SQL statements of this thread while it lives.
#[derive(Debug)]
pub struct Statements {
    count: Arc<AtomicUsize>,
    _guard: DefaultGuard,
    _other: Dispatch,
}

impl Statements {
    /// Starts to count what sqlx reports.
    pub fn watch() -> Self {
        let count = Arc::new(AtomicUsize::new(0));
        let subscriber = tracing_subscriber::registry().with(Counter(count.clone()));
        // With one subscriber alone, tracing remembers for all threads what the thread that came first wanted; with two it asks each time.
        let other = Dispatch::new(tracing::subscriber::NoSubscriber::default());
        Self { count, _guard: tracing::subscriber::set_default(subscriber), _other: other }
    }

    /// Statements since the start, or since the last call.
    pub fn take(&self) -> usize {
        self.count.swap(0, Ordering::Relaxed)
    }
}

struct Counter(Arc<AtomicUsize>);

impl<S: Subscriber> Layer<S> for Counter {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
