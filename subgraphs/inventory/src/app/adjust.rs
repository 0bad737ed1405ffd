use kernel::{Failure, Fault, UserId};
use resilience::idempotency::{Claim, key_problem};
use sqlx::PgConnection;
use time::Duration;

use super::{Adjusted, App};
use crate::domain::{Adjustment, Kind, Missing, Problem, Shelf};
use crate::store::movement::Move;
use crate::store::{history, level, stock};

/// How long a client can repeat a request under its key.
const KEPT: Duration = Duration::days(30);

impl App {
    /// Corrects the count of a shelf. The same key and adjustment of the same account are answered with the change that came
    /// of them first.
    ///
    /// # Errors
    /// [`Problem`], every one that is known at once.
    pub async fn adjust(&self, by: UserId, key: &str, wanted: &Adjustment) -> Result<Adjusted, Failure<Problem>> {
        let mut problems = wanted.problems();
        problems.extend(key_problem(key).map(|message| Problem::invalid("idempotencyKey", message)));
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        let scope = format!("{by}:stockAdjust");
        let mut tx = self.pool.begin().await?;
        let movement = self.clock.uuid();
        match self.keys.claim(&mut tx, (&scope, key), wanted, movement, self.clock.now()).await? {
            Claim::New => {}
            Claim::Conflict => return Err(Failure::problem(Problem::KeyReused)),
            Claim::Done(id) => return Ok(adjusted(&mut tx, id, wanted).await?),
        }
        stock::ensure(&mut tx, wanted.variant_id, wanted.warehouse_id).await?;
        let shelves = stock::lock(&mut tx, &[wanted.variant_id.0]).await?;
        let Some(shelf) = shelf(shelves, wanted) else {
            let known = !level::by_ids(&mut tx, &[wanted.variant_id.0]).await?.is_empty();
            let missing = if known { Missing::Warehouse } else { Missing::Variant };
            return Err(Failure::problem(Problem::NotFound(missing)));
        };
        if let Some(problem) = wanted.problem_on(&shelf) {
            return Err(Failure::problem(problem));
        }
        let moved = Move {
            id: movement,
            order: None,
            variant: wanted.variant_id,
            warehouse: wanted.warehouse_id,
            on_hand: wanted.delta,
            reserved: 0,
        };
        let told = self.shift(&mut tx, Kind::Adjust, &[moved], Some((by, wanted.reason.trim()))).await?;
        self.outbox.put_all(&mut tx, &*self.clock, told).await?;
        let adjusted = adjusted(&mut tx, moved.id, wanted).await?;
        tx.commit().await?;
        // So that whoever adjusted it sees it at once, and not when the database has told of it.
        if let Err(fault) = self.refresh_counts(&[wanted.variant_id]).await {
            tracing::warn!(%fault, variant = %wanted.variant_id, "the counter is late");
        }
        Ok(adjusted)
    }

    /// Forgets the keys that are too old to be repeated.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_keys(&self) -> Result<(), Fault> {
        self.keys.forget(&mut *self.pool.acquire().await?, self.clock.now() - KEPT).await
    }
}

fn shelf(shelves: Vec<Shelf>, of: &Adjustment) -> Option<Shelf> {
    shelves.into_iter().find(|shelf| shelf.warehouse_id == of.warehouse_id)
}

/// The change, and the shelf as it is now.
async fn adjusted(conn: &mut PgConnection, id: uuid::Uuid, of: &Adjustment) -> Result<Adjusted, Fault> {
    let movement = history::by_id(conn, id).await?;
    let shelf = shelf(stock::of_variant(conn, of.variant_id).await?, of);
    match (movement, shelf) {
        (Some(movement), Some(shelf)) => Ok(Adjusted { movement, shelf }),
        _ => Err(Fault::internal(format!("movement {id} or its shelf vanished"))),
    }
}
