//! The gateway of TechCorp: Hive Router with our pages, our rate limit and our deadlines.
#![recursion_limit = "256"]

mod plugins;

use hive_router::error::RouterInitError;
use hive_router::{PluginRegistry, init_rustls_crypto_provider, ntex, router_entrypoint};

/// As the platform's. The router's own takes a few percent more of the time of a request.
#[global_allocator]
static GLOBAL: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Whoever starts this process may hold its standard input open for as long as it shall run (`STOP_WITH_STDIN=true`): so the
/// gateway also ends when its parent is killed, and leaves no port taken.
fn stop_with_stdin() {
    if std::env::var("STOP_WITH_STDIN").is_ok_and(|wanted| wanted == "true") {
        std::thread::spawn(|| {
            // Nothing is ever written; the end of the input is the end of the parent.
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            std::process::exit(0);
        });
    }
}

#[hive_router::main]
async fn main() -> Result<(), RouterInitError> {
    stop_with_stdin();
    init_rustls_crypto_provider();
    let plugins = PluginRegistry::new()
        .register::<plugins::pages::Pages>()
        .register::<plugins::rate_limit::RateLimit>()
        .register::<plugins::deadline::Deadline>();
    router_entrypoint(plugins).await
}
