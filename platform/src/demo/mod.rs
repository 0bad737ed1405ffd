//! `techcorp demo`: a shopper's journey, through the gateway and nothing else.

pub(crate) mod graph;
mod journey;

use std::process::ExitCode;
use std::time::Instant;

use chassis::StartError;
use clap::ValueEnum;
use serde_json::json;

use crate::banner;
use graph::Graph;

/// How to walk.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Address of the gateway.
    #[arg(long, env = "GATEWAY_URL", default_value = "http://127.0.0.1:4000")]
    gateway: String,
    /// The card to pay with.
    #[arg(long, env = "CARD", default_value = "success")]
    card: Card,
}

/// A card of the sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Card {
    /// Is charged at once.
    Success,
    /// Is refused by the bank.
    Declined,
    /// Is charged after a while.
    Slow,
    /// Wants the shopper's confirmation first.
    #[value(name = "3ds")]
    Confirmed,
}

impl Card {
    fn token(self) -> &'static str {
        match self {
            Self::Success => "tok_success",
            Self::Declined => "tok_declined",
            Self::Slow => "tok_slow",
            Self::Confirmed => "tok_3ds",
        }
    }

    fn ends(self) -> &'static str {
        if self == Self::Declined { "CANCELLED" } else { "CONFIRMED" }
    }
}

/// Walks the journey. The last line is one JSON object; the exit status says whether it ended as the card has it.
pub(crate) async fn run(options: &Options) -> Result<ExitCode, StartError> {
    let started = Instant::now();
    let graph = Graph::new(&options.gateway)?;
    let end = journey::walk(&graph, options.card).await?;
    let as_it_should = end.status == options.card.ends();
    if !as_it_should {
        banner::step(&format!("the order should have ended {}", options.card.ends()));
    }
    let result = json!({ "order": end.number, "status": end.status, "ms": end.milliseconds, "journeyMs": started.elapsed().as_millis() });
    banner::line(&result.to_string());
    Ok(if as_it_should { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
