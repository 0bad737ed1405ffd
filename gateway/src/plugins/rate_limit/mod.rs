//! Limits how many GraphQL operations per second one client may ask for.
//!
//! The client is named when the request arrives and counted later: over HTTP once the body is read, because only there
//! does the router add CORS headers to a refusal; over a WebSocket for each operation.

mod limiter;

use std::env;

use hive_router::GraphQLError;
use hive_router::async_trait;
use hive_router::http::{Method, StatusCode, header};
use hive_router::plugins::hooks::on_graphql_analysis::{OnGraphqlAnalysisHookPayload, OnGraphqlAnalysisHookResult};
use hive_router::plugins::hooks::on_graphql_params::{OnGraphQLParamsStartHookPayload, OnGraphQLParamsStartHookResult};
use hive_router::plugins::hooks::on_http_request::{OnHttpRequestHookFuture, OnHttpRequestHookPayload};
use hive_router::plugins::hooks::on_plugin_init::{OnPluginInitPayload, OnPluginInitResult};
use hive_router::plugins::plugin_trait::{FromGraphQLErrorToResponse, RouterPlugin, StartHookPayload};
use hive_router::{PlanExecutionOutput, ntex};

use limiter::{ClientKey, Limiter, Refusal, Settings};

/// The plugin `rate_limit`.
pub(crate) struct RateLimit {
    limiter: Limiter,
    graphql_path: String,
    websocket_path: Option<String>,
    trusted_proxies: usize,
}

/// Who asks, remembered between the hooks of one request or one WebSocket connection.
struct Caller {
    key: ClientKey,
    over_websocket: bool,
}

#[async_trait]
impl RouterPlugin for RateLimit {
    type Config = ();

    fn plugin_name() -> &'static str {
        "rate_limit"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        let settings = Settings::from_settings(|name| env::var(name).ok())?;
        let Some(quota) = settings.quota else {
            return payload.disable_plugin();
        };
        let config = payload.router_config();
        payload.initialize_plugin(Self {
            limiter: Limiter::new(quota),
            graphql_path: config.graphql_path().to_owned(),
            websocket_path: config.websocket_path().map(str::to_owned),
            trusted_proxies: settings.trusted_proxies,
        })
    }

    fn on_http_request<'req>(&'req self, payload: OnHttpRequestHookPayload<'req>) -> OnHttpRequestHookFuture<'req> {
        Box::pin(async move {
            let request = &payload.router_http_request;
            let headers = request.headers();
            let over_websocket =
                headers.contains_key(header::UPGRADE) && self.websocket_path.as_deref() == Some(request.path());
            let counts = over_websocket || request.path() == self.graphql_path;
            if !counts || *request.method() == Method::OPTIONS {
                return payload.proceed();
            }
            let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
            let forwarded = headers.get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
            let key = self.limiter.client_key(
                text(header::AUTHORIZATION),
                request.peer_addr().map(|address| address.ip()),
                forwarded,
                self.trusted_proxies,
            );
            payload.context.insert(Caller { key, over_websocket });
            payload.proceed()
        })
    }

    async fn on_graphql_params<'exec>(
        &'exec self,
        payload: OnGraphQLParamsStartHookPayload<'exec>,
    ) -> OnGraphQLParamsStartHookResult<'exec> {
        let caller = payload.context.get_ref::<Caller>();
        let refusal =
            caller.filter(|caller| !caller.over_websocket).and_then(|caller| self.limiter.check(&caller.key).err());
        let Some(refusal) = refusal else {
            return payload.proceed();
        };
        let mut response = ntex::http::Response::from_graphql_error_to_response(
            graphql_error(&refusal),
            StatusCode::TOO_MANY_REQUESTS,
        );
        response.headers_mut().insert(header::RETRY_AFTER, refusal.retry_after_seconds().into());
        payload.end_with_response(response)
    }

    async fn on_graphql_analysis<'exec>(
        &'exec self,
        payload: &mut OnGraphqlAnalysisHookPayload<'exec>,
    ) -> OnGraphqlAnalysisHookResult {
        let caller = payload.context.get_ref::<Caller>();
        let refusal = caller.filter(|caller| caller.over_websocket).and_then(|caller| {
            // A browser cannot send headers with the upgrade; its token comes in `connection_init`.
            let token = payload.router_http_request.headers.get(header::AUTHORIZATION);
            let key = token.and_then(|value| value.to_str().ok()).map_or_else(
                || caller.key.clone(),
                |token| self.limiter.client_key(Some(token), None, std::iter::empty(), 0),
            );
            self.limiter.check(&key).err()
        });
        match refusal {
            None => OnGraphqlAnalysisHookResult::Proceed,
            Some(refusal) => {
                OnGraphqlAnalysisHookResult::EndWithResponse(PlanExecutionOutput::from_graphql_error_to_response(
                    graphql_error(&refusal),
                    StatusCode::TOO_MANY_REQUESTS,
                ))
            }
        }
    }
}

fn graphql_error(refusal: &Refusal) -> GraphQLError {
    let seconds = refusal.retry_after_seconds();
    GraphQLError::from_message_and_code(format!("Too many requests. Try again in {seconds} s."), "RATE_LIMITED")
}
