use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{actor, masked, parse_id, refused};
use kernel::Failure;

use crate::app::{App, Which};
use crate::domain::Problem;
use crate::graphql::types::{AccountError, Session, account_errors};

/// Signing out.
#[derive(Debug, Default)]
pub struct Revoke;

/// The session that shall end. Give one of the two.
#[derive(InputObject)]
pub struct SessionRevokeInput {
    /// A session of your own, from `User.sessions`. You have to be signed in.
    pub session_id: Option<ID>,
    /// A refresh token of the session. That works also when the access token is over.
    #[graphql(secret)]
    pub refresh_token: Option<String>,
}

/// What became of signing out.
#[derive(SimpleObject)]
pub struct SessionRevokePayload {
    /// The session, ended; null when there are errors.
    pub session: Option<Session>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<AccountError>,
}

#[Object]
impl Revoke {
    /// Ends a session: its refresh token no longer works, and its last access token is over after a few minutes. Doing it twice
    /// is doing it once.
    async fn session_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session.")] input: SessionRevokeInput,
    ) -> Result<SessionRevokePayload> {
        let id = input.session_id.clone().unwrap_or_default();
        let which = match (input.session_id, input.refresh_token) {
            (Some(session), None) => {
                let user = actor(ctx).user();
                user.zip(parse_id(&session)).map(|(user, session)| Which::Own(user, session))
            }
            (None, Some(token)) => Some(Which::Token(token.into())),
            _ => return Err(refused("give either `sessionId` or `refreshToken`")),
        };
        let done = match which {
            Some(which) => ctx.data::<App>()?.revoke(&which).await,
            None => Err(Failure::problem(Problem::NotFound)),
        };
        match done {
            Ok(session) => Ok(SessionRevokePayload { session: Some(session.into()), errors: Vec::new() }),
            Err(Failure::Problems(problems)) => {
                Ok(SessionRevokePayload { session: None, errors: account_errors(&id, problems) })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}
