use events::products::VariantCreated;
use kernel::{Failure, Fault, ProductId};
use resilience::idempotency;
use sqlx::PgConnection;

use super::App;
use crate::domain::{EditProblem, Problem, ProductDraft, Status};
use crate::store::{category, read, write};

/// The constraint that keeps SKUs apart.
pub(super) const SKU_KEY: &str = "variant_sku_key";
/// The constraint that keeps the products' slugs apart.
const SLUG_KEY: &str = "product_slug_key";

impl App {
    /// Writes the product as the draft says and tells of it. The draft of an import, which has a fingerprint, knows one
    /// currency and leaves the prices in others.
    pub(super) async fn put(
        &self,
        conn: &mut PgConnection,
        (id, version, before): (ProductId, i64, Option<Status>),
        draft: &ProductDraft,
        fingerprint: Option<&[u8]>,
    ) -> Result<(), Fault> {
        let category = category::ensure(conn, &*self.clock, &draft.category_path).await?;
        write::save(conn, (id, version), draft, category, fingerprint, self.clock.now()).await?;
        let variants = (draft.variants.as_slice(), fingerprint.is_some());
        let new = write::replace_variants(conn, &*self.clock, id, variants).await?;
        write::replace_media(conn, &*self.clock, id, &draft.media).await?;
        for (variant_id, variant) in new {
            let event = VariantCreated {
                product_id: id,
                variant_id,
                sku: variant.sku.clone(),
                initial_quantity: variant.initial_quantity,
            };
            self.outbox.put(conn, &*self.clock, &event).await?;
        }
        self.tell(conn, id, before).await
    }

    /// What another product has that this one was to have, after its transaction was rolled back.
    pub(super) async fn taken(
        &self,
        fault: Fault,
        id: Option<ProductId>,
        draft: &ProductDraft,
    ) -> Failure<EditProblem> {
        match violated(&fault) {
            Some(SLUG_KEY) => Failure::problem(EditProblem::SlugTaken(draft.slug.clone())),
            Some(SKU_KEY) => match self.others_skus(id, draft).await {
                // Whoever had it gave it up in the meantime: the same request may succeed now.
                Ok(skus) if skus.is_empty() => Fault::unavailable(fault.to_string()).into(),
                Ok(skus) => Failure::Problems(skus.into_iter().map(EditProblem::SkuTaken).collect()),
                Err(fault) => fault.into(),
            },
            _ => fault.into(),
        }
    }

    async fn others_skus(&self, id: Option<ProductId>, draft: &ProductDraft) -> Result<Vec<String>, Fault> {
        let skus: Vec<String> = draft.variants.iter().filter_map(|variant| variant.sku.clone()).collect();
        Ok(read::skus_of_others(&mut *self.pool.acquire().await?, &skus, id).await?)
    }
}

/// The constraint that a statement violated.
pub(super) fn violated(fault: &Fault) -> Option<&str> {
    fault.source().downcast_ref::<sqlx::Error>()?.as_database_error()?.constraint()
}

/// What is wrong with an idempotency key.
pub(super) fn key_problem(key: &str) -> Option<Problem> {
    idempotency::key_problem(key).map(|message| Problem::invalid("idempotencyKey", message))
}

pub(super) fn refused(problems: Vec<Problem>) -> Failure<EditProblem> {
    Failure::Problems(problems.into_iter().map(EditProblem::Draft).collect())
}
