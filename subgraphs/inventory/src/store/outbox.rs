use events::Event;
use kernel::Clock;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// An event on its way to the outbox.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    kind: &'static str,
    subject: Uuid,
    data: serde_json::Value,
}

impl Telling {
    pub(crate) fn new<E: Event>(event: &E) -> sqlx::Result<Self> {
        let data = serde_json::to_value(event).map_err(|error| sqlx::Error::Encode(error.into()))?;
        Ok(Self { kind: E::NAME, subject: event.aggregate(), data })
    }
}

/// Writes the events in this order, on the connection of the change. One statement, because a change of the stock tells of
/// every variant it touches.
pub(crate) async fn put(conn: &mut PgConnection, clock: &dyn Clock, tellings: Vec<Telling>) -> sqlx::Result<()> {
    if tellings.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = tellings.iter().map(|_| clock.uuid()).collect();
    let kinds: Vec<&str> = tellings.iter().map(|telling| telling.kind).collect();
    let subjects: Vec<Uuid> = tellings.iter().map(|telling| telling.subject).collect();
    let data: Vec<Json<serde_json::Value>> = tellings.into_iter().map(|telling| Json(telling.data)).collect();
    // No macro: the table is made by the migrations of another crate.
    sqlx::query(
        "insert into inventory.outbox (id, kind, subject, occurred_at, data)
         select e.id, e.kind, e.subject, $4, e.data
         from unnest($1::uuid[], $2::text[], $3::uuid[], $5::jsonb[]) with ordinality as e (id, kind, subject, data, place)
         order by e.place",
    )
    .bind(ids)
    .bind(kinds)
    .bind(subjects)
    .bind(clock.now())
    .bind(data)
    .execute(conn)
    .await?;
    Ok(())
}
