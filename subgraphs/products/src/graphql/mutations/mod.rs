mod change_status;
mod collection_edit;
mod product_edit;

use async_graphql::MergedObject;

/// Entry points for changing the catalogue.
#[derive(Debug, MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(change_status::ChangeStatus, product_edit::EditProduct, collection_edit::EditCollection);
