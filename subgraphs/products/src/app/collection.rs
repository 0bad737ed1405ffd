use kernel::{CollectionId, Failure, Fault, ProductId, UserId};
use resilience::idempotency::Claim;
use sqlx::PgConnection;

use super::put::{key_problem, refused, violated};
use super::{App, Collection};
use crate::domain::{CollectionDraft, CollectionPatch, EditProblem, MAX_COLLECTED, Problem, twice};
use crate::store::{collected, collection};

impl App {
    /// Creates a collection without products. The same key and draft of the same account are answered with the collection
    /// that came of them first.
    ///
    /// # Errors
    /// The draft's problems, [`EditProblem::SlugTaken`], [`EditProblem::KeyReused`].
    pub async fn create_collection(
        &self,
        by: UserId,
        key: &str,
        said: CollectionDraft,
    ) -> Result<Collection, Failure<EditProblem>> {
        let description_html = ammonia::clean(&said.description_html);
        let draft = CollectionDraft { description_html, ..said.clone() };
        let mut problems = draft.problems();
        problems.extend(key_problem(key));
        if !problems.is_empty() {
            return Err(refused(problems));
        }
        let scope = format!("{by}:collectionCreate");
        let mut tx = self.pool.begin().await?;
        let id = CollectionId(self.clock.uuid());
        match self.keys.claim(&mut tx, (&scope, key), &said, id.0, self.clock.now()).await? {
            Claim::New => {}
            Claim::Conflict => return Err(Failure::problem(EditProblem::KeyReused)),
            Claim::Done(id) => {
                let known = collection::by_id(&mut tx, CollectionId(id)).await?;
                return known.ok_or_else(|| Fault::internal(format!("collection {id} of a key vanished")).into());
            }
        }
        let new = whole(id, 1, draft);
        collection::save(&mut tx, &new, self.clock.now()).await.map_err(|error| slug_taken(error.into(), &new))?;
        tx.commit().await?;
        Ok(new)
    }

    /// Changes the collection as the patch says, if it is still as the caller saw it. A patch that changes nothing leaves no
    /// trace.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`EditProblem::VersionConflict`], the problems of the patched collection,
    /// [`EditProblem::SlugTaken`].
    pub async fn update_collection(
        &self,
        id: CollectionId,
        expected_version: i64,
        mut patch: CollectionPatch,
    ) -> Result<Collection, Failure<EditProblem>> {
        patch.description_html = patch.description_html.map(|html| ammonia::clean(&html));
        let mut tx = self.pool.begin().await?;
        let before = seen(&mut tx, id, Some(expected_version)).await?;
        let Collection { slug, title, description_html, .. } = before.clone();
        let old = CollectionDraft { slug, title, description_html };
        let draft = old.clone().patched(patch);
        let problems = draft.problems();
        if !problems.is_empty() {
            return Err(refused(problems));
        }
        if draft == old {
            return Ok(before);
        }
        let new = whole(id, before.version + 1, draft);
        collection::save(&mut tx, &new, self.clock.now()).await.map_err(|error| slug_taken(error.into(), &new))?;
        tx.commit().await?;
        Ok(new)
    }

    /// Makes these the collection's products, in this order. What was no product's id is `None`.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`EditProblem::VersionConflict`]; [`Problem::Invalid`] for each product that does not exist or
    /// stands in the list before.
    pub async fn set_collection_products(
        &self,
        id: CollectionId,
        expected_version: Option<i64>,
        products: Vec<Option<ProductId>>,
    ) -> Result<Collection, Failure<EditProblem>> {
        if products.len() > MAX_COLLECTED {
            let message = format!("a collection can have at most {MAX_COLLECTED} products");
            return Err(refused(vec![Problem::invalid("productIds", message)]));
        }
        let mut tx = self.pool.begin().await?;
        let before = seen(&mut tx, id, expected_version).await?;
        let ids: Vec<ProductId> = products.iter().flatten().copied().collect();
        let known = collected::known(&mut tx, &ids).await?;
        let refusal = |index: usize, message: &str| Problem::invalid(format!("productIds.{index}"), message);
        let mut problems = Vec::new();
        for (index, product) in products.iter().enumerate() {
            if product.is_none_or(|product| !known.contains(&product)) {
                problems.push(refusal(index, "there is no such product"));
            }
        }
        // Of ids that are none, each is reported already.
        problems.extend(
            twice(&products)
                .into_iter()
                .filter(|index| products.get(*index).is_some_and(Option::is_some))
                .map(|index| refusal(index, "the product stands in the list already")),
        );
        if !problems.is_empty() {
            return Err(refused(problems));
        }
        if collected::ids(&mut tx, id).await? == ids {
            return Ok(before);
        }
        collected::replace(&mut tx, id, &ids).await?;
        let after = Collection { version: before.version + 1, ..before };
        collection::save(&mut tx, &after, self.clock.now()).await?;
        tx.commit().await?;
        Ok(after)
    }
}

fn whole(id: CollectionId, version: i64, draft: CollectionDraft) -> Collection {
    let CollectionDraft { slug, title, description_html } = draft;
    Collection { id, slug, title, description_html, version }
}

/// The collection, locked, if it is still in the version that the caller saw.
async fn seen(
    conn: &mut PgConnection,
    id: CollectionId,
    expected_version: Option<i64>,
) -> Result<Collection, Failure<EditProblem>> {
    match collection::lock(conn, id).await? {
        None => Err(refused(vec![Problem::NotFound])),
        Some(found) if expected_version.is_some_and(|expected| expected != found.version) => {
            Err(Failure::problem(EditProblem::VersionConflict { current: found.version }))
        }
        Some(found) => Ok(found),
    }
}

fn slug_taken(fault: Fault, of: &Collection) -> Failure<EditProblem> {
    match violated(&fault) {
        Some("collection_slug_key") => Failure::problem(EditProblem::SlugTaken(of.slug.clone())),
        _ => fault.into(),
    }
}
