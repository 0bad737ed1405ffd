//! One trace from a request over the events it causes to their effects: spans, their W3C context, and their export over
//! OTLP (HTTP, protobuf).
//!
//! A span is made with the target [`TARGET`] and says its service in the field `service.name`. Without [`Export`] such a span
//! costs a look at a flag. Statements are not instrumented one by one: what sqlx tells of them becomes spans.

mod context;
mod export;
mod sender;
mod statements;

pub use context::{follow, link_to_current, rename, trace_id, traceparent};
pub use export::{Export, ExportError};

/// The target of spans that are exported. Others, which libraries make, are not.
pub const TARGET: &str = "otel";
