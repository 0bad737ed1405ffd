//! `techcorp dead-letters`: messages that were given up, listed, shown, given to their consumer again, or thrown away. It works
//! as auth does, with the same use cases and the same rights, so that what is done here is written down there.

use std::process::ExitCode;
use std::sync::Arc;

use auth::app::App;
use auth::domain::LetterProblem;
use chassis::StartError;
use clap::Subcommand;
use gql::TokenVerifier;
use kernel::{Failure, Fault, SystemClock};
use messaging::dead_letters::Filter;
use messaging::{DeadLetter, Outbox};
use resilience::throttle;
use serde_json::json;

use crate::data::Data;
use crate::{Settings, banner, operator};

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Lists them, oldest first, one line each.
    List {
        /// Only those of this consumer.
        #[arg(long)]
        queue: Option<String>,
        /// Only those of this kind of event.
        #[arg(long)]
        kind: Option<String>,
        /// Only those after this number, to go on where a list ended.
        #[arg(long)]
        after: Option<i64>,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: u16,
    },
    /// Shows one with its payload and what was done to it before, as JSON.
    Show {
        /// Its number in the list.
        number: i64,
    },
    /// Gives one to its consumer again, with all its attempts.
    Replay {
        /// Its number in the list.
        number: i64,
    },
    /// Deletes one for good.
    Discard {
        /// Its number in the list.
        number: i64,
    },
}

pub(crate) async fn run(settings: &Settings, verb: &Verb) -> Result<ExitCode, StartError> {
    let data = Data::start(settings).await?;
    let done = async {
        data.prepare_bus().await?;
        let pool = data.open(auth::schema()).await?;
        data.connect_to_bus([auth::NAME]).await?;
        let resources = auth::Resources {
            pool: pool.clone(),
            clock: Arc::new(SystemClock),
            outbox: Outbox::new(auth::NAME),
            verifier: Arc::new(TokenVerifier::untrusting()),
            throttle: Arc::new(throttle::InProcess::default()),
        };
        let done = answer(&auth::app(&resources), verb).await;
        pool.close().await;
        done.map_err(|fault| StartError::new(format!("cannot reach the dead letters: {fault}"), "check the database"))
    };
    let done = done.await;
    data.stop().await?;
    Ok(match done? {
        None => ExitCode::SUCCESS,
        Some(problem) => {
            banner::step(&problem);
            ExitCode::FAILURE
        }
    })
}

/// Does it; what is wrong with the number, if anything is.
async fn answer(app: &App, verb: &Verb) -> Result<Option<String>, Fault> {
    match verb {
        Verb::List { queue, kind, after, limit } => {
            let filter = Filter { queue: queue.clone(), kind: kind.clone() };
            let found = app.letters(&filter, *after, usize::from(*limit)).await?;
            for letter in &found {
                banner::line(&line(letter));
            }
            banner::step(&format!("{} dead letters", found.len()));
            Ok(None)
        }
        Verb::Show { number } => match app.letter(*number).await? {
            None => Ok(Some(unknown())),
            Some(letter) => {
                let history = app.history_of_letters(&[*number]).await?.remove(number).unwrap_or_default();
                let history: Vec<_> = history
                    .iter()
                    .map(|act| json!({ "at": act.at.to_string(), "by": act.actor, "action": act.action.name() }))
                    .collect();
                let whole = json!({ "number": letter.seq, "queue": letter.queue, "attempts": letter.attempts,
                    "deadAt": letter.dead_at.to_string(), "reason": letter.last_error, "event": letter.envelope,
                    "history": history });
                banner::line(&format!("{whole:#}"));
                Ok(None)
            }
        },
        Verb::Replay { number } => settled(app.replay_letter(&operator::by(), *number).await.map(|_| ())),
        Verb::Discard { number } => settled(app.discard_letter(&operator::by(), *number).await),
    }
}

fn settled(done: Result<(), Failure<LetterProblem>>) -> Result<Option<String>, Fault> {
    match done {
        Ok(()) => Ok(None),
        Err(Failure::Fault(fault)) => Err(fault),
        Err(Failure::Problems(problems)) => Ok(problems.into_iter().next().map(|problem| match problem {
            LetterProblem::NotFound => unknown(),
            LetterProblem::AlreadyReplayed { at, by } => {
                format!("{by} replayed it at {at}; it is no dead letter since")
            }
        })),
    }
}

fn unknown() -> String {
    "there is no such dead letter; `techcorp dead-letters list` shows those there are".to_owned()
}

fn line(letter: &DeadLetter) -> String {
    let kind = letter.kind().unwrap_or("unreadable");
    let reason: String = letter.last_error.chars().filter(|character| !character.is_control()).take(120).collect();
    format!("{}  {}  {kind}  {} attempts  {}  {reason}", letter.seq, letter.queue, letter.attempts, letter.dead_at)
}
