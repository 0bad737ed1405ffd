//! What ends the process.

use chassis::StartError;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// A token that Ctrl-C and SIGTERM cancel, from the first moment on.
pub(crate) fn stop_on_signal() -> Result<CancellationToken, StartError> {
    let refused = |error: std::io::Error| StartError::new(format!("cannot listen for signals: {error}"), "report this");
    let mut interrupt = signal(SignalKind::interrupt()).map_err(refused)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(refused)?;
    let stop = CancellationToken::new();
    let cancelled = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        cancelled.cancel();
    });
    Ok(stop)
}
