//! Statements as spans, made of what sqlx tells when one has ended: its text, never its parameters.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use opentelemetry::trace::{Span as _, SpanBuilder, SpanKind, TraceContextExt, Tracer};
use opentelemetry::{Context as Otel, KeyValue};
use opentelemetry_sdk::trace::SdkTracer;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::sender::SERVICE;

/// The target of sqlx's events.
pub(crate) const SQL: &str = "sqlx::query";

/// Makes a span of each statement that runs within a span of ours. What runs outside, such as polling, makes none.
pub(crate) struct Statements {
    pub(crate) tracer: SdkTracer,
}

/// The service of a span, remembered with the span for its statements.
#[derive(Clone)]
struct Service(Arc<str>);

#[derive(Default)]
struct Found(Option<Service>);

impl Visit for Found {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == SERVICE {
            self.0 = Some(Service(value.into()));
        }
    }
    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// What sqlx tells of a statement.
#[derive(Default)]
struct Statement {
    /// Its first words.
    summary: String,
    /// Its text, when that is longer.
    text: String,
    took: Duration,
    returned: i64,
    affected: i64,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => self.summary = value.trim_end_matches(" …").to_owned(),
            "db.statement" => self.text = value.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => {}
        }
    }
    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "elapsed_secs" {
            self.took = Duration::try_from_secs_f64(value).unwrap_or_default();
        }
    }
    fn record_u64(&mut self, field: &Field, value: u64) {
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        match field.name() {
            "rows_returned" => self.returned = value,
            "rows_affected" => self.affected = value,
            _ => {}
        }
    }
    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Statements {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, ctx: Context<'_, S>) {
        let mut found = Found::default();
        attributes.record(&mut found);
        if let (Some(service), Some(span)) = (found.0, ctx.span(id)) {
            span.extensions_mut().insert(service);
        }
    }

    fn on_event(&self, event: &Event<'_>, ctx: Context<'_, S>) {
        let parent = Otel::current();
        if event.metadata().target() != SQL || !parent.span().span_context().is_sampled() {
            return;
        }
        let service = ctx.event_scope(event).and_then(|mut scope| {
            scope.find_map(|span| span.extensions().get::<Service>().map(|Service(name)| name.clone()))
        });
        let mut statement = Statement::default();
        event.record(&mut statement);
        let text = if statement.text.is_empty() { statement.summary.clone() } else { statement.text };
        let mut attributes = vec![
            KeyValue::new("db.system.name", "postgresql"),
            KeyValue::new("db.query.text", text),
            KeyValue::new("db.response.returned_rows", statement.returned),
            KeyValue::new("db.response.affected_rows", statement.affected),
        ];
        attributes.extend(service.map(|name| KeyValue::new(SERVICE, name)));
        let ended = now();
        let span = SpanBuilder::from_name(statement.summary)
            .with_kind(SpanKind::Client)
            .with_start_time(ended.checked_sub(statement.took).unwrap_or(ended))
            .with_attributes(attributes);
        self.tracer.build_with_context(span, &parent).end_with_timestamp(ended);
    }
}

#[expect(clippy::disallowed_methods, reason = "a span is measured in the world's time and decides nothing")]
fn now() -> SystemTime {
    SystemTime::now()
}
