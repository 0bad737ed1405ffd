use std::time::Duration;

use chassis::StartError;
use reqwest::{Client, RequestBuilder, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::super::{Call, Unavailable};

/// The version of the API that the answers are read as.
const VERSION: &str = "2024-06-20";

/// Stripe's HTTP interface.
#[derive(Debug)]
pub(super) struct Api {
    client: Client,
    key: SecretString,
    base: Url,
}

/// What Stripe answered for certain.
pub(super) enum Reply<T> {
    Done(T),
    Refused(Refusal),
}

/// Stripe's error object.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Refusal {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) code: Option<String>,
    pub(super) decline_code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) param: Option<String>,
}

impl Refusal {
    pub(super) fn is_unexpected_state(&self) -> bool {
        self.code.as_deref().is_some_and(|code| {
            matches!(code, "payment_intent_unexpected_state" | "charge_already_captured" | "resource_missing")
        })
    }

    /// A refusal where there should be none: somebody has to look, and meanwhile it is tried again.
    pub(super) fn puzzling(self) -> Unavailable {
        let code = self.code.unwrap_or(self.kind);
        tracing::error!(code, "Stripe refuses what it should not");
        Unavailable::Undecided(format!("refused: {code}"))
    }
}

impl Api {
    pub(super) fn new(key: SecretString, base: &str) -> Result<Self, StartError> {
        let base = Url::parse(base).ok().filter(|url| url.has_host()).ok_or_else(|| {
            StartError::new("STRIPE_API_BASE is no address", "use https://api.stripe.com, or leave it out")
        })?;
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| StartError::new(format!("no HTTP client for Stripe: {error}"), "report this"))?;
        Ok(Self { client, key, base })
    }

    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &[(&str, &str)],
        call: &Call,
    ) -> Result<Reply<T>, Unavailable> {
        // A URL's query has the same encoding as a form.
        let mut encoded = self.base.clone();
        encoded.query_pairs_mut().clear().extend_pairs(form);
        let request = self
            .client
            .post(self.at(path)?)
            .header("Idempotency-Key", &call.key)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(encoded.query().unwrap_or_default().to_owned());
        self.send(request, call.deadline).await
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
        deadline: Duration,
    ) -> Result<Reply<T>, Unavailable> {
        let mut url = self.at(path)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.send(self.client.get(url), deadline).await
    }

    fn at(&self, path: &str) -> Result<Url, Unavailable> {
        self.base.join(path).map_err(|error| Unavailable::Away(error.to_string()))
    }

    async fn send<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        deadline: Duration,
    ) -> Result<Reply<T>, Unavailable> {
        #[derive(Deserialize)]
        struct Failed {
            error: Refusal,
        }
        // Without the address: it may contain what belongs in no log.
        let away = |error: reqwest::Error| Unavailable::Away(error.without_url().to_string());
        let request = request.bearer_auth(self.key.expose_secret()).header("Stripe-Version", VERSION).timeout(deadline);
        let response = request.send().await.map_err(away)?;
        let status = response.status();
        let body = response.bytes().await.map_err(away)?;
        if status.is_success() {
            let read = serde_json::from_slice(&body);
            return read
                .map(Reply::Done)
                .map_err(|error| Unavailable::Away(format!("an answer that is not understood: {error}")));
        }
        let refusal = serde_json::from_slice::<Failed>(&body).map(|failed| failed.error).unwrap_or_default();
        match status {
            StatusCode::BAD_REQUEST | StatusCode::PAYMENT_REQUIRED | StatusCode::NOT_FOUND
                if !refusal.kind.is_empty() && refusal.kind != "idempotency_error" && refusal.kind != "api_error" =>
            {
                Ok(Reply::Refused(refusal))
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                tracing::error!(%status, "Stripe does not accept the secret key: check STRIPE_SECRET_KEY");
                Err(Unavailable::Away("the secret key is not accepted".into()))
            }
            // 409, 429 and 5xx pass; anything else is not understood.
            status => Err(Unavailable::Away(format!("answered {status}"))),
        }
    }
}
