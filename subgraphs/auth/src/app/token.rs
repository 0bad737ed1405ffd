use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kernel::{Fault, SessionId, UserId};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::{Role, TOKEN_LIFE, scopes_of};
use crate::store::key::Signer;

/// Who issues access tokens.
pub const ISSUER: &str = "techcorp";
/// Whom access tokens are meant for.
pub const AUDIENCE: &str = "techcorp";

/// The claims of an access token (RFC 7519; `scope` as in RFC 8693, section 4.2; `sid` names the session).
#[derive(Serialize)]
struct Claims {
    iss: &'static str,
    aud: &'static str,
    sub: UserId,
    scope: String,
    sid: SessionId,
    jti: Uuid,
    iat: i64,
    exp: i64,
}

/// A new access token.
pub(super) fn access_token(
    signer: &Signer,
    (user, session, jti): (UserId, SessionId, Uuid),
    roles: &[Role],
    now: OffsetDateTime,
) -> Result<SecretString, Fault> {
    let scopes: Vec<String> = scopes_of(roles).iter().map(ToString::to_string).collect();
    let claims = Claims {
        iss: ISSUER,
        aud: AUDIENCE,
        sub: user,
        scope: scopes.join(" "),
        sid: session,
        jti,
        iat: now.unix_timestamp(),
        exp: (now + TOKEN_LIFE).unix_timestamp(),
    };
    let header = Header { kid: Some(signer.kid.clone()), ..Header::new(Algorithm::ES256) };
    Ok(encode(&header, &claims, &EncodingKey::from_ec_der(&signer.private_der))?.into())
}

/// A new refresh token: 256 random bits.
pub(super) fn refresh_token() -> Result<SecretString, Fault> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes).into())
}

/// What is kept of a refresh token. It is random, so a plain hash hides it as well as a slow one would.
pub(super) fn fingerprint(token: &SecretString) -> [u8; 32] {
    Sha256::digest(token.expose_secret()).into()
}
