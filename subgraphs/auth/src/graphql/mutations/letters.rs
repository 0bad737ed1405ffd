use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{Scoped, actor, masked};
use kernel::{Failure, Fault, Scope};

use crate::app::App;
use crate::domain::{By, LetterProblem};
use crate::graphql::types::{DeadLetter, DeadLetterError, letter_errors, number};

/// Settling messages that consumers gave up.
#[derive(Debug, Default)]
pub struct Letters;

/// Which message to give to its consumer again.
#[derive(InputObject)]
pub struct DeadLetterReplayInput {
    /// The message, from `deadLetters`.
    pub id: ID,
}

/// What became of replaying.
#[derive(SimpleObject)]
pub struct DeadLetterReplayPayload {
    /// The message as it was before; null when there are errors.
    pub dead_letter: Option<DeadLetter>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<DeadLetterError>,
}

/// Which message to delete.
#[derive(InputObject)]
pub struct DeadLetterDiscardInput {
    /// The message, from `deadLetters`.
    pub id: ID,
}

/// What became of discarding.
#[derive(SimpleObject)]
pub struct DeadLetterDiscardPayload {
    /// The message that is gone; null when there are errors.
    pub id: Option<ID>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<DeadLetterError>,
}

#[Object]
impl Letters {
    /// Gives a message to its consumer again, with all its attempts. Once: a second time says that it was replayed. The effect
    /// comes after everything that happened to the same thing since.
    #[graphql(guard = "Scoped(Scope::DeadLettersWrite)", requires_scopes = "dead-letters:write")]
    async fn dead_letter_replay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which message.")] input: DeadLetterReplayInput,
    ) -> Result<DeadLetterReplayPayload> {
        let by = who(ctx)?;
        let done = match number(&input.id) {
            Some(number) => ctx.data::<App>()?.replay_letter(&by, number).await,
            None => Err(Failure::problem(LetterProblem::NotFound)),
        };
        match done {
            Ok(letter) => Ok(DeadLetterReplayPayload { dead_letter: Some(letter.into()), errors: Vec::new() }),
            Err(Failure::Problems(problems)) => {
                Ok(DeadLetterReplayPayload { dead_letter: None, errors: letter_errors(&input.id, problems) })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }

    /// Deletes a message for good: what it should have brought about never happens by itself. Doing it twice is doing it once.
    #[graphql(guard = "Scoped(Scope::DeadLettersWrite)", requires_scopes = "dead-letters:write")]
    async fn dead_letter_discard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which message.")] input: DeadLetterDiscardInput,
    ) -> Result<DeadLetterDiscardPayload> {
        let by = who(ctx)?;
        let done = match number(&input.id) {
            Some(number) => ctx.data::<App>()?.discard_letter(&by, number).await,
            None => Err(Failure::problem(LetterProblem::NotFound)),
        };
        match done {
            Ok(()) => Ok(DeadLetterDiscardPayload { id: Some(input.id), errors: Vec::new() }),
            Err(Failure::Problems(problems)) => {
                Ok(DeadLetterDiscardPayload { id: None, errors: letter_errors(&input.id, problems) })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}

fn who(ctx: &Context<'_>) -> Result<By> {
    let user = actor(ctx).user();
    user.map(By::Account).ok_or_else(|| masked(&Fault::internal("the guard let a guest pass")))
}
