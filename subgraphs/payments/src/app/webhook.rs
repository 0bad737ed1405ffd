use axum::http::HeaderMap;
use kernel::{Failure, Fault};

use super::App;
use crate::adapters::WebhookError;
use crate::domain::Step;
use crate::store::{payment as payments, webhook, work};

/// What became of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It had its effect, now or before, or is about nothing of ours.
    Done,
    /// There is no such provider.
    Unknown,
}

impl App {
    /// Takes in what a provider tells, once, after its signature on the raw body was verified.
    ///
    /// # Errors
    /// [`WebhookError`] when it is not believed: then nothing changes. The database's.
    pub async fn receive(
        &self,
        provider: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Received, Failure<WebhookError>> {
        let Some(line) = self.providers.line(provider) else { return Ok(Received::Unknown) };
        let now = self.clock.now();
        let told = match line.provider().verify_webhook(body, headers, now).await {
            Ok(told) => told,
            Err(WebhookError::Unavailable(why)) => return Err(Fault::unavailable(why).into()),
            Err(error) => return Err(Failure::problem(error)),
        };
        let Some((id, answer)) = told.news else { return Ok(Received::Done) };
        let mut tx = self.pool.begin().await?;
        if !webhook::record(&mut tx, provider, &told.event_id, now).await? {
            return Ok(Received::Done);
        }
        let found = payments::lock(&mut tx, id).await?;
        if let Some(mut payment) = found.filter(|payment| payment.provider == provider) {
            let notices = payment.apply(Step::Ask, answer, now);
            self.settle(&mut tx, &mut payment, notices, None).await?;
            work::wake(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(Received::Done)
    }
}
