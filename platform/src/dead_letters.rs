//! `techcorp dead-letters`: messages that were given up, listed, shown, given to their consumer again, or thrown away.

use std::process::ExitCode;
use std::sync::Arc;

use chassis::StartError;
use clap::Subcommand;
use kernel::SystemClock;
use messaging::{DeadLetter, DeadLetters};
use serde_json::json;

use crate::data::Data;
use crate::{Settings, banner};

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Lists them, oldest first, one line each.
    List {
        /// Only those of this consumer.
        #[arg(long)]
        queue: Option<String>,
        /// Only those after this number, to go on where a list ended.
        #[arg(long)]
        after: Option<i64>,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: u16,
    },
    /// Shows one with its payload, as JSON.
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
        let pool = data.owner().await?;
        let done = answer(&DeadLetters::new(pool.clone(), Arc::new(SystemClock)), verb).await;
        pool.close().await;
        done.map_err(|error| StartError::new(format!("cannot read the dead letters: {error}"), "check the database"))
    };
    let done = done.await;
    data.stop().await?;
    let found = done?;
    if !found {
        banner::step("there is no such dead letter; `techcorp dead-letters list` shows those there are");
    }
    Ok(if found { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether there was what was asked for.
async fn answer(letters: &DeadLetters, verb: &Verb) -> Result<bool, sqlx::Error> {
    Ok(match verb {
        Verb::List { queue, after, limit } => {
            let found = letters.list(queue.as_deref(), *after, *limit).await?;
            for letter in &found {
                banner::line(&line(letter));
            }
            banner::step(&format!("{} dead letters", found.len()));
            true
        }
        Verb::Show { number } => match letters.show(*number).await? {
            None => false,
            Some(letter) => {
                let whole = json!({ "number": letter.seq, "queue": letter.queue, "attempts": letter.attempts,
                    "deadAt": letter.dead_at.to_string(), "reason": letter.last_error, "event": letter.envelope });
                banner::line(&format!("{whole:#}"));
                true
            }
        },
        Verb::Replay { number } => letters.replay(*number).await?,
        Verb::Discard { number } => letters.discard(*number).await?,
    })
}

fn line(letter: &DeadLetter) -> String {
    let kind = letter.envelope["type"].as_str().unwrap_or("unreadable");
    let reason: String = letter.last_error.chars().filter(|character| !character.is_control()).take(120).collect();
    format!("{}  {}  {kind}  {} attempts  {}  {reason}", letter.seq, letter.queue, letter.attempts, letter.dead_at)
}
