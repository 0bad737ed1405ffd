use kernel::{Failure, Fault, ProductId, UserId};
use resilience::idempotency::Claim;
use time::Duration;

use super::put::{key_problem, refused};
use super::{App, Product};
use crate::domain::{EditProblem, Problem, ProductDraft, Status};
use crate::store::read;

/// How long a client can repeat a request under its key.
const KEPT: Duration = Duration::days(30);

impl App {
    /// Creates a product, for sale at once or as a draft. The same key and draft of the same account are answered with the
    /// product that came of them first.
    ///
    /// # Errors
    /// The draft's problems, [`EditProblem::SlugTaken`], [`EditProblem::SkuTaken`], [`EditProblem::KeyReused`].
    pub async fn create(&self, by: UserId, key: &str, said: ProductDraft) -> Result<Product, Failure<EditProblem>> {
        let description_html = ammonia::clean(&said.description_html);
        let draft = ProductDraft { description_html, ..said.clone() };
        let mut problems = draft.problems();
        problems.extend(key_problem(key));
        if draft.status == Status::Archived {
            problems.push(Problem::invalid("status", "a new product is DRAFT or ACTIVE"));
        }
        if !problems.is_empty() {
            return Err(refused(problems));
        }
        let scope = format!("{by}:productCreate");
        // The draft as JSON does not tell the quantities.
        let quantities: Vec<_> = said.variants.iter().map(|variant| variant.initial_quantity).collect();
        let mut tx = self.pool.begin().await?;
        let id = ProductId(self.clock.uuid());
        match self.keys.claim(&mut tx, (&scope, key), &(&said, quantities), id.0, self.clock.now()).await? {
            Claim::New => {}
            Claim::Conflict => return Err(Failure::problem(EditProblem::KeyReused)),
            Claim::Done(id) => {
                let known = read::by_ids(&mut tx, &[id]).await?.pop();
                return known.ok_or_else(|| Fault::internal(format!("product {id} of a key vanished")).into());
            }
        }
        if let Err(fault) = self.put(&mut tx, (id, 1, None), &draft, None).await {
            tx.rollback().await?;
            return Err(self.taken(fault, None, &draft).await);
        }
        let created = read::by_ids(&mut tx, &[id.0]).await?.pop();
        tx.commit().await?;
        created.ok_or_else(|| Fault::internal(format!("product {id} vanished within its transaction")).into())
    }

    /// Forgets the keys that are too old to be repeated.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_keys(&self) -> Result<(), Fault> {
        self.keys.forget(&mut *self.pool.acquire().await?, self.clock.now() - KEPT).await
    }
}
