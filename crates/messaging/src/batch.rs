//! Applies a batch, wherever it comes from.

use events::Envelope;
use serde::Deserialize;
use sqlx::PgConnection;

use crate::consumer::Applied;
use crate::embedded::queue::Message;
use crate::parking::{self, Parked, Place};
use crate::rabbit::Arrival;
use crate::{Consumer, HandleError};

/// Applies messages of the table and takes them out of it.
pub(crate) async fn apply_waiting(
    consumer: &Consumer,
    conn: &mut PgConnection,
    batch: &[Message],
) -> Result<Applied, HandleError> {
    let envelopes = batch
        .iter()
        .map(|message| Envelope::deserialize(&message.envelope))
        .collect::<Result<Vec<Envelope>, _>>()
        .map_err(|error| HandleError::Refuse(format!("not an event's envelope: {error}")))?;
    let seqs: Vec<i64> = batch.iter().map(|message| message.seq).collect();
    consumer.apply(conn, &envelopes.iter().collect::<Vec<_>>(), &seqs).await
}

/// Applies messages that a broker has delivered, and parks those that would overtake one of the table.
pub(crate) async fn apply_arrived(
    consumer: &Consumer,
    conn: &mut PgConnection,
    batch: &[Arrival],
) -> Result<Applied, HandleError> {
    let envelopes = batch
        .iter()
        .map(|arrival| arrival.content().map_err(|unreadable| HandleError::Refuse(unreadable.reason.clone())))
        .collect::<Result<Vec<&Envelope>, _>>()?;
    let places = parking::places(conn, consumer.name, &envelopes).await?;
    let at = |place: Place| envelopes.iter().zip(&places).filter(move |(_, p)| **p == place).map(|(e, _)| *e);
    let applied = consumer.apply(conn, &at(Place::Free).collect::<Vec<_>>(), &[]).await?;
    let now = consumer.clock.now();
    let behind = at(Place::Behind).map(|envelope| Parked::behind(envelope, now)).collect::<sqlx::Result<Vec<_>>>()?;
    if !behind.is_empty() {
        parking::park(conn, consumer.inbox, behind).await?;
    }
    Ok(applied)
}
