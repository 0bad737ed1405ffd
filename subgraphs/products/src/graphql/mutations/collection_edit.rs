use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{Scoped, actor, masked, parse_id};
use kernel::{CollectionId, Failure, Fault, Scope};

use crate::app::{self, App};
use crate::domain::{CollectionDraft, CollectionPatch, EditProblem, Problem, slug_for};
use crate::graphql::types::{CatalogueError, Collection, Subject, edit_errors, trimmed};

/// Creating and changing collections.
#[derive(Debug, Default)]
pub struct EditCollection;

/// A collection to create.
#[derive(InputObject)]
pub struct CollectionCreateInput {
    /// Part of the collection's address in the shop, for example `summer-evenings`; made from the title when absent.
    pub slug: Option<String>,
    /// Display name.
    pub title: String,
    /// Description as HTML; scripts and the like are removed.
    #[graphql(default)]
    pub description_html: String,
    /// Any text of your choice, new for each collection. Repeating a request under its key creates nothing again.
    pub idempotency_key: String,
}

/// What shall be different about a collection. An absent field stays as it is.
#[derive(InputObject)]
pub struct CollectionUpdateInput {
    /// The collection.
    pub id: ID,
    /// The collection's `version` that the change was made from. If it is another one by now, nothing is changed.
    pub expected_version: i64,
    /// Part of the collection's address in the shop. The old address no longer leads to it.
    pub slug: Option<String>,
    /// Display name.
    pub title: Option<String>,
    /// Description as HTML; scripts and the like are removed.
    pub description_html: Option<String>,
}

/// The products that a collection shall have.
#[derive(InputObject)]
pub struct CollectionProductsSetInput {
    /// The collection.
    pub id: ID,
    /// The collection's `version` that the change was made from. If given and another one by now, nothing is changed.
    pub expected_version: Option<i64>,
    /// The products in display order, all of them; at most 1000, each once.
    pub product_ids: Vec<ID>,
}

/// What became of creating a collection.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CollectionCreatePayload {
    /// The collection, still empty; null when there are errors.
    pub collection: Option<Collection>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<CatalogueError>,
}

/// What became of changing a collection.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CollectionUpdatePayload {
    /// The collection, changed; null when there are errors.
    pub collection: Option<Collection>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<CatalogueError>,
}

/// What became of setting a collection's products.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CollectionProductsSetPayload {
    /// The collection with its products; null when there are errors.
    pub collection: Option<Collection>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<CatalogueError>,
}

fn outcome(
    id: &ID,
    done: Result<app::Collection, Failure<EditProblem>>,
) -> Result<(Option<Collection>, Vec<CatalogueError>)> {
    match done {
        Ok(collection) => Ok((Some(collection.into()), Vec::new())),
        Err(Failure::Problems(problems)) => Ok((None, edit_errors(Subject::Collection, id, problems))),
        Err(Failure::Fault(fault)) => Err(masked(&fault)),
    }
}

fn absent() -> Failure<EditProblem> {
    Failure::problem(Problem::NotFound.into())
}

#[Object]
impl EditCollection {
    /// Creates a collection without products; `collectionProductsSet` fills it.
    #[graphql(guard = "Scoped(Scope::CatalogueWrite)", requires_scopes = "catalogue:write")]
    async fn collection_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The collection.")] input: CollectionCreateInput,
    ) -> Result<CollectionCreatePayload> {
        let title = trimmed(input.title);
        let slug = input.slug.map_or_else(|| slug_for(&title), trimmed);
        let draft = CollectionDraft { slug, title, description_html: input.description_html };
        let done = match actor(ctx).user() {
            Some(by) => ctx.data::<App>()?.create_collection(by, &input.idempotency_key, draft).await,
            None => Err(Fault::internal("the guard let a guest pass").into()),
        };
        let (collection, errors) = outcome(&ID::default(), done)?;
        Ok(CollectionCreatePayload { collection, errors })
    }

    /// Changes a collection's texts and address.
    #[graphql(guard = "Scoped(Scope::CatalogueWrite)", requires_scopes = "catalogue:write")]
    async fn collection_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection, and what shall be different.")] input: CollectionUpdateInput,
    ) -> Result<CollectionUpdatePayload> {
        let patch = CollectionPatch {
            slug: input.slug.map(trimmed),
            title: input.title.map(trimmed),
            description_html: input.description_html,
        };
        let done = match parse_id::<CollectionId>(&input.id) {
            Some(id) => ctx.data::<App>()?.update_collection(id, input.expected_version, patch).await,
            None => Err(absent()),
        };
        let (collection, errors) = outcome(&input.id, done)?;
        Ok(CollectionUpdatePayload { collection, errors })
    }

    /// Makes these the products of a collection, in this order.
    #[graphql(guard = "Scoped(Scope::CatalogueWrite)", requires_scopes = "catalogue:write")]
    async fn collection_products_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection, and which products.")] input: CollectionProductsSetInput,
    ) -> Result<CollectionProductsSetPayload> {
        let products = input.product_ids.iter().map(parse_id).collect();
        let done = match parse_id::<CollectionId>(&input.id) {
            Some(id) => ctx.data::<App>()?.set_collection_products(id, input.expected_version, products).await,
            None => Err(absent()),
        };
        let (collection, errors) = outcome(&input.id, done)?;
        Ok(CollectionProductsSetPayload { collection, errors })
    }
}
