//! `techcorp search reindex`: the index of products made anew from the database, beside the one that answers meanwhile.

use chassis::StartError;
use clap::Subcommand;
use indicatif::ProgressBar;

use crate::data::Data;
use crate::shared::Shared;
use crate::{Settings, banner, environment};

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Makes the index anew, without a moment in which search finds less, and puts it in the place of the old one.
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
        let made = app
            .rebuild(|progress| {
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
                "check the search server; the old index is in use",
            )
        })
    };
    let done = done.await;
    data.stop().await?;
    done?;
    banner::step("The new index answers from now on");
    Ok(())
}
