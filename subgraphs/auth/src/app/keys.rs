use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey};
use kernel::Fault;
use serde_json::Value;

use super::App;
use crate::domain::{KeyTimes, next_key, over};
use crate::store::key;

impl App {
    /// Makes the key that is due, if one is, deletes those that are over, and answers with all that are trusted. Several
    /// replicas may do this at once.
    ///
    /// # Errors
    /// The database's.
    pub async fn keep_keys(&self) -> Result<JwkSet, Fault> {
        let now = self.clock.now();
        let known = key::all(&mut *self.pool.acquire().await?).await?;
        let times: Vec<KeyTimes> = known.iter().map(|key| key.times).collect();
        if next_key(&times, now).is_none() && !times.iter().any(|key| over(key, now)) {
            return published(known);
        }
        let mut tx = self.pool.begin().await?;
        key::lock(&mut tx).await?;
        key::forget(&mut tx, now).await?;
        // Looked at again: another replica may have made it meanwhile.
        let times: Vec<KeyTimes> = key::all(&mut tx).await?.iter().map(|key| key.times).collect();
        if let Some(due) = next_key(&times, now) {
            let (signer, jwk) = generate()?;
            key::insert(&mut tx, &signer, &jwk, now, due).await?;
            tracing::info!(kid = signer.kid, signs_until = %due.signs_until, "a signing key was made");
        }
        let known = key::all(&mut tx).await?;
        tx.commit().await?;
        published(known)
    }

    /// The keys that access tokens are trusted by.
    ///
    /// # Errors
    /// The database's.
    pub async fn trusted_keys(&self) -> Result<JwkSet, Fault> {
        let mut known = key::all(&mut *self.pool.acquire().await?).await?;
        known.retain(|key| !over(&key.times, self.clock.now()));
        published(known)
    }
}

fn published(keys: Vec<key::Key>) -> Result<JwkSet, Fault> {
    let keys = keys.into_iter().map(|key| serde_json::from_value(key.public_jwk)).collect::<Result<_, _>>()?;
    Ok(JwkSet { keys })
}

/// A new key pair, named by the thumbprint of its public half (RFC 7638).
fn generate() -> Result<(key::Signer, Value), Fault> {
    let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())?;
    let private_der = pair.as_ref().to_vec();
    let mut jwk = Jwk::from_encoding_key(&EncodingKey::from_ec_der(&private_der), Algorithm::ES256)?;
    let kid = jwk.thumbprint(ThumbprintHash::SHA256)?;
    jwk.common.key_id = Some(kid.clone());
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    Ok((key::Signer { kid, private_der }, serde_json::to_value(jwk)?))
}
