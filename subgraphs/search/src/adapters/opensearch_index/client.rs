use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use kernel::{Clock, Fault};
use opensearch::OpenSearch;
use opensearch::http::StatusCode;
use opensearch::http::response::Response;
use resilience::outgoing::{CallError, Outgoing, Settings};
use serde_json::Value;

/// How long somebody who searches waits.
pub(super) const READ: Duration = Duration::from_secs(2);
/// How long the indexer waits: for a batch of documents, or for a change of an index.
pub(super) const WRITE: Duration = Duration::from_secs(30);
/// A server that was away once is left alone for five seconds: a simpler answer at once is better than a good one that takes long.
/// For the same reason no search is tried again; the indexer comes back by itself.
const SETTINGS: Settings = Settings { deadline: READ, failures: 1, open_for: Duration::from_secs(5), probes: 1 };

/// What the server said.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Value,
}

impl Answer {
    /// The body, if the server did what it was asked to.
    pub(super) fn done(self) -> Result<Value, Fault> {
        if self.status.is_success() {
            return Ok(self.body);
        }
        Err(self.fault())
    }

    /// What is wrong, for the log.
    pub(super) fn fault(&self) -> Fault {
        let (kind, reason) = (&self.body["error"]["type"], &self.body["error"]["reason"]);
        Fault::internal(format!("the search server refused with {}: {kind} {reason}", self.status))
    }

    pub(super) fn is_conflict(&self) -> bool {
        self.status == StatusCode::CONFLICT
    }

    pub(super) fn is_missing(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }
}

/// The server's client, which leaves a server alone that is away.
pub(super) struct Client {
    pub(super) api: OpenSearch,
    outgoing: Outgoing,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may contain a password.
        f.debug_struct("Client").field("outgoing", &self.outgoing).finish_non_exhaustive()
    }
}

impl Client {
    pub(super) fn new(api: OpenSearch, target: &'static str, clock: Arc<dyn Clock>) -> Self {
        Self { api, outgoing: Outgoing::new(target, SETTINGS).with_clock(clock) }
    }

    /// Makes the request within the deadline. Fails with `Unavailable` when the server is away, too slow, overloaded, or lets us do
    /// nothing at all; every other answer is the caller's to judge.
    pub(super) async fn call(
        &self,
        deadline: Duration,
        request: impl Future<Output = Result<Response, opensearch::Error>> + Send,
    ) -> Result<Answer, Fault> {
        let answered = self.outgoing.run_within(deadline, || async move {
            let response = request.await.map_err(Fault::unavailable)?;
            let status = response.status_code();
            let body = response.json().await.map_err(Fault::unavailable)?;
            let answer = Answer { status, body };
            if lets_nothing_through(status) { Err(Fault::unavailable(answer.fault().to_string())) } else { Ok(answer) }
        });
        answered.await.map_err(|error| match error {
            CallError::Failed(fault) => fault,
            other => Fault::unavailable(format!("the search server: {other}")),
        })
    }
}

fn lets_nothing_through(status: StatusCode) -> bool {
    status.is_server_error()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}
