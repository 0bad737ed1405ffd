//! The environment that every command reads, and values that come from files.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

use chassis::StartError;

/// Every variable that configures a service. Each may also be given as `NAME_FILE`: the path of a file that holds the value,
/// which is how orchestrators hand secrets over. An empty value is no value.
pub const VARIABLES: [&str; 27] = [
    "HOST",
    "PORT",
    "APP_ENV",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "DATABASE_URL",
    "AMQP_URL",
    "REDIS_URL",
    "REDIS_QUERIES_URL",
    "REDIS_RATELIMIT_URL",
    "REDIS_LOCKS_URL",
    "REDIS_STOCK_URL",
    "REDIS_PREFIX",
    "OPENSEARCH_URL",
    "OPENSEARCH_PREFIX",
    "OPENSEARCH_REPLICAS",
    "JWKS_URL",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_TRACES_SAMPLER",
    "OTEL_TRACES_SAMPLER_ARG",
    "SMTP_URL",
    "SMTP_FROM",
    "SHOP_URL",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_API_BASE",
    "SUBGRAPH_HOST",
];

/// Takes in the values that are in files, and does away with empty ones. The process starts anew with them, since an
/// environment can be changed safely only before a process has threads.
///
/// # Errors
/// When a file cannot be read, or a variable is given both ways.
pub(crate) fn settle() -> Result<(), StartError> {
    let mut anew = Command::new(env::current_exe().unwrap_or_else(|_| "/proc/self/exe".into()));
    let mut changed = false;
    for name in VARIABLES {
        let file = format!("{name}_FILE");
        let direct = env::var_os(name);
        if direct.as_ref().is_some_and(|value| value.is_empty()) {
            anew.env_remove(name);
            changed = true;
        }
        let Some(path) = env::var_os(&file) else { continue };
        anew.env_remove(&file);
        changed = true;
        if path.is_empty() {
            continue;
        }
        if direct.is_some_and(|value| !value.is_empty()) {
            return Err(StartError::new(format!("{name} and {file} are both set"), "keep one of them"));
        }
        let value = std::fs::read_to_string(&path).map_err(|error| {
            StartError::new(
                format!("{file}: cannot read {}: {error}", path.display()),
                "correct the path, or make the file readable for this user",
            )
        })?;
        anew.env(name, value.trim_end_matches(['\r', '\n']));
    }
    if !changed {
        return Ok(());
    }
    let error = anew.args(env::args_os().skip(1)).exec();
    Err(StartError::new(format!("cannot start anew with the values of files: {error}"), "report this"))
}

/// The variable's value.
pub(crate) fn value(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether this is a production environment, where nothing embedded may stand in for a server.
pub(crate) fn is_production() -> bool {
    value("APP_ENV").is_some_and(|environment| environment == "production")
}
