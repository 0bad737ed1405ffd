use events::Event;
use kernel::Clock;
use sqlx::{AssertSqlSafe, PgConnection};

/// Where a service leaves the events it publishes.
#[derive(Debug, Clone, Copy)]
pub struct Outbox {
    schema: &'static str,
}

impl Outbox {
    /// The outbox of the service that owns the schema.
    pub const fn new(schema: &'static str) -> Self {
        Self { schema }
    }

    /// Writes the event on the connection of the change, to be published if and only if the change commits.
    ///
    /// # Errors
    /// The database's, or the serialiser's as [`sqlx::Error::Encode`].
    pub async fn put<E: Event>(&self, conn: &mut PgConnection, clock: &dyn Clock, event: &E) -> sqlx::Result<()> {
        let data = serde_json::to_value(event).map_err(|error| sqlx::Error::Encode(error.into()))?;
        let sql = format!(
            "insert into {}.outbox (id, kind, subject, occurred_at, data) values ($1, $2, $3, $4, $5)",
            self.schema
        );
        sqlx::query(AssertSqlSafe(sql))
            .bind(clock.uuid())
            .bind(E::NAME)
            .bind(event.aggregate())
            .bind(clock.now())
            .bind(data)
            .execute(conn)
            .await?;
        Ok(())
    }
}
