use async_graphql::{ID, Interface, SimpleObject};
use gql::{InvalidInput, NotFound};

use crate::domain::Problem;

/// Why a change to the catalogue did not happen.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum CatalogueError {
    /// A value of the input cannot be used.
    InvalidInput(InvalidInput),
    /// There is no such product.
    NotFound(NotFound),
    /// The product's status does not allow the step.
    ProductStatusConflict(ProductStatusConflict),
}

/// The product's status does not allow the step.
#[derive(SimpleObject)]
pub struct ProductStatusConflict {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

/// The problems of a use case as the errors of a payload.
pub(crate) fn catalogue_errors(id: &ID, problems: Vec<Problem>) -> Vec<CatalogueError> {
    let error = |problem| match problem {
        Problem::Invalid { field, message } => {
            CatalogueError::InvalidInput(InvalidInput { message, field: field.into() })
        }
        Problem::NotFound => {
            CatalogueError::NotFound(NotFound { message: "there is no product with this id".into(), id: id.clone() })
        }
        Problem::WrongStatus(status) => CatalogueError::ProductStatusConflict(ProductStatusConflict {
            message: format!(
                "the product is {}: an archived product stays archived, create a new one",
                status.name().to_lowercase()
            ),
        }),
    };
    problems.into_iter().map(error).collect()
}
