//! Which tokens are accepted, and for whom.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gql::{TokenError, TokenVerifier};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};
use kernel::{Actor, Scope};
use serde_json::{Value, json};

struct Issuer {
    key: EncodingKey,
    keys: JwkSet,
    verifier: TokenVerifier,
}

/// An issuer with a key of its own, and a verifier that knows it as `k1`.
fn issuer() -> Issuer {
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref()).unwrap();
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
    let keys = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "k1", "x": x, "y": y }] });
    let keys: JwkSet = serde_json::from_value(keys).unwrap();
    let verifier = TokenVerifier::new("shop", "api", keys.clone());
    Issuer { key: EncodingKey::from_ec_der(pkcs8.as_ref()), keys, verifier }
}

fn claims() -> Value {
    json!({ "iss": "shop", "aud": "api", "sub": "0199e2a0-0000-7000-8000-000000000001",
            "exp": get_current_timestamp() + 600, "scope": "catalogue:write a:later-scope" })
}

impl Issuer {
    fn sign(&self, kid: &str, claims: &Value) -> String {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::ES256) };
        encode(&header, claims, &self.key).unwrap()
    }
}

fn ask(verifier: &TokenVerifier, token: &str) -> Result<Actor, TokenError> {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", HeaderValue::from_str(&format!("Bearer {token}")).unwrap());
    verifier.actor(&headers)
}

#[test]
fn a_valid_token_names_its_account_and_the_scopes_we_know() {
    let issuer = issuer();
    let actor = ask(&issuer.verifier, &issuer.sign("k1", &claims())).unwrap();
    assert!(actor.may(Scope::CatalogueWrite) && !actor.may(Scope::CatalogueRead));
    assert_eq!(actor.user().unwrap().to_string(), "0199e2a0-0000-7000-8000-000000000001");
}

#[test]
fn no_token_is_a_guest() {
    assert_eq!(issuer().verifier.actor(&HeaderMap::new()), Ok(Actor::Anonymous));
}

#[test]
fn an_expired_token_says_so() {
    let issuer = issuer();
    let mut claims = claims();
    claims["exp"] = json!(get_current_timestamp() - 60);
    assert_eq!(ask(&issuer.verifier, &issuer.sign("k1", &claims)), Err(TokenError::Expired));
}

#[test]
fn a_token_that_does_not_hold_is_refused() {
    let issuer = issuer();
    let valid = issuer.sign("k1", &claims());
    let mut refused = vec![
        ("of an unknown key", issuer.sign("k2", &claims())),
        ("signed by another", self::issuer().sign("k1", &claims())),
        ("no token", "nonsense".to_owned()),
        ("empty", String::new()),
    ];
    for (name, value) in [("iss", "other"), ("aud", "other"), ("sub", "nobody")] {
        let mut claims = claims();
        claims[name] = json!(value);
        refused.push((name, issuer.sign("k1", &claims)));
    }
    // The payload of one token with the signature of another.
    let mut richer = claims();
    richer["scope"] = json!("orders:write");
    let richer = issuer.sign("k1", &richer);
    let signature = valid.rsplit('.').next().unwrap();
    refused.push(("tampered", format!("{}.{signature}", richer.rsplit_once('.').unwrap().0)));
    // The classic: a header that claims no signature is needed.
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"k1"}"#);
    refused.push(("unsigned", format!("{header}.{}.", valid.split('.').nth(1).unwrap())));
    for (why, token) in refused {
        assert_eq!(ask(&issuer.verifier, &token), Err(TokenError::Invalid), "{why}");
    }
}

#[test]
fn a_token_that_held_before_is_refused_when_its_key_is_trusted_no_more() {
    let (issuer, other) = (issuer(), self::issuer());
    let token = issuer.sign("k1", &claims());
    let first = ask(&issuer.verifier, &token).unwrap();
    assert!(!format!("{:?}", issuer.verifier).contains(&token), "what is remembered is not shown");
    assert_eq!(ask(&issuer.verifier, &token), Ok(first));
    issuer.verifier.trust(other.keys.clone());
    assert_eq!(ask(&issuer.verifier, &token), Err(TokenError::Invalid));
    issuer.verifier.trust(issuer.keys.clone());
    assert!(ask(&issuer.verifier, &token).is_ok());
}
