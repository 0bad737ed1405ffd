use events::auth::AccountRegistered;
use kernel::{Failure, Fault, UserId};
use secrecy::ExposeSecret;
use sqlx::PgConnection;

use super::{App, Registration, SignedIn, limits};
use crate::domain::{NewAccount, Problem, Role, with_shopper};
use crate::store::account;

impl App {
    /// Opens an account and signs its owner in.
    ///
    /// # Errors
    /// Everything that is wrong with the registration; [`Problem::EmailTaken`]; [`Problem::TooManyAttempts`].
    pub async fn register(
        &self,
        registration: &Registration,
        user_agent: Option<&str>,
    ) -> Result<SignedIn, Failure<Problem>> {
        let new = registration.check()?;
        self.attempt("register", new.email.as_str(), limits::REGISTER).await?;
        if account::id_by_email(&mut *self.pool.acquire().await?, new.email.as_str()).await?.is_some() {
            return Err(Failure::problem(Problem::EmailTaken));
        }
        let hash = self.hasher.hash(&registration.password).await?;
        let roles = with_shopper(&[]);
        let mut tx = self.pool.begin().await?;
        let Some(user) = self.open(&mut tx, &new, &hash, &roles).await? else {
            return Err(Failure::problem(Problem::EmailTaken));
        };
        let signed_in = self.start(&mut tx, user, &roles, user_agent).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Writes the account and tells of it; nothing when the e-mail address has one.
    pub(super) async fn open(
        &self,
        conn: &mut PgConnection,
        new: &NewAccount,
        hash: &str,
        roles: &[Role],
    ) -> Result<Option<UserId>, Fault> {
        let id = UserId(self.clock.uuid());
        if !account::insert(conn, id, new, hash, self.clock.now()).await? {
            return Ok(None);
        }
        account::set_roles(conn, id, roles).await?;
        let NewAccount { email, display_name, locale } = new.clone();
        let event = AccountRegistered { user_id: id, email, display_name, locale };
        self.outbox.put(conn, &*self.clock, &event).await?;
        Ok(Some(id))
    }
}

impl Registration {
    pub(super) fn check(&self) -> Result<NewAccount, Failure<Problem>> {
        let checked = NewAccount::check(&self.email, self.password.expose_secret(), &self.display_name, &self.locale);
        checked.map_err(Failure::Problems)
    }
}
