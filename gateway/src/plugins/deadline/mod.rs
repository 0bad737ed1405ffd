//! Tells subgraphs how much is left of the time that a client gives its request.
//!
//! A client that gives none sends no header, and none is sent on: then each subgraph has its own longest time, and equal requests
//! under way stay equal, so that the router asks once for all of them.

mod clock;

use std::time::Instant;

use hive_router::async_trait;
use hive_router::http::{HeaderName, header};
use hive_router::plugins::hooks::on_http_request::{OnHttpRequestHookFuture, OnHttpRequestHookPayload};
use hive_router::plugins::hooks::on_plugin_init::{OnPluginInitPayload, OnPluginInitResult};
use hive_router::plugins::hooks::on_subgraph_http_request::{
    OnSubgraphHttpRequestHookPayload, OnSubgraphHttpRequestHookResult,
};
use hive_router::plugins::plugin_trait::{RouterPlugin, StartHookPayload};

use clock::End;

/// How long a request may take, in milliseconds from its arrival; subgraphs know it by the same name.
const HEADER: HeaderName = HeaderName::from_static("x-request-timeout-ms");

/// The plugin `deadline`.
pub(crate) struct Deadline;

#[async_trait]
impl RouterPlugin for Deadline {
    type Config = ();

    fn plugin_name() -> &'static str {
        "deadline"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        payload.initialize_plugin(Self)
    }

    fn on_http_request<'req>(&'req self, payload: OnHttpRequestHookPayload<'req>) -> OnHttpRequestHookFuture<'req> {
        Box::pin(async move {
            let headers = payload.router_http_request.headers();
            // A WebSocket carries many operations; the time of its upgrade is none of theirs.
            let asked = headers.get(HEADER).filter(|_| !headers.contains_key(header::UPGRADE));
            if let Some(end) = asked.and_then(|value| End::asked(value.to_str().ok()?, Instant::now())) {
                payload.context.insert(end);
            }
            payload.proceed()
        })
    }

    async fn on_subgraph_http_request<'exec>(
        &'exec self,
        mut payload: OnSubgraphHttpRequestHookPayload<'exec>,
    ) -> OnSubgraphHttpRequestHookResult<'exec> {
        let left = payload.context.get_ref::<End>().map(|end| end.left(Instant::now()));
        if let Some(left) = left {
            payload.execution_request.headers.insert(HEADER, left.into());
        }
        payload.proceed()
    }
}
