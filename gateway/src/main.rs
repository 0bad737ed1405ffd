//! The gateway of TechCorp: Hive Router with our pages and our rate limit.
#![recursion_limit = "256"]

mod plugins;

use hive_router::error::RouterInitError;
use hive_router::{PluginRegistry, RouterGlobalAllocator, init_rustls_crypto_provider, ntex, router_entrypoint};

#[global_allocator]
static GLOBAL: RouterGlobalAllocator = RouterGlobalAllocator;

#[hive_router::main]
async fn main() -> Result<(), RouterInitError> {
    init_rustls_crypto_provider();
    let plugins =
        PluginRegistry::new().register::<plugins::pages::Pages>().register::<plugins::rate_limit::RateLimit>();
    router_entrypoint(plugins).await
}
