use events::{Envelope, Event};
use kernel::Clock;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use crate::embedded::queue;
use crate::{meters, spans};

/// Where a service leaves the events it publishes.
#[derive(Debug, Clone, Copy)]
pub struct Outbox {
    schema: &'static str,
    way: Way,
}

/// How events get from there to the queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A relay publishes them.
    Relay,
    /// They are put into the queues themselves, which are in the same database.
    Queues,
}

/// An event on its way to the outbox, so that events of several kinds can be written at once.
#[derive(Debug, Clone)]
pub struct Telling {
    kind: &'static str,
    subject: Uuid,
    data: serde_json::Value,
}

impl Telling {
    /// The event, ready to be written.
    ///
    /// # Errors
    /// The serialiser's as [`sqlx::Error::Encode`].
    pub fn new<E: Event>(event: &E) -> sqlx::Result<Self> {
        let data = serde_json::to_value(event).map_err(|error| sqlx::Error::Encode(error.into()))?;
        Ok(Self { kind: E::NAME, subject: event.aggregate(), data })
    }
}

impl Outbox {
    /// The outbox of the service that owns the schema, which a [`Relay`](crate::Relay) empties.
    pub const fn new(schema: &'static str) -> Self {
        Self { schema, way: Way::Relay }
    }

    /// The same for a service whose consumers all have their queues in the service's own database, and have them already: its
    /// events are in those queues with the commit of the change, and no relay has to carry them there.
    pub const fn into_queues(schema: &'static str) -> Self {
        Self { schema, way: Way::Queues }
    }

    /// Writes the event on the connection of the change, to be published if and only if the change commits. It continues the
    /// trace we are in.
    ///
    /// # Errors
    /// The database's, or the serialiser's as [`sqlx::Error::Encode`].
    pub async fn put<E: Event>(&self, conn: &mut PgConnection, clock: &dyn Clock, event: &E) -> sqlx::Result<()> {
        self.put_all(conn, clock, vec![Telling::new(event)?]).await
    }

    /// Writes the events in this order, in one statement however many they are.
    ///
    /// # Errors
    /// The database's.
    pub async fn put_all(
        &self,
        conn: &mut PgConnection,
        clock: &dyn Clock,
        tellings: Vec<Telling>,
    ) -> sqlx::Result<()> {
        if tellings.is_empty() {
            return Ok(());
        }
        match self.way {
            Way::Relay => self.leave(conn, clock, tellings).await,
            Way::Queues => {
                let traceparent = trace::traceparent();
                let envelope = |telling: Telling| Envelope {
                    id: clock.uuid(),
                    source: self.schema.to_owned(),
                    kind: telling.kind.to_owned(),
                    subject: telling.subject,
                    time: clock.now(),
                    traceparent: traceparent.clone(),
                    data: telling.data,
                };
                let mut batch: Vec<Envelope> = tellings.into_iter().map(envelope).collect();
                let leaving = spans::publishing(self.schema, &mut batch);
                queue::fill(conn, &batch, clock.now()).await?;
                spans::published(leaving);
                meters::published(self.schema, batch.len());
                Ok(())
            }
        }
    }

    /// Writes the events into the table that the relay empties, which wakes it.
    async fn leave(&self, conn: &mut PgConnection, clock: &dyn Clock, tellings: Vec<Telling>) -> sqlx::Result<()> {
        let ids: Vec<Uuid> = tellings.iter().map(|_| clock.uuid()).collect();
        let kinds: Vec<&str> = tellings.iter().map(|telling| telling.kind).collect();
        let subjects: Vec<Uuid> = tellings.iter().map(|telling| telling.subject).collect();
        let data: Vec<Json<serde_json::Value>> = tellings.into_iter().map(|telling| Json(telling.data)).collect();
        let sql = format!(
            "insert into {}.outbox (id, kind, subject, occurred_at, traceparent, data)
             select e.id, e.kind, e.subject, $4, $6, e.data
             from unnest($1::uuid[], $2::text[], $3::uuid[], $5::jsonb[]) with ordinality as e (id, kind, subject, data, place)
             order by e.place",
            self.schema
        );
        sqlx::query(AssertSqlSafe(sql))
            .bind(ids)
            .bind(kinds)
            .bind(subjects)
            .bind(clock.now())
            .bind(data)
            .bind(trace::traceparent())
            .execute(conn)
            .await?;
        Ok(())
    }
}
