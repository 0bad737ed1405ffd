use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{Scoped, masked, parse_id};
use kernel::{Failure, Scope};

use crate::app::{App, Step};
use crate::domain::Problem;
use crate::graphql::types::{CatalogueError, Product, catalogue_errors};

/// Publishing and archiving.
#[derive(Debug, Default)]
pub struct ChangeStatus;

/// Which product to put up for sale.
#[derive(InputObject)]
pub struct ProductPublishInput {
    /// The product.
    pub id: ID,
}

/// Which product to take out of sale.
#[derive(InputObject)]
pub struct ProductArchiveInput {
    /// The product.
    pub id: ID,
}

/// What became of publishing a product.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProductPublishPayload {
    /// The product, for sale; null when there are errors.
    pub product: Option<Product>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<CatalogueError>,
}

/// What became of archiving a product.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProductArchivePayload {
    /// The product, out of sale; null when there are errors.
    pub product: Option<Product>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<CatalogueError>,
}

async fn change(ctx: &Context<'_>, id: &ID, step: Step) -> Result<(Option<Product>, Vec<CatalogueError>)> {
    let changed = match parse_id(id) {
        Some(product) => ctx.data::<App>()?.change_status(product, step).await,
        None => Err(Failure::problem(Problem::NotFound)),
    };
    match changed {
        Ok(product) => Ok((Some(product.into()), Vec::new())),
        Err(Failure::Problems(problems)) => Ok((None, catalogue_errors(id, problems))),
        Err(Failure::Fault(fault)) => Err(masked(&fault)),
    }
}

#[Object]
impl ChangeStatus {
    /// Puts a draft up for sale. Doing it twice is doing it once.
    #[graphql(guard = "Scoped(Scope::CatalogueWrite)", requires_scopes = "catalogue:write")]
    async fn product_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductPublishInput,
    ) -> Result<ProductPublishPayload> {
        let (product, errors) = change(ctx, &input.id, Step::Publish).await?;
        Ok(ProductPublishPayload { product, errors })
    }

    /// Takes a product out of sale for good. Doing it twice is doing it once.
    #[graphql(guard = "Scoped(Scope::CatalogueWrite)", requires_scopes = "catalogue:write")]
    async fn product_archive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductArchiveInput,
    ) -> Result<ProductArchivePayload> {
        let (product, errors) = change(ctx, &input.id, Step::Archive).await?;
        Ok(ProductArchivePayload { product, errors })
    }
}
