//! `techcorp search reindex`: the indexes of products and of orders made anew from the database, beside those that answer meanwhile.

use chassis::StartError;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};

use crate::data::Data;
use crate::shared::Shared;
use crate::{Settings, banner, environment};

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Makes the indexes anew, without a moment in which search finds less, and puts each in the place of the old one.
    Reindex,
}

pub(crate) async fn run(settings: &Settings, _: &Verb) -> Result<(), StartError> {
    if environment::value("OPENSEARCH_URL").is_none() {
        return Err(StartError::new(
            "the embedded index belongs to the process that serves search",
            "stop it, delete the folder `search` in the data folder and start again: the index is made anew; or set OPENSEARCH_URL",
        ));
    }
    let data = Data::start(settings).await?;
    let done = async {
        let shared = Shared::connect(settings).await?;
        let pool = data.open(search::schema()).await?;
        let (clock, verifier) = (shared.clock.clone(), shared.verifier.clone());
        let (index, cache, locks) = (shared.index.clone(), shared.cache.clone(), shared.index_locks.clone());
        let app = search::app(&search::Resources { pool: pool.clone(), clock, verifier, index, cache, locks });
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("  {msg:8} {bar:30} {pos} of {len}") {
            bar.set_style(style);
        }
        let made = app
            .rebuild(|progress| {
                bar.set_message(progress.of);
                bar.set_length(progress.total as u64);
                bar.set_position(progress.done as u64);
            })
            .await;
        bar.finish();
        pool.close().await;
        shared.close().await;
        made.map_err(|fault| {
            StartError::new(
                format!("the index was not made: {fault}"),
                "check the search server; until an index is made, the old one is in use",
            )
        })
    };
    let done = done.await;
    data.stop().await?;
    done?;
    banner::step("The new indexes answer from now on");
    Ok(())
}
