use std::io::{IsTerminal, stderr};

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use crate::StartError;

/// `techcorp` also holds the requests (`techcorp::request`).
const LEVEL: &str = "warn,techcorp=info,messaging=info";

/// What was set up.
#[derive(Debug)]
pub struct Telemetry {
    export: Option<trace::Export>,
}

impl Telemetry {
    /// Sends spans that were not sent yet. To be called when all work has ended.
    pub async fn finish(self) {
        if let Some(export) = self.export {
            export.finish().await;
        }
    }
}

/// Sends logs to standard error: JSON when `LOG_FORMAT=json`, otherwise for people. `LOG_LEVEL` takes tracing's filter
/// syntax; the default is warnings, requests, and what the program and its relays say of themselves. With
/// `OTEL_EXPORTER_OTLP_ENDPOINT` traces are sent there. Does nothing when logging is set up already.
///
/// # Errors
/// When the address for traces is none.
pub fn init() -> Result<Telemetry, StartError> {
    let export = trace::Export::from_env().map_err(|error| {
        StartError::new(
            error.to_string(),
            "name a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318, or unset it",
        )
    })?;
    let filter = std::env::var("LOG_LEVEL").ok().and_then(|level| EnvFilter::try_new(level).ok());
    let filter = filter.unwrap_or_else(|| EnvFilter::new(LEVEL));
    let logs = fmt::layer().with_ansi(stderr().is_terminal()).with_writer(stderr);
    let logs = if std::env::var("LOG_FORMAT").is_ok_and(|format| format == "json") {
        logs.json().boxed()
    } else {
        logs.with_target(false).boxed()
    };
    // A second initialisation (several services in one process) is not an error. Without traces the filter holds for all, so
    // that spans are never made.
    let _already_set = match &export {
        None => registry().with(logs).with(filter).try_init(),
        Some(export) => registry().with(logs.with_filter(filter)).with(export.layer()).try_init(),
    };
    Ok(Telemetry { export })
}
