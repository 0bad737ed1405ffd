use async_graphql::{ID, Interface, SimpleObject};
use gql::{IdempotencyConflict, InvalidInput, NotFound};

use crate::domain::{EditProblem, Problem};

/// Why a change to the catalogue did not happen.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum CatalogueError {
    /// A value of the input cannot be used.
    InvalidInput(InvalidInput),
    /// There is no such product or collection.
    NotFound(NotFound),
    /// The product's status does not allow the step.
    ProductStatusConflict(ProductStatusConflict),
    /// The product was changed by somebody else.
    ProductVersionConflict(ProductVersionConflict),
    /// The collection was changed by somebody else.
    CollectionVersionConflict(CollectionVersionConflict),
    /// Another product or collection has the slug.
    SlugTaken(SlugTaken),
    /// A variant of another product has the SKU.
    SkuTaken(SkuTaken),
    /// The idempotency key was used for another request.
    IdempotencyConflict(IdempotencyConflict),
}

/// The product's status does not allow the step.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProductStatusConflict {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

/// The product was changed since it was read.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProductVersionConflict {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// The product's version now.
    pub current_version: i64,
}

/// The collection was changed since it was read.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CollectionVersionConflict {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// The collection's version now.
    pub current_version: i64,
}

/// Something else of the kind has the slug.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SlugTaken {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// The slug.
    pub slug: String,
}

/// A variant of another product has the SKU.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SkuTaken {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// The SKU.
    pub sku: String,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Product,
    Collection,
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Collection => "collection",
        }
    }
}

/// The problems of a use case as the errors of a payload.
pub(crate) fn catalogue_errors(id: &ID, problems: Vec<Problem>) -> Vec<CatalogueError> {
    problems.into_iter().map(|problem| error(Subject::Product, id, problem)).collect()
}

fn error(of: Subject, id: &ID, problem: Problem) -> CatalogueError {
    match problem {
        Problem::Invalid { field, message } => CatalogueError::InvalidInput(InvalidInput { message, field }),
        Problem::NotFound => CatalogueError::NotFound(NotFound {
            message: format!("there is no {} with this id", of.name()),
            id: id.clone(),
        }),
        Problem::WrongStatus(status) => CatalogueError::ProductStatusConflict(ProductStatusConflict {
            message: format!(
                "the product is {}: an archived product stays archived, create a new one",
                status.name().to_lowercase()
            ),
        }),
    }
}

/// The problems of a change by staff as the errors of a payload.
pub(crate) fn edit_errors(of: Subject, id: &ID, problems: Vec<EditProblem>) -> Vec<CatalogueError> {
    problems.into_iter().map(|problem| edit_error(of, id, problem)).collect()
}

fn edit_error(of: Subject, id: &ID, problem: EditProblem) -> CatalogueError {
    match problem {
        EditProblem::Draft(problem) => error(of, id, problem),
        EditProblem::VersionConflict { current: current_version } => {
            let message = format!(
                "the {} was changed in the meantime and is in version {current_version}: read it again and repeat the change",
                of.name()
            );
            match of {
                Subject::Product => {
                    CatalogueError::ProductVersionConflict(ProductVersionConflict { message, current_version })
                }
                Subject::Collection => {
                    CatalogueError::CollectionVersionConflict(CollectionVersionConflict { message, current_version })
                }
            }
        }
        EditProblem::SlugTaken(slug) => {
            let message = format!("another {} has the slug {slug:?}: choose another one", of.name());
            CatalogueError::SlugTaken(SlugTaken { message, slug })
        }
        EditProblem::SkuTaken(sku) => {
            let message = format!("a variant of another product has the SKU {sku:?}: give each variant one of its own");
            CatalogueError::SkuTaken(SkuTaken { message, sku })
        }
        EditProblem::KeyReused => CatalogueError::IdempotencyConflict(IdempotencyConflict::default()),
    }
}
