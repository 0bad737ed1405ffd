use events::products::{ProductArchived, ProductChanged, ProductPublished, ProductSnapshot, VariantSnapshot};
use kernel::{Fault, ProductId};
use sqlx::PgConnection;

use super::{App, Product};
use crate::domain::Status;
use crate::store::{category, read};

impl App {
    /// Tells the other services what became of the product, in the transaction that changed it. Drafts are nobody's business.
    pub(super) async fn tell(
        &self,
        conn: &mut PgConnection,
        id: ProductId,
        before: Option<Status>,
    ) -> Result<(), Fault> {
        let Some(product) = read::by_ids(conn, &[id.0]).await?.pop() else {
            return Err(Fault::internal(format!("product {id} vanished within its transaction")));
        };
        match (before, product.status) {
            (Some(Status::Active), Status::Active) => {
                let product = snapshot(conn, product).await?;
                self.outbox.put(conn, &*self.clock, &ProductChanged { product }).await?;
            }
            (_, Status::Active) => {
                let product = snapshot(conn, product).await?;
                self.outbox.put(conn, &*self.clock, &ProductPublished { product }).await?;
            }
            (Some(Status::Active), _) => {
                let event = ProductArchived { product_id: id, version: product.version };
                self.outbox.put(conn, &*self.clock, &event).await?;
            }
            _ => {}
        }
        Ok(())
    }
}

async fn snapshot(conn: &mut PgConnection, product: Product) -> Result<ProductSnapshot, Fault> {
    let key = [product.id.0];
    let variants = read::variants(conn, &key, &[]).await?;
    let media = read::media(conn, &key).await?.remove(&product.id).unwrap_or_default();
    let category = match product.category_id {
        Some(id) => category::by_ids(conn, &[id.0]).await?.pop(),
        None => None,
    };
    Ok(ProductSnapshot {
        product_id: product.id,
        version: product.version,
        slug: product.slug,
        title: product.title,
        description_html: product.description_html,
        vendor: product.vendor,
        category_path: category.map(|category| category.path).unwrap_or_default(),
        tags: product.tags,
        image_url: media.into_iter().next().map(|picture| picture.url),
        variants: variants
            .into_iter()
            .map(|variant| VariantSnapshot {
                variant_id: variant.id,
                sku: variant.sku,
                title: variant.options.join(" / "),
                prices: variant.prices,
            })
            .collect(),
    })
}
