//! `techcorp account`: an account with roles, above all the first administrator, whom nobody else can make.

use std::process::ExitCode;
use std::sync::Arc;

use auth::domain::Role;
use chassis::StartError;
use gql::TokenVerifier;
use kernel::SystemClock;
use messaging::Outbox;
use resilience::throttle;

use crate::data::Data;
use crate::{Settings, banner, operator};

/// Whose account, and what it may do.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The e-mail address that the account signs in with.
    email: String,
    /// How its owner wants to be called.
    #[arg(long, default_value = "Administrator")]
    name: String,
    /// What it may do beside shopping; several are given by repeating this.
    #[arg(long, default_value = "ADMINISTRATOR", value_parser = role)]
    role: Vec<Role>,
    /// The password of a new account. Better in the environment than on the command line, where others can read it.
    #[arg(long, env = "ACCOUNT_PASSWORD", hide_env_values = true)]
    password: String,
}

fn role(name: &str) -> Result<Role, String> {
    name.to_uppercase().parse().map_err(|_| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("there is no such role; these are: {}", known.join(", "))
    })
}

/// Makes the account when it is missing, and gives it exactly these roles. The password of an account that is there stays.
pub(crate) async fn run(settings: &Settings, options: &Options) -> Result<ExitCode, StartError> {
    let data = Data::start(settings).await?;
    let pool = data.open(auth::schema()).await?;
    let resources = auth::Resources {
        pool: pool.clone(),
        clock: Arc::new(SystemClock),
        outbox: Outbox::new(auth::NAME),
        verifier: Arc::new(TokenVerifier::untrusting()),
        throttle: Arc::new(throttle::InProcess::default()),
    };
    let app = auth::app(&resources);
    let done = async {
        let id = app.ensure_account(&options.email, &options.password, &options.name, &options.role).await?;
        app.change_roles(&operator::by(), id, &options.role).await
    };
    let done = done.await;
    pool.close().await;
    data.stop().await?;
    let roles = done.map_err(|failure| {
        StartError::new(format!("the account was not made: {failure:?}"), "correct what it says, then try again")
    })?;
    let roles: Vec<&str> = roles.iter().map(|role| role.name()).collect();
    banner::line(&format!("{} has the roles {}", options.email, roles.join(", ")));
    Ok(ExitCode::SUCCESS)
}
