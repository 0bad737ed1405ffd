//! What is long ago, made without waiting for it: with the keys and the rows of the platform's own database.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, decode_header, encode};
use serde_json::{Value, json};

use crate::owner::database;

/// The same token, rightly signed, but issued an hour ago and so over.
///
/// # Panics
/// When it is no token of this platform.
pub async fn expired_copy(data_dir: &Path, token: &str) -> String {
    let kid = decode_header(token).expect("a header").kid.expect("a key's id");
    let mut claims = claims(token);
    for claim in ["iat", "nbf", "exp"] {
        if let Some(at) = claims[claim].as_i64() {
            claims[claim] = json!(at - 3_600);
        }
    }
    let key: Vec<u8> = sqlx::query_scalar("select private_der from auth.signing_key where kid = $1")
        .bind(&kid)
        .fetch_one(&mut database(data_dir).await)
        .await
        .expect("the key that signed it");
    let header =
        Header { typ: decode_header(token).expect("a header").typ, kid: Some(kid), ..Header::new(Algorithm::ES256) };
    encode(&header, &claims, &EncodingKey::from_ec_der(&key)).expect("a signature")
}

fn claims(token: &str) -> Value {
    let middle = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(middle).expect("base64")).expect("JSON")
}

/// Ends the time for which the order's stock is held.
///
/// # Panics
/// When nothing is held for it.
pub async fn expire_reservation(data_dir: &Path, order: &str) {
    let sql = "update inventory.reservation set expires_at = now() - interval '1 second' where order_id = $1::uuid and status = 'RESERVED'";
    let done = sqlx::query(sql).bind(order).execute(&mut database(data_dir).await).await.expect("an update");
    assert_eq!(done.rows_affected(), 1, "the order holds stock");
}
