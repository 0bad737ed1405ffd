use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{SignedIn, actor, masked, parse_id};
use kernel::Failure;

use crate::app::App;
use crate::domain::Problem;
use crate::graphql::types::{AccountError, InvalidCredentials, User, account_errors};

/// Changing the password.
#[derive(Debug, Default)]
pub struct Password;

/// The old password and the new one.
#[derive(InputObject)]
pub struct PasswordChangeInput {
    /// The password that you sign in with now.
    #[graphql(secret)]
    pub current_password: String,
    /// 8 to 128 characters; neither the e-mail address nor one that everybody tries first.
    #[graphql(secret)]
    pub new_password: String,
    /// The session that you are in, as you got it when you signed in: it goes on, every other ends. Without it all end, and you
    /// sign in again.
    pub session_id: Option<ID>,
}

/// What became of changing the password.
#[derive(SimpleObject)]
pub struct PasswordChangePayload {
    /// Whose password was changed; null when there are errors.
    pub user: Option<User>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<AccountError>,
}

#[Object]
impl Password {
    /// Changes your password and ends your other sessions.
    #[graphql(guard = "SignedIn")]
    async fn password_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The passwords.")] input: PasswordChangeInput,
    ) -> Result<PasswordChangePayload> {
        let PasswordChangeInput { current_password, new_password, session_id } = input;
        let keep = session_id.as_ref().and_then(parse_id);
        let done = match actor(ctx).user() {
            Some(user) => {
                let passwords = (&current_password.into(), &new_password.into());
                ctx.data::<App>()?.change_password(user, passwords, keep).await.map(|()| user)
            }
            None => Err(Failure::problem(Problem::InvalidCredentials)),
        };
        match done {
            Ok(user) => Ok(PasswordChangePayload { user: Some(user.into()), errors: Vec::new() }),
            Err(Failure::Problems(problems)) => {
                let mut errors = account_errors(&ID::default(), problems);
                for error in &mut errors {
                    if let AccountError::InvalidCredentials(InvalidCredentials { message }) = error {
                        *message = "the current password is another: check it".into();
                    }
                }
                Ok(PasswordChangePayload { user: None, errors })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}
