use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use kernel::{Clock, Fault};
use opensearch::OpenSearch;
use opensearch::http::StatusCode;
use opensearch::http::response::Response;

use serde_json::Value;

use super::pause::Pause;

/// How long somebody who searches waits.
pub(super) const READ: Duration = Duration::from_secs(2);
/// How long the indexer waits: for a batch of documents, or for a change of an index.
pub(super) const WRITE: Duration = Duration::from_secs(30);

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
    pause: Pause,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may contain a password.
        f.debug_struct("Client").field("pause", &self.pause).finish_non_exhaustive()
    }
}

impl Client {
    pub(super) fn new(api: OpenSearch, clock: Arc<dyn Clock>) -> Self {
        Self { api, pause: Pause::new(clock) }
    }

    /// Makes the request, which has its own deadline. Fails with `Unavailable` when the server is away, too slow, overloaded,
    /// or lets us do nothing at all; every other answer is the caller's to judge.
    pub(super) async fn call(
        &self,
        request: impl Future<Output = Result<Response, opensearch::Error>> + Send,
    ) -> Result<Answer, Fault> {
        self.pause.check()?;
        let answered = async {
            let response = request.await?;
            let status = response.status_code();
            Ok::<_, opensearch::Error>(Answer { status, body: response.json().await? })
        };
        let fault = match answered.await {
            Ok(answer) if !lets_nothing_through(answer.status) => {
                self.pause.answered();
                return Ok(answer);
            }
            Ok(answer) => Fault::unavailable(answer.fault().to_string()),
            Err(error) => Fault::unavailable(error),
        };
        self.pause.was_away();
        Err(fault)
    }
}

fn lets_nothing_through(status: StatusCode) -> bool {
    status.is_server_error()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}
