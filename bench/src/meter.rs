//! What an operation costs: processor time, statements and transactions.

use anyhow::Result;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::outcome::Outcome;
use crate::platform::Platform;
use crate::processes::Cpu;
use crate::statements::{self, Statements, Texts};

/// What one operation costs on average.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Seconds of processor time.
    pub cpu: Cpu,
    /// SQL statements, without those that begin and end transactions.
    pub statements: f64,
    /// Statements `COMMIT`.
    pub commits: f64,
    /// Transactions that changed something.
    pub writes: f64,
}

/// Counts from its start on.
#[derive(Debug)]
pub struct Meter<'a> {
    platform: &'a Platform,
    conn: PgConnection,
    cpu: Cpu,
    statements: Statements,
    texts: Texts,
}

impl<'a> Meter<'a> {
    /// Begins to count.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn start(platform: &'a Platform) -> Result<Self> {
        let mut conn = platform.database().await?;
        let texts = statements::texts(&mut conn).await?;
        let statements = statements::counted(&mut conn).await?;
        Ok(Self { platform, conn, cpu: platform.roots.cpu(), statements, texts })
    }

    /// Notes what each operation has cost since the start.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn stop(mut self, outcome: &mut Outcome) -> Result<Cost> {
        let operations = outcome.operations;
        let cpu = self.platform.roots.cpu() - self.cpu;
        let counted = statements::counted(&mut self.conn).await? - self.statements;
        let each = |total: f64| total / operations.max(1) as f64;
        outcome.asked = statements::between(&self.texts, statements::texts(&mut self.conn).await?, operations);
        let cost = Cost {
            cpu: Cpu {
                platform: each(cpu.platform),
                gateway: each(cpu.gateway),
                database: each(cpu.database),
                servers: each(cpu.servers),
            },
            statements: each(counted.statements as f64),
            commits: each(counted.commits as f64),
            writes: each(counted.writes as f64),
        };
        outcome.cost = Some(cost);
        Ok(cost)
    }
}
