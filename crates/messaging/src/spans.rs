//! Spans of events that belong to a trace: where they leave, and where they have their effect. An event that no request caused
//! has none.

use events::Envelope;
use tracing::field::Empty;
use tracing::{Level, Span, info_span, span_enabled};

/// A span for each event that leaves the service, to be ended with [`published`]. Consumers continue from it.
pub(crate) fn publishing(service: &'static str, batch: &mut [Envelope]) -> Vec<Span> {
    // One look at a flag for the whole batch, when nothing is traced.
    if !span_enabled!(target: trace::TARGET, Level::INFO) {
        return Vec::new();
    }
    let traced = batch.iter_mut().filter(|envelope| envelope.traceparent.is_some());
    traced
        .map(|envelope| {
            let span = info_span!(
                target: trace::TARGET, parent: None, "publish", service.name = service, otel.kind = "producer",
                otel.name = format_args!("publish {}", envelope.kind), messaging.message.id = %envelope.id,
            );
            trace::follow(&span, envelope.traceparent.as_deref());
            if let Some(here) = span.in_scope(trace::traceparent) {
                envelope.traceparent = Some(here);
            }
            span
        })
        .collect()
}

/// Ends the spans: one ends where it was left for the last time.
pub(crate) fn published(leaving: Vec<Span>) {
    for span in leaving {
        span.in_scope(|| ());
    }
}

/// A span for what a consumer applies at once. It belongs to the first trace in it; the events' own spans name it.
pub(crate) fn receiving(consumer: &'static str, batch: &[&Envelope]) -> Span {
    let Some(first) = batch.iter().find_map(|envelope| envelope.traceparent.as_deref()) else { return Span::none() };
    let span = info_span!(
        target: trace::TARGET, parent: None, "receive", service.name = consumer, otel.kind = "consumer",
        messaging.batch.message_count = batch.len(),
    );
    trace::follow(&span, Some(first));
    span
}

/// A span for the effect of one event, which continues the event's trace. Made within [`receiving`]'s.
pub(crate) fn handling(consumer: &'static str, envelope: &Envelope) -> Span {
    if envelope.traceparent.is_none() {
        return Span::none();
    }
    let span = info_span!(
        target: trace::TARGET, "handle", service.name = consumer, otel.kind = "consumer", otel.status_code = Empty,
        otel.name = format_args!("handle {}", envelope.kind), messaging.message.id = %envelope.id,
    );
    trace::follow(&span, envelope.traceparent.as_deref());
    trace::link_to_current(&span);
    span
}
