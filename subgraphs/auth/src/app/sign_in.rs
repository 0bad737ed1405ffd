use kernel::{Email, Failure, Fault, UserId};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{App, SignedIn, limits};
use crate::domain::{Action, By, MAX_PASSWORD, On, Problem};
use crate::store::account;

impl App {
    /// Signs in. Whether the account is unknown or the password wrong is told neither by the answer nor by its time.
    ///
    /// # Errors
    /// [`Problem::InvalidCredentials`], [`Problem::TooManyAttempts`].
    pub async fn sign_in(
        &self,
        email: &str,
        password: &SecretString,
        user_agent: Option<&str>,
    ) -> Result<SignedIn, Failure<Problem>> {
        // What cannot be an address or a password belongs to no account, and everybody can know that.
        let possible = password.expose_secret().chars().count() <= MAX_PASSWORD;
        let Some(email) = email.parse::<Email>().ok().filter(|_| possible) else {
            return Err(Failure::problem(Problem::InvalidCredentials));
        };
        self.attempt("sign-in", email.as_str(), limits::SIGN_IN).await?;
        let known = account::credentials_by_email(&mut *self.pool.acquire().await?, email.as_str()).await?;
        let hash = known.as_ref().map(|known| known.password_hash.clone());
        let proved = self.hasher.verify(password, hash).await?;
        let tried = known.as_ref().map(|known| known.id);
        let Some(known) = known.filter(|_| proved) else {
            return Err(self.refuse(tried, user_agent).await?);
        };
        let mut tx = self.pool.begin().await?;
        // The password may have been changed, and the account deleted, while its hash was compared.
        if !account::hold(&mut tx, known.id, &known.password_hash).await? {
            drop(tx);
            return Err(self.refuse(tried, user_agent).await?);
        }
        let roles = account::roles(&mut tx, &[known.id.0]).await?.remove(&known.id).unwrap_or_default();
        let signed_in = self.start(&mut tx, known.id, &roles, user_agent).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Writes the attempt down, of a known account and of an unknown one alike: it takes the same time.
    async fn refuse(&self, tried: Option<UserId>, user_agent: Option<&str>) -> Result<Failure<Problem>, Fault> {
        let act = (&By::Anonymous, Action::SignInFailed, On::Account(tried));
        self.note(&mut *self.pool.acquire().await?, act, user_agent, json!({})).await?;
        Ok(Failure::problem(Problem::InvalidCredentials))
    }
}
