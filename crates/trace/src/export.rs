use std::time::Duration;

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::ExporterBuildError;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

use crate::TARGET;
use crate::sender::Sender;
use crate::statements::{SQL, Statements};

const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
/// How long the end of a process waits for its last spans to be taken.
const LAST_SPANS: Duration = Duration::from_secs(5);

/// Why nothing can be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The address is none, or another variable of OTLP cannot be used.
    #[error("{ENDPOINT}: {0}")]
    Endpoint(#[from] ExporterBuildError),
    /// There is no client.
    #[error("no HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

/// Sends spans to the collector of `OTEL_EXPORTER_OTLP_ENDPOINT`, to which `/v1/traces` is added. The other variables of
/// OpenTelemetry hold, above all `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`: by default the caller decides whether a
/// trace is kept, and what has no caller is kept.
#[derive(Debug)]
pub struct Export {
    provider: SdkTracerProvider,
}

impl Export {
    /// None without the variable. To be called on a runtime, which must outlive [`Self::finish`].
    ///
    /// # Errors
    /// When the variable is no address.
    pub fn from_env() -> Result<Option<Self>, ExportError> {
        if std::env::var(ENDPOINT).is_ok_and(|endpoint| !endpoint.is_empty()) {
            let provider = SdkTracerProvider::builder().with_batch_exporter(Sender::new()?).build();
            return Ok(Some(Self { provider }));
        }
        Ok(None)
    }

    /// What is to be added to a subscriber.
    pub fn layer<S>(&self) -> Vec<Box<dyn Layer<S> + Send + Sync>>
    where
        S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        layers(&self.provider.tracer("techcorp"))
    }

    /// Sends what is left. What the collector does not take within five seconds is lost.
    pub async fn finish(self) {
        let finished = tokio::task::spawn_blocking(move || self.provider.shutdown_with_timeout(LAST_SPANS)).await;
        if !matches!(finished, Ok(Ok(()))) {
            tracing::warn!("the last spans may be lost");
        }
    }
}

/// Spans of ours, and the statements within them.
fn layers<S>(tracer: &SdkTracer) -> Vec<Box<dyn Layer<S> + Send + Sync>>
where
    S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
{
    let ours = Targets::new().with_target(TARGET, LevelFilter::INFO);
    let with_statements = ours.clone().with_target(SQL, LevelFilter::DEBUG);
    let spans = tracing_opentelemetry::layer()
        .with_tracer(tracer.clone())
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_tracked_inactivity(false)
        .with_filter(ours);
    vec![spans.boxed(), Statements { tracer: tracer.clone() }.with_filter(with_statements).boxed()]
}

#[cfg(test)]
mod tests {
    use opentelemetry_sdk::trace::InMemorySpanExporter;
    use tracing::{Level, event, info_span};
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;
    use crate::{follow, rename, traceparent};

    const CALLER: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// What is exported of the work.
    fn exported(work: impl FnOnce()) -> Vec<opentelemetry_sdk::trace::SpanData> {
        let memory = InMemorySpanExporter::default();
        let provider = SdkTracerProvider::builder().with_simple_exporter(memory.clone()).build();
        let subscriber = tracing_subscriber::registry().with(layers(&provider.tracer("test")));
        tracing::subscriber::with_default(subscriber, work);
        memory.get_finished_spans().expect("spans")
    }

    fn statement() {
        event!(
            target: "sqlx::query",
            Level::DEBUG,
            summary = "select a from b …",
            db.statement = "\n\nselect a from b\n  where c = $1\n",
            rows_affected = 0u64,
            rows_returned = 3u64,
            elapsed_secs = 0.25,
        );
    }

    #[test]
    fn a_span_continues_the_callers_trace_and_its_statements_are_its_children() {
        let mut told = None;
        let spans = exported(|| {
            let request = info_span!(target: TARGET, "request", service.name = "orders");
            follow(&request, Some(CALLER));
            request.in_scope(|| {
                told = traceparent();
                // Spans of libraries are not exported, and lie in between all the same.
                info_span!(target: "library", "noise").in_scope(statement);
            });
            rename(&request, "query order".to_owned());
        });
        let names: Vec<_> = spans.iter().map(|span| span.name.as_ref()).collect();
        assert_eq!(names, ["select a from b", "query order"]);
        let (sql, request) = (&spans[0], &spans[1]);
        assert_eq!(request.parent_span_id.to_string(), "b7ad6b7169203331");
        assert_eq!(sql.parent_span_id, request.span_context.span_id());
        for span in &spans {
            assert_eq!(span.span_context.trace_id().to_string(), "0af7651916cd43dd8448eb211c80319c");
            let service = span.attributes.iter().find(|attribute| attribute.key.as_str() == "service.name");
            assert_eq!(service.map(|service| service.value.to_string()).as_deref(), Some("orders"));
        }
        let text = sql.attributes.iter().find(|attribute| attribute.key.as_str() == "db.query.text");
        assert_eq!(text.map(|text| text.value.to_string()).as_deref(), Some("select a from b where c = $1"));
        assert_eq!(sql.end_time.duration_since(sql.start_time).ok(), Some(Duration::from_millis(250)));
        let request_id = request.span_context.span_id();
        assert_eq!(told, Some(format!("00-0af7651916cd43dd8448eb211c80319c-{request_id}-01")));
    }

    #[test]
    fn statements_outside_of_spans_and_within_unsampled_ones_are_not_exported() {
        let spans = exported(|| {
            statement();
            let request = info_span!(target: TARGET, "request", service.name = "orders");
            follow(&request, Some(&CALLER.replace("-01", "-00")));
            request.in_scope(|| {
                assert!(traceparent().is_some_and(|told| told.ends_with("-00")), "the decision is passed on");
                statement();
            });
        });
        assert!(spans.is_empty(), "{spans:?}");
    }
}
