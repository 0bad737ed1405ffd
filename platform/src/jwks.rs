//! The keys that access tokens are signed with, fetched from auth (RFC 7517), for a process without auth in it.

use std::sync::Arc;
use std::time::Duration;

use gql::TokenVerifier;
use jsonwebtoken::jwk::JwkSet;
use resilience::outgoing::{Outgoing, Retry, Settings};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// How often the keys are asked for; much shorter than a key is published before it signs.
const EVERY: Duration = Duration::from_secs(60);
/// How often while none is known yet.
const EAGER: Duration = Duration::from_millis(500);
/// Auth is never left alone for longer than it takes until it is asked again.
const SETTINGS: Settings = Settings { deadline: Duration::from_secs(3), failures: 5, open_for: EAGER, probes: 1 };
/// A read, so it may happen twice.
const RETRY: Retry = Retry {
    attempts: 3,
    first: Duration::from_millis(200),
    longest: Duration::from_secs(1),
    within: Duration::from_secs(8),
};

/// Keeps the verifier's keys fresh until told to stop. Until the first answer every token is refused.
pub(crate) async fn follow(url: String, verifier: Arc<TokenVerifier>, stop: CancellationToken) {
    let client = match reqwest::Client::builder().build() {
        Ok(client) => client,
        Err(error) => return tracing::error!(%error, "no HTTP client: no token can be verified"),
    };
    let outgoing = Outgoing::new("auth-keys", SETTINGS);
    let mut known = false;
    while !stop.is_cancelled() {
        let ask = || async { client.get(&url).send().await?.error_for_status()?.json::<JwkSet>().await };
        let asked = outgoing.run_idempotent(&RETRY, ask);
        let Some(told) = stop.run_until_cancelled(asked).await else { return };
        match told {
            Ok(keys) => {
                verifier.trust(keys);
                known = true;
            }
            Err(error) if known => tracing::warn!(%error, "the signing keys cannot be fetched; the known ones hold"),
            Err(error) => tracing::info!(%error, "auth has not told its signing keys yet"),
        }
        let pause = if known { EVERY } else { EAGER };
        tokio::select! { () = stop.cancelled() => {} () = sleep(pause) => {} }
    }
}
