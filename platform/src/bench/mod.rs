//! `techcorp bench`: data of any size to measure on.

pub(crate) mod seed;

use chassis::StartError;
use clap::Subcommand;

use crate::data::Data;
use crate::{Settings, banner};

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Fill an empty shop with believable products, shoppers and orders. The same seed makes the same data.
    Seed(seed::Size),
    /// Look whether what the services hold fits together: prices, stock, orders, payments, the ledger.
    Check,
}

pub(crate) async fn run(settings: &Settings, verb: &Verb) -> Result<(), StartError> {
    let data = Data::start(settings).await?;
    let done = async {
        let pool = data.owner().await?;
        let unreached = |error: sqlx::Error| StartError::new(format!("no connection: {error}"), "check the database");
        let mut lanes = Vec::new();
        while lanes.len() < seed::LANES {
            lanes.push(pool.acquire().await.map_err(unreached)?.detach());
        }
        match verb {
            Verb::Seed(size) => seed::seed(&mut lanes, size).await?,
            Verb::Check => seed::check(&mut lanes[0]).await?,
        }
        Ok(())
    };
    let done: Result<(), StartError> = done.await;
    data.stop().await?;
    done?;
    banner::step(match verb {
        Verb::Seed(_) => "Seeded. The search index is made anew when search starts",
        Verb::Check => "Everything fits together",
    });
    Ok(())
}
