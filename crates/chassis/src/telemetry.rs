use std::io::stderr;

use tracing_subscriber::EnvFilter;

const LEVEL: &str = "warn,techcorp=info,messaging=info";

/// Sends logs to standard error: JSON when `LOG_FORMAT=json`, otherwise for people. `LOG_LEVEL` takes tracing's filter
/// syntax; the default is warnings, and what the program and its relays say of themselves. Does nothing when logging is set up already.
pub fn init() {
    let filter = std::env::var("LOG_LEVEL").ok().and_then(|level| EnvFilter::try_new(level).ok());
    let filter = filter.unwrap_or_else(|| EnvFilter::new(LEVEL));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    // A second initialisation (several services in one process) is not an error.
    let _already_set = if std::env::var("LOG_FORMAT").is_ok_and(|format| format == "json") {
        builder.json().try_init()
    } else {
        builder.with_target(false).try_init()
    };
}
