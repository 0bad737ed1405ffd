use kernel::{Failure, Fault, UserId};

use super::{App, Registration};
use crate::domain::{Problem, Role, with_shopper};
use crate::store::account;

impl App {
    /// Opens the account if the e-mail address has none, for accounts that a platform is to have from its beginning. One that
    /// exists stays as it is, with the password and the roles it has got since; finding that out is one look-up.
    ///
    /// # Errors
    /// Everything that is wrong with the account.
    pub async fn ensure_account(
        &self,
        email: &str,
        password: &str,
        display_name: &str,
        roles: &[Role],
    ) -> Result<UserId, Failure<Problem>> {
        let registration = Registration {
            email: email.to_owned(),
            password: password.into(),
            display_name: display_name.to_owned(),
            locale: "en".to_owned(),
        };
        let new = registration.check()?;
        if let Some(id) = account::id_by_email(&mut *self.pool.acquire().await?, new.email.as_str()).await? {
            return Ok(id);
        }
        let hash = self.hasher.hash(&registration.password).await?;
        let mut tx = self.pool.begin().await?;
        let opened = self.open(&mut tx, &new, &hash, &with_shopper(roles)).await?;
        tx.commit().await?;
        if let Some(id) = opened {
            return Ok(id);
        }
        // Another process was faster.
        let id = account::id_by_email(&mut *self.pool.acquire().await?, new.email.as_str()).await?;
        id.ok_or_else(|| Fault::unavailable(format!("the account {} was opened and deleted at once", new.email)).into())
    }
}
