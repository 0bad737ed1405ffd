use std::env;
use std::sync::Arc;

use kernel::{Clock, SystemClock};
use opensearch::http::transport::Transport;
use opensearch::indices::{IndicesDeleteParts, IndicesGetParts};
use opensearch::{DeleteParts, OpenSearch};
use search::adapters::{OpenSearchProducts, TantivyIndex};
use search::app::ProductIndex;
use search::{Index, Server};
use serde_json::{Map, Value};
use tempfile::TempDir;

/// An index in a place of its own.
pub struct Place {
    pub index: Arc<dyn ProductIndex>,
    pub at: Index,
    prefix: Option<String>,
    _folder: Option<TempDir>,
}

/// The URL of the server that tests use.
pub fn server_url() -> String {
    env::var("OPENSEARCH_URL").unwrap_or_else(|_| {
        panic!("OPENSEARCH_URL is unset: start a server with `scripts/servers up`, then `source .data/servers/env`")
    })
}

impl Place {
    pub fn in_files() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = Arc::new(TantivyIndex::new(folder.path().to_owned(), Arc::new(SystemClock)));
        let at = Index::Embedded(folder.path().to_owned());
        Self { index, at, prefix: None, _folder: Some(folder) }
    }

    /// Under a prefix that nobody else has.
    pub async fn on_server() -> Self {
        let prefix = format!("test-{}-", SystemClock.secret().simple());
        let server = Server::new(&server_url().into(), &prefix, 0).unwrap();
        let index = Arc::new(OpenSearchProducts::new(server.clone(), Arc::new(SystemClock)));
        Self { index, at: Index::OpenSearch(server), prefix: Some(prefix), _folder: None }
    }

    /// The server that it is on.
    pub fn server(&self) -> Server {
        Server::new(&server_url().into(), self.prefix(), 0).unwrap()
    }

    /// The names of the indexes of these documents on the server.
    pub async fn names(&self, of: &str) -> Vec<String> {
        let pattern = format!("{}{of}*", self.prefix());
        let names = [pattern.as_str()];
        let found = api().indices().get(IndicesGetParts::Index(&names)).allow_no_indices(true).send().await.unwrap();
        let found: Map<String, Value> = found.json().await.unwrap();
        found.keys().map(|name| name.strip_prefix(self.prefix()).unwrap().to_owned()).collect()
    }

    /// What the names of its indexes on the server begin with.
    pub fn prefix(&self) -> &str {
        self.prefix.as_ref().unwrap()
    }

    /// Removes from the index what it says of how far it has come.
    pub async fn forget_how_far(&self, name: &str) {
        let (index, build) = (format!("{}{name}", self.prefix()), name.rsplit_once('v').unwrap().1);
        let note = format!("reached-{build}");
        let gone = api().delete(DeleteParts::IndexId(&index, &note)).send().await.unwrap();
        assert!(gone.status_code().is_success());
    }

    /// Leaves nothing on the server.
    pub async fn remove(self) {
        let names: Vec<String> = self.names("").await.iter().map(|name| format!("{}{name}", self.prefix())).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if !names.is_empty() {
            let gone = api().indices().delete(IndicesDeleteParts::Index(&names)).send().await.unwrap();
            assert!(gone.status_code().is_success());
        }
    }
}

fn api() -> OpenSearch {
    OpenSearch::new(Transport::single_node(&server_url()).unwrap())
}
