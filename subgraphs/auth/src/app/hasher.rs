use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use kernel::Fault;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Memory of a hash in KiB, passes over it, and lanes: OWASP's least for Argon2id.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// A hash of no password, for accounts that do not exist: comparing with it takes as long as comparing with a real one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$31A6TCfpBpdbzOdVRtn/3w$ym3veZknmYZmslmpGcnTPxGuMTetQFW0jciTiS7/8VE";

/// Hashes passwords, a few at a time: each takes a core and 19 MiB, which must not grow with the requests.
#[derive(Debug, Clone)]
pub(super) struct Hasher {
    turns: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        let turns = available_parallelism().map_or(1, usize::from).clamp(1, 8);
        Self { turns: Arc::new(Semaphore::new(turns)) }
    }
}

impl Hasher {
    /// The hash of the password as a PHC string.
    pub(super) async fn hash(&self, password: &SecretString) -> Result<String, Fault> {
        let password = password.clone();
        self.work(move || {
            let hash: PasswordHash = argon2()?.hash_password(password.expose_secret().as_bytes())?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the hash is the password's. Without a hash it is not, and that takes as long to find out.
    pub(super) async fn verify(&self, password: &SecretString, hash: Option<String>) -> Result<bool, Fault> {
        let password = password.clone();
        self.work(move || {
            let known = hash.is_some();
            let hash = PasswordHash::new(hash.as_deref().unwrap_or(NOBODY))?;
            match argon2()?.verify_password(password.expose_secret().as_bytes(), &hash) {
                Ok(()) => Ok(known),
                Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let turn = timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| Fault::unavailable("too many passwords wait to be hashed"))??;
        // The turn goes with the work, which goes on also when the request is given up.
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await?
    }
}

fn argon2() -> Result<Argon2<'static>, Fault> {
    let (memory, passes, lanes) = COST;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(memory, passes, lanes, None)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_belongs_to_its_password_and_nobody_has_one() {
        let hasher = Hasher::default();
        let (right, wrong) = (SecretString::from("lampoak7"), SecretString::from("lampoak8"));
        let hash = hasher.hash(&right).await.unwrap();
        assert!(hasher.verify(&right, Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify(&wrong, Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify(&right, None).await.unwrap());
        assert_ne!(hasher.hash(&right).await.unwrap(), hash, "each has its own salt");
    }

    #[tokio::test]
    async fn the_hash_of_nobody_costs_what_a_real_one_costs() {
        let real = Hasher::default().hash(&"lampoak7".into()).await.unwrap();
        let (real, nobody) = (PasswordHash::new(&real).unwrap(), PasswordHash::new(NOBODY).unwrap());
        assert_eq!((real.algorithm, real.version, &real.params), (nobody.algorithm, nobody.version, &nobody.params));
        assert_eq!(real.params.to_string(), "m=19456,t=2,p=1");
        let lengths = |hash: &PasswordHash| (hash.salt.as_ref().map(|salt| salt.len()), hash.hash.map(|out| out.len()));
        assert_eq!(lengths(&real), lengths(&nobody));
    }
}
