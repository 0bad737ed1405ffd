//! What an operation costs: processor time, statements and transactions.

use anyhow::Result;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::platform::Platform;
use crate::processes::Cpu;
use crate::statements::{self, Statements};

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
}

impl<'a> Meter<'a> {
    /// Begins to count.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn start(platform: &'a Platform) -> Result<Self> {
        let mut conn = platform.database().await?;
        let statements = statements::counted(&mut conn).await?;
        Ok(Self { platform, conn, cpu: platform.roots.cpu(), statements })
    }

    /// What each of so many operations has cost since the start.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn stop(mut self, operations: u64) -> Result<Cost> {
        let cpu = self.platform.roots.cpu() - self.cpu;
        let counted = statements::counted(&mut self.conn).await? - self.statements;
        let each = |total: f64| total / operations.max(1) as f64;
        Ok(Cost {
            cpu: Cpu {
                platform: each(cpu.platform),
                gateway: each(cpu.gateway),
                database: each(cpu.database),
                servers: each(cpu.servers),
            },
            statements: each(counted.statements as f64),
            commits: each(counted.commits as f64),
            writes: each(counted.writes as f64),
        })
    }
}
