//! `techcorp import catalogue`: products from Shopify's product CSV.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use chassis::StartError;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{Currency, Failure, SystemClock};
use products::adapters::shopify::{Products, Refusal};
use products::app::{App, Imported};
use products::domain::Problem;

use crate::data::Data;
use crate::{Settings, banner};

/// What to import.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The file.
    file: PathBuf,
    /// Currency of the prices in the file (ISO 4217).
    #[arg(long, default_value = "EUR")]
    currency: Currency,
}

/// What an import did.
#[derive(Debug, Default)]
pub(crate) struct Report {
    created: u64,
    changed: u64,
    unchanged: u64,
    refused: Vec<Refusal>,
}

pub(crate) async fn run(settings: &Settings, options: &Options) -> Result<ExitCode, StartError> {
    let data = Data::start(settings).await?;
    let pool = data.open(products::schema()).await?;
    let app = App::new(pool.clone(), Arc::new(SystemClock));
    let imported = file(&app, &options.file, options.currency).await;
    pool.close().await;
    data.stop().await?;
    let report = imported?;
    for refusal in &report.refused {
        banner::line(&format!("refused  line {}  {}: {}", refusal.line, refusal.handle, refusal.reason));
    }
    banner::line(&report.summary());
    Ok(if report.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

impl Report {
    pub(crate) fn summary(&self) -> String {
        let (refused, nothing) =
            (self.refused.len(), if self.created + self.changed == 0 { " (nothing to do)" } else { "" });
        format!(
            "{} created, {} changed, {} unchanged, {refused} refused{nothing}",
            self.created, self.changed, self.unchanged
        )
    }
}

/// Imports a file, one transaction per product; a bad row never stops the rest.
pub(crate) async fn file(app: &App, path: &Path, currency: Currency) -> Result<Report, StartError> {
    let unreadable = |reason: String| {
        StartError::new(format!("cannot import {}: {reason}", path.display()), "check the path and the file")
    };
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let bar = ProgressBar::new(size);
    if let Ok(style) = ProgressStyle::with_template("  {bar:30} {percent:>3}%  {msg}  {elapsed}") {
        bar.set_style(style);
    }
    let products = Products::new(bar.wrap_read(file), currency).map_err(unreadable)?;
    let mut report = Report::default();
    for product in products {
        let (line, draft) = match product {
            Ok(found) => found,
            Err(refusal) => {
                report.refused.push(refusal);
                continue;
            }
        };
        let handle = draft.slug.clone();
        match app.import(draft).await {
            Ok(Imported::Created) => report.created += 1,
            Ok(Imported::Changed) => report.changed += 1,
            Ok(Imported::Unchanged) => report.unchanged += 1,
            Err(Failure::Problems(problems)) => {
                report.refused.push(Refusal { line, handle, reason: reasons(&problems) })
            }
            Err(Failure::Fault(fault)) => {
                let what =
                    format!("the import stopped at line {line} ({handle}): {fault}; {} before it", report.summary());
                return Err(StartError::new(what, "start it again: what is done is done and will be found unchanged"));
            }
        }
        bar.set_message(format!("{} products", report.created + report.changed + report.unchanged));
    }
    bar.finish_and_clear();
    Ok(report)
}

fn reasons(problems: &[Problem]) -> String {
    let reason = |problem: &Problem| match problem {
        Problem::Invalid { field, message } => format!("{field}: {message}"),
        Problem::WrongStatus(status) => format!("the product is {} and stays so", status.name().to_lowercase()),
        other => format!("{other:?}"),
    };
    problems.iter().map(reason).collect::<Vec<_>>().join("; ")
}
