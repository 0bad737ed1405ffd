use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chassis::StartError;
use kernel::Clock;
use resilience::outgoing::{CallError, Outgoing, Settings, State};
use sqlx::PgPool;

use super::{Provider, Sandbox, SandboxOptions, Stripe, StripeOptions, Unavailable};

/// How patient calls to a provider are.
const PATIENCE: Settings =
    Settings { deadline: Duration::from_secs(10), failures: 5, open_for: Duration::from_secs(10), probes: 1 };

/// The providers there are, by name.
#[derive(Debug, Clone, Default)]
pub struct Providers {
    lines: BTreeMap<&'static str, Line>,
}

/// The way to a provider: with a deadline, and not while it is known to be away.
#[derive(Debug, Clone)]
pub struct Line {
    provider: Arc<dyn Provider>,
    outgoing: Arc<Outgoing>,
}

impl Providers {
    /// Adds a provider; one of the same name is replaced.
    #[must_use]
    pub fn with(self, provider: Arc<dyn Provider>, clock: Arc<dyn Clock>) -> Self {
        self.with_deadline(provider, clock, PATIENCE.deadline)
    }

    /// Adds a provider that must answer faster, or may be slower, than others.
    #[must_use]
    pub fn with_deadline(mut self, provider: Arc<dyn Provider>, clock: Arc<dyn Clock>, deadline: Duration) -> Self {
        let outgoing = Outgoing::new(provider.name(), Settings { deadline, ..PATIENCE }).with_clock(clock);
        self.lines.insert(provider.name(), Line { provider, outgoing: Arc::new(outgoing) });
        self
    }

    /// The sandbox alone, for development and tests. It keeps its books in the service's schema.
    pub fn sandbox(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        Self::default().with(Arc::new(Sandbox::new(pool, clock.clone(), SandboxOptions::default())), clock)
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
            providers = providers.with(Arc::new(Sandbox::new(pool.clone(), clock.clone(), options)), clock.clone());
        }
        match (get("STRIPE_SECRET_KEY"), get("STRIPE_WEBHOOK_SECRET")) {
            (Some(key), Some(webhook_secret)) => {
                let mut options = StripeOptions::new(key, webhook_secret);
                options.api_base = get("STRIPE_API_BASE").unwrap_or(options.api_base);
                options.shop_url = shop_url.unwrap_or(options.shop_url);
                providers = providers.with(Arc::new(Stripe::new(options)?), clock.clone());
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
        self.outgoing.state() == State::Closed
    }

    pub(crate) fn deadline(&self) -> Duration {
        self.outgoing.deadline()
    }

    /// Makes the call: not while the provider is known to be away, and no longer than the deadline. Once: the worker makes it again,
    /// with growing pauses and the same idempotency key.
    pub(crate) async fn through<T, F>(&self, call: impl FnOnce() -> F + Send) -> Result<T, Unavailable>
    where
        T: Send,
        F: Future<Output = Result<T, Unavailable>> + Send,
    {
        let made = self.outgoing.run(|| async move {
            match call().await {
                // Whoever has not decided has answered.
                undecided @ Err(Unavailable::Undecided(_)) => Ok(undecided),
                Err(away) => Err(away),
                answered => Ok(answered),
            }
        });
        let answer = made.await.unwrap_or_else(|error| {
            Err(match error {
                CallError::Failed(away) => away,
                other => Unavailable::Away(other.to_string()),
            })
        });
        if let Err(error) = &answer {
            tracing::warn!(provider = self.provider.name(), %error, "call failed");
        }
        answer
    }
}
