use std::collections::HashMap;

use kernel::{Fault, VariantId};
use resilience::counters::Count;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::App;
use crate::domain::Level;

/// Changes that are kept at once.
const BATCH: usize = 100;

/// Levels as they are shown: from counters, and from the database what those do not know. Nothing is decided by them.
impl App {
    /// What can be sold of the variants, as shoppers see it: for a moment after a change it may be what was before. One that was never
    /// in stock is not among them.
    ///
    /// # Errors
    /// The database's, when the counters do not know all of them.
    pub async fn shown_levels(&self, variants: &[VariantId]) -> Result<HashMap<VariantId, Level>, Fault> {
        let names: Vec<String> = variants.iter().map(|id| name(*id)).collect();
        let Some(counts) = self.counters.read(&names).await else {
            tally("away", variants.len());
            return self.levels(variants).await;
        };
        let (mut shown, mut unknown) = (HashMap::new(), Vec::new());
        for (variant, count) in variants.iter().zip(counts) {
            match count {
                Some(count) => _ = shown.insert(*variant, level(*variant, count)),
                None => unknown.push(*variant),
            }
        }
        tally("hit", shown.len());
        if !unknown.is_empty() {
            tally("miss", unknown.len());
            shown.extend(self.refresh_counts(&unknown).await?);
        }
        Ok(shown)
    }

    /// Puts into the counters what the database holds. One that has changed since stays as the later change left it.
    pub(super) async fn refresh_counts(&self, variants: &[VariantId]) -> Result<HashMap<VariantId, Level>, Fault> {
        let levels = self.levels(variants).await?;
        self.counters.keep(&levels.values().map(named).collect::<Vec<_>>()).await;
        Ok(levels)
    }

    /// Keeps what the database tells of. What it told of while nobody listened is seen when the lifetime of the old count is over.
    pub(super) async fn keep_counts(&self, mut changes: Receiver<Option<Level>>, told: impl Fn()) {
        loop {
            let mut changed = match changes.recv().await {
                Ok(Some(level)) => vec![named(&level)],
                Ok(None) | Err(RecvError::Lagged(_)) => {
                    told();
                    continue;
                }
                Err(RecvError::Closed) => return,
            };
            while changed.len() < BATCH
                && let Ok(Some(level)) = changes.try_recv()
            {
                changed.push(named(&level));
            }
            self.counters.keep(&changed).await;
            told();
        }
    }
}

fn name(variant: VariantId) -> String {
    format!("stock:{variant}")
}

fn named(level: &Level) -> (String, Count) {
    (name(level.variant_id), Count { version: level.version, amount: level.available, low: level.threshold })
}

fn level(variant_id: VariantId, count: Count) -> Level {
    Level { variant_id, version: count.version, available: count.amount, threshold: count.low }
}

fn tally(outcome: &'static str, variants: usize) {
    let variants = u64::try_from(variants).unwrap_or(u64::MAX);
    metrics::counter!("stock_counter_reads_total", "outcome" => outcome).increment(variants);
}
