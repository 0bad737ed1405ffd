//! Serves GraphiQL and the demo pictures from local files, and closes every path the router would answer with its own page.

mod files;

use std::env;

use hive_router::async_trait;
use hive_router::http::{Method, StatusCode, header};
use hive_router::ntex::http::Response;
use hive_router::ntex::rt::spawn_blocking;
use hive_router::plugins::hooks::on_http_request::{OnHttpRequestHookFuture, OnHttpRequestHookPayload};
use hive_router::plugins::hooks::on_plugin_init::{OnPluginInitPayload, OnPluginInitResult};
use hive_router::plugins::plugin_trait::{RouterPlugin, StartHookPayload};

use files::{Asset, Site};

/// The plugin `pages`.
pub(crate) struct Pages {
    site: Site,
    /// Paths that belong to the router.
    router_paths: Vec<String>,
}

#[async_trait]
impl RouterPlugin for Pages {
    type Config = ();

    fn plugin_name() -> &'static str {
        "pages"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        let config = payload.router_config();
        let mut router_paths = vec![config.graphql_path().to_owned(), "/health".to_owned(), "/readiness".to_owned()];
        router_paths.extend(config.websocket_path().map(str::to_owned));
        payload.initialize_plugin(Self { site: Site::from_settings(|name| env::var(name).ok()), router_paths })
    }

    fn on_http_request<'req>(&'req self, payload: OnHttpRequestHookPayload<'req>) -> OnHttpRequestHookFuture<'req> {
        Box::pin(async move {
            let request = &payload.router_http_request;
            let path = request.path();
            if self.router_paths.iter().any(|own| own == path) {
                return payload.proceed();
            }
            if !matches!(*request.method(), Method::GET | Method::HEAD) {
                let response =
                    Response::build(StatusCode::METHOD_NOT_ALLOWED).header(header::ALLOW, "GET, HEAD").finish();
                return payload.end_with_response(response);
            }
            let Some(location) = self.site.locate(path) else {
                return payload.end_with_response(not_found("Nothing is served here."));
            };
            let known_etag =
                request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned);
            let hint = location.hint();
            // Reading a file blocks, and the worker thread has other requests.
            let asset = spawn_blocking(move || location.read()).await;
            let response = match asset {
                Ok(Ok(Some(asset))) => respond(asset, known_etag.as_deref()),
                Ok(Ok(None)) => not_found(hint),
                Ok(Err(_)) | Err(_) => Response::build(StatusCode::INTERNAL_SERVER_ERROR)
                    .content_type("text/plain; charset=utf-8")
                    .body("The file could not be read."),
            };
            payload.end_with_response(response)
        })
    }
}

fn respond(asset: Asset, known_etag: Option<&str>) -> Response {
    let unchanged = known_etag.is_some_and(|known| asset.matches(known));
    let status = if unchanged { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let mut response = Response::build(status);
    response
        .header(header::ETAG, asset.etag.as_str())
        .header(header::CACHE_CONTROL, asset.cache_control)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CONTENT_SECURITY_POLICY, asset.content_security_policy);
    if unchanged { response.finish() } else { response.content_type(asset.content_type).body(asset.bytes) }
}

fn not_found(message: &'static str) -> Response {
    Response::build(StatusCode::NOT_FOUND).content_type("text/plain; charset=utf-8").body(message)
}
