use std::collections::BTreeSet;
use std::sync::{PoisonError, RwLock};

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use kernel::{Actor, UserId};
use serde::Deserialize;

/// Verifies access tokens: ES256 (RFC 7518) JSON Web Tokens (RFC 7519) of our issuer.
#[derive(Debug)]
pub struct TokenVerifier {
    keys: RwLock<JwkSet>,
    validation: Validation,
}

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
        validation.leeway = 5;
        Self { keys: RwLock::new(keys), validation }
    }

    /// A verifier that trusts no key yet: until [`Self::trust`] it refuses every token.
    pub fn untrusting() -> Self {
        Self::new("techcorp", "techcorp", JwkSet { keys: Vec::new() })
    }

    /// Trusts these keys from now on, and no others: keys are rotated while the service runs.
    pub fn trust(&self, keys: JwkSet) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
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
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        let key = {
            let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
            let key = header.kid.and_then(|kid| keys.find(&kid)).ok_or(TokenError::Invalid)?;
            DecodingKey::from_jwk(key).map_err(|_| TokenError::Invalid)?
        };
        let claims = decode::<Claims>(token, &key, &self.validation).map_err(|error| match error.kind() {
            ErrorKind::ExpiredSignature => TokenError::Expired,
            _ => TokenError::Invalid,
        })?;
        // A scope that this version does not know gives no right, and must not lock the account out.
        let scopes: BTreeSet<_> =
            claims.claims.scope.split_whitespace().filter_map(|scope| scope.parse().ok()).collect();
        Ok(Actor::User { id: claims.claims.sub, scopes })
    }
}
