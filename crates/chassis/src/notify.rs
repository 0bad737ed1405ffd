use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::time::sleep;

/// The pause after a lost connection.
const RECONNECT: Duration = Duration::from_millis(500);

/// Calls back with the payload of every `pg_notify` on the channel, and with `None` whenever it has just begun to listen:
/// what was notified before that is not known, so the receiver has to look for itself. Never returns.
pub async fn listen(pool: &PgPool, channel: &str, mut heard: impl FnMut(Option<&str>) + Send) {
    loop {
        let failed = async {
            let mut listener = PgListener::connect_with(pool).await?;
            listener.listen(channel).await?;
            heard(None);
            // `try_recv` says when the connection was lost, where `recv` would hide it.
            while let Some(notification) = listener.try_recv().await? {
                heard(Some(notification.payload()));
            }
            Ok::<(), sqlx::Error>(())
        };
        if let Err(error) = failed.await {
            tracing::debug!(channel, %error, "not listening");
            sleep(RECONNECT).await;
        }
    }
}
