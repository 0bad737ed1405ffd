use kernel::{Failure, Fault, ProductId};
use sqlx::PgConnection;

use super::put::refused;
use super::{App, Product};
use crate::domain::{EditProblem, MediaDraft, Problem, ProductDraft, ProductPatch, VariantDraft};
use crate::store::{category, read, write};

impl App {
    /// Changes the product as the patch says, if it is still as the caller saw it. A patch that changes nothing leaves no
    /// trace.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`EditProblem::VersionConflict`], the patched product's problems, [`EditProblem::SlugTaken`],
    /// [`EditProblem::SkuTaken`].
    pub async fn update(
        &self,
        id: ProductId,
        expected_version: i64,
        mut patch: ProductPatch,
    ) -> Result<Product, Failure<EditProblem>> {
        patch.description_html = patch.description_html.map(|html| ammonia::clean(&html));
        let mut tx = self.pool.begin().await?;
        if !write::lock(&mut tx, id).await? {
            return Err(refused(vec![Problem::NotFound]));
        }
        let Some(before) = read::by_ids(&mut tx, &[id.0]).await?.pop() else {
            return Err(refused(vec![Problem::NotFound]));
        };
        if before.version != expected_version {
            return Err(Failure::problem(EditProblem::VersionConflict { current: before.version }));
        }
        let old = draft_of(&mut tx, &before).await?;
        let draft = old.clone().patched(patch);
        let problems = draft.problems();
        if !problems.is_empty() {
            return Err(refused(problems));
        }
        // As JSON, because that leaves out the quantities, which only a new variant has.
        if serde_json::to_vec(&draft)? == serde_json::to_vec(&old)? {
            return Ok(before);
        }
        let version = before.version + 1;
        if let Err(fault) = self.put(&mut tx, (id, version, Some(before.status)), &draft, None).await {
            tx.rollback().await?;
            return Err(self.taken(fault, Some(id), &draft).await);
        }
        let after = read::by_ids(&mut tx, &[id.0]).await?.pop();
        tx.commit().await?;
        after.ok_or_else(|| Fault::internal(format!("product {id} vanished within its transaction")).into())
    }
}

/// The product as the draft that it would be stored from.
async fn draft_of(conn: &mut PgConnection, product: &Product) -> Result<ProductDraft, Fault> {
    let key = [product.id.0];
    let category = match product.category_id {
        Some(id) => category::by_ids(conn, &[id.0]).await?.pop(),
        None => None,
    };
    let variant = |of: super::Variant| VariantDraft {
        sku: of.sku,
        options: of.options,
        grams: of.grams,
        prices: of.prices,
        initial_quantity: None,
    };
    let pictures = read::media(conn, &key).await?.remove(&product.id).unwrap_or_default();
    Ok(ProductDraft {
        slug: product.slug.clone(),
        title: product.title.clone(),
        description_html: product.description_html.clone(),
        vendor: product.vendor.clone(),
        category_path: category.map(|category| category.path).unwrap_or_default(),
        tags: product.tags.clone(),
        option_names: product.option_names.clone(),
        status: product.status,
        variants: read::variants(conn, &key, &[]).await?.into_iter().map(variant).collect(),
        media: pictures.into_iter().map(|of| MediaDraft { url: of.url, alt: of.alt }).collect(),
    })
}
