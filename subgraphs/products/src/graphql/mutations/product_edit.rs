use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{Scoped, actor, masked, parse_id};
use kernel::{Failure, Fault, Scope};

use crate::app::{self, App};
use crate::domain::{EditProblem, Problem, ProductDraft, ProductPatch, slug_for};
use crate::graphql::types::{
    CatalogueError, Product, ProductMediaInput, ProductOptionInput, ProductStatus, ProductVariantInput, Subject,
    edit_errors, media, options, trimmed, variants,
};

/// Creating and changing products.
#[derive(Debug, Default)]
pub struct EditProduct;

/// A product to create.
#[derive(InputObject)]
pub struct ProductCreateInput {
    /// Part of the product's address in the shop, for example `oak-desk-lamp`; made from the title when absent.
    pub slug: Option<String>,
    /// Display name.
    pub title: String,
    /// Description as HTML; scripts and the like are removed.
    #[graphql(default)]
    pub description_html: String,
    /// Brand or maker.
    #[graphql(default)]
    pub vendor: String,
    /// Names of the categories from the root to the product's own; those that are new are created. Empty for none.
    #[graphql(default)]
    pub category_path: Vec<String>,
    /// Free labels.
    #[graphql(default)]
    pub tags: Vec<String>,
    /// What a shopper shall choose, at most three; empty when there is only one variant.
    #[graphql(default)]
    pub options: Vec<ProductOptionInput>,
    /// DRAFT, or ACTIVE to put it up for sale at once.
    #[graphql(default_with = "ProductStatus::Draft")]
    pub status: ProductStatus,
    /// What can be bought, in display order; at least one.
    pub variants: Vec<ProductVariantInput>,
    /// Pictures in display order.
    #[graphql(default)]
    pub media: Vec<ProductMediaInput>,
    /// Any text of your choice, new for each product. Repeating a request under its key creates nothing again.
    pub idempotency_key: String,
}

/// What shall be different about a product. An absent field stays as it is.
#[derive(InputObject)]
pub struct ProductUpdateInput {
    /// The product.
    pub id: ID,
    /// The product's `version` that the change was made from. If it is another one by now, nothing is changed.
    pub expected_version: i64,
    /// Part of the product's address in the shop. The old address no longer leads to it.
    pub slug: Option<String>,
    /// Display name.
    pub title: Option<String>,
    /// Description as HTML; scripts and the like are removed.
    pub description_html: Option<String>,
    /// Brand or maker.
    pub vendor: Option<String>,
    /// Names of the categories from the root to the product's own; empty for none.
    pub category_path: Option<Vec<String>>,
    /// Free labels, all of them.
    pub tags: Option<Vec<String>>,
    /// What a shopper shall choose, all of it.
    pub options: Option<Vec<ProductOptionInput>>,
    /// What can be bought, all of it in display order. A variant that keeps its SKU, or else its option values, keeps its id;
    /// one that is not named is gone.
    pub variants: Option<Vec<ProductVariantInput>>,
    /// Pictures, all of them in display order.
    pub media: Option<Vec<ProductMediaInput>>,
}

/// What became of creating a product.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProductCreatePayload {
    /// The product; null when there are errors.
    pub product: Option<Product>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<CatalogueError>,
}

/// What became of changing a product.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProductUpdatePayload {
    /// The product, changed; null when there are errors.
    pub product: Option<Product>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<CatalogueError>,
}

fn refused(problems: Vec<Problem>) -> Failure<EditProblem> {
    Failure::Problems(problems.into_iter().map(Into::into).collect())
}

async fn create(ctx: &Context<'_>, input: ProductCreateInput) -> Result<app::Product, Failure<EditProblem>> {
    let title = trimmed(input.title);
    let draft = ProductDraft {
        slug: input.slug.map_or_else(|| slug_for(&title), trimmed),
        title,
        description_html: input.description_html,
        vendor: trimmed(input.vendor),
        category_path: input.category_path.iter().map(trimmed).collect(),
        tags: input.tags.iter().map(trimmed).collect(),
        option_names: options(input.options),
        status: input.status.into(),
        variants: variants(input.variants).map_err(refused)?,
        media: media(input.media),
    };
    let by = actor(ctx).user().ok_or_else(|| Fault::internal("the guard let a guest pass"))?;
    app(ctx)?.create(by, &input.idempotency_key, draft).await
}

async fn update(ctx: &Context<'_>, input: ProductUpdateInput) -> Result<app::Product, Failure<EditProblem>> {
    let id = parse_id(&input.id).ok_or_else(|| refused(vec![Problem::NotFound]))?;
    let trim = |list: Vec<String>| list.iter().map(trimmed).collect();
    let patch = ProductPatch {
        slug: input.slug.map(trimmed),
        title: input.title.map(trimmed),
        description_html: input.description_html,
        vendor: input.vendor.map(trimmed),
        category_path: input.category_path.map(trim),
        tags: input.tags.map(trim),
        option_names: input.options.map(options),
        variants: input.variants.map(variants).transpose().map_err(refused)?,
        media: input.media.map(media),
    };
    app(ctx)?.update(id, input.expected_version, patch).await
}

fn app<'c>(ctx: &Context<'c>) -> Result<&'c App, Fault> {
    ctx.data::<App>().map_err(|error| Fault::internal(error.message))
}

fn outcome(
    id: &ID,
    done: Result<app::Product, Failure<EditProblem>>,
) -> Result<(Option<Product>, Vec<CatalogueError>)> {
    match done {
        Ok(product) => Ok((Some(product.into()), Vec::new())),
        Err(Failure::Problems(problems)) => Ok((None, edit_errors(Subject::Product, id, problems))),
        Err(Failure::Fault(fault)) => Err(masked(&fault)),
    }
}

#[Object]
impl EditProduct {
    /// Creates a product, as a draft or for sale at once.
    #[graphql(guard = "Scoped(Scope::CatalogueWrite)", requires_scopes = "catalogue:write")]
    async fn product_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product.")] input: ProductCreateInput,
    ) -> Result<ProductCreatePayload> {
        let (product, errors) = outcome(&ID::default(), create(ctx, input).await)?;
        Ok(ProductCreatePayload { product, errors })
    }

    /// Changes a product. To put it up for sale or out of it, see `productPublish` and `productArchive`.
    #[graphql(guard = "Scoped(Scope::CatalogueWrite)", requires_scopes = "catalogue:write")]
    async fn product_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product, and what shall be different.")] input: ProductUpdateInput,
    ) -> Result<ProductUpdatePayload> {
        let (product, errors) = outcome(&input.id.clone(), update(ctx, input).await)?;
        Ok(ProductUpdatePayload { product, errors })
    }
}
