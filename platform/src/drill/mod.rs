//! `techcorp drill`: disturbs a distributed platform under load, and checks from outside that nothing was lost or doubled.

mod answer;
mod board;
mod check;
mod report;
mod shopper;
mod verdict;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chassis::StartError;
use clap::Subcommand;
use tokio::process::Command;
use tokio::time::{sleep, timeout_at};
use tokio_util::sync::CancellationToken;

use self::board::Board;
use self::check::{Before, Books};
use self::shopper::Shopper;
use crate::signals::stop_on_signal;
use crate::{Settings, banner};

/// Load before the first disturbance, and after the last.
const CALM: Duration = Duration::from_secs(3);
/// Between two looks at the books.
const LOOK: Duration = Duration::from_millis(500);

/// How to disturb, and how much load meanwhile.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Address of the gateway.
    #[arg(long, env = "GATEWAY_URL", default_value = "http://127.0.0.1:4000", global = true)]
    gateway: String,
    /// How many shoppers at once.
    #[arg(long, env = "SHOPPERS", default_value_t = 4, global = true)]
    shoppers: usize,
    /// Seconds after the load in which everything must have come to its end. A payment whose process died is taken over after
    /// 40.
    #[arg(long, default_value_t = 120, global = true)]
    settle: u64,
    #[command(subcommand)]
    drill: Drill,
}

#[derive(Debug, Subcommand)]
enum Drill {
    /// Stop each server for a while and start it again.
    Outage {
        /// How long each server is away, in seconds.
        #[arg(long, default_value_t = 30)]
        seconds: u64,
        /// What stops and starts servers.
        #[arg(long, default_value = "scripts/servers")]
        script: PathBuf,
        /// The servers.
        #[arg(default_values = ["postgresql", "rabbitmq", "redis", "opensearch"])]
        names: Vec<String>,
    },
    /// Restart every service and the gateway, one after the other.
    Rolling {
        /// What restarts one.
        #[arg(long, default_value = "scripts/distributed")]
        script: PathBuf,
        /// The services.
        #[arg(default_values = ["auth", "users", "products", "inventory", "orders", "payments", "notifications", "search", "gateway"])]
        names: Vec<String>,
    },
}

fn broken(what: impl std::fmt::Display) -> StartError {
    StartError::new(
        format!("the drill cannot go on: {what}"),
        "start the platform with `make up-distributed`, and name its servers with `source .data/servers/env`",
    )
}

/// Runs the drill. The last line is one JSON object; the exit status says whether it was passed.
pub(crate) async fn run(settings: &Settings, options: &Options) -> Result<ExitCode, StartError> {
    let interrupted = stop_on_signal()?;
    let url = settings.database_url.clone().filter(|url| !url.is_empty());
    let url = url.ok_or_else(|| broken("DATABASE_URL is not set, and the books are read there"))?;
    let board = Arc::new(Board::default());
    board.begin("before");
    let before = check::before(&url).await.map_err(broken)?;
    let shopper = Shopper::new(&options.gateway, board.clone()).await?;
    let (stop, give_up, seen) = (CancellationToken::new(), CancellationToken::new(), CancellationToken::new());
    let _stopped_in_any_case = (stop.clone().drop_guard(), give_up.clone().drop_guard(), seen.clone().drop_guard());
    let shop = |number| tokio::spawn(shopper.clone().shop(number, stop.clone(), give_up.clone()));
    let shoppers: Vec<_> = (0..options.shoppers).map(shop).collect();
    let follower = tokio::spawn(shopper.clone().follow(seen.clone()));
    sleep(CALM).await;

    let done = disturb(&options.drill, &board, &shopper, &interrupted).await;
    board.begin("after");
    sleep(CALM).await;
    stop.cancel();
    banner::step("The load ends; waiting until everything has come to its end");
    let end = Instant::now() + Duration::from_secs(options.settle);
    done?;
    let ended = async {
        for shopper in shoppers {
            shopper.await.map_err(broken)?;
        }
        Ok::<(), StartError>(())
    };
    // One who still waits to hear of a checkout may have placed an order, which the books show as stuck.
    match timeout_at(end.into(), ended).await {
        Ok(ended) => ended?,
        Err(_) => give_up.cancel(),
    }
    let books = settled(&before, &url, &board, &shopper, end).await?;
    seen.cancel();
    follower.await.map_err(broken)?;
    // What is refused while nothing is away is as bad as what fails.
    let all_answered = matches!(options.drill, Drill::Rolling { .. });
    Ok(report::print(&board, &books, all_answered))
}

async fn disturb(
    drill: &Drill,
    board: &Board,
    shopper: &Shopper,
    interrupted: &CancellationToken,
) -> Result<(), StartError> {
    match drill {
        Drill::Outage { seconds, script, names } => {
            for name in names.iter().take_while(|_| !interrupted.is_cancelled()) {
                banner::step(&format!("{name} is stopped for {seconds} s"));
                board.begin(name);
                call(script, &["stop", name]).await?;
                let away = sleep(Duration::from_secs(*seconds));
                interrupted.run_until_cancelled(away).await;
                call(script, &["start", name]).await?;
                let back = Instant::now();
                shopper.all_is_well(interrupted).await;
                board.recovered(back.elapsed());
            }
        }
        Drill::Rolling { script, names } => {
            for name in names.iter().take_while(|_| !interrupted.is_cancelled()) {
                banner::step(&format!("{name} is restarted"));
                board.begin(name);
                let asked = Instant::now();
                call(script, &["restart", name]).await?;
                board.recovered(asked.elapsed());
            }
        }
    }
    if interrupted.is_cancelled() { Err(broken("it was interrupted")) } else { Ok(()) }
}

async fn call(script: &Path, arguments: &[&str]) -> Result<(), StartError> {
    let output = Command::new(script).args(arguments).output().await;
    let output = output.map_err(|error| broken(format!("{}: {error}", script.display())))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(broken(format!("{} {}: {said}", script.display(), arguments.join(" "))))
}

/// The books once nothing waits any more, or as they are when the time is over.
async fn settled(
    before: &Before,
    url: &str,
    board: &Board,
    shopper: &Shopper,
    end: Instant,
) -> Result<Books, StartError> {
    loop {
        shopper.look(40).await;
        let books = before.books(url, &board.orders()).await.map_err(broken)?;
        let waits = books.waiting.values().any(|count| *count > 0) || !books.not_over.is_empty();
        if (!waits && board.open(1).is_empty()) || Instant::now() > end {
            return Ok(books);
        }
        sleep(LOOK).await;
    }
}
