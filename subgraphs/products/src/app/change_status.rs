use kernel::{Failure, ProductId};

use super::{App, Product};
use crate::domain::{Problem, Status};
use crate::store::{read, write};

/// A step in a product's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Put it up for sale.
    Publish,
    /// Take it out of sale for good.
    Archive,
}

impl App {
    /// Takes the step. Taking it twice is taking it once.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::WrongStatus`] for a product that is archived and shall be published.
    pub async fn change_status(&self, id: ProductId, step: Step) -> Result<Product, Failure<Problem>> {
        let mut tx = self.pool.begin().await?;
        if !write::lock(&mut tx, id).await? {
            return Err(Failure::problem(Problem::NotFound));
        }
        let Some(before) = read::by_ids(&mut tx, &[id.0]).await?.pop() else {
            return Err(Failure::problem(Problem::NotFound));
        };
        let target = match (step, before.status) {
            (Step::Publish, Status::Archived) => return Err(Failure::problem(Problem::WrongStatus(before.status))),
            (Step::Publish, _) => Status::Active,
            (Step::Archive, _) => Status::Archived,
        };
        if target == before.status {
            return Ok(before);
        }
        write::set_status(&mut tx, id, target, self.clock.now()).await?;
        self.tell(&mut tx, id, Some(before.status)).await?;
        let after = read::by_ids(&mut tx, &[id.0]).await?.pop();
        tx.commit().await?;
        after.ok_or_else(|| Failure::problem(Problem::NotFound))
    }
}
