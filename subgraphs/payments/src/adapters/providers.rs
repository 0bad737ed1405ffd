use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chassis::StartError;
use kernel::Clock;
use sqlx::PgPool;
use time::OffsetDateTime;
use tokio::time::timeout;

use super::breaker::Breaker;
use super::{Provider, Sandbox, SandboxOptions, Stripe, StripeOptions, Unavailable};

/// How long a provider may take for a call.
const DEADLINE: Duration = Duration::from_secs(10);

/// The providers there are, by name.
#[derive(Debug, Clone, Default)]
pub struct Providers {
    lines: BTreeMap<&'static str, Line>,
}

/// The way to a provider: with a deadline, and not while it is known to be away.
#[derive(Debug, Clone)]
pub struct Line {
    provider: Arc<dyn Provider>,
    breaker: Arc<Breaker>,
    deadline: Duration,
}

impl Providers {
    /// Adds a provider; one of the same name is replaced.
    #[must_use]
    pub fn with(self, provider: Arc<dyn Provider>) -> Self {
        self.with_deadline(provider, DEADLINE)
    }

    /// Adds a provider that must answer faster, or may be slower, than others.
    #[must_use]
    pub fn with_deadline(mut self, provider: Arc<dyn Provider>, deadline: Duration) -> Self {
        self.lines.insert(provider.name(), Line { provider, breaker: Arc::default(), deadline });
        self
    }

    /// The sandbox alone, for development and tests. It keeps its books in the service's schema.
    pub fn sandbox(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        Self::default().with(Arc::new(Sandbox::new(pool, clock, SandboxOptions::default())))
    }

    /// The providers that the environment configures: Stripe by `STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRET` and, where it is not
    /// the usual one, `STRIPE_API_BASE`; and the sandbox, unless `APP_ENV` is `production`.
    ///
    /// # Errors
    /// Names the variable that is missing.
    pub fn from_env(pool: &PgPool, clock: &Arc<dyn Clock>) -> Result<Self, StartError> {
        Self::from_settings(pool, clock, |name| std::env::var(name).ok())
    }

    /// As [`Self::from_env`], with the variables from elsewhere.
    ///
    /// # Errors
    /// Names the variable that is missing.
    pub fn from_settings(
        pool: &PgPool,
        clock: &Arc<dyn Clock>,
        setting: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, StartError> {
        let get = |name: &str| setting(name).filter(|value| !value.is_empty());
        let production = get("APP_ENV").is_some_and(|env| env == "production");
        let shop_url = get("SHOP_URL");
        let mut providers = Self::default();
        if !production {
            let options = SandboxOptions { shop_url: shop_url.clone(), ..SandboxOptions::default() };
            providers = providers.with(Arc::new(Sandbox::new(pool.clone(), clock.clone(), options)));
        }
        match (get("STRIPE_SECRET_KEY"), get("STRIPE_WEBHOOK_SECRET")) {
            (Some(key), Some(webhook_secret)) => {
                let mut options = StripeOptions::new(key, webhook_secret);
                options.api_base = get("STRIPE_API_BASE").unwrap_or(options.api_base);
                options.shop_url = shop_url.unwrap_or(options.shop_url);
                providers = providers.with(Arc::new(Stripe::new(options)?));
            }
            (None, None) if production => {
                return Err(StartError::new(
                    "no payment provider is configured, and the sandbox takes no real money",
                    "set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, or unset APP_ENV",
                ));
            }
            (None, None) => {}
            (Some(_), None) => return Err(missing("STRIPE_WEBHOOK_SECRET")),
            (None, Some(_)) => return Err(missing("STRIPE_SECRET_KEY")),
        }
        Ok(providers)
    }

    /// The provider by its name.
    pub fn line(&self, name: &str) -> Option<&Line> {
        self.lines.get(name)
    }

    /// All of them, by name.
    pub fn all(&self) -> impl Iterator<Item = &Line> {
        self.lines.values()
    }
}

fn missing(name: &str) -> StartError {
    StartError::new(format!("{name} is not set, and Stripe needs it"), format!("set {name}, or no STRIPE_ variable"))
}

impl Line {
    /// Who is at the other end.
    pub fn provider(&self) -> &dyn Provider {
        &*self.provider
    }

    /// Whether it has answered lately.
    pub fn is_up(&self) -> bool {
        self.breaker.is_up()
    }

    pub(crate) fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Makes the call, which has not begun yet: not while the provider is known to be away, and no longer than the deadline.
    pub(crate) async fn through<T>(
        &self,
        now: OffsetDateTime,
        call: impl Future<Output = Result<T, Unavailable>> + Send,
    ) -> Result<T, Unavailable> {
        if !self.breaker.allows(now) {
            return Err(Unavailable::Away("it was away the last times; not tried".into()));
        }
        let answer = timeout(self.deadline, call)
            .await
            .unwrap_or_else(|_| Err(Unavailable::Away(format!("no answer within {:?}", self.deadline))));
        match &answer {
            Ok(_) => self.breaker.answered(),
            Err(error) => {
                tracing::warn!(provider = self.provider.name(), %error, "call failed");
                match error {
                    Unavailable::Away(_) => self.breaker.failed(now),
                    Unavailable::Undecided(_) => self.breaker.answered(),
                }
            }
        }
        answer
    }
}
