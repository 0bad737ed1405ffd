//! W3C Trace Context, version 00: `00-<trace id>-<span id>-<flags>`.

use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{SpanContext, TraceContextExt};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

const NAME: &str = "traceparent";

struct Header<'a>(&'a str);

impl Extractor for Header<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        (key == NAME).then_some(self.0)
    }
    fn keys(&self) -> Vec<&str> {
        vec![NAME]
    }
}

fn parsed(traceparent: &str) -> Context {
    TraceContextPropagator::new().extract_with_context(&Context::new(), &Header(traceparent))
}

fn written(context: &SpanContext) -> String {
    format!("00-{}-{}-{:02x}", context.trace_id(), context.span_id(), context.trace_flags().to_u8())
}

/// The context of the span we are in, for whoever continues its trace. None outside of a span, and when nothing is traced.
pub fn traceparent() -> Option<String> {
    let context = Context::current();
    let span = context.span();
    span.span_context().is_valid().then(|| written(span.span_context()))
}

/// Makes the span a child of the one in the header. To be called before the span is entered. Without a header, or with one
/// that cannot be read, it stays the child of the span we are in.
pub fn follow(span: &Span, traceparent: Option<&str>) {
    if span.is_disabled() {
        return;
    }
    let Some(parent) = traceparent.map(parsed).filter(|parent| parent.span().span_context().is_valid()) else { return };
    // Refused only where nothing is exported and the span is there for the log.
    let _no_exporter = span.set_parent(parent);
}

/// Lets the span name the one we are in, without being its child.
pub fn link_to_current(span: &Span) {
    if !span.is_disabled() {
        span.add_link(Context::current().span().span_context().clone());
    }
}

/// Gives the span another name, also while it runs.
pub fn rename(span: &Span, name: String) {
    span.context().span().update_name(name);
}

/// The trace's id in the header, 32 hexadecimal digits. None when it cannot be read.
pub fn trace_id(traceparent: &str) -> Option<String> {
    let context = parsed(traceparent);
    let span = context.span();
    span.span_context().is_valid().then(|| span.span_context().trace_id().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_header_is_read_and_written_alike() {
        assert_eq!(written(parsed(GOOD).span().span_context()), GOOD);
        assert_eq!(trace_id(GOOD).as_deref(), Some("0af7651916cd43dd8448eb211c80319c"));
    }

    #[test]
    fn what_is_no_header_has_no_trace() {
        for bad in ["", "00", "00-0-0-01", "00-00000000000000000000000000000000-b7ad6b7169203331-01", "secret"] {
            assert_eq!(trace_id(bad), None, "{bad}");
        }
    }

    #[test]
    fn outside_of_a_span_there_is_nothing_to_continue() {
        assert_eq!(traceparent(), None);
    }
}
