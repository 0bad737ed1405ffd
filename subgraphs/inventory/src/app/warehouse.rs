use kernel::{Failure, Fault, UserId, WarehouseId};
use resilience::idempotency::{Claim, key_problem};

use super::shift::tellings;
use super::{App, Warehouse};
use crate::domain::{Missing, Problem, WarehouseDraft, WarehousePatch};
use crate::store::{level, warehouse};

/// The constraint that keeps codes apart.
const CODE_KEY: &str = "warehouse_code_key";

impl App {
    /// Opens a new, empty warehouse. The same key and draft of the same account are answered with the warehouse that came of
    /// them first.
    ///
    /// # Errors
    /// The draft's problems, [`Problem::CodeTaken`], [`Problem::KeyReused`].
    pub async fn create_warehouse(
        &self,
        by: UserId,
        key: &str,
        draft: &WarehouseDraft,
    ) -> Result<Warehouse, Failure<Problem>> {
        let mut problems = draft.problems();
        problems.extend(key_problem(key).map(|message| Problem::invalid("idempotencyKey", message)));
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        let scope = format!("{by}:warehouseCreate");
        let mut tx = self.pool.begin().await?;
        let id = WarehouseId(self.clock.uuid());
        match self.keys.claim(&mut tx, (&scope, key), draft, id.0, self.clock.now()).await? {
            Claim::New => {}
            Claim::Conflict => return Err(Failure::problem(Problem::KeyReused)),
            Claim::Done(id) => {
                let known = warehouse::by_ids(&mut tx, &[id]).await?.pop();
                return known.ok_or_else(|| Fault::internal(format!("warehouse {id} of a key vanished")).into());
            }
        }
        let WarehouseDraft { code, name, country, priority } = draft.clone();
        let new = Warehouse { id, code, name, country, priority, active: true };
        warehouse::save(&mut tx, &new).await.map_err(|error| code_taken(error, &new))?;
        tx.commit().await?;
        Ok(new)
    }

    /// Changes the warehouse as the patch says. Closing it takes what it keeps out of sale, but not what orders hold of it.
    ///
    /// # Errors
    /// [`Problem::NotFound`] and the patch's problems.
    pub async fn update_warehouse(
        &self,
        id: WarehouseId,
        patch: WarehousePatch,
    ) -> Result<Warehouse, Failure<Problem>> {
        let problems = patch.problems();
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        let mut tx = self.pool.begin().await?;
        // Opening or closing waits for every change of stock under way, and those for it: not for a new name alone.
        let known = warehouse::by_ids(&mut tx, &[id.0]).await?.pop();
        let turns = known.is_some_and(|known| patch.active.is_some_and(|active| active != known.active));
        if turns {
            warehouse::still(&mut tx).await?;
        }
        let Some(before) = warehouse::lock(&mut tx, id).await? else {
            return Err(Failure::problem(Problem::NotFound(Missing::Warehouse)));
        };
        let after = Warehouse {
            name: patch.name.unwrap_or_else(|| before.name.clone()),
            country: patch.country.unwrap_or_else(|| before.country.clone()),
            priority: patch.priority.unwrap_or(before.priority),
            active: patch.active.unwrap_or(before.active),
            ..before.clone()
        };
        if after == before {
            return Ok(before);
        }
        if after.active != before.active && !turns {
            return Err(Fault::unavailable(format!("warehouse {id} was opened or closed meanwhile")).into());
        }
        warehouse::save(&mut tx, &after).await?;
        if after.active != before.active {
            let changed = level::recount(&mut tx, id, after.active).await?;
            self.outbox.put_all(&mut tx, &*self.clock, tellings(&changed)?).await?;
        }
        tx.commit().await?;
        Ok(after)
    }
}

fn code_taken(error: sqlx::Error, of: &Warehouse) -> Failure<Problem> {
    match error.as_database_error().and_then(|error| error.constraint()) {
        Some(CODE_KEY) => Failure::problem(Problem::CodeTaken(of.code.clone())),
        _ => error.into(),
    }
}
