//! Connections to Redis: one server for everything, or others for what has its own.

use chassis::StartError;
use resilience::Redis;

use crate::environment::value;

/// The server for whatever has none of its own.
const ALL: (&str, &str) = ("REDIS_URL", "redis");

/// What Redis is used for: the variable that names a server for it alone, and the target's name in metrics.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// Answers of searches.
    Queries,
    /// Limits of how often something may happen.
    RateLimit,
    /// Locks among processes.
    Locks,
    /// Counters of stock.
    Stock,
}

impl Purpose {
    /// Every purpose, with the name of the part that it serves.
    pub(crate) const PARTS: [(&str, Self); 4] = [
        ("cache", Self::Queries),
        ("stock counters", Self::Stock),
        ("limits", Self::RateLimit),
        ("locks", Self::Locks),
    ];

    /// Whether a server is named for it, alone or for everything.
    pub(crate) fn is_served(self, is_set: impl Fn(&str) -> bool) -> bool {
        is_set(self.own().0) || is_set(ALL.0)
    }

    fn own(self) -> (&'static str, &'static str) {
        match self {
            Self::Queries => ("REDIS_QUERIES_URL", "redis-queries"),
            Self::RateLimit => ("REDIS_RATELIMIT_URL", "redis-ratelimit"),
            Self::Locks => ("REDIS_LOCKS_URL", "redis-locks"),
            Self::Stock => ("REDIS_STOCK_URL", "redis-stock"),
        }
    }
}

/// The servers that the environment names. Purposes that name the same one share its connection.
// Not to be shown: a URL may carry a password.
#[derive(Default)]
pub(crate) struct Servers(Vec<(String, Redis)>);

impl Servers {
    /// The server for the purpose; none when neither its variable nor `REDIS_URL` is set. It is not talked to yet.
    ///
    /// # Errors
    /// When a variable cannot be used.
    pub(crate) fn for_purpose(&mut self, purpose: Purpose) -> Result<Option<Redis>, StartError> {
        self.choose(purpose, value)
    }

    fn choose(
        &mut self,
        purpose: Purpose,
        value: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Redis>, StartError> {
        let named = [purpose.own(), ALL].into_iter().find_map(|(name, target)| Some((name, target, value(name)?)));
        let Some((name, target, url)) = named else { return Ok(None) };
        if let Some((_, known)) = self.0.iter().find(|(known, _)| *known == url) {
            return Ok(Some(known.clone()));
        }
        let prefix = prefix(value("REDIS_PREFIX"))?;
        let redis = Redis::connect_as(target, &url.clone().into(), prefix)
            .map_err(|fault| StartError::new(format!("{name}: {fault}"), format!("correct {name}")))?;
        self.0.push((url, redis.clone()));
        Ok(Some(redis))
    }
}

/// What keys begin with. A pattern in it would be a trap for whoever looks for keys by it, and a brace would put all keys of a cluster on
/// one node.
fn prefix(given: Option<String>) -> Result<String, StartError> {
    let prefix = given.unwrap_or_else(|| "techcorp".to_owned());
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    if prefix.chars().all(sound) && prefix.len() <= 100 {
        return Ok(prefix);
    }
    Err(StartError::new(
        "REDIS_PREFIX has characters that a prefix of keys cannot have",
        "use letters, digits, `-`, `_`, `:` and `.`, 100 at most",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(variables: &[(&str, &str)], purposes: &[Purpose]) -> Vec<String> {
        let value = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, is)| (*is).to_owned());
        let mut servers = Servers::default();
        let targets = purposes.iter().map(|purpose| match servers.choose(*purpose, value) {
            Ok(Some(redis)) => redis.target().to_owned(),
            Ok(None) => "none".to_owned(),
            Err(error) => error.to_string(),
        });
        targets.collect()
    }

    #[test]
    fn a_purpose_has_its_own_server_or_shares_that_for_all() {
        use Purpose::{Locks, Queries, RateLimit, Stock};
        let every = [Queries, RateLimit, Locks, Stock];
        assert_eq!(chosen(&[], &every), ["none"; 4]);
        assert_eq!(chosen(&[("REDIS_URL", "redis://a")], &every), ["redis"; 4]);
        let some = [("REDIS_URL", "redis://a"), ("REDIS_STOCK_URL", "rediss://b"), ("REDIS_LOCKS_URL", "redis://a")];
        assert_eq!(chosen(&some, &every), ["redis", "redis", "redis", "redis-stock"], "the same server is shared");
        assert_eq!(chosen(&[("REDIS_QUERIES_URL", "redis://a")], &every), ["redis-queries", "none", "none", "none"]);
    }

    #[test]
    fn what_cannot_be_used_is_refused_by_its_name() {
        let wrong = chosen(&[("REDIS_STOCK_URL", "http://user:secret@a")], &[Purpose::Stock]).remove(0);
        assert!(wrong.contains("REDIS_STOCK_URL") && !wrong.contains("secret"), "{wrong}");
        for bad in ["a b", "shop*", "{shop}", "läden"] {
            let variables = [("REDIS_URL", "redis://a"), ("REDIS_PREFIX", bad)];
            assert!(chosen(&variables, &[Purpose::Stock])[0].contains("REDIS_PREFIX"), "{bad}");
        }
        assert_eq!(chosen(&[("REDIS_URL", "redis://a"), ("REDIS_PREFIX", "shop-2:eu.")], &[Purpose::Stock]), ["redis"]);
    }
}
