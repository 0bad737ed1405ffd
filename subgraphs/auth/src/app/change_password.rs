use events::auth::PasswordChanged;
use kernel::{Email, Failure, SessionId, UserId};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{App, limits};
use crate::domain::{Action, By, Ended, On, Problem, check_password};
use crate::store::{account, session};

impl App {
    /// Changes the password of the account and ends its sessions, but for the one that is kept.
    ///
    /// # Errors
    /// [`Problem::InvalidCredentials`] when the current password is another, [`Problem::WeakPassword`],
    /// [`Problem::TooManyAttempts`].
    pub async fn change_password(
        &self,
        user: UserId,
        (current, new): (&SecretString, &SecretString),
        keep: Option<SessionId>,
    ) -> Result<(), Failure<Problem>> {
        let wrong = || Failure::problem(Problem::InvalidCredentials);
        let known = account::credentials(&mut *self.pool.acquire().await?, user).await?.ok_or_else(wrong)?;
        let email: Email = known.email.parse()?;
        check_password(new.expose_secret(), &email)
            .map_err(|message| Failure::problem(Problem::WeakPassword(message)))?;
        self.attempt("prove", &user.to_string(), limits::PROVE).await?;
        if !self.hasher.verify(current, Some(known.password_hash.clone())).await? {
            return Err(wrong());
        }
        let hash = self.hasher.hash(new).await?;
        let mut tx = self.pool.begin().await?;
        // Of two changes that proved the same password the second proves nothing any more.
        if !account::replace_password(&mut tx, user, (&known.password_hash, &hash)).await? {
            return Err(wrong());
        }
        let now = self.clock.now();
        for ended in session::end_all(&mut tx, user, keep, Ended::PasswordChanged, now).await? {
            self.tell_end(&mut tx, user, ended, Ended::PasswordChanged).await?;
        }
        self.outbox.put(&mut tx, &*self.clock, &PasswordChanged { user_id: user, email }).await?;
        let act = (&By::Account(user), Action::PasswordChanged, On::Account(Some(user)));
        self.note(&mut tx, act, None, json!({})).await?;
        tx.commit().await?;
        Ok(())
    }
}
