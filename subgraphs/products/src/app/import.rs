use kernel::{Failure, Fault, ProductId};
use sha2::{Digest, Sha256};

use super::App;
use super::put::{SKU_KEY, violated};
use crate::domain::{Problem, ProductDraft, Status};
use crate::store::{read, write};

/// What an import did with a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// It is new.
    Created,
    /// It is different now.
    Changed,
    /// The same was imported last time: nothing was written.
    Unchanged,
}

impl App {
    /// Brings a product to what the draft says, whole or not at all, recognising it by its slug.
    ///
    /// # Errors
    /// The draft's problems; [`Problem::Invalid`] for a SKU that another product has;
    /// [`Problem::WrongStatus`] for a product that is archived.
    pub async fn import(&self, mut draft: ProductDraft) -> Result<Imported, Failure<Problem>> {
        draft.description_html = ammonia::clean(&draft.description_html);
        let problems = draft.problems();
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        let fingerprint = Sha256::digest(serde_json::to_vec(&draft)?);
        let mut tx = self.pool.begin().await?;
        let known = write::lock_by_slug(&mut tx, &draft.slug).await?;
        if known.as_ref().is_some_and(|known| known.fingerprint.as_deref() == Some(fingerprint.as_slice())) {
            return Ok(Imported::Unchanged);
        }
        let (id, version, before) = match &known {
            None => (ProductId(self.clock.uuid()), 1, None),
            Some(known) => (known.id, known.version + 1, self.status(&mut tx, known.id).await?),
        };
        // Archiving is for good: a file that still lists the product does not put it up for sale again.
        if before == Some(Status::Archived) && draft.status != Status::Archived {
            return Err(Failure::problem(Problem::WrongStatus(Status::Archived)));
        }
        self.put(&mut tx, (id, version, before), &draft, Some(&fingerprint)).await.map_err(taken)?;
        tx.commit().await?;
        Ok(if known.is_some() { Imported::Changed } else { Imported::Created })
    }

    async fn status(&self, conn: &mut sqlx::PgConnection, id: ProductId) -> sqlx::Result<Option<Status>> {
        Ok(read::by_ids(conn, &[id.0]).await?.pop().map(|product| product.status))
    }
}

fn taken(fault: Fault) -> Failure<Problem> {
    if violated(&fault) == Some(SKU_KEY) {
        let message = "a SKU of this product belongs to another product: give each variant a SKU of its own";
        return Failure::problem(Problem::invalid("variants", message));
    }
    fault.into()
}
