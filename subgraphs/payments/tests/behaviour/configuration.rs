use std::sync::Arc;

use kernel::Clock;
use payments::Providers;
use sqlx::PgPool;
use testkit::ManualClock;

fn providers(pool: &PgPool, settings: &[(&str, &str)]) -> Result<Vec<&'static str>, String> {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    let get = |name: &str| settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let found = Providers::from_settings(pool, &clock, get).map_err(|error| error.to_string())?;
    Ok(found.all().map(|line| line.provider().name()).collect())
}

#[sqlx::test(migrations = false)]
async fn the_environment_says_which_providers_there_are(pool: PgPool) {
    let (key, secret) = (("STRIPE_SECRET_KEY", "sk_test_1"), ("STRIPE_WEBHOOK_SECRET", "whsec_1"));
    let production = ("APP_ENV", "production");
    assert_eq!(providers(&pool, &[]).unwrap(), ["sandbox"]);
    assert_eq!(providers(&pool, &[("STRIPE_SECRET_KEY", "")]).unwrap(), ["sandbox"]);
    assert_eq!(providers(&pool, &[key, secret]).unwrap(), ["sandbox", "stripe"]);
    assert_eq!(providers(&pool, &[production, key, secret]).unwrap(), ["stripe"]);
    for (settings, named) in [
        (vec![production], "no payment provider is configured"),
        (vec![key], "STRIPE_WEBHOOK_SECRET"),
        (vec![secret], "STRIPE_SECRET_KEY"),
        (vec![key, secret, ("STRIPE_API_BASE", "nowhere")], "STRIPE_API_BASE"),
    ] {
        let error = providers(&pool, &settings).unwrap_err();
        assert!(error.contains(named), "{settings:?}: {error}");
    }
}

#[sqlx::test(migrations = false)]
async fn keys_and_tokens_are_shown_by_no_debug_output(pool: PgPool) {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    let get = |name: &str| {
        name.starts_with("STRIPE_")
            .then(|| if name == "STRIPE_API_BASE" { "https://x.test" } else { "hush" }.to_owned())
    };
    let found = Providers::from_settings(&pool, &clock, get).unwrap();
    assert!(!format!("{found:?}").contains("hush"));
}
