use std::env;
use std::fmt;

use kernel::Fault;
use opensearch::OpenSearch;
use opensearch::http::Url;
use opensearch::http::transport::{SingleNodeConnectionPool, TransportBuilder};
use secrecy::{ExposeSecret, SecretString};

use super::client::WRITE;

/// Where an OpenSearch server is, and what belongs to this platform there.
#[derive(Clone)]
pub struct Server {
    /// Knows the URL, which may contain a password.
    pub(super) api: OpenSearch,
    pub(super) prefix: String,
    pub(super) replicas: u32,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl Server {
    /// The server at an `http` or `https` URL, which may contain a user and a password: they are sent as basic
    /// authentication. Names of indexes begin with the
    /// prefix: lower-case letters, digits, `-` and `_`, beginning with a letter. Every index has so many copies beside the
    /// first: one server alone has place for none.
    ///
    /// # Errors
    /// When the URL or the prefix cannot be used.
    pub fn new(url: &SecretString, prefix: &str, replicas: u32) -> Result<Self, Fault> {
        let refused = |why: &str| Fault::internal(format!("the search server's {why}"));
        let read = Url::parse(url.expose_secret()).map_err(|error| refused(&format!("URL cannot be read: {error}")))?;
        if !matches!(read.scheme(), "http" | "https") || read.host_str().is_none() {
            return Err(refused("URL must be like https://user:password@host:9200"));
        }
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        if !prefix.starts_with(|c: char| c.is_ascii_lowercase()) || !prefix.chars().all(sound) || prefix.len() > 100 {
            return Err(refused(
                "prefix must consist of lower-case letters, digits, `-` and `_`, and begin with a letter",
            ));
        }
        let transport = TransportBuilder::new(SingleNodeConnectionPool::new(read)).timeout(WRITE).build()?;
        Ok(Self { api: OpenSearch::new(transport), prefix: prefix.to_owned(), replicas })
    }

    /// What the names of this platform's indexes begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The server that `OPENSEARCH_URL` names, with `OPENSEARCH_PREFIX` (`techcorp-` when unset) and
    /// `OPENSEARCH_REPLICAS` (0 when unset); none when `OPENSEARCH_URL` is unset or empty.
    ///
    /// # Errors
    /// When a variable cannot be used.
    pub fn from_env() -> Result<Option<Self>, Fault> {
        let read = |name| env::var(name).ok().filter(|value| !value.is_empty());
        let Some(url) = read("OPENSEARCH_URL") else { return Ok(None) };
        let prefix = read("OPENSEARCH_PREFIX").unwrap_or_else(|| "techcorp-".to_owned());
        let replicas = read("OPENSEARCH_REPLICAS").unwrap_or_else(|| "0".to_owned());
        let replicas =
            replicas.parse().map_err(|_| Fault::internal("OPENSEARCH_REPLICAS must be a number from 0 on"))?;
        Self::new(&url.into(), &prefix, replicas).map(Some)
    }

    /// Whether it answers. The caller sets the deadline.
    pub async fn answers(&self) -> bool {
        self.api.ping().send().await.is_ok_and(|answer| answer.status_code().is_success())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_refused_without_telling_the_password() {
        for (url, prefix) in [
            ("ftp://ada:secret@host", "shop-"),
            ("ada:secret", "shop-"),
            ("http://ada:secret@", "shop-"),
            ("http://host:9200", "Shop"),
            ("http://host:9200", "-shop"),
            ("http://host:9200", "shop*"),
            ("http://host:9200", ""),
        ] {
            let refused = Server::new(&url.into(), prefix, 0).unwrap_err().to_string();
            assert!(!refused.contains("secret"), "{refused}");
        }
        let server = Server::new(&"https://ada:secret@host:9200/behind".into(), "shop_2-", 1).unwrap();
        assert!(!format!("{server:?}").contains("secret"), "{server:?}");
    }
}
