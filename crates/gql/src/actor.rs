use std::collections::BTreeSet;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, get_current_timestamp};
use kernel::{Actor, UserId};
use moka::sync::Cache;
use serde::Deserialize;

/// Verifies access tokens: ES256 (RFC 7518) JSON Web Tokens (RFC 7519) of our issuer.
pub struct TokenVerifier {
    keys: RwLock<Keys>,
    validation: Validation,
    /// Tokens that held, since checking a signature costs more than most answers.
    held: Cache<String, Held>,
}

impl fmt::Debug for TokenVerifier {
    /// Without the tokens: whoever reads a log must not be able to use them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenVerifier").field("held", &self.held.entry_count()).finish_non_exhaustive()
    }
}

/// The keys that are trusted.
#[derive(Debug)]
struct Keys {
    set: JwkSet,
    /// Counts how often they were replaced.
    generation: u64,
}

/// A token that held.
#[derive(Debug, Clone)]
struct Held {
    actor: Actor,
    /// Seconds since 1970.
    expires: u64,
    /// Of the keys that it held with.
    generation: u64,
}

/// How many tokens are remembered.
const MOST: u64 = 10_000;
/// How far clocks may differ, in seconds.
const LEEWAY: u64 = 5;

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Its time is over.
    #[error("the access token has expired: refresh it or sign in again")]
    Expired,
    /// Malformed, of another issuer, or not signed by a current key.
    #[error("the access token is not valid: sign in again")]
    Invalid,
}

#[derive(Deserialize)]
struct Claims {
    sub: UserId,
    exp: u64,
    #[serde(default)]
    scope: String,
}

impl TokenVerifier {
    /// A verifier of tokens by the issuer, meant for the audience, signed by one of the keys (RFC 7517).
    pub fn new(issuer: &str, audience: &str, keys: JwkSet) -> Self {
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = LEEWAY;
        let keys = RwLock::new(Keys { set: keys, generation: 0 });
        Self { keys, validation, held: Cache::new(MOST) }
    }

    /// A verifier that trusts no key yet: until [`Self::trust`] it refuses every token.
    pub fn untrusting() -> Self {
        Self::new("techcorp", "techcorp", JwkSet { keys: Vec::new() })
    }

    /// Trusts these keys from now on, and no others: keys are rotated while the service runs.
    pub fn trust(&self, keys: JwkSet) {
        let mut trusted = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        *trusted = Keys { set: keys, generation: trusted.generation + 1 };
    }

    /// Who sends the request. No token is a guest; a token that does not hold is refused rather than taken for a guest,
    /// because its sender believes to be signed in.
    ///
    /// # Errors
    /// [`TokenError`]
    pub fn actor(&self, headers: &HeaderMap) -> Result<Actor, TokenError> {
        let Some(header) = headers.get(AUTHORIZATION) else { return Ok(Actor::Anonymous) };
        let token = header
            .to_str()
            .ok()
            .and_then(|text| text.split_once(' '))
            .filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
        self.verify(token.ok_or(TokenError::Invalid)?.1.trim())
    }

    /// Whose token it is.
    ///
    /// # Errors
    /// [`TokenError`]
    pub fn verify(&self, token: &str) -> Result<Actor, TokenError> {
        use jsonwebtoken::errors::ErrorKind;
        let (held, generation) = (self.held.get(token), self.generation());
        let current = |held: &Held| held.generation == generation && held.expires + LEEWAY >= get_current_timestamp();
        if let Some(held) = held.filter(current) {
            return Ok(held.actor);
        }
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        let key = {
            let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
            let key = header.kid.and_then(|kid| keys.set.find(&kid)).ok_or(TokenError::Invalid)?;
            DecodingKey::from_jwk(key).map_err(|_| TokenError::Invalid)?
        };
        let claims = decode::<Claims>(token, &key, &self.validation).map_err(|error| match error.kind() {
            ErrorKind::ExpiredSignature => TokenError::Expired,
            _ => TokenError::Invalid,
        })?;
        // A scope that this version does not know gives no right, and must not lock the account out.
        let scopes: BTreeSet<_> =
            claims.claims.scope.split_whitespace().filter_map(|scope| scope.parse().ok()).collect();
        let actor = Actor::User { id: claims.claims.sub, scopes };
        let held = Held { actor: actor.clone(), expires: claims.claims.exp, generation };
        self.held.insert(token.to_owned(), held);
        Ok(actor)
    }

    fn generation(&self) -> u64 {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).generation
    }
}
