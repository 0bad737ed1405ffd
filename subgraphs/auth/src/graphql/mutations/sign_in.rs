use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::masked;
use kernel::Failure;
use secrecy::{ExposeSecret, SecretString};

use crate::app::{App, Registration, SignedIn};
use crate::domain::Problem;
use crate::graphql::types::{AccountError, Session, User, account_errors};

/// Opening an account, signing in, and staying signed in.
#[derive(Debug, Default)]
pub struct SignIn;

/// An account to open.
#[derive(InputObject)]
pub struct AccountRegisterInput {
    /// Where to reach the person; also what they sign in with. Upper and lower case are the same.
    pub email: String,
    /// 8 to 128 characters; neither the e-mail address nor one that everybody tries first.
    #[graphql(secret)]
    pub password: String,
    /// How the person wants to be called, 1 to 100 characters.
    pub display_name: String,
    /// Language tag (BCP 47) for what is written to the person, for example `pt-BR`.
    #[graphql(default = "en")]
    pub locale: String,
    /// What the client is, for the list of sessions, for example `TechCorp for iPhone 4.1`.
    pub user_agent: Option<String>,
}

/// Who signs in.
#[derive(InputObject)]
pub struct SessionCreateInput {
    /// The e-mail address of the account. Upper and lower case are the same.
    pub email: String,
    /// The password of the account.
    #[graphql(secret)]
    pub password: String,
    /// What the client is, for the list of sessions, for example `TechCorp for iPhone 4.1`.
    pub user_agent: Option<String>,
}

/// The session to go on with.
#[derive(InputObject)]
pub struct SessionRefreshInput {
    /// The latest refresh token of the session.
    #[graphql(secret)]
    pub refresh_token: String,
}

macro_rules! payload {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(SimpleObject, Default)]
        pub struct $name {
            /// Proves who asks: send it as `Authorization: Bearer …`. Null when there are errors.
            pub access_token: Option<String>,
            /// Gets the next access token from `sessionRefresh`, once. Keep it where no script can read it. Null when there are
            /// errors.
            pub refresh_token: Option<String>,
            /// How many seconds the access token is valid; null when there are errors.
            pub expires_in: Option<i32>,
            /// The sign-in; null when there are errors.
            pub session: Option<Session>,
            /// Who is signed in; null when there are errors.
            pub user: Option<User>,
            /// Why it did not happen; empty when it did.
            pub errors: Vec<AccountError>,
        }

        impl $name {
            fn from(signed_in: Result<SignedIn, Failure<Problem>>) -> Result<Self> {
                match signed_in {
                    Ok(SignedIn { access_token, refresh_token, expires_in, session }) => Ok(Self {
                        access_token: Some(access_token.expose_secret().to_owned()),
                        refresh_token: Some(refresh_token.expose_secret().to_owned()),
                        expires_in: Some(expires_in),
                        user: Some(session.user_id.into()),
                        session: Some(session.into()),
                        errors: Vec::new(),
                    }),
                    Err(Failure::Problems(problems)) => {
                        Ok(Self { errors: account_errors(&ID::default(), problems), ..Self::default() })
                    }
                    Err(Failure::Fault(fault)) => Err(masked(&fault)),
                }
            }
        }
    };
}

payload! {
    /// What became of opening an account.
    AccountRegisterPayload
}
payload! {
    /// What became of signing in.
    SessionCreatePayload
}
payload! {
    /// What became of going on with a session.
    SessionRefreshPayload
}

#[Object]
impl SignIn {
    /// Opens an account and signs its owner in.
    async fn account_register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: AccountRegisterInput,
    ) -> Result<AccountRegisterPayload> {
        let AccountRegisterInput { email, password, display_name, locale, user_agent } = input;
        let registration = Registration { email, password: password.into(), display_name, locale };
        let done = ctx.data::<App>()?.register(&registration, user_agent.as_deref()).await;
        AccountRegisterPayload::from(done)
    }

    /// Signs in with e-mail address and password.
    async fn session_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who signs in.")] input: SessionCreateInput,
    ) -> Result<SessionCreatePayload> {
        let password = SecretString::from(input.password);
        let done = ctx.data::<App>()?.sign_in(&input.email, &password, input.user_agent.as_deref()).await;
        SessionCreatePayload::from(done)
    }

    /// Changes a refresh token into a new access token and a new refresh token, with the rights that the account has now. Each
    /// refresh token works once; one that is used again ends its session, because it may have been stolen. Send it without an
    /// access token: that may be over.
    async fn session_refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: SessionRefreshInput,
    ) -> Result<SessionRefreshPayload> {
        let done = ctx.data::<App>()?.refresh(&input.refresh_token.into()).await;
        SessionRefreshPayload::from(done)
    }
}
