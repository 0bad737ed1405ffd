mod change_address;
mod change_user;

use async_graphql::{Context, ID, MergedObject, Result};
use gql::{actor, masked};
use kernel::{Failure, UserId};

use super::types::{ProfileError, profile_errors};
use crate::domain::Problem;

/// Entry points for changing.
#[derive(Debug, MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(change_user::ChangeUser, change_address::ChangeAddress);

/// What was done, or why not as the errors of a payload.
fn outcome<T>(
    what: &str,
    id: &ID,
    done: std::result::Result<T, Failure<Problem>>,
) -> Result<(Option<T>, Vec<ProfileError>)> {
    match done {
        Ok(done) => Ok((Some(done), Vec::new())),
        Err(Failure::Problems(problems)) => Ok((None, profile_errors(what, id, problems))),
        Err(Failure::Fault(fault)) => Err(masked(&fault)),
    }
}

/// The id of whom an input is about: the given one, else who is signed in.
fn subject(ctx: &Context<'_>, given: Option<ID>) -> ID {
    given.unwrap_or_else(|| actor(ctx).user().map(|UserId(id)| id.into()).unwrap_or_default())
}
